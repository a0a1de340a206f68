import type { TemplateName } from '../gesture/gesture.ts';

/** Whole sets of objects to start from, in the order in which they are offered. */
export const templateNames: readonly TemplateName[] = [
  'https',
  'passthrough',
  'canary',
  'delegates',
  'tcp',
  'mutual-tls',
];

/** What the templates are for. */
export const templateWords: Readonly<
  Record<TemplateName, { readonly title: string; readonly says: string }>
> = {
  https: {
    title: 'HTTPS with redirect',
    says: 'A certificate on port 443, and port 80 sends everybody there.',
  },
  passthrough: {
    title: 'TLS passed through',
    says: 'The service ends TLS itself; the gateway goes by the server name alone.',
  },
  canary: {
    title: 'Canary release',
    says: 'A tenth of the requests, and all testers, reach the new version.',
  },
  delegates: {
    title: 'Several teams',
    says: 'One host, and each team keeps its own rules in a virtual service of its own.',
  },
  tcp: { title: 'Plain TCP', says: 'A port whose bytes go to one service as they are.' },
  'mutual-tls': {
    title: 'Mutual TLS',
    says: 'Clients must show a certificate before any request is read.',
  },
};
