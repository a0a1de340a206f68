import { remember } from '../remember.ts';
import type { ProxyConfig } from '../compile/compiled.ts';
import type { Listener } from '../envoy/types.ts';
import { readIpAddress } from '../ipAddress.ts';
import type { Choice, ListenerMismatch, Named } from './trace.ts';

/** The sidecar's listener for whatever no other takes. */
const catchAllListener = 'virtualOutbound';

/**
 * Which listener takes a connection to `address` and `port`: the one of that very address, else the wildcard one of the port, else the catch-all of
 * a sidecar. Without an address the connection goes to one that no server binds. Mirrors Envoy's `getBalancedHandlerByAddress`.
 */
export function matchListener(
  config: ProxyConfig,
  address: string | undefined,
  port: number,
): { readonly step: Choice<'listener', ListenerMismatch>; readonly listener?: Listener } {
  const index = indexOf(config);
  const candidates = index.byPort.get(port) ?? [];
  const listener =
    (address === undefined ? undefined : candidates.find((one) => sameAddress(one.address, address))) ??
    candidates.find((one) => one.address === wildcard(address)) ??
    index.catchAll;
  const passedOver = nearMisses(config, index, listener, address, port);
  return {
    step: {
      kind: 'listener',
      passedOver,
      others: Math.max(
        0,
        config.listeners.length -
          passedOver.filter((one) => one.because.kind !== 'not-opened').length -
          (listener ? 1 : 0),
      ),
      ...(listener && { taken: { name: listener.name, at: listener.origin } }),
    },
    ...(listener && { listener }),
  };
}

interface ListenerIndex {
  readonly byPort: ReadonlyMap<number, readonly Listener[]>;
  readonly catchAll?: Listener;
}

const indexOf = remember((config: ProxyConfig): ListenerIndex => {
  const byPort = new Map<number, Listener[]>();
  let catchAll: Listener | undefined;
  for (const listener of config.listeners) {
    if (listener.name === catchAllListener) catchAll = listener;
    else {
      const group = byPort.get(listener.port);
      if (group) group.push(listener);
      else byPort.set(listener.port, [listener]);
    }
  }
  return { byPort, ...(catchAll && { catchAll }) };
});

type Passed = Named & { readonly because: ListenerMismatch };
const mostNamed = 4;

function nearMisses(
  config: ProxyConfig,
  index: ListenerIndex,
  taken: Listener | undefined,
  address: string | undefined,
  port: number,
): readonly Passed[] {
  const passed: Passed[] = [];
  for (const one of index.byPort.get(port) ?? []) {
    if (one === taken) continue;
    const got = address ?? '';
    passed.push({
      name: one.name,
      at: one.origin,
      because: { kind: 'address-differs', wants: one.address, got },
    });
  }
  if (taken && taken !== index.catchAll) return passed.slice(0, mostNamed);
  for (const refused of config.refusedListeners) {
    if (refused.port !== port) continue;
    const because: ListenerMismatch = { kind: 'not-opened', why: 'refused-listener', by: refused.origin };
    passed.push({ name: refused.name, at: refused.origin, because });
  }
  for (const server of config.unopenedServers) {
    if (server.port !== port) continue;
    const because: ListenerMismatch = { kind: 'not-opened', why: server.why, by: server.by };
    passed.push({ name: `${server.port}`, at: [server.at], because });
  }
  if (taken) return passed.slice(0, mostNamed);
  const ports = [...index.byPort.entries()].sort(([a], [b]) => Math.abs(a - port) - Math.abs(b - port));
  for (const [wants, [one]] of ports.slice(0, mostNamed)) {
    if (wants !== port && one) {
      passed.push({ name: one.name, at: one.origin, because: { kind: 'port-differs', wants, got: port } });
    }
  }
  return passed;
}

function wildcard(address: string | undefined): string {
  return address?.includes(':') ? '::' : '0.0.0.0';
}

function sameAddress(a: string, b: string): boolean {
  if (a === b) return true;
  if (!a.includes(':') || !b.includes(':')) return false;
  const [left, right] = [readIpAddress(a), readIpAddress(b)];
  return left !== undefined && right !== undefined && left.bits === right.bits && left.value === right.value;
}
