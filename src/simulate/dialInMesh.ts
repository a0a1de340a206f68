import type { Registry } from '../compile/registry.ts';
import { resolveHost } from '../compile/resolveHost.ts';
import type { CallOrigin } from './call.ts';
import type { Dialled } from './simulate.ts';

/** Where a call from a workload in the mesh goes before any proxy: to the address that its host stands for, or to the one that it names. */
export function dialInMesh(
  registry: Registry,
  from: Extract<CallOrigin, { kind: 'mesh' }>,
  port: number,
): Dialled {
  const { host, namespace } = from;
  const resolved =
    from.address === undefined
      ? resolveHost(registry, host, namespace)
      : { ...resolveHost(registry, from.address, namespace), invented: false };
  const { address, by, invented } = resolved;
  return { address, port, steps: [{ kind: 'resolve', host, address, by, invented }] };
}
