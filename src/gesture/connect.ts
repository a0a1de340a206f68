import { resolveGatewayName } from '../compile/virtualServices.ts';
import { intersect, namesForNamespace, resolveShortName } from '../hostname.ts';
import type { Json, SourceRef } from '../manifest/source.ts';
import {
  gatewayNameFrom,
  isObject,
  listAt,
  numberAt,
  objectAt,
  place,
  serviceHost,
  textAt,
  textsAt,
  valueAt,
  type Board,
  type BoardObject,
} from './board.ts';
import { createDestination, createRule, ruleOf } from './createItem.ts';
import type { ConnectEnd, DestinationPlan, GestureRefusal, GestureWarning, Plan } from './gesture.ts';
import { putFields } from './put.ts';
import { rules } from './references.ts';
import { portsOf } from './rules.ts';
import { sectionOf, serversOf } from './servers.ts';

/**
 * A line from one thing to another: a VirtualService is bound to a gateway (from either end), a rule gets a destination, or hands its
 * requests to a VirtualService without hosts. Everything else is refused.
 */
export function connect(board: Board, from: SourceRef, to: ConnectEnd): Plan {
  const start = objectAt(board, from.object);
  if (start === undefined) return refused({ kind: 'place-gone' });
  if (to.kind === 'host') {
    return start.ref.kind === 'VirtualService'
      ? sendTo(board, start, from, { host: to.host, ...(to.port === undefined ? {} : { port: to.port }) })
      : refused({ kind: 'not-possible-between', from: start.ref.kind, to: 'Service' });
  }
  const end = objectAt(board, to.at.object);
  if (end === undefined) return refused({ kind: 'place-gone' });
  switch (`${start.ref.kind} ${end.ref.kind}`) {
    case 'VirtualService Gateway':
      return bind(start, end, serverIndex(to.at));
    case 'Gateway VirtualService':
      return bind(end, start, serverIndex(from));
    case 'VirtualService Service':
    case 'VirtualService ServiceEntry':
      return sendTo(board, start, from, destinationAt(board, start, end, to.at));
    case 'VirtualService VirtualService':
      return delegateTo(start, from, end);
    default:
      return refused({ kind: 'not-possible-between', from: start.ref.kind, to: end.ref.kind });
  }
}

/** `spec.servers[i]`: only that server is meant. */
function serverIndex(at: SourceRef): number | undefined {
  const index = at.path[1] === 'servers' ? at.path[2] : undefined;
  return typeof index === 'number' ? index : undefined;
}

function bind(virtualService: BoardObject, gateway: BoardObject, server: number | undefined): Plan {
  const { ref, value } = virtualService;
  if (textsAt(value, ['spec', 'hosts']).length === 0) {
    return refused({ kind: 'delegate-has-no-gateways', name: ref.name });
  }
  const key = `${gateway.ref.namespace}/${gateway.ref.name}`;
  const written = textsAt(value, ['spec', 'gateways']);
  if (written.some((name) => resolveGatewayName(name, ref.namespace) === key)) {
    return refused({ kind: 'already-connected', name: key });
  }
  const name = gatewayNameFrom(gateway.ref, ref.namespace);
  // Without a list the rules count inside the mesh; that stays so, unless a host is one that the mesh refuses.
  const inMesh = written.length === 0 && !textsAt(value, ['spec', 'hosts']).includes('*');
  const names = written.length > 0 ? [...written, name] : inMesh ? [name, 'mesh'] : [name];
  const list = valueAt(value, ['spec', 'gateways']);
  const fields =
    Array.isArray(list) && list.length > 0
      ? [{ path: ['spec', 'gateways', list.length], value: name }]
      : [{ path: ['spec', 'gateways'], value: names }];
  const index = fields[0]?.path.length === 3 ? listAt(value, ['spec', 'gateways']).length : 0;
  return {
    kind: 'planned',
    ops: putFields(ref, value, fields),
    select: place(ref, 'spec', 'gateways', index),
    warnings: bindingWarnings(virtualService, gateway, server),
    alongside: [],
  };
}

/** Why a binding would lead nowhere, if so: namespaces that are let in, then hosts, then the kind of rules. */
function bindingWarnings(
  virtualService: BoardObject,
  gateway: BoardObject,
  server: number | undefined,
): GestureWarning[] {
  const { namespace } = virtualService.ref;
  const servers = serversOf(gateway).filter((_, index) => server === undefined || index === server);
  const all = servers.flatMap((each) => textsAt(each, ['hosts']));
  const letIn = namesForNamespace(
    all.map((host) => ownNamespace(host, gateway.ref.namespace)),
    namespace,
  );
  if (letIn.length === 0) return [{ kind: 'namespace-not-allowed', namespace, hosts: all }];
  const hosts = textsAt(virtualService.value, ['spec', 'hosts']).map((host) =>
    resolveShortName(host, namespace),
  );
  if (intersect(hosts, letIn).length === 0) {
    return [{ kind: 'hosts-do-not-meet', virtualService: hosts, gateway: letIn }];
  }
  const served = new Set(servers.flatMap((each) => sectionOf(each) ?? []));
  const written = new Set(rules(virtualService).map(({ section }) => section));
  if (written.size > 0 && ![...written].some((section) => served.has(section))) {
    const [section = 'http'] = written;
    return [{ kind: 'section-not-served', section, served: [...served] }];
  }
  return [];
}

/** `./host` means the namespace of the gateway. */
function ownNamespace(host: string, namespace: string): string {
  return host.startsWith('./') ? `${namespace}${host.slice(1)}` : host;
}

function destinationAt(
  board: Board,
  from: BoardObject,
  service: BoardObject,
  at: SourceRef,
): DestinationPlan {
  const { namespace } = from.ref;
  const host =
    service.ref.kind === 'ServiceEntry'
      ? (textsAt(service.value, ['spec', 'hosts'])[0] ?? service.ref.name)
      : service.ref.namespace === namespace
        ? service.ref.name
        : serviceHost(service.ref);
  const index = at.path[1] === 'ports' ? at.path[2] : undefined;
  const chosen =
    index === undefined
      ? undefined
      : (numberAt(service.value, ['spec', 'ports', index, 'port']) ??
        numberAt(service.value, ['spec', 'ports', index, 'number']));
  const ports = portsOf(board, host, namespace);
  // The only port of a service goes without saying.
  const port = ports.length > 1 ? (chosen ?? ports[0]) : chosen === ports[0] ? undefined : chosen;
  return port === undefined ? { host } : { host, port };
}

/** From a rule (or something in it) to a service; from the VirtualService itself a rule for all that no rule took. */
function sendTo(
  board: Board,
  virtualService: BoardObject,
  from: SourceRef,
  destination: DestinationPlan,
): Plan {
  const rule = ruleOf(from);
  if (rule === undefined) {
    return createRule(board, {
      kind: 'create-rule',
      virtualService: virtualService.ref,
      rule: { section: 'http', action: { kind: 'route', destination } },
    });
  }
  const same = listAt(virtualService.value, [...rule.path, 'route']).some((item) =>
    leadsTo(item, destination, virtualService.ref.namespace),
  );
  if (same) return refused({ kind: 'already-connected', name: destination.host });
  return createDestination(board, { kind: 'create-destination', rule, destination });
}

function leadsTo(item: Json, destination: DestinationPlan, namespace: string): boolean {
  const host = textAt(item, ['destination', 'host']) ?? '';
  return (
    resolveShortName(host, namespace) === resolveShortName(destination.host, namespace) &&
    textAt(item, ['destination', 'subset']) === undefined &&
    numberAt(item, ['destination', 'port', 'number']) === destination.port
  );
}

function delegateTo(virtualService: BoardObject, from: SourceRef, to: BoardObject): Plan {
  const rule = ruleOf(from);
  const kinds = { from: 'VirtualService', to: 'VirtualService' };
  if (rule === undefined || rule.path[1] !== 'http' || virtualService.ref === to.ref) {
    return refused({ kind: 'not-possible-between', ...kinds });
  }
  if (textsAt(to.value, ['spec', 'hosts']).length > 0) {
    return refused({ kind: 'not-possible-between', ...kinds });
  }
  if (textsAt(virtualService.value, ['spec', 'hosts']).length === 0) {
    return refused({ kind: 'delegate-within-delegate', name: virtualService.ref.name });
  }
  const value = valueAt(virtualService.value, rule.path) ?? null;
  const action = (['route', 'redirect', 'directResponse'] as const).find((key) => {
    const found = valueAt(value, [key]);
    return isObject(found) || (Array.isArray(found) && found.length > 0);
  });
  if (action !== undefined) return refused({ kind: 'rule-does-not-forward', action });
  const { name, namespace } = to.ref;
  const delegate = namespace === virtualService.ref.namespace ? { name } : { name, namespace };
  const path = [...rule.path, 'delegate'];
  return {
    kind: 'planned',
    ops: putFields(virtualService.ref, virtualService.value, [{ path, value: delegate }]),
    select: place(virtualService.ref, ...path),
    warnings: [],
    alongside: [],
  };
}

function refused(because: GestureRefusal): Plan {
  return { kind: 'refused', because };
}
