import { isWildcard, matches, subsetOf } from '../hostname.ts';
import { compareByAge } from '../istio/mesh.ts';
import { rootNamespace } from '../istio/meshConfig.ts';
import { parseProtocol } from '../istio/protocol.ts';
import type { PortProtocol } from '../istio/protocol.ts';
import type { Mesh, Sidecar } from '../istio/types.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Proxy } from './compiled.ts';
import type { Exclusion } from './decisions.ts';
import type { MergedVirtualService, MergedVirtualServices } from './delegates.ts';
import { isSubset, mostSpecific } from './destinationRules.ts';
import { isVisible, servicesExportedTo, withPort } from './registry.ts';
import type { Registry, RegistryService } from './registry.ts';
import { joinServices } from './scope.ts';
import type { Scope } from './scope.ts';
import { destinationServices } from './sidecarDestinations.ts';
import { meshGateway, virtualServicesFor } from './virtualServices.ts';

/** One entry of a Sidecar's `egress`: what is called through its listeners. Without a Sidecar there is one that imports everything. */
export interface EgressListener {
  /** Absent: all ports that no entry before has. */
  readonly port?: { readonly number: number; readonly protocol: PortProtocol };
  /** `bind`, or `127.0.0.1` where the listener is dialled directly (`captureMode: NONE`); absent: addresses of services, or all. */
  readonly bind?: string;
  /** By visibility and age; with `port` reduced to that port. */
  readonly services: readonly RegistryService[];
  readonly virtualServices: readonly MergedVirtualService[];
  /** By hostname of the service: the virtual service whose host is the nearest over it. */
  readonly nearest: ReadonlyMap<string, MergedVirtualService>;
  /** `spec.egress[i]`; absent without a Sidecar, or where that has no `egress`. */
  readonly at?: SourceRef;
}

/** What a workload in the mesh knows. */
export interface SidecarScope {
  /** The Sidecar in force, if any. */
  readonly sidecar?: Sidecar;
  readonly egress: readonly EgressListener[];
  /** What clusters are made of: imported services, and destinations of imported virtual services. */
  readonly scope: Scope;
  readonly exclusions: readonly Exclusion[];
}

/** Mirrors `convertToSidecarScope` for the Sidecar that is in force for the workload, or for none. */
export function buildSidecarScope(
  mesh: Mesh,
  merged: MergedVirtualServices,
  registry: Registry,
  proxy: Pick<Proxy, 'namespace' | 'labels'>,
): SidecarScope {
  const { namespace } = proxy;
  const sidecar = sidecarFor(mesh, proxy);
  const visible = new Set(virtualServicesFor(merged, meshGateway, namespace));
  const services = servicesExportedTo(registry, namespace);
  const world: World = { registry, namespace, services, virtualServices: [...visible] };
  const entries = sidecar?.spec.egress ?? [];
  const egress = entries.map((entry, index) =>
    buildEgress(entry, world, sidecar && { object: sidecar.at, path: ['spec', 'egress', index] }),
  );
  if (egress.length === 0) egress.push(buildEgress({ hosts: ['*/*'] }, world, undefined));
  const imported = egress.flatMap((listener) => [
    ...listener.services,
    ...destinationServices(listener, registry, namespace),
  ]);
  const scope = joinServices(registry, namespace, imported);
  return {
    ...(sidecar && { sidecar }),
    egress,
    scope,
    exclusions: [...scope.exclusions, ...notSeen(merged, visible, egress, namespace)],
  };
}

/** The oldest Sidecar of the namespace that picks the workload, else the oldest without a selector, else that of the root namespace. */
function sidecarFor(
  mesh: Mesh,
  { namespace, labels }: Pick<Proxy, 'namespace' | 'labels'>,
): Sidecar | undefined {
  const own = mesh.sidecars.filter((sidecar) => sidecar.namespace === namespace);
  const general = ({ spec }: Sidecar): boolean => !spec.workloadSelector;
  const picking = own.find(
    ({ spec }) => spec.workloadSelector && isSubset(spec.workloadSelector.labels ?? {}, labels),
  );
  const inRoot = (): Sidecar | undefined =>
    mesh.sidecars.find((sidecar) => sidecar.namespace === rootNamespace && general(sidecar));
  return picking ?? own.find(general) ?? inRoot();
}

/** What could be imported. */
interface World {
  readonly registry: Registry;
  /** Of the client. */
  readonly namespace: string;
  readonly services: readonly RegistryService[];
  readonly virtualServices: readonly MergedVirtualService[];
}

type EgressEntry = NonNullable<Sidecar['spec']['egress']>[number];

/** Mirrors `convertIstioListenerToWrapper`. */
function buildEgress(entry: EgressEntry, world: World, at: SourceRef | undefined): EgressListener {
  const imports = readImports(entry.hosts ?? [], world.namespace);
  const port = entry.port && {
    number: entry.port.number ?? 0,
    protocol: parseProtocol(entry.port.protocol ?? ''),
  };
  // A forward proxy takes services of all ports.
  const onlyPort = port && port.number !== 0 && port.protocol !== 'HTTP_PROXY' ? port.number : undefined;
  const candidates = imports.exactOnly ? servicesByName(imports, world) : world.services;
  const services = selectServices(candidates, imports, onlyPort, world.namespace);
  const virtualServices = world.virtualServices.filter((virtualService) =>
    importsRule(imports, virtualService),
  );
  const bind = entry.bind || (entry.captureMode === 'NONE' ? '127.0.0.1' : undefined);
  return {
    ...(port && { port }),
    ...(bind !== undefined && { bind }),
    services,
    virtualServices,
    nearest: nearestVirtualServices(virtualServices, services),
    ...(at && { at }),
  };
}

/** The hosts that are imported from one namespace, or from any (`*`). */
interface HostImports {
  readonly exact: Set<string>;
  readonly wildcards: string[];
  readonly all: string[];
  readonly excluded: string[];
}

interface Imports {
  readonly byNamespace: ReadonlyMap<string, HostImports>;
  /** Nothing but names in named namespaces: these are looked up one by one. */
  readonly exactOnly: boolean;
}

function readImports(hosts: readonly string[], namespace: string): Imports {
  const byNamespace = new Map<string, HostImports>();
  let exactOnly = true;
  for (const entry of hosts) {
    const [prefix = '', host, ...rest] = entry.split('/');
    if (host === undefined || rest.length > 0) continue;
    const excluded = prefix.startsWith('~');
    const written = excluded ? prefix.slice(1) || '*' : prefix;
    const from = written === '.' ? namespace : written;
    const imports = byNamespace.get(from) ?? { exact: new Set(), wildcards: [], all: [], excluded: [] };
    byNamespace.set(from, imports);
    if (excluded) {
      imports.excluded.push(host);
      continue;
    }
    if (isWildcard(host)) imports.wildcards.push(host);
    else imports.exact.add(host);
    if (isWildcard(host) || from === '*') exactOnly = false;
    imports.all.push(host);
  }
  return { byNamespace, exactOnly };
}

/** Mirrors `servicesForExactHosts`: of several services that a namespace has under one name only the first is found. */
function servicesByName({ byNamespace }: Imports, { registry, namespace }: World): RegistryService[] {
  const found: RegistryService[] = [];
  for (const [from, { exact }] of byNamespace) {
    for (const host of exact) {
      const service = registry.byHost.get(host)?.get(from);
      if (service && isVisible(service, namespace)) found.push(service);
    }
  }
  return found.sort(compareByAge);
}

/** Mirrors `selectServices`: what is imported, and of each hostname the services of one namespace alone. */
function selectServices(
  services: readonly RegistryService[],
  imports: Imports,
  onlyPort: number | undefined,
  namespace: string,
): RegistryService[] {
  const fromAny = imports.byNamespace.get('*');
  const selected = services.flatMap((service) => {
    const fromOwn = imports.byNamespace.get(service.namespace);
    if (isExcluded(fromOwn, service.host) || isExcluded(fromAny, service.host)) return [];
    const found = importService(fromOwn, service, onlyPort) ?? importService(fromAny, service, onlyPort);
    return found ? [found] : [];
  });
  const holders = new Map<string, RegistryService>();
  for (const service of selected) {
    const holder = holders.get(service.host);
    const takesOver =
      !holder ||
      service.namespace === namespace ||
      (holder.from !== 'kubernetes' && service.from === 'kubernetes' && holder.namespace !== namespace);
    if (takesOver) holders.set(service.host, service);
  }
  return selected.filter((service) => holders.get(service.host)?.namespace === service.namespace);
}

function isExcluded(imports: HostImports | undefined, host: string): boolean {
  return imports?.excluded.some((excluded) => subsetOf(host, excluded)) ?? false;
}

function importService(
  imports: HostImports | undefined,
  service: RegistryService,
  onlyPort: number | undefined,
): RegistryService | undefined {
  if (!imports || !covers(imports, service.host)) return undefined;
  const reduced = onlyPort === undefined ? service : withPort(service, onlyPort);
  if (!reduced) return undefined;
  const aliases = reduced.aliases.filter((alias) => covers(imports, alias.host));
  return aliases.length === reduced.aliases.length ? reduced : { ...reduced, aliases };
}

function covers({ exact, wildcards }: HostImports, host: string): boolean {
  return exact.has(host) || wildcards.some((wildcard) => subsetOf(host, wildcard));
}

/** Mirrors `SelectVirtualServices`: one imported host that is not taken away again is enough. */
function importsRule({ byNamespace }: Imports, { namespace, hosts }: MergedVirtualService): boolean {
  const fromOwn = byNamespace.get(namespace);
  const fromAny = byNamespace.get('*');
  return hosts.some(
    (host) =>
      (overlaps(fromOwn, host) || overlaps(fromAny, host)) &&
      !isExcluded(fromOwn, host) &&
      !isExcluded(fromAny, host),
  );
}

function overlaps(imports: HostImports | undefined, host: string): boolean {
  if (!imports) return false;
  if (imports.exact.has(host)) return true;
  return (isWildcard(host) ? imports.all : imports.wildcards).some((imported) => matches(host, imported));
}

/** Mirrors `computeWildcardHostVirtualServiceIndex`: of equal hosts the first one counts. */
function nearestVirtualServices(
  virtualServices: readonly MergedVirtualService[],
  services: readonly RegistryService[],
): ReadonlyMap<string, MergedVirtualService> {
  const byHost = new Map<string, MergedVirtualService>();
  for (const virtualService of virtualServices) {
    for (const host of virtualService.hosts) if (!byHost.has(host)) byHost.set(host, virtualService);
  }
  const nearest = new Map<string, MergedVirtualService>();
  for (const { host } of services) {
    const found = mostSpecific(host, byHost);
    if (found) nearest.set(host, found);
  }
  return nearest;
}

/** Virtual services that could hold in the mesh and do not reach this workload. */
function notSeen(
  merged: MergedVirtualServices,
  visible: ReadonlySet<MergedVirtualService>,
  egress: readonly EgressListener[],
  namespace: string,
): Exclusion[] {
  const imported = new Set(egress.flatMap(({ virtualServices }) => virtualServices));
  const by = egress.flatMap(({ at }) => (at ? [at] : []));
  return merged.all.flatMap((virtualService): Exclusion[] => {
    const { at } = virtualService;
    if (imported.has(virtualService)) return [];
    if (visible.has(virtualService)) return [{ kind: 'not-imported', at, by }];
    if (virtualService.gateways.includes(meshGateway)) return [{ kind: 'not-exported', at, namespace }];
    return [];
  });
}
