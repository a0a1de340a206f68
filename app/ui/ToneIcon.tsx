import { CircleCheck, CircleQuestionMark, CornerUpRight, OctagonX, TriangleAlert } from 'lucide-react';

const icons = {
  ok: CircleCheck,
  move: CornerUpRight,
  warn: TriangleAlert,
  fail: OctagonX,
  unknown: CircleQuestionMark,
};

/** Colour and shape of how a call ends; the word stands beside it. */
export function ToneIcon({ tone, size = 16 }: { readonly tone: keyof typeof icons; readonly size?: number }) {
  const Icon = icons[tone];
  return <Icon className={`tone ${tone}`} size={size} strokeWidth={size > 18 ? 1.75 : 1.5} aria-hidden />;
}
