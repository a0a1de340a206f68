import type { Proxy } from '../compile/compiled.ts';
import type { Call } from '../simulate/call.ts';
import type { Trace } from '../simulate/trace.ts';

/** A command that asks a real cluster the same question. `text` may have several lines, joined by backslashes. */
export interface Command {
  readonly tool: 'curl' | 'openssl' | 'istioctl';
  readonly text: string;
}

/** Commands for the call, most telling first. `$GW_IP` and `$POD` are for the reader to fill in. */
export function commandsFor(trace: Trace, workload: Proxy | undefined): readonly Command[] {
  const { call } = trace;
  const commands: Command[] = [];
  if (call.http !== undefined) commands.push({ tool: 'curl', text: curl(call) });
  if (call.tls !== undefined) commands.push({ tool: 'openssl', text: openssl(call) });
  commands.push({ tool: 'istioctl', text: istioctl(trace, workload) });
  return commands;
}

function curl({ from, http, tls, port }: Call): string {
  const authority = http?.authority ?? '';
  const host = authority.replace(/:\d+$/, '');
  const lines = [`curl -i${http?.method === 'HEAD' ? ' -I' : ''}`];
  const sni = tls?.sni ?? null;
  const dialled = sni ?? host;
  const outside = from.kind === 'outside';
  if (from.kind === 'mesh')
    lines[0] = `kubectl exec -n ${quote(from.namespace)} $POD -- \\\n  ${lines[0] ?? ''}`;
  if (outside) lines[0] += ` --resolve ${quote(`${dialled}:${port}:`)}$GW_IP`;
  if (http !== undefined && http.method !== 'GET' && http.method !== 'HEAD')
    lines.push(`-X ${quote(http.method)}`);
  if (http?.version === '1.0') lines.push('--http1.0');
  else if (tls !== undefined && !tls.alpn.includes('h2'))
    lines.push(tls.alpn.length === 0 ? '--no-alpn' : '--http1.1');
  if (tls?.clientCertificate === true) lines.push('--cert client.pem --key client.key');
  if (tls?.maxVersion === 'TLSv1.2') lines.push('--tls-max 1.2');
  if (tls?.minVersion === 'TLSv1.3') lines.push('--tlsv1.3');
  if (authority !== dialled && authority !== `${dialled}:${port}`)
    lines.push(`-H ${quote(`Host: ${authority}`)}`);
  for (const [name, value] of http?.headers ?? []) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  if (http !== undefined && /\.\.?(\/|$)/.test(http.path)) lines.push('--path-as-is');
  const scheme = tls === undefined ? 'http' : 'https';
  const shown = port === (tls === undefined ? 80 : 443) ? '' : `:${port}`;
  const target = outside || from.kind !== 'mesh' ? dialled : from.host;
  lines.push(quote(`${scheme}://${target}${shown}${http?.path ?? '/'}`));
  return lines.join(' \\\n  ');
}

function openssl({ tls, port, from }: Call): string {
  const host = from.kind === 'mesh' ? quote(from.host) : '$GW_IP';
  const lines = [`openssl s_client -connect ${host}:${port}`];
  const parts = [tls === undefined || tls.sni === null ? '-noservername' : `-servername ${quote(tls.sni)}`];
  if (tls !== undefined && tls.alpn.length > 0) parts.push(`-alpn ${quote(tls.alpn.join(','))}`);
  if (tls?.clientCertificate === true) parts.push('-cert client.pem -key client.key');
  if (tls?.maxVersion === 'TLSv1.2') parts.push('-tls1_2');
  if (tls?.minVersion === 'TLSv1.3') parts.push('-tls1_3');
  return [...lines, parts.join(' ')].join(' \\\n  ');
}

function istioctl(trace: Trace, workload: Proxy | undefined): string {
  const namespace = workload?.namespace ?? 'istio-system';
  const host = trace.steps.find((step) => step.kind === 'virtual-host')?.taken;
  if (host !== undefined) {
    return `istioctl proxy-config route $POD -n ${quote(namespace)} \\\n  --name ${quote(host.routeConfig)} -o yaml`;
  }
  return `istioctl proxy-config listener $POD \\\n  -n ${quote(namespace)} --port ${trace.call.port} -o yaml`;
}

/** For a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
