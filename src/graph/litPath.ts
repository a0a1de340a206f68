import type { Branch, End, Named, RouteMismatch, Step, Trace } from '../simulate/trace.ts';
import { meshGateway } from '../compile/virtualServices.ts';
import type { SourceRef } from '../manifest/source.ts';
import type { Call } from '../simulate/call.ts';
import { destinationId, portRowId, targetOf } from './destinations.ts';
import { toneOf, type Tone } from '../simulate/tone.ts';
import type { EdgeEnd, Graph } from './graph.ts';
import { placesOf, type PlaceOf } from './placeOf.ts';

/** What of the graph a call lights: all by id, in no order but that of the call. */
export interface LitPath {
  /** Where the call comes in; absent: nothing of the graph takes it. */
  readonly entry?: EdgeEnd;
  readonly nodes: ReadonlySet<string>;
  readonly rows: ReadonlyMap<string, RowLight>;
  /** Between two lit rows or heads; `graph` may not have it as an edge. */
  readonly edges: readonly LitEdge[];
  /** Row or node at which the call stopped before any destination. */
  readonly stop?: EdgeEnd;
}

export type RowLight =
  | { readonly kind: 'on' | 'taken' | 'stopped' }
  | { readonly kind: 'passed'; readonly because: RouteMismatch }
  | { readonly kind: 'end'; readonly tone: Tone; readonly share: number };

export interface LitEdge {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly tone: 'call' | Tone;
  /** Above 0, at most 1; absent on the way to the rules. */
  readonly share?: number;
}

/**
 * Follows a trace through the graph: the server that took it, the virtual service, the rules that were passed over and the one that was taken,
 * and a branch for each destination. `closed`: what the paste does not hold does not exist.
 */
export function litPath(graph: Graph, trace: Trace, closed: boolean): LitPath {
  const path = followPath(graph, placesOf(graph), trace.call.from.kind);
  for (const step of trace.steps) path.follow(step);
  for (const branch of trace.outcome) path.end(branch, closed);
  return path.lit();
}

function followPath(graph: Graph, placeOf: PlaceOf, from: Call['from']['kind']) {
  const kinds = new Map(graph.nodes.map((node) => [node.id, node.kind]));
  const rowNodes = new Map(graph.nodes.flatMap((node) => node.rows.map((row) => [row.id, node.id])));
  const nodes = new Set<string>();
  const rows = new Map<string, RowLight>();
  const edges: LitEdge[] = [];
  let entry: EdgeEnd | undefined;
  let last: EdgeEnd | undefined;
  let stop: EdgeEnd | undefined;

  if (from === 'mesh' && kinds.has(meshGateway)) enter({ node: meshGateway });

  function follow(step: Step): void {
    switch (step.kind) {
      case 'listener':
        return step.taken === undefined ? shut(step) : through(step.taken.at);
      case 'filter-chain':
        return through(step.taken?.at ?? []);
      case 'virtual-host':
        return virtualHost(step.taken);
      case 'route':
        return route(step);
      case 'https-redirect':
        return redirect(step.at);
      default:
        return undefined;
    }
  }

  /** A listener may belong to several servers; the chain says which. A chain of opaque bytes holds its rule too. */
  function through(at: readonly SourceRef[]): void {
    const places = distinct(at.flatMap((each) => placeOf(each) ?? []));
    const server = places.find((place) => kinds.get(place.node) === 'gateway');
    if (server !== undefined && (server.row !== undefined || entry?.row === undefined)) enter(server);
    take(places.filter((place) => place.row !== undefined && kinds.get(place.node) === 'virtual-service'));
  }

  /** Nothing listens; a server that declares the port and does not open it is where the call stops. */
  function shut(step: Step & { readonly kind: 'listener' }): void {
    const declared = step.passedOver.find(({ because }) => because.kind === 'not-opened');
    const place = firstPlace(declared?.at ?? []);
    if (place !== undefined) enter(place);
  }

  function enter(place: EdgeEnd): void {
    if (entry?.row !== undefined) rows.delete(entry.row);
    if (entry !== undefined) nodes.delete(entry.node);
    entry = place;
    last = place;
    light(place, { kind: 'on' });
  }

  /** A virtual host is made of a server and of virtual services; the first of these stands for it until a rule is taken. */
  function virtualHost(taken: Named | undefined): void {
    const places = (taken?.at ?? []).flatMap((at) => placeOf(at) ?? []);
    const place = places.find(({ node }) => kinds.get(node) === 'virtual-service');
    if (place !== undefined) go({ node: place.node });
  }

  function route(step: Step & { readonly kind: 'route' }): void {
    for (const each of step.passedOver) {
      // Those behind the one that took the call were never asked.
      if (step.taken !== undefined && each.index > step.taken.index) continue;
      const place = firstPlace(each.at);
      if (place?.row !== undefined && each.because.kind !== 'later')
        rows.set(place.row, { kind: 'passed', because: each.because });
    }
    if (step.taken !== undefined)
      take(distinct(step.taken.at.toReversed().flatMap((at) => placeOf(at) ?? [])));
  }

  /** One rule; with delegates the root's and then the delegate's. */
  function take(places: readonly EdgeEnd[]): void {
    for (const place of places) {
      if (last?.node !== place.node) go({ node: place.node });
      light(place, { kind: 'taken' });
      last = place;
    }
  }

  function redirect(at: readonly SourceRef[]): void {
    const place = firstPlace(at);
    if (place !== undefined) light(place, { kind: 'end', tone: 'move', share: 1 });
  }

  function go(to: EdgeEnd): void {
    if (last !== undefined) edges.push({ from: last, to, tone: 'call' });
    else entry ??= to;
    nodes.add(to.node);
    last = to;
  }

  function light(place: EdgeEnd, as: RowLight): void {
    nodes.add(place.node);
    if (place.row !== undefined) rows.set(place.row, as);
  }

  function firstPlace(at: readonly SourceRef[]): EdgeEnd | undefined {
    for (const each of at) {
      const place = placeOf(each);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  function end(branch: Branch, closed: boolean): void {
    const tone = toneOf(branch, closed);
    const name = branch.destination?.name ?? clusterOf(branch.end);
    const to = name === undefined ? undefined : destination(name);
    if (to === undefined) {
      if (tone === 'fail') stopHere();
      return;
    }
    light(to, { kind: 'end', tone, share: branch.share });
    if (last !== undefined) edges.push({ from: last, to, tone, share: branch.share });
  }

  function stopHere(): void {
    // Behind all rules of a virtual service stands what happens where none matches.
    const rest = last?.row === undefined ? `${last?.node ?? ''}#rest` : undefined;
    if (last !== undefined && rest !== undefined && rowNodes.has(rest)) last = { node: last.node, row: rest };
    stop = last;
    if (last?.row !== undefined) rows.set(last.row, { kind: 'stopped' });
  }

  function destination(cluster: string): EdgeEnd | undefined {
    const target = targetOf(cluster);
    if (target === undefined) return undefined;
    const node = destinationId(target.host);
    if (!kinds.has(node)) return undefined;
    const row = portRowId(target);
    return rowNodes.has(row) ? { node, row } : { node };
  }

  function lit(): LitPath {
    return {
      ...(entry !== undefined && { entry: entry }),
      nodes: nodes,
      rows: rows,
      edges: edges,
      ...(stop !== undefined && { stop: stop }),
    };
  }

  return { follow, end, lit };
}

function distinct(places: readonly EdgeEnd[]): readonly EdgeEnd[] {
  const seen = new Set<string>();
  return places.filter(({ node, row }) => !seen.has(row ?? node) && seen.add(row ?? node));
}

function clusterOf(end: End): string | undefined {
  return end.kind === 'forwarded' || end.kind === 'tcp' ? end.cluster : undefined;
}
