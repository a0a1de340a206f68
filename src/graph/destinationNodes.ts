import type { SourceRef } from '../manifest/source.ts';
import { destinationId, portRowId, writtenTarget, type Declared, type Target } from './destinations.ts';
import type { Drawing } from './drawEdges.ts';
import type {
  DestinationNode,
  EdgeEnd,
  GraphEdge,
  PortRow,
  RuleDestination,
  RuleRow,
  VirtualServiceNode,
} from './graph.ts';
import { box } from './node.ts';
import { refKey } from '../manifest/refKey.ts';

/** Hosts that no rule names are drawn as long as they are not more than this. */
const UNNAMED_LIMIT = 40;

/** Where a destination leads. */
export interface End {
  readonly to: EdgeEnd;
  readonly standing: GraphEdge['standing'];
  readonly lent: boolean;
}

export interface Destinations {
  /** Where a destination leads: one end for each port that it may take. `position` counts over the destinations of the rule. */
  readonly endsOf: (
    destination: RuleDestination,
    position: number,
    node: VirtualServiceNode,
    row: RuleRow,
  ) => readonly End[];
  /** Notes that a place names a target; gives what is there, undefined for a target without port. */
  readonly note: (target: Target, by: SourceRef) => PortRow['standing'] | undefined;
  /** The nodes of all hosts: those that rules name in the order in which they are first named, then the others. */
  readonly nodes: () => readonly DestinationNode[];
}

/** A port (and subset) that some rule names. */
interface Cell {
  readonly target: Target;
  readonly end: EdgeEnd;
  readonly standing: PortRow['standing'];
  /** Who names it first. */
  readonly by: SourceRef;
}

interface NamedHost {
  readonly head: EdgeEnd;
  /** By port and subset. */
  readonly cells: Map<string, Cell>;
}

/** Gathers the ports and subsets that rules name, host by host. */
export function collectDestinations({ targets, declared, configs }: Drawing): Destinations {
  const hosts = new Map<string, NamedHost>();

  function endsOf(
    destination: RuleDestination,
    position: number,
    node: VirtualServiceNode,
    row: RuleRow,
  ): readonly End[] {
    const written = writtenTarget(destination, node.namespace, declared);
    const attached =
      node.standing === 'part' && (row.lost === undefined || row.lost.kind === 'moved-behind' || node.mesh);
    const lent =
      written.port === undefined ? targets.lent.get(refKey(placeOf(row, destination, position))) : undefined;
    return (lent ?? [written]).map((target) => {
      const [to, exists] = endAt(target, () => placeOf(row, destination, position));
      const standing = !attached ? 'not-attached' : exists === 'missing' ? 'broken' : 'part';
      return { to, standing, lent: lent !== undefined };
    });
  }

  function endAt(target: Target, by: () => SourceRef): readonly [EdgeEnd, PortRow['standing'] | undefined] {
    let host = hosts.get(target.host);
    if (host === undefined) {
      host = { head: { node: destinationId(target.host) }, cells: new Map() };
      hosts.set(target.host, host);
    }
    if (target.port === undefined) return [host.head, undefined];
    let cell = host.cells.get(target.cell);
    if (cell === undefined) {
      const end: EdgeEnd = { node: host.head.node, row: portRowId(target) };
      cell = { target, end, standing: judge(target), by: by() };
      host.cells.set(target.cell, cell);
    }
    return [cell.end, cell.standing];
  }

  function judge(target: Target): PortRow['standing'] {
    const cluster = clusterOf(target);
    if (configs.some((config) => config.clusters.has(cluster))) return 'exists';
    if (targets.missing.get(cluster) === 'host-not-in-paste') return 'unknown';
    const host = declared.get(target.host);
    if (host === undefined) return targets.missing.has(cluster) ? 'missing' : 'unknown';
    if (configs.length > 0) return 'missing';
    return host.ports.some((each) => each.port === target.port) ? 'exists' : 'missing';
  }

  function nodes(): readonly DestinationNode[] {
    const named = [...hosts].map(([host, { cells }]) =>
      destinationNode(host, declared.get(host), [...cells.values()], true),
    );
    const others = [...declared.values()].filter((each) => !hosts.has(each.host));
    if (others.length > UNNAMED_LIMIT) return named;
    return [...named, ...others.map((each) => destinationNode(each.host, each, [], false))];
  }

  function destinationNode(
    host: string,
    known: Declared | undefined,
    cells: readonly Cell[],
    named: boolean,
  ): DestinationNode {
    const ports = portRows(host, known, cells);
    const absent = known === undefined && ports.every((row) => row.standing === 'unknown');
    const id = destinationId(host);
    const rows: DestinationNode['rows'] = absent
      ? [...ports, { kind: 'reason', id: `${id}#reason`, because: { kind: 'not-in-paste' } }]
      : ports;
    const [name, namespace] = known === undefined ? nameOf(host) : [known.name, known.namespace];
    return {
      kind: 'destination',
      id,
      name,
      namespace,
      host,
      ...(known !== undefined && { at: known.at }),
      standing: absent ? 'not-in-paste' : 'part',
      source: known?.source ?? 'nothing',
      named,
      rows,
      ...box('destination', rows),
    };
  }

  /** Each port that is declared, with the subsets that rules name of it; then what is named and not declared. */
  function portRows(host: string, known: Declared | undefined, cells: readonly Cell[]): readonly PortRow[] {
    const rows = new Map<string, PortRow>();
    for (const { port, at } of known?.ports ?? []) {
      const id = portRowId({ host, port });
      if (rows.has(id)) continue;
      const own = cells.filter((cell) => cell.target.port === port);
      const plain = own.find((cell) => cell.target.subset === undefined);
      rows.set(
        id,
        plain === undefined ? { kind: 'port', id, at, port, standing: 'exists' } : portRow(plain, known),
      );
      for (const cell of own) if (cell !== plain) rows.set(portRowId(cell.target), portRow(cell, known));
    }
    for (const cell of cells) {
      const id = portRowId(cell.target);
      if (!rows.has(id)) rows.set(id, portRow(cell, known));
    }
    return [...rows.values()];
  }

  function portRow({ target, standing, by }: Cell, known: Declared | undefined): PortRow {
    const port = target.port ?? 0;
    // What does not exist is written nowhere: the place that asks for it stands for it.
    const at =
      standing === 'exists' ? (known?.ports.find((each) => each.port === port)?.at ?? known?.at) : by;
    return {
      kind: 'port',
      id: portRowId(target),
      ...(at !== undefined && { at }),
      port,
      ...(target.subset !== undefined && { subset: target.subset }),
      standing,
      ...(standing === 'missing' && { missing: missingKind(target, known) }),
    };
  }

  function missingKind(target: Target, known: Declared | undefined): NonNullable<PortRow['missing']> {
    const told = targets.missing.get(clusterOf(target));
    if (told !== undefined) return told;
    const hasPort = known?.ports.some((each) => each.port === target.port) === true;
    return hasPort && target.subset !== undefined ? 'no-such-subset' : 'no-such-port';
  }

  const note = (target: Target, by: SourceRef): PortRow['standing'] | undefined => endAt(target, () => by)[1];

  return { endsOf, note, nodes };
}

/** Where a destination is written; for one that only gets copies, the rule. Routes stand before mirrors. */
export function placeOf({ at }: RuleRow, { mirror }: RuleDestination, position: number): SourceRef {
  return mirror ? at : { object: at.object, path: [...at.path, 'route', position] };
}

function clusterOf({ host, port, subset }: Target): string {
  return `outbound|${port ?? ''}|${subset ?? ''}|${host}`;
}

/** `reviews` and `prod` of `reviews.prod.svc.cluster.local`; other names are left whole. */
function nameOf(host: string): readonly [name: string, namespace: string] {
  const match = /^([^.]+)\.([^.]+)\.svc\./.exec(host);
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : [host, ''];
}
