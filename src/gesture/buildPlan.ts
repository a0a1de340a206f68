import type { Json, SourceRef } from '../manifest/source.ts';
import { duplicate, moveItem } from './arrange.ts';
import { isObject, listAt, numberAt, objectAt, place, valueAt, type Board } from './board.ts';
import { connect } from './connect.ts';
import { createDestination, createMatch, createRule, createServer, createSubset } from './createItem.ts';
import {
  createDestinationRule,
  createGateway,
  createService,
  createServiceEntry,
  createVirtualService,
} from './createObject.ts';
import type { FieldValue, Gesture, Plan } from './gesture.ts';
import type { Operation } from '../manifest/edit/operation.ts';
import { putFields } from './put.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';
import { applyTemplate } from './templates.ts';
import { linkWeights, shareEvenly } from './weights.ts';

/** What a gesture would write into the text that `board` was read from, or why it makes no sense. */
export function buildPlan(board: Board, gesture: Gesture): Plan {
  switch (gesture.kind) {
    case 'create-gateway':
      return createGateway(board, gesture);
    case 'create-server':
      return createServer(board, gesture);
    case 'create-virtual-service':
      return createVirtualService(board, gesture);
    case 'create-rule':
      return createRule(board, gesture);
    case 'create-match':
      return createMatch(board, gesture);
    case 'create-destination':
      return createDestination(board, gesture);
    case 'create-destination-rule':
      return createDestinationRule(board, gesture);
    case 'create-subset':
      return createSubset(board, gesture);
    case 'create-service-entry':
      return createServiceEntry(board, gesture);
    case 'create-service':
      return createService(board, gesture);
    case 'use-template':
      return applyTemplate(board, gesture.template, gesture.plan);
    case 'set':
      return set(board, gesture.at, gesture.value);
    case 'set-fields':
      return setFields(board, place(gesture.object), gesture.fields);
    case 'set-weight':
      return setWeight(board, gesture.at, gesture.weight);
    case 'share-evenly':
      return shareRuleEvenly(board, gesture.rule);
    case 'rename-key':
      return single(board, gesture.at, (at) => ({ kind: 'rename-key', at, key: gesture.to }));
    case 'write-yaml':
      return single(board, gesture.at, (at) => ({ kind: 'replace', at, yaml: gesture.yaml }));
    case 'move':
      return moveItem(board, gesture.at, gesture.to);
    case 'duplicate':
      return duplicate(board, gesture.at);
    case 'remove':
      return remove(board, gesture.at, gesture.dependents);
    case 'rename':
      return rename(board, gesture.what, gesture.to);
    case 'connect':
      return connect(board, gesture.from, gesture.to);
  }
}

function set(board: Board, at: SourceRef, value: Json | undefined): Plan {
  return setFields(board, at, [{ path: at.path, ...(value === undefined ? {} : { value }) }]);
}

function setFields(board: Board, select: SourceRef, fields: readonly FieldValue[]): Plan {
  const object = objectAt(board, select.object);
  if (object === undefined) return { kind: 'refused', because: { kind: 'place-gone' } };
  const ops = putFields(object.ref, object.value, fields);
  if (ops.length === 0) return { kind: 'refused', because: { kind: 'nothing-to-do' } };
  return { kind: 'planned', ops, select: place(object.ref, ...select.path), warnings: [], alongside: [] };
}

function setWeight(board: Board, at: SourceRef, weight: number): Plan {
  const index = at.path.at(-1);
  if (typeof index !== 'number' || !Number.isFinite(weight)) {
    return { kind: 'refused', because: { kind: 'not-a-weight' } };
  }
  const list = { object: at.object, path: at.path.slice(0, -1) };
  return writeWeights(board, list, at, (weights) => linkWeights(weights, index, weight));
}

function shareRuleEvenly(board: Board, rule: SourceRef): Plan {
  const list = { object: rule.object, path: [...rule.path, 'route'] };
  return writeWeights(board, list, rule, (weights) => shareEvenly(weights.length));
}

function writeWeights(
  board: Board,
  list: SourceRef,
  select: SourceRef,
  share: (weights: readonly number[]) => readonly number[],
): Plan {
  const object = objectAt(board, list.object);
  const items = object === undefined ? [] : listAt(object.value, list.path);
  if (items.length === 0 || !items.every(isObject)) {
    return { kind: 'refused', because: { kind: 'place-gone' } };
  }
  const weights = share(items.map((item) => numberAt(item, ['weight']) ?? 0));
  return setFields(
    board,
    select,
    weights.map((value, index) => ({ path: [...list.path, index, 'weight'], value })),
  );
}

function single(board: Board, at: SourceRef, operation: (at: SourceRef) => Operation): Plan {
  const object = objectAt(board, at.object);
  if (object === undefined || valueAt(object.value, at.path) === undefined) {
    return { kind: 'refused', because: { kind: 'place-gone' } };
  }
  const now = place(object.ref, ...at.path);
  return { kind: 'planned', ops: [operation(now)], select: now, warnings: [], alongside: [] };
}
