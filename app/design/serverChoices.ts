import type { ServerPlan } from '../../src/gesture/gesture.ts';

/** What a new server may speak, each with what it means. */
export const serverChoices: readonly {
  readonly value: string;
  readonly label: string;
  readonly says: string;
  readonly plan: Pick<ServerPlan, 'protocol' | 'mode' | 'httpsRedirect'>;
}[] = [
  { value: 'http', label: 'HTTP', says: 'Plain HTTP', plan: { protocol: 'HTTP' } },
  {
    value: 'redirect',
    label: 'HTTP, redirects',
    says: 'Sends everybody to https',
    plan: { protocol: 'HTTP', httpsRedirect: true },
  },
  {
    value: 'simple',
    label: 'HTTPS SIMPLE',
    says: 'Ends TLS here, any client',
    plan: { protocol: 'HTTPS', mode: 'SIMPLE' },
  },
  {
    value: 'mutual',
    label: 'HTTPS MUTUAL',
    says: 'Client must show a certificate',
    plan: { protocol: 'HTTPS', mode: 'MUTUAL' },
  },
  {
    value: 'optional',
    label: 'HTTPS OPTIONAL_MUTUAL',
    says: 'Client may show one',
    plan: { protocol: 'HTTPS', mode: 'OPTIONAL_MUTUAL' },
  },
  {
    value: 'istio',
    label: 'HTTPS ISTIO_MUTUAL',
    says: 'Mesh certificates on both ends',
    plan: { protocol: 'HTTPS', mode: 'ISTIO_MUTUAL' },
  },
  {
    value: 'passthrough',
    label: 'TLS PASSTHROUGH',
    says: 'Routes by SNI, stays encrypted',
    plan: { protocol: 'TLS', mode: 'PASSTHROUGH' },
  },
  {
    value: 'auto',
    label: 'TLS AUTO_PASSTHROUGH',
    says: 'SNI names the cluster itself',
    plan: { protocol: 'TLS', mode: 'AUTO_PASSTHROUGH' },
  },
  {
    value: 'terminate',
    label: 'TLS SIMPLE',
    says: 'Ends TLS here, then plain bytes',
    plan: { protocol: 'TLS', mode: 'SIMPLE' },
  },
  { value: 'tcp', label: 'TCP', says: 'Bytes as they are', plan: { protocol: 'TCP' } },
  {
    value: 'mongo',
    label: 'MONGO',
    says: 'Bytes as they are, named as MongoDB',
    plan: { protocol: 'MONGO' },
  },
];

/** The choice that a server is, or comes nearest to. */
export function serverChoiceOf(server: ServerPlan): string {
  const found =
    serverChoices.find(
      ({ plan }) =>
        plan.protocol === server.protocol &&
        plan.mode === server.mode &&
        (plan.httpsRedirect ?? false) === (server.httpsRedirect ?? false),
    ) ?? serverChoices.find(({ plan }) => plan.protocol === server.protocol);
  return found?.value ?? 'http';
}
