import type { ProxyConfig } from '../compile/compiled.ts';
import type { FilterChain, Listener, WeightedCluster } from '../envoy/types.ts';
import { applyTransport } from './applyTransport.ts';
import type { Call } from './call.ts';
import { clusterShares, drawn, type Draw } from './clusters.ts';
import { matchFilterChain, type Connection } from './matchFilterChain.ts';
import { matchListener } from './matchListener.ts';
import { looksLikeHttp1 } from './readRequest.ts';
import { simulateHttp } from './simulateHttp.ts';
import type { Branch, ClosedBecause, NotSimulatedHere, Refusal, Step, Trace } from './trace.ts';

/** Where a connection really goes, after the Service's port translation or the caller's DNS, with the steps that led there. */
export interface Dialled {
  /** Absent: an address that no server binds. */
  readonly address?: string;
  readonly port: number;
  readonly steps: readonly Step[];
}

/**
 * What the Envoy with this configuration does with the call: every decision with what was passed over and why, and all ways in which the call can
 * end, with their shares. Nothing is drawn. `dialled` is needed for calls inside the mesh only.
 */
export function simulate(config: ProxyConfig, call: Call, dialled: Dialled = dial(config, call)): Trace {
  const steps: Step[] = [...dialled.steps];
  const notSimulated: NotSimulatedHere[] = config.notSimulated.map(({ what, at }) => ({ what, at: [at] }));
  const finish = (outcome: readonly Branch[]): Trace => ({
    call,
    workload: config.proxy.id,
    steps,
    outcome,
    notSimulated,
  });

  const { step: listenerStep, listener } = matchListener(config, dialled.address, dialled.port);
  steps.push(listenerStep);
  if (!listener) return finish(closed('no-listener'));

  const connection = inspect(listener, call, dialled);
  const { step: chainStep, chain } = matchFilterChain(listener, connection);
  steps.push(chainStep);
  if (!chain) return finish(closed('no-filter-chain'));

  if (chain.filter.kind === 'tcp')
    return finish(simulateTcp(config, chain, chain.filter.clusters, call, steps));

  if (chain.transport.kind === 'raw' && call.tls) {
    steps.push({ kind: 'codec', protocol: 'not-http', refused: 'tls-to-plaintext' });
    return finish(closed('tls-to-plaintext'));
  }
  const refused = handshake(chain, call, steps);
  if (refused) return finish(closed(refused));
  return finish(simulateHttp(config, chain, chain.filter, call, agreedProtocol(steps), steps, notSimulated));
}

/** Whether some listener of a gateway takes the connection. */
export function listens(config: ProxyConfig, call: Call): boolean {
  const { address, port } = dial(config, call);
  return matchListener(config, address, port).listener !== undefined;
}

/** Behind a Service the dialled port leads to its target; a port that no Service has, and one of the pod, is the listener's. */
function dial(config: ProxyConfig, call: Call): Dialled {
  const { from, port } = call;
  const address = from.address === undefined ? {} : { address: from.address };
  if (from.kind !== 'outside' || from.portOf === 'pod') return { ...address, port, steps: [] };
  const target = config.servicePorts.find((one) => one.port === port);
  if (!target) return { ...address, port, steps: [] };
  const { service, serviceName: name, targetPort } = target;
  const step: Step = { kind: 'service-port', service: { name, at: [service] }, port, targetPort };
  return { ...address, port: targetPort, steps: [step] };
}

function inspect(listener: Listener, { tls, http }: Call, { address, port }: Dialled): Connection {
  const sniffed = !tls && listener.httpInspector && http && looksLikeHttp1(http);
  return {
    port,
    ...(address !== undefined && { address }),
    ...(tls && { tls }),
    ...(sniffed && { sniffed: http.version === '1.0' ? 'http/1.0' : 'http/1.1' }),
  };
}

/**
 * Bytes that go on without being read. A cluster that does not exist closes the connection when the chain is chosen, before any handshake.
 */
function simulateTcp(
  config: ProxyConfig,
  chain: FilterChain,
  clusters: readonly WeightedCluster[],
  call: Call,
  steps: Step[],
): readonly Branch[] {
  const draws = drawn(clusters);
  steps.push({ kind: 'cluster', clusters: clusterShares(draws, config), weighted: clusters.length > 1 });
  const refused = draws.some((draw) => !draw.cluster.missing) ? handshake(chain, call, steps) : undefined;
  return draws.map((draw) => tcpBranch(draw, refused));
}

function tcpBranch(draw: Draw, refused: ConnectionRefusal | undefined): Branch {
  const { share, destination, cluster } = draw;
  if (cluster.missing) {
    return {
      share,
      destination,
      end: { kind: 'closed', because: 'no-cluster', cluster: cluster.name, flags: 'NC' },
    };
  }
  if (refused) return { share, destination, end: { kind: 'closed', because: refused } };
  if (cluster.name === 'BlackHoleCluster') {
    return {
      share,
      destination,
      end: { kind: 'closed', because: 'blackhole', cluster: cluster.name, flags: 'UH' },
    };
  }
  const passthrough = cluster.name === 'PassthroughCluster';
  return { share, destination, end: { kind: 'tcp', cluster: cluster.name, passthrough } };
}

type ConnectionRefusal = Extract<Refusal, ClosedBecause>;

/** Adds the TLS step; what is given back ends the connection. */
function handshake(chain: FilterChain, call: Call, steps: Step[]): ConnectionRefusal | undefined {
  if (chain.transport.kind === 'raw') {
    if (call.tls || chain.filter.kind === 'http') {
      const mode = call.tls ? 'PASSTHROUGH' : 'NONE';
      steps.push({ kind: 'tls', at: chain.origin, mode, asked: 'not-asked' });
    }
    return undefined;
  }
  const step = applyTransport(chain.transport, call.tls, chain.origin);
  steps.push(step);
  switch (step.refused) {
    case 'plaintext-to-tls':
    case 'tls-version-refused':
    case 'client-certificate-required':
      return step.refused;
    default:
      return undefined;
  }
}

function agreedProtocol(steps: readonly Step[]): 'http/1.1' | 'h2' {
  const last = steps[steps.length - 1];
  return last?.kind === 'tls' && last.agreed?.alpn === 'h2' ? 'h2' : 'http/1.1';
}

function closed(because: ClosedBecause): readonly Branch[] {
  return [{ share: 1, end: { kind: 'closed', because } }];
}
