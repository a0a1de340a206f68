import type { Analysis } from '../../src/analyse.ts';
import { selects } from '../../src/compile/gatewayContext.ts';
import { withoutNamespace } from '../../src/compile/gatewayServer.ts';
import { subjectOf } from '../../src/explore/subject.ts';
import { authorityOf, sampleHost } from '../../src/explore/urls.ts';
import { isTls, parseProtocol } from '../../src/istio/protocol.ts';
import type { Server } from '../../src/istio/types.ts';
import { objectKey } from '../../src/manifest/refKey.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Call } from '../../src/simulate/call.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Branch, Trace } from '../../src/simulate/trace.ts';
import { endOf, type Prover } from './proof.ts';

/** For each workload that the Gateway selects, a call to each host of the server at the place. */
function* serverTraces({ index, compiled }: Analysis, place: SourceRef): Generator<readonly Trace[]> {
  const gateway = index.mesh.gateways.find(({ at }) => objectKey(at) === objectKey(place.object));
  const server = gateway?.spec.servers?.[Number(place.path[2])];
  if (!gateway || !server) return;
  for (const config of compiled.gateways) {
    if (!selects(gateway, config.proxy.labels)) continue;
    yield (server.hosts ?? []).map((host) =>
      simulate(config, callTo(server, withoutNamespace(host), config.proxy.id)),
    );
  }
}

function callTo({ port, tls, bind }: Server, host: string, workload: string): Call {
  const number = port?.number ?? 0;
  const secure = isTls(parseProtocol(port?.protocol ?? ''));
  return {
    id: 'proof',
    from: { kind: 'outside', workload, portOf: 'service', ...(bind !== undefined && { address: bind }) },
    port: number,
    ...(secure && {
      tls: {
        sni: sampleHost(host),
        alpn: ['h2', 'http/1.1'],
        clientCertificate: tls?.mode === 'MUTUAL' || tls?.mode === 'ISTIO_MUTUAL',
      },
    }),
    http: { method: 'GET', authority: authorityOf(secure, host, number), path: '/', headers: [] },
  };
}

function provedBy(isLost: (branch: Branch, trace: Trace) => boolean): Prover {
  return (analysis, { at }) => {
    for (const traces of serverTraces(analysis, subjectOf(at))) {
      const [first] = traces;
      if (first && traces.every((trace) => trace.outcome.every((branch) => isLost(branch, trace))))
        return { by: 'call', call: first.call, end: endOf(first.outcome[0]) };
    }
    return undefined;
  };
}

/**
 * Shows that nobody behind the server answers: calls to each of its hosts, at a workload of its Gateway, are closed, or find no rule at all for the host.
 */
export const servesNothing: Prover = provedBy(({ end }, { steps }) => {
  if (end.kind === 'closed') return true;
  if (end.kind !== 'failed') return false;
  const hasRules = steps.some((step) => step.kind === 'route' && step.passedOver.length + step.others > 0);
  return end.because === 'no-virtual-host' || (end.because === 'no-route' && !hasRules);
});

/** Shows that the handshake fails for want of a TLS version, for clients that speak all versions. */
export const noTlsVersion: Prover = provedBy(
  ({ end }) => end.kind === 'closed' && end.because === 'tls-version-refused',
);
