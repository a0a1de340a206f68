import { resolveShortName } from '../hostname.ts';
import type { Trace } from '../simulate/trace.ts';
import type { TellingOptions } from './explainTrace.ts';
import { shortHost } from './names.ts';
import { code, list, phrase, say } from './phrase.ts';
import type { ToldOutcome } from './told.ts';

/** An answer that hangs on something that others name and the paste does not hold; undefined if the trace's own outcome can be told. */
export function outsideThePaste(trace: Trace, options: TellingOptions): ToldOutcome | undefined {
  if (options.closed) return undefined;
  return trace.call.from.kind === 'outside' ? gatewayOutside(trace, options) : serviceOutside(trace, options);
}

/** A call to a port that nothing opens, while virtual services name gateways that the paste does not hold: nobody can know. */
function gatewayOutside(trace: Trace, { graph, workloads }: TellingOptions): ToldOutcome | undefined {
  const [branch] = trace.outcome;
  const refused = branch?.end.kind === 'closed' && branch.end.because === 'no-listener';
  if (trace.outcome.length > 0 && !refused) return undefined;
  const absent = (graph?.nodes ?? []).filter(
    (node) => node.kind === 'gateway' && node.standing === 'not-in-paste',
  );
  if (absent.length > 0) {
    const names = absent.map((node) => `${node.namespace}/${node.name}`);
    return {
      tone: 'unknown',
      headline:
        absent.length === 1
          ? `Depends on gateway ${absent[0]?.name ?? ''}`
          : 'Depends on gateways that are not here',
      detail: phrase(
        list(names, 'and', 3),
        absent.length === 1 ? ' is not in this paste' : ' are not in this paste',
        workloads.length === 0
          ? ', so no port is known to be open.'
          : say`; nothing else listens on port ${trace.call.port}.`,
      ),
      shares: [],
    };
  }
  if (workloads.length > 0) return undefined;
  const keptOut = (graph?.nodes ?? []).filter(
    (node) => node.kind === 'gateway' && node.standing === 'refused',
  );
  if (keptOut.length > 0) {
    return {
      tone: 'unknown',
      headline:
        keptOut.length === 1 ? `Gateway ${keptOut[0]?.name ?? ''} is refused` : 'Every gateway is refused',
      detail: phrase(
        `Validation keeps ${keptOut.length === 1 ? 'it' : 'them'} out of the cluster, so nobody listens to calls from outside.`,
      ),
      shares: [],
    };
  }
  return {
    tone: 'unknown',
    headline: 'No gateway in this paste',
    detail: phrase('Without a Gateway nobody listens to calls from outside.'),
    shares: [],
  };
}

/** A call from a pod to a host that virtual services are for and that no Service or ServiceEntry has: their rules are not read, unless it exists. */
function serviceOutside({ call, steps }: Trace, { graph }: TellingOptions): ToldOutcome | undefined {
  const resolved = steps.find((step) => step.kind === 'resolve');
  if (call.from.kind !== 'mesh' || resolved === undefined || resolved.by.length > 0) return undefined;
  const { namespace } = call.from;
  const names = [resolved.host, `${resolved.host}.${namespace}${CLUSTER}`, `${resolved.host}${CLUSTER}`];
  for (const node of graph?.nodes ?? []) {
    if (node.kind !== 'virtual-service' || !node.mesh) continue;
    const host = node.hosts
      .map((each) => resolveShortName(each, node.namespace))
      .find((each) => names.includes(each));
    if (host === undefined) continue;
    const [, name, own] = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(host) ?? [];
    return {
      tone: 'unknown',
      headline: `Depends on service ${shortHost(host)}`,
      detail: say`No Service and no ServiceEntry of this paste has ${code(host)}; without one the rules of ${node.name} are not read.`,
      shares: [],
      ...(name !== undefined && own !== undefined && { wanting: { kind: 'service', name, namespace: own } }),
    };
  }
  return undefined;
}

const CLUSTER = '.svc.cluster.local';
