import type { MeshIndex } from '../compile/compile.ts';
import type { Compiled } from '../compile/compiled.ts';
import { resolveShortName } from '../hostname.ts';
import { compareText } from '../istio/mesh.ts';
import type { HTTPRoute, Mesh } from '../istio/types.ts';
import { servicePortOf, urlOf } from './urls.ts';

/** What completion knows of the manifests; each list without repetition, in byte order but for `urls`. */
export interface Vocabulary {
  /** `namespace/name`. */
  readonly gateways: readonly string[];
  readonly namespaces: readonly string[];
  /** Hosts that servers and virtual services name, without wildcards' stars resolved. */
  readonly hosts: readonly string[];
  readonly services: readonly {
    readonly host: string;
    readonly namespace: string;
    readonly ports: readonly { readonly number: number; readonly name?: string }[];
    readonly subsets: readonly string[];
  }[];
  /** URLs to complete the request bar with: hosts, ports and paths that some rule names. */
  readonly urls: readonly string[];
}

const mostUrls = 400;

/** Gathers names from everything that takes part. */
export function vocabulary(index: MeshIndex, compiled: Compiled): Vocabulary {
  const { mesh } = index;
  const serverHosts = mesh.gateways.flatMap(({ spec }) =>
    (spec.servers ?? []).flatMap(({ hosts }) =>
      (hosts ?? []).map((host) => host.slice(host.indexOf('/') + 1)),
    ),
  );
  return {
    gateways: sorted(mesh.gateways.map(({ namespace, name }) => `${namespace}/${name}`)),
    namespaces: sorted(
      Object.values(mesh).flatMap((list: Mesh[keyof Mesh]) => list.map(({ namespace }) => namespace)),
    ),
    hosts: sorted([...serverHosts, ...mesh.virtualServices.flatMap(({ spec }) => spec.hosts ?? [])]),
    services: services(index),
    urls: urls(mesh, compiled),
  };
}

function services({ mesh, registry }: MeshIndex): Vocabulary['services'] {
  const subsets = new Map<string, string[]>();
  for (const { spec, namespace } of mesh.destinationRules) {
    const host = resolveShortName(spec.host ?? '', namespace);
    const names = (spec.subsets ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
    subsets.set(host, [...(subsets.get(host) ?? []), ...names]);
  }
  type Port = Vocabulary['services'][number]['ports'][number];
  interface Gathered {
    readonly host: string;
    readonly namespace: string;
    readonly byNumber: Map<number, Port>;
  }
  const seen = new Map<string, Gathered>();
  for (const { host, namespace, ports } of registry.services) {
    const key = `${namespace}/${host}`;
    const known = seen.get(key) ?? { host, namespace, byNumber: new Map<number, Port>() };
    seen.set(key, known);
    for (const { number, name } of ports) {
      if (!known.byNumber.has(number)) known.byNumber.set(number, { number, ...(name !== '' && { name }) });
    }
  }
  return [...seen.values()]
    .map(({ host, namespace, byNumber }) => ({
      host,
      namespace,
      ports: [...byNumber.values()],
      subsets: sorted(subsets.get(host) ?? []),
    }))
    .sort((a, b) => compareText(a.host, b.host));
}

/** One for each host, port and path, in the order of the servers and rules. */
function urls(mesh: Mesh, compiled: Compiled): readonly string[] {
  const found = new Set<string>();
  const byObject = new Map(mesh.virtualServices.map((resource) => [resource.at, resource]));
  for (const config of compiled.gateways) {
    for (const { server, virtualService, domains } of config.bindings) {
      const spec = byObject.get(virtualService.object)?.spec;
      const port = servicePortOf(config, server);
      if (!port) continue;
      for (const domain of domains) {
        for (const path of pathsOf(spec?.http ?? [])) {
          if (found.size >= mostUrls) return [...found];
          found.add(urlOf(port.secure, domain, port.number, path));
        }
      }
    }
  }
  return [...found];
}

function pathsOf(rules: readonly HTTPRoute[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { match } of rules) {
    if (!match?.length) paths.add('/');
    for (const { uri } of match ?? []) paths.add(uri?.exact ?? (uri?.prefix || '/'));
  }
  return paths;
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
