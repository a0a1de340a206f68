import { createReceiver, createSender } from '../app/engine/difference.ts';
import { analyse, createAnalyseMemory, type Report } from '../src/analyse.ts';
import { draftGesture } from '../src/gesture/draft.ts';
import { read } from '../src/manifest/read.ts';
import type { Call } from '../src/simulate/call.ts';

const edits = 11;

/**
 * Milliseconds from a change in the form to what the page draws, each time in another object: the gesture drafted, the text analysed, the
 * report sent to the page as the worker does it: what differs from the one before is copied, and put together again. The page's own drawing comes on top.
 */
export function measureForm(text: string, calls: readonly Call[]): readonly number[] {
  const memory = createAnalyseMemory();
  const cache = memory.texts;
  const analysed = (edited: string) =>
    analyse({ sources: [{ name: 'mesh.yaml', text: edited }], calls }, memory);
  const send = createSender<Report>();
  const receive = createReceiver<Report>();
  receive(structuredClone(send(analysed(text))));
  const objects = read([{ name: '', text }]).objects.flatMap((object) =>
    object.status === 'read' && object.ref.kind === 'VirtualService' ? [object.ref] : [],
  );
  let current = text;
  return Array.from({ length: edits }, (_, run) => {
    const object = objects[Math.floor(((run + 0.5) / edits) * objects.length)];
    if (object === undefined) return 0;
    const at = { object, path: ['spec', 'http', 0, 'timeout'] };
    const start = performance.now();
    const draft = draftGesture(current, { kind: 'set', at, value: `${run + 1}s` }, { cache });
    if (draft.kind === 'refused') throw new Error(`refused: ${draft.because.kind}`);
    receive(structuredClone(send(analysed(draft.text))));
    current = draft.text;
    return performance.now() - start;
  });
}
