import { actionWords, ruleWords } from '../../src/explain/conditions.ts';
import { lossWords } from '../../src/explain/losses.ts';
import { percent } from '../../src/explain/names.ts';
import { passedWords, portWords, serverWords } from '../../src/explain/rowWords.ts';
import type {
  DestinationNode,
  EdgeEnd,
  Graph,
  GraphNode,
  GraphRow,
  PortRow,
  RuleRow,
} from '../../src/graph/graph.ts';
import type { LitPath } from '../../src/graph/litPath.ts';
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
  const out = new Map<string, EdgeEnd[]>();
  for (const edge of graph.edges) {
    const key = edge.from.row ?? edge.from.node;
    const list = out.get(key);
    if (list === undefined) out.set(key, [edge.to]);
    else list.push(edge.to);
  }
  const seen = new Set<string>();
  const context: Context = { nodes, out, lit, seen };
  const roots = graph.nodes
    .filter((node) => node.kind === 'gateway' || node.kind === 'mesh')
    .map((node) => entryBranch(node, context));
  const rest = graph.nodes.filter((node) => node.kind === 'virtual-service' && !seen.has(node.id));
  const unattached = rest.map((node) => rulesBranch(node, node.id, context));
  const lone = graph.nodes.filter((node) => node.kind === 'destination' && !seen.has(node.id));
  return [
    ...roots,
    ...unattached,
    ...lone.map((node) => destinationBranch(node, undefined, node.id, context)),
  ];
}

interface Context {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly out: ReadonlyMap<string, readonly EdgeEnd[]>;
  readonly lit: LitPath | undefined;
  /** Nodes that some other node leads to. */
  readonly seen: Set<string>;
}

function base(node: GraphNode, key: string, { lit }: Context) {
  return {
    key,
    node,
    onPath: lit?.nodes.has(node.id) === true,
    ...(node.at !== undefined && { at: node.at }),
  };
}

function entryBranch(node: GraphNode, context: Context): Branch {
  const direct = (context.out.get(node.id) ?? []).map((end) => follow(end, node.id, context));
  const servers = node.rows.flatMap((row): readonly Branch[] => {
    if (row.kind !== 'server') return [];
    const { speaks, says } = serverWords(row);
    const onPath = context.lit?.rows.has(row.id) === true;
    return [
      {
        key: row.id,
        node,
        row,
        name: `:${row.port}`,
        detail: `${speaks}${row.lost === undefined && !row.httpsRedirect ? ` ${says}` : ''}`,
        says: onPath ? 'on the path' : row.lost !== undefined || row.httpsRedirect ? says : '',
        tone: onPath ? 'call' : row.lost !== undefined ? 'fail' : row.httpsRedirect ? 'move' : 'calm',
        onPath,
        at: row.at,
        children: (context.out.get(row.id) ?? []).map((end) => follow(end, row.id, context)),
      },
    ];
  });
  const reason = node.rows.find((row) => row.kind === 'reason');
  return {
    ...base(node, node.id, context),
    name: node.name,
    detail:
      node.kind === 'mesh'
        ? 'calls between workloads'
        : `${node.namespace}${servers.length > 0 ? `, ${servers.length} servers` : ''}`,
    says: reason?.kind === 'reason' ? lossWords(reason.because) : '',
    tone: 'calm',
    children: [...servers, ...direct.filter((each) => each !== undefined)].filter(
      (each) => each !== undefined,
    ),
  };
}

function follow(end: EdgeEnd, from: string, context: Context): Branch {
  const node = context.nodes.get(end.node);
  const key = `${from}>${end.row ?? end.node}`;
  if (node === undefined) throw new Error(`an edge leads to ${end.node}, which is no node`);
  context.seen.add(node.id);
  if (node.kind === 'destination') {
    return destinationBranch(
      node,
      node.rows.find((row) => row.id === end.row),
      key,
      context,
    );
  }
  return rulesBranch(node, key, context);
}

function rulesBranch(node: GraphNode, key: string, context: Context): Branch {
  const reason = node.rows.find((row) => row.kind === 'reason');
  const on = context.lit?.nodes.has(node.id) === true;
  return {
    ...base(node, key, context),
    name: node.name,
    detail: node.namespace,
    says: on ? 'on the path' : reason?.kind === 'reason' ? lossWords(reason.because) : '',
    tone: on ? 'call' : 'calm',
    children: node.rows.flatMap((row) => (row.kind === 'rule' ? [ruleBranch(row, node, key, context)] : [])),
  };
}

function ruleBranch(row: RuleRow, node: GraphNode, key: string, context: Context): Branch {
  const { what, value } = ruleWords(row);
  const light = context.lit?.rows.get(row.id);
  const own = `${key}/${row.id}`;
  const says =
    light?.kind === 'taken'
      ? 'taken'
      : light?.kind === 'passed'
        ? `passed over: ${passedWords(light.because)}`
        : light?.kind === 'stopped'
          ? 'stops here'
          : row.lost !== undefined
            ? lossWords(row.lost)
            : row.does.kind === 'forward'
              ? ''
              : actionWords(row.does);
  return {
    key: own,
    node,
    row,
    number: row.index + 1,
    name: what,
    detail: value,
    says,
    tone: light?.kind === 'taken' ? 'call' : light?.kind === 'stopped' ? 'fail' : 'calm',
    onPath: light?.kind === 'taken',
    at: row.at,
    children: (context.out.get(row.id) ?? []).map((end) => follow(end, own, context)),
  };
}

function destinationBranch(
  node: DestinationNode | GraphNode,
  row: GraphRow | undefined,
  key: string,
  context: Context,
): Branch {
  const port = row?.kind === 'port' ? row : undefined;
  const light = port === undefined ? undefined : context.lit?.rows.get(port.id);
  const end = light?.kind === 'end' ? light : undefined;
  return {
    ...base(node, key, context),
    ...(row !== undefined && { row }),
    ...(port?.at !== undefined && { at: port.at }),
    name: `${end === undefined ? '' : `${percent(end.share)} `}${node.name}${node.namespace === '' ? '' : `.${node.namespace}`}`,
    detail: port === undefined ? '' : `:${port.port}${port.subset === undefined ? '' : ` ${port.subset}`}`,
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
