import type { QuickFix } from '../diagnose/diagnostic.ts';
import { phrase, type Phrase } from './phrase.ts';

/** What a quick fix does, as the words of its button: its kind as words, with its values. */
export function explainFix({ kind, params }: Pick<QuickFix, 'kind' | 'params'>): Phrase {
  const words = kind.replaceAll('-', ' ');
  const values = Object.values(params).flatMap((value) => [' ', { code: String(value) }]);
  return phrase(words.charAt(0).toUpperCase() + words.slice(1), ...values);
}
