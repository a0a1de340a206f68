import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { applyEdits, invertEdits } from '../src/manifest/edit.ts';
import { read } from '../src/manifest/read.ts';
import type { ReadObject } from '../src/manifest/read.ts';
import type { Operation } from '../src/manifest/edit/operation.ts';
import { composeDocument } from '../src/manifest/yaml/compose.ts';
import { evaluate } from '../src/manifest/yaml/evaluate.ts';
import type { Json, TextEdit } from '../src/manifest/source.ts';

/** The value of an object, null of one that cannot be read. */
export function valueOf(object: ReadObject): Json {
  return object.status === 'read' ? object.value : null;
}

/** What is wrong with a text after edits; `meant` are the objects that should be in it. */
export function faultOf(
  text: string,
  after: string,
  edits: readonly TextEdit[],
  meant: readonly Json[],
  operations: readonly Operation[],
): string | undefined {
  const found = read([{ name: '', text: after }]).objects.map(valueOf);
  if (!isDeepStrictEqual(found, meant)) return 'reads otherwise';
  if (applyEdits(after, invertEdits(text, edits)) !== text) return 'undo';
  const first = edits[0];
  const last = edits.at(-1);
  if (first !== undefined && last !== undefined) {
    if (!after.startsWith(text.slice(0, first.start)) || !after.endsWith(text.slice(last.end)))
      return 'other lines';
  }
  const isOwn = operations.every(({ kind }) => ownWords.includes(kind));
  return isOwn && !edits.every(({ text: written }) => meansTheSame(written))
    ? 'means something else in YAML 1.1 or 1.2'
    : undefined;
}

/** The operations that write words of ours; the others write the user's, spelled as they are. */
const ownWords: readonly string[] = ['set', 'insert-field', 'insert-item', 'rename-key'];

/** Whether what an edit wrote, read by itself, is the same for kubectl and for proper readers of both versions of YAML. */
function meansTheSame(written: string): boolean {
  const piece = `${written.replace(/^\s*,|,\s*$/g, '')}\n`;
  const { root } = composeDocument(piece);
  if (root === undefined) return true;
  const { value, failure } = evaluate(root);
  if (failure !== undefined) return true;
  return (['1.1', '1.2'] as const).every((version) =>
    isDeepStrictEqual(parse(piece, { version, logLevel: 'silent' }), value),
  );
}
