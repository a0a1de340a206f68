/** What a host in a server's list lets in: the name, and the virtual services that may use it. */
export function serverHostWords(written: string, namespace: string): string {
  const slash = written.indexOf('/');
  const host = slash < 0 ? written : written.slice(slash + 1);
  return `${capital(hostWords(host))}${fromWords(slash < 0 ? '*' : written.slice(0, slash), namespace)}`;
}

/** What a host of a virtual service stands for. */
export function hostWords(host: string): string {
  if (host === '') return 'a host must be written';
  if (host === '*') return 'any name';
  if (host.startsWith('*.')) return `every name below ${host.slice(2)}, not ${host.slice(2)} itself`;
  if (host.startsWith('*')) return `every name that ends in ${host.slice(1)}`;
  return host.includes('.') ? 'this name' : `the Service ${host} of the same namespace`;
}

function fromWords(prefix: string, namespace: string): string {
  switch (prefix) {
    case '*':
      return ', from virtual services of any namespace';
    case '.':
      return `, only virtual services of ${namespace}, the gateway's own namespace`;
    default:
      return `, only virtual services of ${prefix}`;
  }
}

/** What a name in `gateways` means. */
export function gatewayWords(written: string, namespace: string): string {
  if (written === 'mesh') return 'Calls inside the mesh, from any sidecar';
  const slash = written.indexOf('/');
  if (slash >= 0) return `Gateway ${written.slice(slash + 1)} of namespace ${written.slice(0, slash)}`;
  return written === '' ? 'A gateway must be written' : `Gateway ${written} of namespace ${namespace}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
