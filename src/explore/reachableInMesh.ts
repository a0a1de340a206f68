import { sidecarOf, type Client } from '../compile/clients.ts';
import type { MeshIndex } from '../compile/compile.ts';
import type { MergedVirtualService } from '../compile/delegates.ts';
import { compileSidecar } from '../compile/sidecar.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import { isWildcard } from '../hostname.ts';
import { isHttpOrSniffed } from '../istio/protocol.ts';
import type { Call, CallOrigin } from '../simulate/call.ts';
import { dialInMesh } from '../simulate/dialInMesh.ts';
import { simulate } from '../simulate/simulate.ts';
import { messageFor } from './reachable.ts';

/** How many virtual services are tried before giving up: each may need a sidecar of its own. */
const mostTried = 4;

/**
 * A call from a workload that the first rule of a virtual service bound to the mesh takes. Where none can be reached for want of Services, the call that
 * would ask for the first host: then it can be said what is missing. Undefined if no virtual service is for the mesh.
 */
export function reachableInMesh(index: MeshIndex, clients: readonly Client[]): Call | undefined {
  const bound = (index.merged.byGateway.get(meshGateway) ?? []).slice(0, mostTried);
  for (const virtualService of bound) {
    for (const host of virtualService.hosts) {
      const call = callFor(index, clients, virtualService, host);
      if (call) return call;
    }
  }
  const [first] = bound.flatMap((each) =>
    each.hosts.filter((host) => !isWildcard(host)).map((host) => ({ each, host })),
  );
  return first && requestTo(originFor(first.each, first.host), first.host, 80);
}

function callFor(
  { mesh, merged, registry }: MeshIndex,
  clients: readonly Client[],
  virtualService: MergedVirtualService,
  host: string,
): Call | undefined {
  const [service] = registry.byHost.get(host)?.values() ?? [];
  const port = service?.ports.find(({ protocol }) => isHttpOrSniffed(protocol));
  if (!service || !port) return undefined;
  const from = originFor(virtualService, host);
  const config = compileSidecar(mesh, merged, registry, sidecarOf(from, clients), port.number);
  for (const routes of config.routeConfigs.values()) {
    for (const { routes: all } of routes.virtualHosts) {
      const route = all.find(({ virtualService: name }) => name === virtualService.key);
      if (!route) continue;
      const call = {
        ...requestTo(from, host, port.number),
        http: messageFor(route, `${host}:${port.number}`),
      };
      const trace = simulate(config, call, dialInMesh(registry, from, port.number));
      const taken = trace.steps.find((step) => step.kind === 'route')?.taken;
      if (taken?.virtualService === virtualService.key) return call;
    }
  }
  return undefined;
}

type MeshOrigin = Extract<CallOrigin, { kind: 'mesh' }>;

/** Any pod of the virtual service's namespace. */
function originFor({ namespace }: MergedVirtualService, host: string): MeshOrigin {
  return { kind: 'mesh', namespace, labels: {}, host };
}

function requestTo(from: MeshOrigin, host: string, port: number): Call {
  const authority = port === 80 ? host : `${host}:${port}`;
  return { id: 'reachable', from, port, http: { method: 'GET', authority, path: '/', headers: [] } };
}
