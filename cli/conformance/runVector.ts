import { indexMesh, compileGateway, type MeshIndex } from '../../src/compile/compile.ts';
import type { Proxy, ProxyConfig } from '../../src/compile/compiled.ts';
import { compileSidecar } from '../../src/compile/sidecar.ts';
import { routerProxy } from '../../src/compile/workloads.ts';
import { buildMesh, type AdmittedObject } from '../../src/istio/mesh.ts';
import { read } from '../../src/manifest/read.ts';
import type { Call } from '../../src/simulate/call.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { validate, type ReadForValidation } from '../../src/validate/validate.ts';
import { isObject } from '../../src/validate/validateSchema.ts';
import type { Verdict } from '../../src/validate/verdict.ts';
import { compareCall, type Difference } from './compareCall.ts';
import { predict } from './predict.ts';
import type { Vector, VectorProxy, VectorRequest } from './vector.ts';

/** One thing that counts: a request, or the refusals of a scenario. */
export interface Point {
  readonly name: string;
  readonly differences: readonly Difference[];
}

/** Takes a vector through the whole engine, from its text to the answers. */
export function runVector(vector: Vector): readonly Point[] {
  const { admitted, rejected } = admit(vector.manifests);
  const index = indexMesh(buildMesh(admitted));
  const configs = vector.proxies.map((proxy) => configOf(index, proxy));
  const used = new Set(vector.requests.map(({ request }) => request.proxy ?? 0));
  const refused = configs.flatMap(({ refusedListeners }, proxy) =>
    used.has(proxy) ? refusedListeners.map(({ name }) => `${proxy} ${name}`) : [],
  );
  const refusedWanted = (vector.refusedListeners ?? [])
    .filter(({ proxy }) => used.has(proxy))
    .map(({ proxy, listener }) => `${proxy} ${listener}`);
  const scenario: Point = {
    name: 'rejected and refused',
    differences: [
      ...setDifference('rejected', vector.rejected, rejected),
      ...setDifference('refusedListeners', refusedWanted, refused),
    ],
  };
  const requests = vector.requests.map(({ request, expect }, number): Point => {
    const config = configs[request.proxy ?? 0];
    if (!config) throw new Error(`${vector.id}: request ${number} names no proxy`);
    const call = callOf(request, config.proxy);
    const { address, port } = request;
    const trace = simulate(config, call, { ...(address !== undefined && { address }), port, steps: [] });
    return { name: `request ${number}`, differences: compareCall(expect, predict(trace)) };
  });
  return [scenario, ...requests];
}

/** Only Istio's own objects are said to be refused. */
function admit(text: string): {
  readonly admitted: readonly AdmittedObject[];
  readonly rejected: readonly string[];
} {
  const admitted: AdmittedObject[] = [];
  const rejected: string[] = [];
  for (const object of read([{ name: 'vector.yaml', text }]).objects) {
    if (object.status !== 'read') continue;
    const { ref, apiVersion } = object;
    const { accepted, stored } = recordedVerdict(object);
    if (accepted) {
      admitted.push({ ref, apiVersion, value: stored });
    } else if (apiVersion.startsWith('networking.istio.io/')) {
      rejected.push(`${ref.kind} ${ref.namespace}/${ref.name}`);
    }
  }
  return { admitted, rejected };
}

/** The recorder's API server does not look at metadata, but the webhook comes after it all the same. */
function recordedVerdict(object: ReadForValidation): Verdict {
  const verdict = validate(object);
  const onlyMetadata = verdict.errors.every(({ path }) => path[0] === 'metadata');
  if (verdict.stage !== 'schema' || !onlyMetadata) return verdict;
  const metadata = object.value['metadata'];
  const annotations = isObject(metadata) ? { annotations: metadata['annotations'] ?? null } : {};
  const { accepted } = validate({
    ...object,
    value: { ...object.value, metadata: { name: 'valid', ...annotations } },
  });
  return { ...verdict, accepted };
}

function configOf(index: MeshIndex, { namespace, labels, type, pod }: VectorProxy): ProxyConfig {
  if (type !== 'sidecar')
    return compileGateway(index, routerProxy(namespace, labels, pod === undefined ? {} : { pod }));
  const proxy: Proxy = { id: 'sidecar', kind: 'sidecar', namespace, labels, origin: [], assumed: true };
  return compileSidecar(index.mesh, index.merged, index.registry, proxy);
}

function callOf({ port, tls, http }: VectorRequest, proxy: Proxy): Call {
  const from = { kind: 'outside', portOf: 'pod', workload: proxy.id } as const;
  return { id: '', from, port, ...(tls && { tls }), ...(http && { http }) };
}

function setDifference(
  field: string,
  wanted: readonly string[],
  got: readonly string[],
): readonly Difference[] {
  const [expected, predicted] = [[...new Set(wanted)].sort(), [...new Set(got)].sort()];
  const same =
    expected.length === predicted.length && expected.every((one, index) => one === predicted[index]);
  return same ? [] : [{ field, expected, predicted }];
}
