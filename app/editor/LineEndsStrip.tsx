import { countLineEnds, linesOf, withLineEnds } from '../store/lines.ts';
import { setText, useText } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Strip } from '../ui/Strip.tsx';

/** Of mixed line ends the page says what becomes of them: nothing, until the user says so. */
export function LineEndsStrip() {
  const text = useText();
  if (!text.includes('\r')) return null;
  const { lf, crlf, cr } = countLineEnds(linesOf(text));
  const kinds = [
    [crlf, 'CRLF'],
    [lf, 'LF'],
    [cr, 'CR'],
  ].filter(([count]) => count !== 0);
  if (kinds.length < 2) return null;
  return (
    <Strip
      level="calm"
      actions={
        <>
          <Button small onClick={() => setText(withLineEnds(text, '\n'), 'gesture', 'all lines end with LF')}>
            Make all LF
          </Button>
          <Button
            small
            onClick={() => setText(withLineEnds(text, '\r\n'), 'gesture', 'all lines end with CRLF')}
          >
            Make all CRLF
          </Button>
        </>
      }
    >
      Lines end in different ways ({kinds.map(([count, word]) => `${count} ${word}`).join(', ')}). Each keeps
      its end, in edits, copies and downloads; a new line ends like the one above.
    </Strip>
  );
}
