import { useEffect, useMemo, useState } from 'react';
import type { Remedy } from '../../src/explain/told.ts';
import type { SourceRef, Span, TextEdit } from '../../src/manifest/source.ts';
import { spansInWorker } from '../engine/engine.ts';
import { linesOf, positionAt } from '../store/lines.ts';
import { applyEdits, say, undo, unsay, useStore, useText } from '../store/store.ts';

interface Mending {
  /** Which line is written, as words; undefined until that is known. */
  readonly where: string | undefined;
  readonly write: (choice: string | number) => Promise<void>;
}

/** Turns a remedy into an edit of the text, as one step of undo. */
export function useRemedy(remedy: Remedy): Mending {
  const text = useText();
  const { object, path } = remedy.at;
  const key = JSON.stringify([object, path]);
  const host = useMemo((): SourceRef => {
    const [ref, base] = JSON.parse(key) as [SourceRef['object'], SourceRef['path']];
    const mirror = base.at(-1) === 'mirror';
    return { object: ref, path: [...base, ...(mirror ? [] : ['destination']), 'host'] };
  }, [key]);
  const [line, setLine] = useState<number>();
  useEffect(() => {
    let current = true;
    void spansInWorker(text, [host]).then(([span]) => {
      if (current) setLine(span === undefined ? undefined : positionAt(linesOf(text), span.end).line);
    });
    return () => {
      current = false;
    };
  }, [text, host]);
  return {
    where: line === undefined ? undefined : `after line ${line}`,
    write: async (choice) => {
      const now = useStore.getState().work.text;
      const [span] = await spansInWorker(now, [host]);
      const words = remedy.kind === 'write-port' ? `port ${choice}` : `subset ${choice}`;
      const written =
        span !== undefined && applyEdits([besideHost(now, span, remedy, choice)], `write ${words}`);
      if (!written) {
        say(`The place for ${words} could not be found in the text.`);
        return;
      }
      say(`Wrote ${words}.`, {
        label: 'Undo',
        run: () => {
          undo();
          unsay();
        },
      });
    },
  };
}

/** The field goes behind the host, in the host's own indentation; in flow style behind a comma. */
function besideHost(text: string, host: Span, remedy: Remedy, choice: string | number): TextEdit {
  const lines = linesOf(text);
  const { line, column } = positionAt(lines, host.start);
  const start = lines.starts[line - 1] ?? 0;
  const before = text.slice(start, start + column - 1);
  const at = { source: 0, start: host.end, end: host.end };
  if (!/^[ -]*$/.test(before)) {
    const flow = remedy.kind === 'write-port' ? `port: {number: ${choice}}` : `subset: ${choice}`;
    return { ...at, text: `, ${flow}` };
  }
  const indent = before.replaceAll('-', ' ');
  const end = /\r\n/.test(text.slice(host.end, host.end + 400)) ? '\r\n' : '\n';
  const block =
    remedy.kind === 'write-port' ? `port:${end}${indent}  number: ${choice}` : `subset: ${choice}`;
  return { ...at, text: `${end}${indent}${block}` };
}
