import { objectNode } from '../locate.ts';
import { documentsOf } from '../documents.ts';
import type { TextCache } from '../documents.ts';
import type { SourceRef } from '../source.ts';
import { stepInto } from '../walk.ts';
import type { Step } from '../walk.ts';
import type { Node } from '../yaml/nodes.ts';
import { styleOf } from './layout.ts';
import type { Style } from './layout.ts';
import type { Refusal } from './operation.ts';
import type { Context } from './render.ts';

/** Where an operation works: the steps down to its node. Offsets of nodes plus `shift` are offsets of the text. */
export interface Place {
  readonly text: string;
  readonly shift: number;
  readonly root: Node;
  readonly steps: readonly Step[];
  readonly node: Node;
  readonly isJson: boolean;
  readonly style: Style;
}

/** The place of a path, if it is written there and nowhere else. */
export function placeOf(
  text: string,
  at: SourceRef,
  cache: TextCache,
): Place | { readonly refused: Refusal } {
  const document = documentsOf(text, cache)[at.object.document];
  if (document === undefined) return { refused: 'no-such-place' };
  const object = objectNode(text, at.object.document, at.object.item, cache);
  if (object === undefined) return { refused: 'unreadable-document' };
  const steps: Step[] = [];
  let { node } = object;
  for (const key of at.path) {
    if (node.kind === 'alias') return { refused: 'through-alias' };
    const step = stepInto(node, key);
    if (step === undefined) return { refused: 'no-such-place' };
    // A field that a merge key brings is written in another map.
    if (step.parent !== node) return { refused: 'through-alias' };
    steps.push(step);
    node = step.node;
  }
  const { shift } = object;
  return {
    text,
    shift,
    root: object.node,
    steps,
    node,
    isJson: document.piece.json !== undefined,
    style: styleOf(text, object.node, shift),
  };
}

/** How a value at a place is written, by the collection around it. */
export function contextOf(place: Place): Context {
  if (place.isJson) return 'json';
  return place.steps.at(-1)?.parent.flow === true ? 'flow' : 'block';
}
