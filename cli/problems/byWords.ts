import type { Analysis } from '../../src/analyse.ts';
import { sidecarOf } from '../../src/compile/clients.ts';
import type { MergedVirtualService } from '../../src/compile/delegates.ts';
import { compileSidecar } from '../../src/compile/sidecar.ts';
import { subjectOf } from '../../src/explore/subject.ts';
import { sampleHost, servicePortOf } from '../../src/explore/urls.ts';
import { isTls } from '../../src/istio/protocol.ts';
import { objectKey } from '../../src/manifest/refKey.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { dialInMesh } from '../../src/simulate/dialInMesh.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { Call } from '../../src/simulate/call.ts';
import { attemptsFor, isTakenBy, meshOwners } from './attempts.ts';
import { completed } from './completed.ts';
import type { Prover } from './proof.ts';

/** Source workloads that are tried. */
const mostClients = 12;

/**
 * Shows that nothing at any proxy was made of a match of a `tls` or `tcp` rule, and that the connections which its own words describe, opened from outside or
 * by workloads in the mesh, are taken by something else.
 */
export const takenByOthers: Prover = (analysis, { at }) => {
  const place = subjectOf(at);
  for (const _ of attemptsFor(analysis, place)) return undefined;
  const whole = completed(analysis);
  let shown: Call | undefined;
  for (const { call, isTaken } of atGateways(analysis, place)) {
    if (isTaken) return undefined;
    shown ??= call;
  }
  for (const owner of meshOwners(whole, place)) {
    for (const { call, isTaken } of connections(whole, owner, place)) {
      if (isTaken) return undefined;
      shown ??= call;
    }
  }
  return shown && { by: 'call', call: shown, end: 'taken by another rule' };
};

interface Connection {
  readonly call: Call;
  readonly isTaken: boolean;
}

/** To the servers that read the virtual service. */
function* atGateways({ compiled, index }: Analysis, place: SourceRef): Generator<Connection> {
  const key = objectKey(place.object);
  const owner = index.merged.all.find(({ at }) => objectKey(at.object) === key);
  const words = owner && wordsAt(owner, place);
  if (!words) return;
  for (const config of compiled.gateways) {
    for (const { server, virtualService } of config.bindings) {
      const port = objectKey(virtualService.object) === key ? servicePortOf(config, server) : undefined;
      if (!port) continue;
      for (const name of words.names) {
        const from = { kind: 'outside', workload: config.proxy.id, portOf: 'service' } as const;
        const tls = { sni: sampleHost(name), alpn: [], clientCertificate: false };
        const call: Call = { id: 'proof', from, port: port.number, ...(port.secure && { tls }) };
        yield { call, isTaken: isTakenBy(place, simulate(config, call)) };
      }
    }
  }
}

function* connections(
  { index, clients }: Analysis,
  owner: MergedVirtualService,
  place: SourceRef,
): Generator<Connection> {
  const { mesh, merged, registry } = index;
  const words = wordsAt(owner, place);
  for (const name of words?.names ?? []) {
    const [service] = registry.byHost.get(name)?.values() ?? [];
    const fits = service?.ports.find(({ protocol }) => isTls(protocol) === words?.secure);
    const port = words?.port ?? fits?.number;
    if (port === undefined) continue;
    for (const { namespace, labels } of clients.slice(0, mostClients)) {
      const from = { kind: 'mesh', namespace, labels, host: name } as const;
      const tls = { sni: sampleHost(name), alpn: [], clientCertificate: false };
      const call: Call = { id: 'proof', from, port, ...(words?.secure && { tls }) };
      const config = compileSidecar(mesh, merged, registry, sidecarOf({ namespace, labels }, clients), port);
      const trace = simulate(config, call, dialInMesh(registry, from, port));
      yield { call, isTaken: isTakenBy(place, trace) };
    }
  }
}

interface Words {
  readonly names: readonly string[];
  readonly port: number | undefined;
  readonly secure: boolean;
}

function wordsAt({ tls, tcp, hosts }: MergedVirtualService, { path }: SourceRef): Words | undefined {
  const [, section, rule, , index] = path;
  if (section === 'tls') {
    const match = tls[Number(rule)]?.match?.[Number(index)];
    return match && { names: match.sniHosts ?? [], port: match.port, secure: true };
  }
  const match = section === 'tcp' ? tcp[Number(rule)]?.match?.[Number(index)] : undefined;
  return match && { names: hosts, port: match.port, secure: false };
}
