import { actionWords, ruleWords } from '../../src/explain/conditions.ts';
import { lossWords } from '../../src/explain/losses.ts';
import { percent } from '../../src/explain/names.ts';
import { passedWords, portWords, serverWords } from '../../src/explain/rowWords.ts';
import type {
  Graph,
  GraphEdge,
  GraphNode,
  GraphRow,
  PortRow,
  RuleRow,
  ServerRow,
} from '../../src/graph/graph.ts';
import type { LitPath, RowLight } from '../../src/graph/litPath.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Tone } from '../../src/simulate/tone.ts';

/** One line of the tree: what the graph says with lines, in words. */
export interface Branch {
  /** Unique in the tree: the same virtual service stands under each server that it is bound to. */
  readonly key: string;
  readonly node: GraphNode;
  readonly row?: GraphRow;
  /** Number of a rule. */
  readonly number?: number;
  readonly name: string;
  readonly detail: string;
  readonly says: string;
  readonly tone?: Tone | 'call' | 'calm';
  readonly onPath: boolean;
  readonly at?: SourceRef;
  readonly children: readonly Branch[];
}

/** The whole graph as a tree: gateways, servers, virtual services, rules, destinations; then what nothing leads to. */
export function treeOf(graph: Graph, lit: LitPath | undefined): readonly Branch[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const out = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    const key = edge.from.row ?? edge.from.node;
    const list = out.get(key);
    if (list === undefined) out.set(key, [edge]);
    else list.push(edge);
  }
  const seen = new Set<string>();
  const context: Context = { nodes, out, lit, seen };
  const roots = graph.nodes
    .filter((node) => node.kind === 'gateway' || node.kind === 'mesh')
    .map((node) => entryBranch(node, context));
  const rest = graph.nodes.filter((node) => node.kind === 'virtual-service' && !seen.has(node.id));
  const off: Way = { onPath: true, port: undefined };
  const unattached = rest.map((node) => rulesBranch(node, node.id, off, context));
  const lone = graph.nodes.filter((node) => node.kind === 'destination' && !seen.has(node.id));
  return [
    ...roots,
    ...unattached,
    ...lone.map((node) => destinationBranch(node, undefined, node.id, off, context)),
  ];
}

interface Context {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly out: ReadonlyMap<string, readonly GraphEdge[]>;
  readonly lit: LitPath | undefined;
  /** Nodes that some other node leads to. */
  readonly seen: Set<string>;
}

/** How one came down to a branch: whether by the way of the call, and through a server of which port. */
interface Way {
  readonly onPath: boolean;
  readonly port: number | undefined;
}

function entryBranch(node: GraphNode, context: Context): Branch {
  const { lit, out } = context;
  const onPath = lit?.nodes.has(node.id) === true;
  const direct = (out.get(node.id) ?? []).map((edge) =>
    follow(edge, node.id, { onPath, port: undefined }, context),
  );
  const servers = node.rows.flatMap((row) =>
    row.kind === 'server' ? [serverBranch(row, node, context)] : [],
  );
  const reason = node.rows.find((row) => row.kind === 'reason');
  const space = `${node.namespace}${servers.length > 0 ? `, ${servers.length} ${servers.length === 1 ? 'server' : 'servers'}` : ''}`;
  return {
    key: node.id,
    node,
    ...(node.at !== undefined && { at: node.at }),
    onPath,
    name: node.name,
    detail: node.kind === 'mesh' ? 'calls between workloads' : space,
    says: reason?.kind === 'reason' ? lossWords(reason.because) : '',
    tone: 'calm',
    children: [...servers, ...direct],
  };
}

function serverBranch(row: ServerRow, node: GraphNode, context: Context): Branch {
  const { speaks, says } = serverWords(row);
  const light = context.lit?.rows.get(row.id);
  const onPath = light !== undefined;
  const special = row.lost !== undefined || row.httpsRedirect;
  return {
    key: row.id,
    node,
    row,
    name: `:${row.port}`,
    detail: special ? speaks : `${speaks}, ${says}`,
    says: special ? says : onPath ? 'on the path' : '',
    tone: row.lost !== undefined ? 'fail' : row.httpsRedirect ? 'move' : onPath ? 'call' : 'calm',
    onPath,
    at: row.at,
    children: (context.out.get(row.id) ?? []).map((edge) =>
      follow(edge, row.id, { onPath, port: row.port }, context),
    ),
  };
}

function follow(edge: GraphEdge, from: string, way: Way, context: Context): Branch {
  const { to } = edge;
  const node = context.nodes.get(to.node);
  const key = `${from}>${to.row ?? to.node}`;
  if (node === undefined) throw new Error(`an edge leads to ${to.node}, which is no node`);
  context.seen.add(node.id);
  if (node.kind !== 'destination') return rulesBranch(node, key, way, context);
  const row = node.rows.find((each) => each.id === to.row);
  return destinationBranch(node, row?.kind === 'port' ? row : undefined, key, way, context, edge.share);
}

function rulesBranch(node: GraphNode, key: string, way: Way, context: Context): Branch {
  const reason = node.rows.find((row) => row.kind === 'reason');
  const onPath = way.onPath && context.lit?.nodes.has(node.id) === true;
  const below: Way = { onPath, port: way.port };
  return {
    key,
    node,
    ...(node.at !== undefined && { at: node.at }),
    onPath,
    name: node.name,
    detail: node.namespace,
    says: onPath ? 'on the path' : reason?.kind === 'reason' ? lossWords(reason.because) : '',
    tone: onPath ? 'call' : 'calm',
    children: node.rows.flatMap((row) =>
      row.kind === 'rule' ? [ruleBranch(row, node, key, below, context)] : [],
    ),
  };
}

function ruleBranch(row: RuleRow, node: GraphNode, key: string, way: Way, context: Context): Branch {
  const { what, value } = ruleWords(row);
  const light = way.onPath ? context.lit?.rows.get(row.id) : undefined;
  const own = `${key}/${row.id}`;
  const onPath = light?.kind === 'taken';
  const edges = context.out.get(row.id) ?? [];
  // A port that the listener lends is that of the server above; below the mesh it is the one that is dialled.
  const ends = edges.filter((edge) => edge.lent !== true || edge.to.row?.endsWith(`:${way.port}`));
  const dialled = way.port === undefined ? edges.filter((edge) => edge.lent === true) : [];
  const open = new Map(dialled.map(({ to, ...edge }) => [to.node, { ...edge, to: { node: to.node } }]));
  return {
    key: own,
    node,
    row,
    number: row.index + 1,
    name: what,
    detail: value,
    says: ruleSays(row, light),
    tone: onPath ? 'call' : light?.kind === 'stopped' ? 'fail' : 'calm',
    onPath,
    at: row.at,
    children: [...ends, ...open.values()].map((edge) =>
      follow(edge, own, { onPath, port: way.port }, context),
    ),
  };
}

function ruleSays(row: RuleRow, light: RowLight | undefined): string {
  switch (light?.kind) {
    case 'taken':
      return 'taken';
    case 'passed':
      return `passed over: ${passedWords(light.because)}`;
    case 'stopped':
      return 'stops here';
    default:
      if (row.lost !== undefined) return lossWords(row.lost);
      return row.does.kind === 'forward' ? '' : actionWords(row.does);
  }
}

function destinationBranch(
  node: GraphNode,
  port: PortRow | undefined,
  key: string,
  way: Way,
  context: Context,
  share?: number,
): Branch {
  const light = port === undefined || !way.onPath ? undefined : context.lit?.rows.get(port.id);
  const end = light?.kind === 'end' ? light : undefined;
  const part = end?.share ?? share;
  return {
    key,
    node,
    ...(port !== undefined && { row: port }),
    ...(port?.at !== undefined ? { at: port.at } : node.at !== undefined ? { at: node.at } : {}),
    name: `${part === undefined ? '' : `${percent(part)} `}${node.name}${node.namespace === '' ? '' : `.${node.namespace}`}`,
    detail:
      port === undefined
        ? share === undefined
          ? ''
          : 'the port that is dialled'
        : `:${port.port}${port.subset === undefined ? '' : ` ${port.subset}`}`,
    says: destinationSays(port, end?.tone),
    tone: end?.tone ?? (port?.standing === 'missing' ? 'fail' : 'calm'),
    onPath: end !== undefined,
    children: [],
  };
}

function destinationSays(port: PortRow | undefined, tone: Tone | undefined): string {
  const words = port === undefined ? '' : portWords(port);
  if (tone === 'ok') return 'forwarded';
  if (tone === 'fail') return words === '' ? 'fails' : `${words}, 503 NC`;
  return words;
}
