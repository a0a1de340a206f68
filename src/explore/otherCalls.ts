import type { Client } from '../compile/clients.ts';
import type { ProxyConfig } from '../compile/compiled.ts';
import type { MergedVirtualService } from '../compile/delegates.ts';
import type { Registry, RegistryPort } from '../compile/registry.ts';
import { isHttpOrSniffed, isTls } from '../istio/protocol.ts';
import type { Call, CallOrigin } from '../simulate/call.ts';
import { withoutPort } from '../simulate/matchVirtualHost.ts';
import { authorityOf, sampleHost, servicePortOf } from './urls.ts';

type MeshOrigin = Extract<CallOrigin, { kind: 'mesh' }>;

export interface MeshCall {
  readonly call: Call & { readonly from: MeshOrigin };
  readonly adapted: boolean;
}

/** From a client what came from outside: to the same host and port, then to each service in the mesh that the virtual service is for. */
export function meshCalls(
  call: Call,
  { namespace, labels }: Client,
  virtualService: MergedVirtualService | undefined,
  registry: Registry,
): readonly MeshCall[] {
  const from = (host: string): MeshOrigin => ({ kind: 'mesh', namespace, labels, host });
  const host = call.http?.authority ? withoutPort(call.http.authority) : call.tls?.sni;
  const same: MeshCall[] = host ? [{ call: { ...call, from: from(host) }, adapted: false }] : [];
  const services = (virtualService?.hosts ?? []).flatMap((name) => {
    const [service] = registry.byHost.get(name)?.values() ?? [];
    const port = service && portFor(call, service.ports);
    return service && port ? [{ name, port }] : [];
  });
  const others = services.map(({ name, port }): MeshCall => ({
    call: readdressed(call, from(name), name, port.number, isTls(port.protocol)),
    adapted: true,
  }));
  return [...same, ...others];
}

/** The same number if the service has it, else the first port that may speak what the call speaks. */
function portFor(call: Call, ports: readonly RegistryPort[]): RegistryPort | undefined {
  const fits = ({ protocol }: RegistryPort): boolean =>
    call.http ? isHttpOrSniffed(protocol) : call.tls ? isTls(protocol) : !isHttpOrSniffed(protocol);
  return ports.find(({ number }) => number === call.port) ?? ports.find(fits);
}

export interface GatewayCall {
  readonly call: Call;
  readonly adapted: boolean;
  readonly config: ProxyConfig;
}

/** From outside what came from a client: to the same host and port of each gateway, then to where its servers have the virtual service. */
export function gatewayCalls(
  call: Call,
  virtualService: MergedVirtualService | undefined,
  gateways: readonly ProxyConfig[],
): readonly GatewayCall[] {
  const from = ({ proxy }: ProxyConfig): CallOrigin => ({
    kind: 'outside',
    workload: proxy.id,
    portOf: 'service',
  });
  const same = gateways.map((config): GatewayCall => ({
    call: { ...call, from: from(config) },
    adapted: false,
    config,
  }));
  const bound = gateways.flatMap((config) =>
    config.bindings
      .filter((binding) => binding.virtualService.object === virtualService?.at.object)
      .flatMap(({ server, domains }): GatewayCall[] => {
        const port = servicePortOf(config, server);
        const [domain] = domains;
        if (!port || domain === undefined) return [];
        const other = readdressed(call, from(config), sampleHost(domain), port.number, port.secure);
        return [{ call: other, adapted: true, config }];
      }),
  );
  return [...same, ...bound];
}

/** The same method, path and headers to another host, port and transport. */
function readdressed<From extends CallOrigin>(
  call: Call,
  from: From,
  host: string,
  port: number,
  secure: boolean,
): Call & { readonly from: From } {
  const { id, http, tls } = call;
  const hello = {
    sni: host,
    alpn: tls?.alpn ?? (http ? ['h2', 'http/1.1'] : []),
    clientCertificate: tls?.clientCertificate ?? false,
  };
  return {
    id,
    from,
    port,
    ...(http && { http: { ...http, authority: authorityOf(secure, host, port) } }),
    ...(secure && { tls: hello }),
  };
}
