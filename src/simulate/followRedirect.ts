import type { Call } from './call.ts';
import type { Trace } from './trace.ts';

/**
 * The request that a client makes when it follows the redirect of a trace: method, headers and client certificate stay, scheme, host, port and path
 * are those of the location. Undefined if the call is not redirected, or to something else than http and https.
 */
export function followed({ call, outcome }: Trace): Call | undefined {
  const end = outcome.find((branch) => branch.end.kind === 'redirected')?.end;
  if (end?.kind !== 'redirected' || end.answer.location === undefined || call.http === undefined)
    return undefined;
  const parts = /^(https?):\/\/([^/?#]*)([^#]*)/.exec(end.answer.location);
  const [, scheme, authority, rest = ''] = parts ?? [];
  if (scheme === undefined || authority === undefined || authority === '') return undefined;
  const port = /:(\d+)$/.exec(authority)?.[1];
  const host = authority.replace(/:\d+$/, '');
  const { tls: before, ...plain } = call;
  return {
    ...plain,
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    ...(scheme === 'https' && {
      tls: { alpn: ['h2', 'http/1.1'], clientCertificate: false, ...before, sni: host },
    }),
    http: { ...call.http, authority, path: rest.startsWith('/') ? rest : `/${rest}` },
  };
}
