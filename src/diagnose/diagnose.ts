import type { MeshIndex } from '../compile/compile.ts';
import type { Compiled } from '../compile/compiled.ts';
import type { Resource } from '../istio/types.ts';
import type { Reading, ReadProblem } from '../manifest/read.ts';
import type { JsonObject, ObjectRef, Source, SourceRef } from '../manifest/source.ts';
import type { Verdict } from '../validate/verdict.ts';
import { analyzeInventory } from './analyze/analyze.ts';
import { buildInventory } from './analyze/inventory.ts';
import { factsOf } from './catalogue.ts';
import { certainty } from './certainty.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Draft, LocalFinding } from './draft.ts';
import { analyzeDrafts } from './fromAnalyze.ts';
import { folded } from './fold.ts';
import { fixesFor, isFixable } from './fixes/fixes.ts';
import { compiledLosses } from './fromCompiled.ts';
import {
  olderVersions,
  readableObjects,
  repeatedObjects,
  unsimulatedKinds,
  type ReadableObject,
} from './fromReading.ts';
import { verdictFindings } from './fromVerdict.ts';
import { objectKey } from '../manifest/refKey.ts';
import { isCompared, withoutConsequences, withoutRepetition } from './repetition.ts';
import { corsPolicies } from './rules/cors.ts';
import { destinationRuleFields } from './rules/destinationRuleFields.ts';
import { destinationRules } from './rules/destinationRules.ts';
import { gatewayDestinations } from './rules/destinations.ts';
import { gatewayBindings, ignoredRules } from './rules/gatewayBindings.ts';
import { gatewayPods } from './rules/gatewayPods.ts';
import { gatewayServers } from './rules/gatewayServers.ts';
import { hostsAndGateways } from './rules/hosts.ts';
import { ruleActions } from './rules/httpActions.ts';
import { httpMatches } from './rules/httpMatch.ts';
import { lostToOtherObjects, unreachable } from './rules/reachability.ts';
import { gatewaySecrets } from './rules/secrets.ts';
import { serviceEntryFields } from './rules/serviceEntryFields.ts';
import { siblings } from './rules/siblings.ts';
import { servicesAndEntries } from './rules/services.ts';
import { bindings } from './rules/virtualServiceBinding.ts';
import { gatewayWorkload } from './rules/workloads.ts';
import { createSpanCache, spanFinder, type FindSpan, type SpanCache } from './spans.ts';

export interface DiagnoseInput {
  readonly sources: readonly Source[];
  readonly reading: Reading;
  /** Of the objects of kinds that Istio checks; kept by identity between calls they are not looked at again. */
  readonly verdictOf: (object: ReadableObject) => Verdict | undefined;
  readonly index: MeshIndex;
  readonly compiled: Compiled;
  /** Milliseconds since 1970, for the age of certificates; without it none is too old. */
  readonly now?: number;
  /** Kept by the caller between calls. */
  readonly spans?: SpanCache;
}

/**
 * Everything that is to be said of the manifests before anybody sends a request, in the order of the text. One fault is said once: where two tools find it, in
 * the words of the one that knows more.
 */
export function diagnose(input: DiagnoseInput): readonly Diagnostic[] {
  const { sources, reading, verdictOf, index, compiled, now } = input;
  const objects = readableObjects(reading);
  const byKey = new Map(objects.map((object) => [objectKey(object.ref), object]));
  const text: Text = {
    sources,
    objects: byKey,
    findSpan: spanFinder(sources, byKey, input.spans ?? createSpanCache()),
  };
  const refused = new Set<string>();
  const drafts: Draft[] = [];
  const settled: (readonly Diagnostic[])[] = [];
  const resources = new Map(resourcesOf(index).map((resource) => [objectKey(resource.at), resource]));
  for (const object of objects) {
    const key = objectKey(object.ref);
    const verdict = verdictOf(object);
    if (verdict?.accepted === false) refused.add(key);
    const own = ownDiagnostics(object, verdict, resources.get(key), text);
    settled.push(own.settled);
    drafts.push(...own.open);
  }
  drafts.push(...repeatedObjects(objects), ...unsimulatedKinds(objects), ...olderVersions(objects));
  const inventory = buildInventory(objects);
  const messages = analyzeInventory(inventory, now).filter(
    ({ at, code }) => code === 'VS096' || !refused.has(objectKey(at.object)),
  );
  drafts.push(...analyzeDrafts(messages, inventory, index), ...compiledLosses(compiled, index));
  for (const virtualService of index.merged.all) drafts.push(...unreachable(virtualService));
  for (const config of compiled.gateways) {
    drafts.push(
      ...lostToOtherObjects(config),
      ...gatewayWorkload(config, index),
      ...gatewayPods(config, index, inventory),
      ...gatewayBindings(config, index),
      ...gatewayDestinations(config, index),
    );
  }
  drafts.push(
    ...hostsAndGateways(index),
    ...ignoredRules(index),
    ...destinationRules(index),
    ...servicesAndEntries(index),
    ...gatewaySecrets(compiled.gateways, index, inventory),
  );
  const boundTo = ({ object: { namespace, name } }: SourceRef): readonly ObjectRef[] =>
    (index.merged.byGateway.get(`${namespace}/${name}`) ?? []).map(({ at }) => at.object);
  const diagnostics = folded(withoutConsequences(withoutRepetition(drafts), boundTo)).map((draft) =>
    diagnosticOf(draft, text),
  );
  const isCertain = certainty(index, compiled);
  return inOrder(settled, [...diagnostics, ...reading.problems.map(readingDiagnostic)]).map((each) =>
    each.level === 'fail' && !refused.has(objectKey(each.at.object)) && !isCertain(each)
      ? { ...each, level: 'surprise' }
      : each,
  );
}

/** Both in the order of the text; what is known of the objects one by one is mostly in order already. */
function inOrder(
  settled: readonly (readonly Diagnostic[])[],
  others: readonly Diagnostic[],
): readonly Diagnostic[] {
  const all: Diagnostic[] = [];
  const rest = others.toSorted(byPlace);
  let next = 0;
  const addBefore = (place: Diagnostic): void => {
    for (let other = rest[next]; other !== undefined && byPlace(other, place) < 0; other = rest[next]) {
      all.push(other);
      next += 1;
    }
  };
  let isOrdered = true;
  let end: Diagnostic | undefined;
  for (const group of settled) {
    const [first] = group;
    if (first === undefined) continue;
    if (end !== undefined && byPlace(end, first) > 0) isOrdered = false;
    end = group.at(-1) ?? first;
    const other = rest[next];
    if (other === undefined || byPlace(other, end) >= 0) all.push(...group);
    else {
      for (const each of group) {
        addBefore(each);
        all.push(each);
      }
    }
  }
  all.push(...rest.slice(next));
  return isOrdered ? all : all.sort(byPlace);
}

function placed({ code, level, path, part, params }: LocalFinding, object: Draft['at']['object']): Draft {
  return { code, at: { object, path }, params, ...(part && { part }), ...(level && { level }) };
}

function resourcesOf({ mesh }: MeshIndex): readonly Resource<string, unknown>[] {
  return [...mesh.gateways, ...mesh.virtualServices, ...mesh.destinationRules, ...mesh.serviceEntries];
}

/** What is known of an object by itself: what no other finding can say better, and what has to be compared with the rest. */
interface OwnDiagnostics {
  readonly ref: ObjectRef;
  /** Where the object began when the spans were made. */
  readonly start: number;
  readonly verdict: Verdict | undefined;
  readonly resource: Resource<string, unknown> | undefined;
  readonly settled: readonly Diagnostic[];
  readonly open: readonly Draft[];
}

const remembered = new WeakMap<JsonObject, OwnDiagnostics>();

/** Remembered by the identity of the value that was read, which an edit elsewhere does not change: it only moves the spans. */
function ownDiagnostics(
  object: ReadableObject,
  verdict: Verdict | undefined,
  resource: Resource<string, unknown> | undefined,
  text: Text,
): OwnDiagnostics {
  const { ref, value, span } = object;
  const known = remembered.get(value);
  const holds = known?.ref === ref && known.verdict === verdict && known.resource === resource;
  if (holds && known.start === span.start) return known;
  const own = holds ? moved(known, span.start) : freshDiagnostics(object, verdict, resource, text);
  remembered.set(value, own);
  return own;
}

function freshDiagnostics(
  { ref, value, span }: ReadableObject,
  verdict: Verdict | undefined,
  resource: Resource<string, unknown> | undefined,
  text: Text,
): OwnDiagnostics {
  const findings = [
    ...(verdict ? verdictFindings(ref.kind, value, verdict) : []),
    ...(resource ? rulesFor(resource as MeshResource) : []),
  ];
  const drafts = findings.map((finding) => placed(finding, ref));
  return {
    ref,
    start: span.start,
    verdict,
    resource,
    settled: drafts
      .filter(({ code }) => !isCompared(code))
      .map((draft) => diagnosticOf(draft, text))
      .toSorted(byPlace),
    open: drafts.filter(({ code }) => isCompared(code)),
  };
}

function moved(own: OwnDiagnostics, start: number): OwnDiagnostics {
  const by = start - own.start;
  const settled = own.settled.map((each) => ({
    ...each,
    span: { start: each.span.start + by, end: each.span.end + by },
  }));
  return { ...own, start, settled };
}

type MeshResource = MeshIndex['mesh'][
  'gateways' | 'virtualServices' | 'destinationRules' | 'serviceEntries'][number];

function* rulesFor(resource: MeshResource): Generator<LocalFinding> {
  switch (resource.kind) {
    case 'Gateway':
      yield* gatewayServers(resource.spec);
      return;
    case 'VirtualService':
      yield* httpMatches(resource.spec);
      yield* siblings(resource.spec);
      yield* ruleActions(resource.spec);
      yield* corsPolicies(resource.spec);
      yield* bindings(resource);
      return;
    case 'DestinationRule':
      yield* destinationRuleFields(resource.spec);
      return;
    case 'ServiceEntry':
      yield* serviceEntryFields(resource.spec);
      return;
  }
}

/** What turns drafts into diagnostics. */
interface Text {
  readonly sources: readonly Source[];
  readonly findSpan: FindSpan;
  readonly objects: ReadonlyMap<string, ReadableObject>;
}

function diagnosticOf(draft: Draft, { sources, findSpan, objects }: Text): Diagnostic {
  const { code, level, at, part, others, params } = draft;
  const span = findSpan(at, part);
  const diagnostic: Diagnostic = {
    code,
    level: level ?? factsOf(code).level,
    at,
    ...(part && { part }),
    span,
    ...(others && others.length > 0 && { others }),
    params,
  };
  const object = isFixable(code) ? objects.get(objectKey(at.object)) : undefined;
  if (!object) return diagnostic;
  const written = sources[at.object.source]?.text.slice(span.start, span.end) ?? '';
  const fixes = fixesFor({ diagnostic, value: object.value, written });
  return fixes.length === 0 ? diagnostic : { ...diagnostic, fixes };
}

/** A document that cannot be read has no object; its place is the text itself. */
function readingDiagnostic({ source, document, span, finding, object }: ReadProblem): Diagnostic {
  const { code, path, part, params = {} } = finding;
  const owner = object ?? { kind: '', namespace: '', name: '', source, document };
  return {
    code,
    level: factsOf(code).level,
    at: { object: owner, path },
    ...(part && { part }),
    span,
    params,
  };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    a.at.object.source - b.at.object.source ||
    a.span.start - b.span.start ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}
