import type { Proxy } from '../../src/compile/compiled.ts';
import type { Call } from '../../src/simulate/call.ts';
import { addressOf } from './address.ts';

/** What a workload is called: its `app` or `istio` label, else its first one. */
export function workloadName({ labels, namespace }: Proxy): string {
  const [first] = Object.values(labels);
  return labels['app'] ?? labels['istio'] ?? first ?? `any pod in ${namespace}`;
}

/** The same request as a workload in the mesh would make it. A pod speaks plain text to its sidecar. */
export function fromMesh(call: Call): Partial<Call> {
  const { host } = addressOf(call);
  return { from: { kind: 'mesh', namespace: 'default', labels: {}, host } };
}

/** The same request as a client outside would make it. */
export function fromOutside(_: Call): Partial<Call> {
  return { from: { kind: 'outside', portOf: 'service' } };
}

/** `app=reviews, version=v1` as labels; undefined if it cannot be read so. */
export function readLabels(text: string): Readonly<Record<string, string>> | undefined {
  const labels: [string, string][] = [];
  for (const part of text.split(',')) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const at = trimmed.indexOf('=');
    if (at <= 0) return undefined;
    labels.push([trimmed.slice(0, at).trim(), trimmed.slice(at + 1).trim()]);
  }
  return Object.fromEntries(labels);
}

export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}
