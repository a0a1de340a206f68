import type { Proxy } from '../../src/compile/compiled.ts';
import type { Call } from '../../src/simulate/call.ts';
import { addressOf } from './address.ts';

/** What a workload is called: its `app` or `istio` label, else its first one. */
export function workloadName({ labels, namespace }: Proxy): string {
  const [first] = Object.values(labels);
  return labels['app'] ?? labels['istio'] ?? first ?? `any pod in ${namespace}`;
}

interface Labelled {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** `reviews in prod`, `any pod in prod`, `app=a in prod`: a workload of the text as a choice. */
export function clientName({ name, namespace, labels }: Labelled & { readonly name?: string }): string {
  return `${name ?? (Object.keys(labels).length === 0 ? 'any pod' : labelsText(labels))} in ${namespace}`;
}

export function sameClient(a: Labelled, b: Labelled): boolean {
  return a.namespace === b.namespace && labelsText(a.labels) === labelsText(b.labels);
}

/** The same request from the other side: as a workload in the mesh would make it, or as a client outside. */
export function turned(call: Call): Call {
  if (call.from.kind === 'mesh') return { ...call, from: { kind: 'outside', portOf: 'service' } };
  const { host } = addressOf(call);
  return { ...call, from: { kind: 'mesh', namespace: 'default', labels: {}, host } };
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
