import { resolveShortName } from '../hostname.ts';
import type { Json, Path, SourceRef } from '../manifest/source.ts';
import {
  below,
  istioObjects,
  listAt,
  numberAt,
  objectAt,
  place,
  textAt,
  textsAt,
  valueAt,
  isObject,
  type Board,
  type BoardObject,
} from './board.ts';
import type {
  CreateDestination,
  CreateMatch,
  CreateRule,
  CreateServer,
  CreateSubset,
  DestinationPlan,
  GestureWarning,
  Plan,
} from './gesture.ts';
import { freeName } from './names.ts';
import type { Operation } from '../manifest/edit/operation.ts';
import { putFields } from './put.ts';
import { buildRouteItem, buildRule, meantDestination, portsOf, takesEverything } from './rules.ts';
import { buildServer, serversOf, type Section } from './servers.ts';
import { distribute } from './weights.ts';

/** A further server of a Gateway, behind the others. */
export function createServer(board: Board, gesture: CreateServer): Plan {
  const gateway = objectAt(board, gesture.gateway);
  if (gateway === undefined) return gone;
  const others = serversOf(gateway);
  const server = buildServer(gesture.server, others, `${gateway.ref.name}-cert`);
  return append(gateway, ['spec', 'servers'], server);
}

/** A rule at the end of its section, but in front of a rule that would take everything before it. */
export function createRule(board: Board, { virtualService, rule: plan }: CreateRule): Plan {
  const object = objectAt(board, virtualService);
  if (object === undefined) return gone;
  const list: Path = ['spec', plan.section];
  const rules = listAt(object.value, list);
  const rule = buildRule(plan, textsAt(object.value, ['spec', 'hosts']), (asked) =>
    meantDestination(board, object.ref.namespace, asked),
  );
  const catchAll = rules.findIndex((each) => takesEverything(plan.section, each));
  const last = catchAll < 0 || takesEverything(plan.section, rule);
  const index = last ? rules.length : catchAll;
  return {
    kind: 'planned',
    ops: insertAt(object, [...list, index], rule),
    select: place(object.ref, ...list, index),
    warnings: [
      ...(last && catchAll >= 0 ? [{ kind: 'rule-not-reached', by: catchAll } as const] : []),
      ...destinationWarnings(board, object, rule),
    ],
    alongside: [],
  };
}

/** One more set of conditions, any of which is enough. Without one before, the rule no longer takes everything. */
export function createMatch(board: Board, gesture: CreateMatch): Plan {
  const object = objectAt(board, gesture.rule.object);
  const section = sectionOfRule(gesture.rule.path);
  if (object === undefined || section === undefined) return gone;
  if (valueAt(object.value, gesture.rule.path) === undefined) return gone;
  return append(object, [...gesture.rule.path, 'match'], gesture.match ?? someMatch(object, section));
}

function someMatch(object: BoardObject, section: Section): Json {
  switch (section) {
    case 'http':
      return { uri: { prefix: '/' } };
    case 'tls':
      return { sniHosts: textsAt(object.value, ['spec', 'hosts']).slice(0, 1) };
    case 'tcp':
      return { port: 9000 };
  }
}

/** One more destination of a rule. Its weight (a tenth if none is given) comes from the others, in proportion. */
export function createDestination(board: Board, gesture: CreateDestination): Plan {
  const { rule } = gesture;
  const object = objectAt(board, rule.object);
  const value = object === undefined ? undefined : valueAt(object.value, rule.path);
  if (object === undefined || !isObject(value) || sectionOfRule(rule.path) === undefined) return gone;
  const action = otherAction(value);
  if (action !== undefined) return { kind: 'refused', because: { kind: 'rule-does-not-forward', action } };
  const destination = meantDestination(board, object.ref.namespace, gesture.destination);
  const route = listAt(value, ['route']);
  const warnings = destinationWarnings(board, object, { route: [buildRouteItem(destination)] });
  if (route.length === 0) {
    return append(object, [...rule.path, 'route'], buildRouteItem(destination), warnings);
  }
  const weights = route.map((item) => numberAt(item, ['weight']) ?? (route.length === 1 ? 100 : 0));
  const sum = weights.reduce((all, each) => all + each, 0) || 100;
  const weight = Math.min(sum, Math.max(0, Math.round(destination.weight ?? sum / 10)));
  const shares = distribute(sum - weight, weights);
  const path: Path = [...rule.path, 'route', route.length];
  const fields = shares.map((share, index) => ({
    path: [...rule.path, 'route', index, 'weight'],
    value: share,
  }));
  return {
    kind: 'planned',
    ops: [
      ...putFields(object.ref, object.value, fields),
      {
        kind: 'insert-item',
        at: place(object.ref, ...rule.path, 'route'),
        index: route.length,
        value: buildRouteItem({ ...destination, weight }),
      },
    ],
    select: place(object.ref, ...path),
    warnings,
    alongside: fields.map(({ path: at }) => ({ at: place(object.ref, ...at), what: 'weight-changed' })),
  };
}

/** A field that a rule may not have beside `route`. */
function otherAction(rule: Json): 'redirect' | 'directResponse' | 'delegate' | undefined {
  return (['redirect', 'directResponse', 'delegate'] as const).find(
    (key) => valueAt(rule, [key]) !== undefined && valueAt(rule, [key]) !== null,
  );
}

/** One more subset: the next version, by label `version`, if nothing is said. */
export function createSubset(board: Board, gesture: CreateSubset): Plan {
  const object = objectAt(board, gesture.destinationRule);
  if (object === undefined) return gone;
  const subsets = listAt(object.value, ['spec', 'subsets']);
  const names = new Set(subsets.flatMap((each) => textAt(each, ['name']) ?? []));
  const next = nextVersion(names);
  const { name, labels } = gesture.subset ?? { name: next, labels: { version: next } };
  if (gesture.subset !== undefined && names.has(name)) {
    return { kind: 'refused', because: { kind: 'name-taken', name } };
  }
  return append(object, ['spec', 'subsets'], { name, labels: { ...labels } });
}

function nextVersion(names: ReadonlySet<string>): string {
  let number = 1;
  while (names.has(`v${number}`)) number += 1;
  return freeName(`v${number}`, names);
}

/** What a new destination does that few expect: a service with several ports and none named, a subset that no rule defines. */
function destinationWarnings(board: Board, object: BoardObject, rule: Json): GestureWarning[] {
  const { namespace } = object.ref;
  return listAt(rule, ['route']).flatMap((item): GestureWarning[] => {
    const host = textAt(item, ['destination', 'host']) ?? '';
    const subset = textAt(item, ['destination', 'subset']);
    const ports = portsOf(board, host, namespace);
    const several = ports.length > 1 && numberAt(item, ['destination', 'port', 'number']) === undefined;
    return [
      ...(several ? [{ kind: 'service-has-several-ports', host, ports } as const] : []),
      ...(subset === undefined || definesSubset(board, { host, subset }, namespace)
        ? []
        : [{ kind: 'subset-not-defined', subset, host } as const]),
    ];
  });
}

function definesSubset(board: Board, { host, subset }: DestinationPlan, namespace: string): boolean {
  const full = resolveShortName(host, namespace);
  return istioObjects(board, 'DestinationRule').some((rule) => {
    const its = resolveShortName(textAt(rule.value, ['spec', 'host']) ?? '', rule.ref.namespace);
    if (its !== full) return false;
    return listAt(rule.value, ['spec', 'subsets']).some((each) => textAt(each, ['name']) === subset);
  });
}

/** The section that the path of a rule (or something in it) stands in. */
export function sectionOfRule(path: Path): Section | undefined {
  const [spec, section, index] = path;
  if (spec !== 'spec' || typeof index !== 'number') return undefined;
  return section === 'http' || section === 'tls' || section === 'tcp' ? section : undefined;
}

/** The rule that a place is in: `spec.http[i]`. */
export function ruleOf(at: SourceRef): SourceRef | undefined {
  return sectionOfRule(at.path) === undefined ? undefined : { object: at.object, path: at.path.slice(0, 3) };
}

const gone: Plan = { kind: 'refused', because: { kind: 'place-gone' } };

function append(
  object: BoardObject,
  list: Path,
  value: Json,
  warnings: readonly GestureWarning[] = [],
): Plan {
  const index = listAt(object.value, list).length;
  return {
    kind: 'planned',
    ops: insertAt(object, [...list, index], value),
    select: below(place(object.ref), ...list, index),
    warnings,
    alongside: [],
  };
}

/** Into a list that is there, or with the list (and what else is missing on the way). */
function insertAt(object: BoardObject, path: Path, value: Json): Operation[] {
  if (listAt(object.value, path.slice(0, -1)).length > 0) {
    return [
      { kind: 'insert-item', at: place(object.ref, ...path.slice(0, -1)), index: Number(path.at(-1)), value },
    ];
  }
  return putFields(object.ref, object.value, [{ path, value }]);
}
