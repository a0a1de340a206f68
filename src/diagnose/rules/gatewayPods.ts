import type { MeshIndex } from '../../compile/compile.ts';
import type { ProxyConfig } from '../../compile/compiled.ts';
import { selects } from '../../compile/gatewayContext.ts';
import { isHttp, parseProtocol } from '../../istio/protocol.ts';
import type { JsonObject } from '../../manifest/source.ts';
import { objectAt, objectsAt, textAt } from '../analyze/fields.ts';
import type { Inventory } from '../analyze/inventory.ts';
import type { Draft } from '../draft.ts';
import { objectKey } from '../../manifest/refKey.ts';

/** Annotations by which clouds end TLS at the load balancer before a Service. */
const ENDS_TLS =
  /(?:aws-load-balancer-ssl-(?:cert|ports)|do-loadbalancer-(?:certificate-id|tls-ports)|oci-load-balancer-(?:ssl-ports|tls-secret)|loadbalancer-cert-id)$/;

/** What the manifests of a gateway's pods and of the Service in front say about its servers. */
export function* gatewayPods(config: ProxyConfig, index: MeshIndex, inventory: Inventory): Generator<Draft> {
  const front = new Set(config.servicePorts.map(({ service }) => objectKey(service.object)));
  const balancer =
    front.size === 0
      ? undefined
      : index.mesh.services.find(
          ({ at, annotations }) =>
            front.has(objectKey(at)) && Object.keys(annotations).some((name) => ENDS_TLS.test(name)),
        );
  const isUnprivileged = podSpecs(config, inventory).some(saysUnprivileged);
  const ports = new Map(config.servicePorts.map(({ port, targetPort }) => [port, targetPort]));
  for (const gateway of index.mesh.gateways) {
    if (!selects(gateway, config.proxy.labels)) continue;
    for (const [place, server] of (gateway.spec.servers ?? []).entries()) {
      const path = ['spec', 'servers', place];
      const number = server.port?.number ?? 0;
      if (balancer && server.tls?.httpsRedirect && isHttp(parseProtocol(server.port?.protocol ?? ''))) {
        const at = { object: gateway.at, path: [...path, 'tls', 'httpsRedirect'] };
        yield {
          code: 'GW203',
          at,
          others: [{ object: balancer.at, path: ['metadata', 'annotations'] }],
          params: {},
        };
      }
      if (isUnprivileged && (ports.get(number) ?? number) < 1024) {
        yield {
          code: 'GW212',
          at: { object: gateway.at, path: [...path, 'port', 'number'] },
          params: { port: number },
        };
      }
    }
  }
}

/** The pods, or the templates of pods, that the workload was made from, as they are written. */
function podSpecs({ proxy }: ProxyConfig, { pods, deployments }: Inventory): readonly JsonObject[] {
  const origins = new Set(proxy.origin.map(({ object }) => objectKey(object)));
  return [
    ...pods.filter(({ ref }) => origins.has(objectKey(ref))).map(({ spec }) => spec),
    ...deployments
      .filter(({ ref }) => origins.has(objectKey(ref)))
      .map(({ spec }) => objectAt(spec, 'template', 'spec')),
  ];
}

/** The environment variable by which istiod leaves listeners on low ports out. */
function saysUnprivileged(spec: JsonObject): boolean {
  return objectsAt(spec, 'containers').some((container) =>
    objectsAt(container, 'env').some(
      (each) => textAt(each, 'name') === 'ISTIO_META_UNPRIVILEGED_POD' && textAt(each, 'value') === 'true',
    ),
  );
}
