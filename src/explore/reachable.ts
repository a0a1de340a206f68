import type { Compiled, ProxyConfig } from '../compile/compiled.ts';
import { noAddress } from '../compile/registry.ts';
import type { FilterChain, Route, RouteMatch, StringMatcher } from '../envoy/types.ts';
import { refKey } from '../manifest/refKey.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Call, HttpMessage, TlsHello } from '../simulate/call.ts';
import { simulate } from '../simulate/simulate.ts';
import type { Trace } from '../simulate/trace.ts';
import { authorityOf, sampleHost, servicePortOf, type DialledPort } from './urls.ts';

/** How many rules are tried before giving up. */
const mostTried = 200;

/**
 * A call that the first rule that can be reached takes, in the order of servers, virtual services and rules; where there is none, one that a server in
 * AUTO_PASSTHROUGH leads to a service. Undefined if none is found.
 */
export function reachableCall(compiled: Compiled): Call | undefined {
  let tried = 0;
  for (const config of compiled.gateways) {
    for (const { server, domains, routes } of config.bindings) {
      for (const rule of routes) {
        if (++tried > mostTried) return undefined;
        const call = callFor(config, server, domains, rule);
        if (call) return call;
      }
    }
  }
  for (const config of compiled.gateways) {
    const call = callBySni(config);
    if (call) return call;
  }
  return undefined;
}

/** By the name that a chain has for a service, as the gateway of another cluster asks for it. */
function callBySni(config: ProxyConfig): Call | undefined {
  for (const { filterChains } of config.listeners) {
    for (const chain of filterChains) {
      const [server] = chain.origin;
      const [name] = chain.match.serverNames;
      const port = server && servicePortOf(config, server);
      if (chain.filter.kind !== 'tcp' || chain.match.applicationProtocols.length === 0) continue;
      if (port && name !== undefined) return callTo(config, port, helloFor(chain, name), undefined);
    }
  }
  return undefined;
}

/** A call that this rule takes at this server, if one is found; it has been tried. */
export function callFor(
  config: ProxyConfig,
  server: SourceRef,
  domains: readonly string[],
  rule: SourceRef,
): Call | undefined {
  for (const call of callsToward(config, server, domains, rule)) {
    if (takes(simulate(config, call), rule)) return call;
  }
  return undefined;
}

/** Calls that meet the conditions of a rule at a server, as far as their text shows how; others may take them first. */
export function* callsToward(
  config: ProxyConfig,
  server: SourceRef,
  domains: readonly string[],
  rule: SourceRef,
): Generator<Call> {
  const port = servicePortOf(config, server);
  if (!port) return;
  const { filter } = port.chain;
  if (filter.kind === 'tcp') yield* opaqueCalls(config, port, rule);
  else yield* httpCalls(config, filter.routeConfig, port, domains, rule);
}

/** Whether the call of a trace ended up with a rule. */
export function takes({ steps }: Trace, rule: SourceRef): boolean {
  return steps.some(
    (step) =>
      (step.kind === 'route' && step.taken?.at.includes(rule)) ||
      (step.kind === 'filter-chain' && step.taken?.at.some((ref) => refKey(ref) === refKey(rule))),
  );
}

function* opaqueCalls(config: ProxyConfig, port: DialledPort, rule: SourceRef): Generator<Call> {
  const chains = port.listener.filterChains.filter(({ origin }) =>
    origin.some((ref) => refKey(ref) === refKey(rule)),
  );
  for (const chain of chains) {
    const [name] = chain.match.serverNames;
    const secure = name !== undefined || chain.transport.kind === 'tls';
    yield callTo(config, port, secure ? helloFor(chain, name) : undefined, undefined);
  }
}

function* httpCalls(
  config: ProxyConfig,
  routeConfig: string,
  port: DialledPort,
  domains: readonly string[],
  rule: SourceRef,
): Generator<Call> {
  const virtualHosts = config.routeConfigs.get(routeConfig)?.virtualHosts ?? [];
  for (const virtualHost of virtualHosts) {
    const domain = virtualHost.domains.find((one) => domains.includes(one));
    if (domain === undefined) continue;
    for (const route of virtualHost.routes) {
      if (!route.origin.includes(rule)) continue;
      const secure = port.chain.transport.kind === 'tls';
      const tls = secure ? helloFor(port.chain, sampleHost(domain)) : undefined;
      const authority = authorityOf(secure, domain, port.number);
      yield callTo(config, port, tls, messageFor(route, authority));
    }
  }
}

/** SNI as a client sends it: a host that the chain knows. */
function helloFor({ match, transport }: FilterChain, name: string | undefined): TlsHello {
  const required = transport.kind === 'tls' && transport.clientCertificate === 'required';
  const [own] = match.applicationProtocols;
  return {
    sni: name === undefined ? null : sampleHost(name),
    alpn: own === undefined ? ['h2', 'http/1.1'] : [own],
    clientCertificate: required,
  };
}

function callTo(
  config: ProxyConfig,
  { number: port, listener: { address } }: DialledPort,
  tls: TlsHello | undefined,
  http: HttpMessage | undefined,
): Call {
  const from = {
    kind: 'outside',
    workload: config.proxy.id,
    portOf: 'service',
    ...(address !== noAddress && { address }),
  } as const;
  return { id: 'reachable', from, port, ...(tls && { tls }), ...(http && { http }) };
}

/** A request that meets the conditions of a route, as far as their text shows how. */
export function messageFor({ match }: Route, authority: string): HttpMessage {
  const headers: [string, string][] = [];
  let method = 'GET';
  let host = authority;
  for (const { name, matcher, invert } of match.headers) {
    if (invert) continue;
    const value = sampleValue(matcher);
    if (name === ':method') method = value;
    else if (name === ':authority') host = value;
    else if (!name.startsWith(':')) headers.push([name, value]);
  }
  return { method, authority: host, path: samplePath(match), headers };
}

function samplePath({ path, queryParameters }: RouteMatch): string {
  const plain = path.kind === 'regex' ? sampleText(path.value) : path.value;
  const query = queryParameters.map(({ name, matcher }) => `${name}=${sampleValue(matcher)}`).join('&');
  return (plain.startsWith('/') ? plain : `/${plain}`) + (query && `?${query}`);
}

function sampleValue(matcher: StringMatcher): string {
  switch (matcher.kind) {
    case 'exact':
    case 'prefix':
      return matcher.value;
    case 'regex':
      return sampleText(matcher.value);
    case 'present':
      return 'x';
  }
}

/** A text that a simple pattern may match: literals stay, classes and wildcards become one character. It is tried before it is believed. */
function sampleText(pattern: string): string {
  return pattern
    .replace(/\(\?[a-zA-Z]+\)|[\^$]/g, '')
    .replace(/\(\?:|\(\?P?<\w+>/g, '(')
    .replace(/\(([^()|]*)(?:\|[^()]*)?\)[?*+]?/g, '$1')
    .replace(/\[0-9\]|\\d/g, '1')
    .replace(/\[[^\]]*\]|\\w/g, 'a')
    .replace(/\.[*+?]/g, 'x')
    .replace(/\\(.)/g, '$1')
    .replace(/[*+?]|\{[0-9,]*\}/g, '');
}
