import { isTls, parseProtocol } from '../../istio/protocol.ts';
import type { Json } from '../../manifest/source.ts';
import {
  fix,
  type FixMaker,
  insertField,
  insertItem,
  read,
  readList,
  readObject,
  removeIt,
  set,
  setTo,
  type Fault,
} from './fix.ts';

/** Fixes for Gateways. */
export const GATEWAY_FIXES: Readonly<Record<string, FixMaker>> = {
  GW004: (fault) => {
    const { path } = fault.diagnostic.at;
    const name = read(fault, path);
    const want = typeof name === 'string' ? `${name}-${String(path[2])}` : undefined;
    return want === undefined ? [] : [fix('set-value', { want }, set(fault, path, want))];
  },
  GW005: removeIt,
  GW011: setTo('want'),
  GW015: removeIt,
  GW016: (fault) => {
    const path = ['spec', 'servers', Number(fault.diagnostic.at.path[2]), 'port'];
    const port = readObject(fault, path);
    const { number, protocol } = port ?? {};
    if (typeof number !== 'number' || typeof protocol !== 'string') return [];
    const want = `${protocol.toLowerCase()}-${number}`;
    const operation =
      port && 'name' in port ? set(fault, [...path, 'name'], want) : insertField(fault, path, 'name', want);
    return [fix('add-field', { field: 'name', want }, operation)];
  },
  GW019: (fault) => [fix('set-value', { want: '0' }, set(fault, fault.diagnostic.at.path, 0))],
  GW021: (fault) => {
    const mode = read(fault, [...fault.diagnostic.at.path, 'mode']);
    if (mode !== 'SIMPLE' && mode !== 'MUTUAL' && mode !== 'OPTIONAL_MUTUAL') return [];
    const path = [...fault.diagnostic.at.path.slice(0, 3), 'port', 'protocol'];
    return [fix('set-protocol', { want: 'HTTPS' }, set(fault, path, 'HTTPS'))];
  },
  GW024: removeIt,
  GW025: removeIt,
  GW026: removeIt,
  GW027: endTls,
  GW034: removeIt,
  GW201: endTls,
  GW202: (fault) => {
    const path = ['spec', 'servers'];
    const servers = readList(fault, path);
    const taken = new Set((servers ?? []).filter(isSecure).flatMap(hostsOf));
    const hosts = hostsOf(read(fault, [...path, Number(fault.diagnostic.at.path[2])]) ?? null).filter(
      (host) => !taken.has(host),
    );
    if (!servers || hosts.length === 0) return [];
    const secret = `${fault.diagnostic.at.object.name}-cert`;
    const server: Json = {
      port: { number: 443, name: freeName(servers, 'https'), protocol: 'HTTPS' },
      hosts,
      tls: { mode: 'SIMPLE', credentialName: secret },
    };
    return [
      fix('add-https-server', { secret }, insertItem(fault, path, servers.length, server)),
      ...removeIt(fault),
    ];
  },
  GW218: removeIt,
  GW219: (fault) => {
    const tls = fault.diagnostic.at.path.slice(0, -1);
    const minimum = read(fault, [...tls, 'minProtocolVersion']);
    const maximum = read(fault, [...tls, 'maxProtocolVersion']);
    if (typeof minimum !== 'string' || typeof maximum !== 'string') return [];
    return [
      fix(
        'swap-versions',
        {},
        set(fault, [...tls, 'minProtocolVersion'], maximum),
        set(fault, [...tls, 'maxProtocolVersion'], minimum),
      ),
    ];
  },
  GW221: removeIt,
  GW222: removeIt,
  GW224: removeIt,
  GW227: removeIt,
};

/** Ends TLS here, where there is a whole certificate. */
function endTls(fault: Fault): ReturnType<FixMaker> {
  const tls = readObject(fault, [...fault.diagnostic.at.path.slice(0, 3), 'tls']) ?? {};
  const isWhole =
    'credentialName' in tls ||
    'credentialNames' in tls ||
    ('serverCertificate' in tls && 'privateKey' in tls);
  const protocol = read(fault, [...fault.diagnostic.at.path.slice(0, 3), 'port', 'protocol']);
  return isWhole && typeof protocol === 'string' && isTls(parseProtocol(protocol))
    ? [setMode(fault, 'SIMPLE')]
    : [];
}

function setMode(fault: Fault, mode: string): ReturnType<typeof fix> {
  const path = [...fault.diagnostic.at.path.slice(0, 3), 'tls'];
  const tls = readObject(fault, path) ?? {};
  const [first] = Object.keys(tls);
  return 'mode' in tls
    ? fix('set-mode', { want: mode }, set(fault, [...path, 'mode'], mode))
    : fix('set-mode', { want: mode }, insertField(fault, path, 'mode', mode, first));
}

function isSecure(server: Json): boolean {
  return typeof server === 'object' && server !== null && JSON.stringify(server).includes('"number":443');
}

function hostsOf(server: Json): readonly string[] {
  const hosts = typeof server === 'object' && server !== null && 'hosts' in server ? server.hosts : undefined;
  return Array.isArray(hosts) ? hosts.filter((host): host is string => typeof host === 'string') : [];
}

function freeName(servers: readonly Json[], wanted: string): string {
  const taken = new Set(
    servers
      .map((server) => JSON.stringify(server))
      .flatMap((text) => [...text.matchAll(/"name":"([^"]*)"/g)].map(([, name]) => name)),
  );
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  return name;
}
