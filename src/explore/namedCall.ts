import type { MeshIndex } from '../compile/compile.ts';
import type { Compiled } from '../compile/compiled.ts';
import type { MergedVirtualService } from '../compile/delegates.ts';
import type { RegistryPort, RegistryService } from '../compile/registry.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import { isHttp, isHttpOrSniffed, isTls, parseProtocol } from '../istio/protocol.ts';
import type { Server } from '../istio/types.ts';
import type { Call, CallOrigin, HttpMessage } from '../simulate/call.ts';
import { authorityOf, sampleHost } from './urls.ts';

const outside: CallOrigin = { kind: 'outside', portOf: 'service' };

/**
 * A call to something that the texts name, for texts of which no rule can be reached: the first host of a virtual service for gateways, else the first
 * server of a gateway, else the first port of a service (HTTP before bytes), asked from its own namespace. It is not tried: to ask it is to learn what is missing.
 * Undefined if the texts name nothing that can be called.
 */
export function namedCall({ mesh, merged, registry }: MeshIndex, compiled: Compiled): Call | undefined {
  return (
    first(merged.all, towardVirtualService) ??
    first(
      mesh.gateways.flatMap(({ spec }) => spec.servers ?? []),
      (server) => towardServer(server, compiled),
    ) ??
    first(
      registry.services.filter(({ ports }) => ports.some(isForHttp)),
      towardService,
    ) ??
    first(registry.services, towardService)
  );
}

function first<T>(all: readonly T[], callOf: (one: T) => Call | undefined): Call | undefined {
  for (const one of all) {
    const call = callOf(one);
    if (call) return call;
  }
  return undefined;
}

function towardVirtualService({ gateways, hosts, resource }: MergedVirtualService): Call | undefined {
  const [host] = hosts;
  if (host === undefined || gateways.every((gateway) => gateway === meshGateway)) return undefined;
  const { http, tls } = resource.spec;
  if (http?.length) {
    const uri = http[0]?.match?.[0]?.uri;
    return callTo(outside, { secure: false, host, port: 80, path: uri?.exact ?? uri?.prefix });
  }
  const [name] = tls?.[0]?.match?.[0]?.sniHosts ?? [];
  return name === undefined ? undefined : callTo(outside, { secure: true, host: name, port: 443 });
}

function towardServer({ port, hosts, tls }: Server, { gateways }: Compiled): Call | undefined {
  if (port?.number === undefined) return undefined;
  const { number } = port;
  const service = gateways
    .flatMap(({ servicePorts }) => servicePorts)
    .find(({ targetPort }) => targetPort === number);
  const dialled = service?.port ?? number;
  const protocol = parseProtocol(port.protocol ?? '');
  if (!isHttp(protocol) && !isTls(protocol)) return { id: 'named', from: outside, port: dialled };
  const names = (hosts ?? []).map((host) => host.slice(host.indexOf('/') + 1));
  const host = names.find((name) => name !== '*') ?? '*';
  const certificate = tls?.mode === 'MUTUAL' || tls?.mode === 'ISTIO_MUTUAL';
  return callTo(outside, { secure: isTls(protocol), host, port: dialled, certificate });
}

function isForHttp({ protocol }: RegistryPort): boolean {
  return isHttpOrSniffed(protocol);
}

function towardService({ host, namespace, ports }: RegistryService): Call | undefined {
  const port = ports.find(isForHttp) ?? ports[0];
  if (!port) return undefined;
  const from: CallOrigin = { kind: 'mesh', namespace, labels: {}, host: sampleHost(host) };
  const opaque = !isForHttp(port) && !isTls(port.protocol);
  if (opaque) return { id: 'named', from, port: port.number };
  return callTo(from, { secure: isTls(port.protocol), host, port: port.number });
}

interface Target {
  readonly secure: boolean;
  /** May be a wildcard. */
  readonly host: string;
  readonly port: number;
  readonly path?: string | undefined;
  readonly certificate?: boolean;
}

function callTo(from: CallOrigin, { secure, host, port, path = '/', certificate = false }: Target): Call {
  const tls = { sni: sampleHost(host), alpn: ['h2', 'http/1.1'], clientCertificate: certificate };
  const http: HttpMessage = {
    method: 'GET',
    authority: authorityOf(secure, host, port),
    path: path.startsWith('/') ? path : `/${path}`,
    headers: [],
  };
  return { id: 'named', from, port, ...(secure && { tls }), http };
}
