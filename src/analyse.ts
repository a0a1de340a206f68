import { clientsOf, sidecarOf, type Client } from './compile/clients.ts';
import { compile, indexMesh, type MeshIndex } from './compile/compile.ts';
import type { Compiled, Proxy, ProxyConfig } from './compile/compiled.ts';
import { compileSidecar } from './compile/sidecar.ts';
import { diagnose } from './diagnose/diagnose.ts';
import type { Diagnostic } from './diagnose/diagnostic.ts';
import { createSpanCache, type SpanCache } from './diagnose/spans.ts';
import { namedCall } from './explore/namedCall.ts';
import { otherSide, type OtherSide } from './explore/otherSide.ts';
import { reachableCall } from './explore/reachable.ts';
import { reachableInMesh } from './explore/reachableInMesh.ts';
import { vocabulary, type Vocabulary } from './explore/vocabulary.ts';
import { buildGraph } from './graph/buildGraph.ts';
import type { Graph } from './graph/graph.ts';
import { buildMesh, takesPart, type AdmittedObject } from './istio/mesh.ts';
import { createTextCache, type TextCache } from './manifest/documents.ts';
import { read, type Reading, type ReadObject } from './manifest/read.ts';
import type { JsonObject, ObjectRef, Source, Span } from './manifest/source.ts';
import { notSimulatedFor, notSimulatedObject, type NotSimulatedObject } from './notSimulatedKinds.ts';
import type { Call } from './simulate/call.ts';
import { dialInMesh } from './simulate/dialInMesh.ts';
import { listens, simulate } from './simulate/simulate.ts';
import type { Trace } from './simulate/trace.ts';
import { validate } from './validate/validate.ts';
import type { Stage, Verdict } from './validate/verdict.ts';

export type { Vocabulary } from './explore/vocabulary.ts';

export interface AnalyseInput {
  readonly sources: readonly Source[];
  readonly calls: readonly Call[];
  /** For documents that name none; `default` if absent. */
  readonly defaultNamespace?: string;
  /** Namespace of gateway pods that the paste does not hold; `istio-system` if absent. */
  readonly gatewayNamespace?: string;
  /** Milliseconds since 1970, for the age of certificates; without it none is too old. */
  readonly now?: number;
}

/** What is drawn, and not the model: plain data, structured-clonable. */
export interface Report {
  /** Every object in the order of the text, also those of kinds that take no part. */
  readonly objects: readonly ObjectReport[];
  readonly diagnostics: readonly Diagnostic[];
  readonly workloads: readonly Proxy[];
  /** Workloads that may call from inside the mesh. */
  readonly clients: readonly Client[];
  /** Seen from the workload of the first call. */
  readonly graph: Graph;
  /** One for each call, in their order. */
  readonly traces: readonly Trace[];
  /** For each call the same from the other side, in the mesh or at the gateway; absent where there is none to speak of. */
  readonly otherSides: readonly (OtherSide | undefined)[];
  readonly vocabulary: Vocabulary;
  /** A call that reaches the first rule that can be reached, if there is one: for a paste that does not meet the call. */
  readonly reachable?: Call;
  /** Where there is none, a call to something that the paste names: see `namedCall`. */
  readonly named?: Call;
}

export interface ObjectReport {
  /** Absent: it cannot be read, or has no kind. */
  readonly ref?: ObjectRef;
  readonly span: Span;
  readonly source: number;
  readonly status: 'takes-part' | 'refused' | 'unreadable' | 'not-simulated';
  readonly stage?: Stage;
}

/** What `analyse` keeps from one time to the next, so that an edit costs no more than what it changes. Made by `createAnalyseMemory`. */
export interface AnalyseMemory {
  readonly texts: TextCache;
  readonly spans: SpanCache;
  readonly verdicts: WeakMap<
    JsonObject,
    { readonly ref: ObjectRef; readonly apiVersion: string; readonly verdict: Verdict }
  >;
  last?: Analysis;
}

export function createAnalyseMemory(): AnalyseMemory {
  const texts = createTextCache(true);
  return { texts, spans: createSpanCache(texts), verdicts: new WeakMap() };
}

/** Everything that does not depend on calls, with what it was made from. */
export interface Analysis {
  readonly input: AnalyseInput;
  readonly objects: readonly ObjectReport[];
  readonly diagnostics: readonly Diagnostic[];
  readonly index: MeshIndex;
  readonly compiled: Compiled;
  readonly clients: readonly Client[];
  readonly vocabulary: Vocabulary;
  readonly notSimulated: readonly NotSimulatedObject[];
  readonly reachable?: Call;
  readonly named?: Call;
  readonly graphs: Map<ProxyConfig | undefined, Map<ProxyConfig | undefined, Graph>>;
}

/**
 * From texts and calls to all that is shown: reading, validation, building, compiling, then each call on the Envoy that it meets. Never throws for what the
 * texts hold; the same input gives the same report, whatever the memory has seen before.
 */
export function analyse(input: AnalyseInput, memory: AnalyseMemory = createAnalyseMemory()): Report {
  const analysis = analyseTexts(input, memory);
  const traced = input.calls.map((call) => traceCall(call, analysis));
  const { objects, diagnostics, compiled, clients, reachable, named } = analysis;
  const [first] = traced;
  return {
    objects,
    diagnostics,
    workloads: compiled.gateways.map(({ proxy }) => proxy),
    clients,
    graph: graphFor(analysis, first?.config),
    traces: traced.map(({ trace }) => trace),
    otherSides: traced.map(({ trace }) =>
      otherSide(trace, { index: analysis.index, gateways: compiled.gateways, clients }),
    ),
    vocabulary: analysis.vocabulary,
    ...(reachable && { reachable }),
    ...(named && { named }),
  };
}

/** The part that holds for all calls; the same object as before where nothing has changed. */
export function analyseTexts(input: AnalyseInput, memory: AnalyseMemory): Analysis {
  if (memory.last && isSameText(memory.last.input, input)) return memory.last;
  const { sources, defaultNamespace, gatewayNamespace, now } = input;
  const reading = read(sources, {
    cache: memory.texts,
    ...(defaultNamespace !== undefined && { defaultNamespace }),
  });
  const verdictOf = (object: ReadObject & { readonly status: 'read' }): Verdict => judge(object, memory);
  const { admitted, objects, notSimulated } = admit(reading, verdictOf);
  const index = indexMesh(buildMesh(admitted), memory.last?.index);
  const compiled = compile(index, gatewayNamespace === undefined ? {} : { gatewayNamespace });
  const clients = clientsOf(index.mesh);
  const reachable = reachableCall(compiled) ?? reachableInMesh(index, clients);
  const named = reachable ? undefined : namedCall(index, compiled);
  const analysis: Analysis = {
    input,
    objects,
    diagnostics: diagnose({
      sources,
      reading,
      verdictOf,
      index,
      compiled,
      spans: memory.spans,
      ...(now !== undefined && { now }),
    }),
    index,
    compiled,
    clients,
    vocabulary: vocabulary(index, compiled),
    notSimulated,
    ...(reachable && { reachable }),
    ...(named && { named }),
    graphs: new Map(),
  };
  // They are for finding the places, and take much more room than the text.
  memory.texts.nodes.clear();
  memory.last = analysis;
  return analysis;
}

function isSameText(a: AnalyseInput, b: AnalyseInput): boolean {
  return (
    a.defaultNamespace === b.defaultNamespace &&
    a.gatewayNamespace === b.gatewayNamespace &&
    a.now === b.now &&
    a.sources.length === b.sources.length &&
    a.sources.every(({ text }, index) => text === b.sources[index]?.text)
  );
}

function judge(object: ReadObject & { readonly status: 'read' }, memory: AnalyseMemory): Verdict {
  const { ref, apiVersion, value } = object;
  const known = memory.verdicts.get(value);
  if (known?.ref === ref && known.apiVersion === apiVersion) return known.verdict;
  const verdict = validate(object);
  memory.verdicts.set(value, { ref, apiVersion, verdict });
  return verdict;
}

interface Admission {
  readonly admitted: readonly AdmittedObject[];
  readonly objects: readonly ObjectReport[];
  readonly notSimulated: readonly NotSimulatedObject[];
}

/** Which objects take part. */
function admit(
  reading: Reading,
  verdictOf: (object: ReadObject & { readonly status: 'read' }) => Verdict,
): Admission {
  const admitted: AdmittedObject[] = [];
  const notSimulated: NotSimulatedObject[] = [];
  const objects = reading.objects.map((object): ObjectReport => {
    if (object.status === 'unreadable') {
      const { source, span } = object;
      return { source, span, status: 'unreadable', stage: 'yaml' };
    }
    const { ref, apiVersion, span, value } = object;
    const base = { ref, source: ref.source, span };
    const { accepted, stage, stored } = verdictOf(object);
    if (!accepted) return { ...base, status: 'refused', ...(stage && { stage }) };
    const admittedObject = { ref, apiVersion, value: stored };
    if (takesPart(admittedObject)) {
      admitted.push(admittedObject);
      return { ...base, status: 'takes-part' };
    }
    const aside = notSimulatedObject(ref, apiVersion, value);
    if (aside) notSimulated.push(aside);
    return { ...base, status: 'not-simulated' };
  });
  return { admitted, objects, notSimulated };
}

interface Traced {
  readonly trace: Trace;
  /** Absent: the manifests imply no workload that could answer. */
  readonly config?: ProxyConfig;
}

/** Follows a call through the Envoy that it meets: a gateway's, or that of the calling workload. */
export function traceCall(call: Call, analysis: Analysis): Traced {
  const { index, compiled, clients } = analysis;
  const { from, port } = call;
  if (from.kind === 'mesh') {
    const proxy = sidecarOf(from, clients);
    const config = compileSidecar(index.mesh, index.merged, index.registry, proxy, port);
    const dialled = dialInMesh(index.registry, from, port);
    return { trace: withAsides(simulate(config, call, dialled), analysis, proxy), config };
  }
  const config = gatewayFor(call, compiled);
  if (config) return { trace: withAsides(simulate(config, call), analysis, config.proxy), config };
  const steps: Trace['steps'] = [{ kind: 'listener', passedOver: [], others: 0 }];
  return {
    trace: {
      call,
      steps,
      outcome: [{ share: 1, end: { kind: 'closed', because: 'no-listener' } }],
      notSimulated: [],
    },
  };
}

/** The workload that the call names, else the first that listens there, else the first. */
function gatewayFor(call: Call, { gateways }: Compiled): ProxyConfig | undefined {
  const wanted = call.from.kind === 'outside' ? call.from.workload : undefined;
  return (
    gateways.find(({ proxy }) => proxy.id === wanted) ??
    gateways.find((config) => listens(config, call)) ??
    gateways[0]
  );
}

function withAsides(trace: Trace, { notSimulated }: Analysis, proxy: Proxy): Trace {
  const asides = notSimulatedFor(notSimulated, proxy);
  return asides.length === 0 ? trace : { ...trace, notSimulated: [...trace.notSimulated, ...asides] };
}

/** The graph as the workload of the first call sees it, made once for each. */
function graphFor(analysis: Analysis, config: ProxyConfig | undefined): Graph {
  const { index, compiled, objects } = analysis;
  const sidecar = config?.proxy.kind === 'sidecar' ? config : undefined;
  const gateway = sidecar ? compiled.gateways[0] : (config ?? compiled.gateways[0]);
  const bySidecar = analysis.graphs.get(gateway) ?? new Map<ProxyConfig | undefined, Graph>();
  analysis.graphs.set(gateway, bySidecar);
  const known = bySidecar.get(sidecar);
  if (known) return known;
  const graph = buildGraph({
    mesh: index.mesh,
    ...(gateway && { gateway }),
    ...(sidecar && { sidecar }),
    exclusions: compiled.exclusions,
    refused: objects.flatMap(({ status, ref }) => (status === 'refused' && ref ? [ref] : [])),
  });
  bySidecar.set(sidecar, graph);
  return graph;
}
