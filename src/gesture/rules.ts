import type { Json, JsonObject } from '../manifest/source.ts';
import {
  coreObjects,
  istioObjects,
  listAt,
  numberAt,
  serviceHost,
  textAt,
  textsAt,
  type Board,
} from './board.ts';
import { given } from './documents.ts';
import type { ActionPlan, DestinationPlan, RulePlan } from './gesture.ts';
import type { Section } from './servers.ts';

/**
 * A rule as a person would write it; `hosts` are those of its VirtualService, for the server names of a TLS rule, `meant` completes the
 * destination that is asked for.
 */
export function buildRule(
  plan: RulePlan,
  hosts: readonly string[],
  meant: (asked: DestinationPlan | undefined) => DestinationPlan,
): JsonObject {
  switch (plan.section) {
    case 'http':
      return {
        ...(plan.match === undefined ? {} : { match: [plan.match as JsonObject] }),
        ...buildAction(plan.action, meant),
      };
    case 'tls':
      return {
        match: [given({ port: plan.port, sniHosts: [...(plan.sniHosts ?? hosts)] })],
        route: [buildRouteItem(meant(plan.destination))],
      };
    case 'tcp':
      return {
        ...(plan.port === undefined ? {} : { match: [{ port: plan.port }] }),
        route: [buildRouteItem(meant(plan.destination))],
      };
  }
}

function buildAction(
  action: ActionPlan,
  meant: (asked: DestinationPlan | undefined) => DestinationPlan,
): JsonObject {
  switch (action.kind) {
    case 'route':
      return { route: [buildRouteItem(meant(action.destination))] };
    case 'redirect':
      return { redirect: action.redirect ?? { uri: '/' } };
    case 'rewrite':
      return {
        rewrite: { uri: action.uri ?? '/' },
        route: [buildRouteItem(meant(action.destination))],
      };
    case 'direct-response':
      return {
        directResponse: given({
          status: action.status ?? 503,
          body: action.body === undefined ? undefined : { string: action.body },
        }),
      };
    case 'fault':
      return {
        fault: action.fault ?? { abort: { percentage: { value: 10 }, httpStatus: 503 } },
        route: [buildRouteItem(meant(action.destination))],
      };
    case 'delegate':
      return { delegate: given({ name: action.name ?? 'routes', namespace: action.namespace }) };
  }
}

/** An item of `route`. */
export function buildRouteItem(plan: DestinationPlan): JsonObject {
  return given({ destination: buildDestination(plan), weight: plan.weight });
}

/** What stands under `destination`. */
function buildDestination(plan: DestinationPlan): JsonObject {
  return given({
    host: plan.host,
    subset: plan.subset,
    port: plan.port === undefined ? undefined : { number: plan.port },
  });
}

/**
 * A destination to start with: the first Service of the namespace, else the first of the paste, else a name that the user will change. The
 * port is written where the service has several.
 */
function someDestination(board: Board, namespace: string): DestinationPlan {
  const services = coreObjects(board, 'Service');
  const service = services.find((each) => each.ref.namespace === namespace) ?? services[0];
  if (service !== undefined) {
    const local = service.ref.namespace === namespace;
    return withPort(board, local ? service.ref.name : serviceHost(service.ref), namespace);
  }
  const entry = istioObjects(board, 'ServiceEntry')
    .flatMap((each) => textsAt(each.value, ['spec', 'hosts']))
    .find((host) => !host.startsWith('*'));
  return entry === undefined ? { host: 'my-service', port: 8080 } : withPort(board, entry, namespace);
}

/** The destination asked for; one with an empty host is somewhere to start with. */
export function meantDestination(
  board: Board,
  namespace: string,
  asked: DestinationPlan | undefined,
): DestinationPlan {
  if (asked !== undefined && asked.host !== '') return asked;
  return { ...someDestination(board, namespace), ...asked, host: someDestination(board, namespace).host };
}

/** The destination with the first port of its service, where the service has several and so one must be named. */
export function withPort(board: Board, host: string, namespace: string): DestinationPlan {
  const ports = portsOf(board, host, namespace);
  const [first] = ports;
  return ports.length > 1 && first !== undefined ? { host, port: first } : { host };
}

/** Ports of the service that a destination of an object in `namespace` names; empty if the paste does not hold it. */
export function portsOf(board: Board, host: string, namespace: string): number[] {
  for (const service of coreObjects(board, 'Service')) {
    const full = serviceHost(service.ref);
    if (host !== full && !(host === service.ref.name && service.ref.namespace === namespace)) continue;
    return listAt(service.value, ['spec', 'ports']).flatMap((port) => numberAt(port, ['port']) ?? []);
  }
  const entry = istioObjects(board, 'ServiceEntry').find((each) =>
    textsAt(each.value, ['spec', 'hosts']).includes(host),
  );
  if (entry === undefined) return [];
  return listAt(entry.value, ['spec', 'ports']).flatMap((port) => numberAt(port, ['number']) ?? []);
}

/** Whether a rule takes every request: no `match`, or a match that asks for nothing or for a path that begins with a slash. */
export function takesEverything(section: Section, rule: Json): boolean {
  const matches = listAt(rule, ['match']);
  if (matches.length === 0) return section !== 'tls';
  if (section !== 'http') return false;
  return matches.some((match) => {
    if (typeof match !== 'object' || match === null || Array.isArray(match)) return false;
    const keys = Object.keys(match).filter((key) => key !== 'name' && key !== 'ignoreUriCase');
    if (keys.length === 0) return true;
    return keys.length === 1 && textAt(match, ['uri', 'prefix']) === '/';
  });
}
