import { shortHost } from '../../src/explain/names.ts';
import type { Call } from '../../src/simulate/call.ts';

/** The call in a chip: `GET uk.bookinfo.com:443`, `TCP port 2379`. */
export function entryWords({ http, tls, port, from }: Call): string {
  if (http === undefined)
    return `${tls === undefined ? 'TCP' : 'TLS'} ${from.kind === 'mesh' ? from.host : (tls?.sni ?? 'port')}:${port}`.replace(
      'port:',
      'port ',
    );
  const host = shortHost((http.authority ?? '').replace(/:\d+$/, ''));
  return `${http.method} ${host === '' ? 'port ' : `${host}:`}${port}`;
}
