import { copy } from '../files/files.ts';
import { open, useStore } from '../store/store.ts';
import { writeLink } from './link.ts';
import { findSecrets, withoutSecrets } from './secrets.ts';

/** Chat and mail tools cut longer links. */
export const safeLength = 8_000;
/** Chromium opens no longer address. */
export const mostLength = 2_000_000;

/** A link to what stands on the page now; without its secrets if `leaveOut`. */
export function linkNow(leaveOut: boolean): string {
  const { work, selection } = useStore.getState();
  const text = leaveOut ? withoutSecrets(work.text, findSecrets(work.text)) : work.text;
  const fragment = writeLink({
    name: work.name,
    text,
    call: work.call,
    view: work.view,
    settings: work.settings,
    unknown: work.unknown ?? {},
    ...(selection === undefined ? {} : { selection: selection.ref }),
  });
  return `${location.origin}${location.pathname}${location.search}#${fragment}`;
}

/** Copies at once if nothing speaks against it; otherwise a dialog names what does. */
export function copyLink(): void {
  const { text } = useStore.getState().work;
  const link = linkNow(false);
  if (findSecrets(text).length > 0 || link.length > safeLength) {
    open({ kind: 'share' });
    return;
  }
  void copy(
    link,
    `Link copied, ${link.length.toLocaleString('en')} characters. It holds text, request and view, after the #.`,
  ).then((done) => !done && open({ kind: 'share' }));
}
