import { textAt } from '../../src/gesture/board.ts';
import type { Gesture, RulePlan } from '../../src/gesture/gesture.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { setView, useStore } from '../store/store.ts';
import { inspectInWorker } from '../engine/engine.ts';
import { perform } from './perform.ts';
import { ask } from './state.ts';

/** Something to do with a place: in its menu in graph, tree and form, in the palette, and by key. */
export interface PlaceCommand {
  readonly id: string;
  readonly title: string;
  /** More words to find it by. */
  readonly words?: string;
  readonly group: 'add' | 'connect' | 'change' | 'delete';
  readonly applies: (at: SourceRef) => boolean;
  readonly run: (at: SourceRef) => void;
}

const placeCommandTable: readonly PlaceCommand[] = [
  added('add-server', 'Add server…', 'listener port https tls tcp', isIn('Gateway'), ({ object }) => ({
    kind: 'create-server',
    gateway: object,
    server: { protocol: 'HTTPS', mode: 'SIMPLE' },
  })),
  added('add-bound', 'Add virtual service…', 'route bind', isIn('Gateway'), ({ object, path }) => ({
    kind: 'create-virtual-service',
    gateway: object,
    ...(path[1] === 'servers' && typeof path[2] === 'number' ? { server: path[2] } : {}),
  })),
  addedRule('add-rule', 'Add rule…', 'route http', { section: 'http', action: { kind: 'route' } }),
  addedRule('add-redirect', 'Add redirect…', 'rule 301', { section: 'http', action: { kind: 'redirect' } }),
  addedRule('add-rewrite', 'Add rewrite…', 'rule path', { section: 'http', action: { kind: 'rewrite' } }),
  addedRule('add-response', 'Add direct response…', 'rule status body', {
    section: 'http',
    action: { kind: 'direct-response' },
  }),
  addedRule('add-fault', 'Add fault…', 'rule abort delay', { section: 'http', action: { kind: 'fault' } }),
  addedRule('add-delegate', 'Add delegate rule…', 'rule team', {
    section: 'http',
    action: { kind: 'delegate' },
  }),
  addedRule('add-tls-route', 'Add TLS route…', 'rule sni passthrough', { section: 'tls' }),
  addedRule('add-tcp-route', 'Add TCP route…', 'rule', { section: 'tcp' }),
  added('add-condition', 'Add condition', 'match path header', isInRule, (at) => ({
    kind: 'create-match',
    rule: ruleAt(at),
  })),
  added('add-destination', 'Add destination…', 'weight canary split', isInRule, (at) => ({
    kind: 'create-destination',
    rule: ruleAt(at),
    destination: { host: '' },
  })),
  added('add-subset', 'Add subset…', 'version labels', isIn('DestinationRule'), ({ object }) => ({
    kind: 'create-subset',
    destinationRule: object,
  })),
  added('add-rule-for', 'Add destination rule…', 'subset version', isIn('Service'), ({ object }) => ({
    kind: 'create-destination-rule',
    host: `${object.name}.${object.namespace}.svc.cluster.local`,
    namespace: object.namespace,
    subsets: [
      { name: 'v1', labels: { version: 'v1' } },
      { name: 'v2', labels: { version: 'v2' } },
    ],
  })),
  {
    id: 'connect',
    title: 'Connect to…',
    words: 'bind gateway destination line',
    group: 'connect',
    applies: (at) => at.object.kind === 'VirtualService' || at.object.kind === 'Gateway',
    run: (from) => ask({ kind: 'connect', from }),
  },
  {
    id: 'share-evenly',
    title: 'Share evenly',
    words: 'weights',
    group: 'change',
    applies: isInRule,
    run: (at) => void perform({ kind: 'share-evenly', rule: ruleAt(at) }),
  },
  {
    id: 'edit-form',
    title: 'Edit in the form',
    words: 'inspector',
    group: 'change',
    applies: () => true,
    run: () => setView({ yamlTab: 'form', middle: 'yaml', pane: 'yaml' }),
  },
  {
    id: 'move-up',
    title: 'Move up',
    words: 'reorder earlier',
    group: 'change',
    applies: (at) => itemOf(at) !== undefined && (itemOf(at)?.path.at(-1) ?? 0) !== 0,
    run: (at) => moveBy(at, -1),
  },
  {
    id: 'move-down',
    title: 'Move down',
    words: 'reorder later',
    group: 'change',
    applies: (at) => itemOf(at) !== undefined,
    run: (at) => moveBy(at, 1),
  },
  {
    id: 'rename',
    title: 'Rename…',
    words: 'references name',
    group: 'change',
    applies: (at) => at.path.length === 0 || isSubset(at) || isHost(at),
    run: renameAt,
  },
  {
    id: 'duplicate',
    title: 'Duplicate…',
    words: 'copy',
    group: 'change',
    applies: (at) => at.path.length === 0 || itemOf(at) !== undefined,
    run: (at) => void perform({ kind: 'duplicate', at: itemOf(at) ?? at }),
  },
  {
    id: 'delete',
    title: 'Delete…',
    words: 'remove',
    group: 'delete',
    applies: () => true,
    run: (at) => void perform({ kind: 'remove', at: itemOf(at) ?? at, dependents: false }),
  },
];

/** What can be done with a place, in the order of a menu. */
export function placeCommands(at: SourceRef): readonly PlaceCommand[] {
  return placeCommandTable.filter(({ applies }) => applies(at));
}

export function allPlaceCommands(): readonly PlaceCommand[] {
  return placeCommandTable;
}

/** Runs a command of the table on a place, if it applies there. */
export function runAt(id: string, at: SourceRef): void {
  placeCommands(at)
    .find((command) => command.id === id)
    ?.run(at);
}

function added(
  id: string,
  title: string,
  words: string,
  applies: (at: SourceRef) => boolean,
  gesture: (at: SourceRef) => Gesture,
): PlaceCommand {
  const asks = title.endsWith('…');
  return {
    id,
    title,
    words: `new create ${words}`,
    group: 'add',
    applies,
    run: (at) => {
      if (asks) ask({ kind: 'gesture', gesture: gesture(at) });
      else void perform(gesture(at));
    },
  };
}

function addedRule(id: string, title: string, words: string, rule: RulePlan): PlaceCommand {
  return added(id, title, words, isIn('VirtualService'), ({ object }) => ({
    kind: 'create-rule',
    virtualService: object,
    rule,
  }));
}

function isIn(kind: string): (at: SourceRef) => boolean {
  return ({ object }) => object.kind === kind;
}

function isInRule({ object, path }: SourceRef): boolean {
  return (
    object.kind === 'VirtualService' &&
    path[0] === 'spec' &&
    typeof path[2] === 'number' &&
    path[1] !== 'hosts' &&
    path[1] !== 'gateways'
  );
}

function ruleAt({ object, path }: SourceRef): SourceRef {
  return { object, path: path.slice(0, 3) };
}

/** The item of a list that a place is, or is in. */
export function itemOf({ object, path }: SourceRef): SourceRef | undefined {
  const end = path.findLastIndex((key) => typeof key === 'number');
  return end < 0 ? undefined : { object, path: path.slice(0, end + 1) };
}

function moveBy(at: SourceRef, by: number): void {
  const item = itemOf(at);
  const index = item?.path.at(-1);
  if (item === undefined || typeof index !== 'number') return;
  void perform({ kind: 'move', at: item, to: index + by });
}

function isSubset({ path }: SourceRef): boolean {
  return path[1] === 'subsets' && path.length >= 3;
}

function isHost({ path }: SourceRef): boolean {
  return path.at(-2) === 'hosts';
}

async function renameHostAt(at: SourceRef): Promise<void> {
  const { text, settings } = useStore.getState().work;
  const found = await inspectInWorker(text, at.object, settings.defaultNamespace);
  const written = found === undefined ? undefined : textAt(found.value, at.path);
  if (written === undefined) return;
  const host = written.slice(written.indexOf('/') + 1);
  ask({ kind: 'gesture', gesture: { kind: 'rename', what: { kind: 'host', host }, to: host } });
}

function renameAt(at: SourceRef): void {
  if (at.path.length === 0) {
    ask({
      kind: 'gesture',
      gesture: { kind: 'rename', what: { kind: 'object', object: at.object }, to: at.object.name },
    });
  } else if (isSubset(at)) {
    const subset = { object: at.object, path: at.path.slice(0, 3) };
    ask({ kind: 'gesture', gesture: { kind: 'rename', what: { kind: 'subset', at: subset }, to: '' } });
  } else if (isHost(at)) void renameHostAt(at);
}
