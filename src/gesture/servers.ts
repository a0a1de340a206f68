import { isHttp, isTls, parseProtocol } from '../istio/protocol.ts';
import type { Json, JsonObject } from '../manifest/source.ts';
import { listAt, numberAt, textAt, textsAt, type BoardObject } from './board.ts';
import { given } from './documents.ts';
import type { ServerPlan } from './gesture.ts';
import { freeName } from './names.ts';

/** The part of a VirtualService that holds rules for one kind of server. */
export type Section = 'http' | 'tls' | 'tcp';

/**
 * Which rules of a VirtualService a server (`spec.servers[i]`) takes: HTTP in plain, or behind TLS that ends there, takes `http`; TLS that is
 * passed on takes `tls`; what has no TLS, or ends it, takes `tcp`. Undefined: none, since the server name itself says the service.
 */
export function sectionOf(server: Json): Section | undefined {
  const protocol = parseProtocol(textAt(server, ['port', 'protocol']) ?? '');
  if (isHttp(protocol)) return 'http';
  if (!isTls(protocol)) return 'tcp';
  switch (textAt(server, ['tls', 'mode']) ?? 'PASSTHROUGH') {
    case 'PASSTHROUGH':
      return 'tls';
    case 'AUTO_PASSTHROUGH':
      return undefined;
    default:
      return protocol === 'HTTPS' ? 'http' : 'tcp';
  }
}

/** Hosts of a server without the `namespace/` in front. */
export function serverHosts(server: Json): string[] {
  return textsAt(server, ['hosts']).map((host) => host.slice(host.indexOf('/') + 1));
}

export function serversOf(gateway: BoardObject): readonly Json[] {
  return listAt(gateway.value, ['spec', 'servers']);
}

/**
 * A server as a person would write it: the usual port of its protocol, or the next one that is free; a port name that no other server has;
 * the hosts of the first server, else any host; and for TLS what the mode cannot do without.
 */
export function buildServer(plan: ServerPlan, others: readonly Json[], certificate: string): JsonObject {
  const number = plan.port ?? freePort(plan, others);
  const names = new Set(others.flatMap((server) => textAt(server, ['port', 'name']) ?? []));
  const first = others[0];
  const inherited = first === undefined ? [] : textsAt(first, ['hosts']);
  const hosts = plan.hosts ?? (inherited.length > 0 && !isTcp(plan) ? inherited : ['*']);
  return given({
    port: {
      number,
      name: plan.name ?? freeName(portName(plan.protocol, number), names),
      protocol: plan.protocol,
    },
    hosts: [...hosts],
    tls: buildTls(plan, certificate),
  });
}

function isTcp(plan: ServerPlan): boolean {
  return plan.protocol === 'TCP' || plan.protocol === 'MONGO';
}

/** `http` on 80 and `https` on 443; elsewhere the number too. */
function portName(protocol: string, number: number): string {
  const name = protocol.toLowerCase();
  return number === 80 || number === 443 ? name : `${name}-${number}`;
}

function buildTls(plan: ServerPlan, certificate: string): JsonObject | undefined {
  if (plan.httpsRedirect === true) return { httpsRedirect: true };
  if (plan.protocol !== 'HTTPS' && plan.protocol !== 'TLS') return undefined;
  const mode = plan.mode ?? (plan.protocol === 'HTTPS' ? 'SIMPLE' : 'PASSTHROUGH');
  switch (mode) {
    case 'PASSTHROUGH':
    case 'AUTO_PASSTHROUGH':
    case 'ISTIO_MUTUAL':
      return { mode };
    case 'SIMPLE':
    case 'MUTUAL':
    case 'OPTIONAL_MUTUAL':
      return { mode, credentialName: plan.credentialName ?? certificate };
  }
}

function usualPorts(plan: ServerPlan): readonly number[] {
  switch (plan.protocol) {
    case 'HTTP':
    case 'HTTP2':
    case 'GRPC':
      return [80, 8080];
    case 'HTTPS':
    case 'TLS':
      return plan.mode === 'AUTO_PASSTHROUGH' ? [15443] : [443, 8443];
    case 'MONGO':
      return [27017];
    case 'TCP':
      return [9000];
  }
}

function freePort(plan: ServerPlan, others: readonly Json[]): number {
  const taken = new Set(others.flatMap((server) => numberAt(server, ['port', 'number']) ?? []));
  const usual = usualPorts(plan);
  const free = usual.find((port) => !taken.has(port));
  if (free !== undefined) return free;
  let port = (usual.at(-1) ?? 9000) + 1;
  while (taken.has(port)) port += 1;
  return port;
}
