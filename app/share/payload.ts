import * as v from 'valibot';
import type { SourceRef } from '../../src/manifest/source.ts';
import type { Call } from '../../src/simulate/call.ts';
import { initialCall, initialSettings, initialView, type Settings, type View } from '../store/state.ts';

/** What a link holds. Keys that this version does not know are in `unknown` and go on into the next link. */
export interface Shared {
  readonly name: string;
  readonly text: string;
  readonly call: Call;
  readonly view: View;
  readonly settings: Settings;
  readonly selection?: SourceRef;
  /** The engine that the link was made with; another one may answer differently. */
  readonly semantics: string;
  readonly unknown: Readonly<Record<string, unknown>>;
}

export const semantics = 'istio 86c9f01, envoy 1.40';

const text = v.pipe(v.string(), v.maxLength(10_000));
const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
const tlsVersion = v.picklist(['TLSv1.2', 'TLSv1.3']);
const pairs = v.pipe(v.array(v.tuple([text, text])), v.maxLength(200));
const labels = v.record(text, text);

const call = v.object({
  from: v.variant('kind', [
    v.object({
      kind: v.literal('outside'),
      workload: v.exactOptional(text),
      portOf: v.picklist(['service', 'pod']),
      address: v.exactOptional(text),
    }),
    v.object({
      kind: v.literal('mesh'),
      namespace: text,
      labels,
      host: text,
      address: v.exactOptional(text),
    }),
  ]),
  port,
  tls: v.exactOptional(
    v.object({
      sni: v.nullable(text),
      alpn: v.pipe(v.array(text), v.maxLength(20)),
      clientCertificate: v.boolean(),
      minVersion: v.exactOptional(tlsVersion),
      maxVersion: v.exactOptional(tlsVersion),
    }),
  ),
  http: v.exactOptional(
    v.object({
      method: text,
      authority: v.nullable(text),
      path: text,
      headers: pairs,
      version: v.exactOptional(v.literal('1.0')),
    }),
  ),
});

const step = v.union([text, v.pipe(v.number(), v.integer(), v.minValue(0))]);
const path = v.pipe(v.array(step), v.maxLength(100));
const object = v.object({
  kind: text,
  namespace: text,
  name: text,
  source: v.literal(0),
  document: v.pipe(v.number(), v.integer(), v.minValue(0)),
  item: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});

const view = v.looseObject({
  pane: v.fallback(v.picklist(['trace', 'graph', 'yaml', 'problems']), initialView.pane),
  middle: v.fallback(v.picklist(['graph', 'yaml']), initialView.middle),
  graphTab: v.fallback(v.picklist(['graph', 'tree', 'table']), initialView.graphTab),
  dockTab: v.fallback(text, initialView.dockTab),
  yamlTab: v.fallback(v.picklist(['yaml', 'form']), initialView.yamlTab),
  folds: v.fallback(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), []),
  sizes: v.fallback(v.record(v.string(), v.number()), {}),
});

const settings = v.object({
  defaultNamespace: v.fallback(text, initialSettings.defaultNamespace),
  closed: v.fallback(v.boolean(), false),
  dismissed: v.fallback(
    v.array(v.object({ code: text, object: v.exactOptional(object), path: v.exactOptional(path) })),
    [],
  ),
});

const payload = v.looseObject({
  v: v.literal(1),
  semantics: v.fallback(text, ''),
  name: v.fallback(text, 'shared'),
  text: v.string(),
  call: v.fallback(v.optional(call), undefined),
  view: v.fallback(v.optional(view), undefined),
  settings: v.fallback(v.optional(settings), undefined),
  selection: v.fallback(v.optional(v.object({ object, path })), undefined),
});

const known = new Set(['v', 'semantics', 'name', 'text', 'call', 'view', 'settings', 'selection']);

/** Reads what a stranger may have written. Undefined if it is not a payload; a part that is not right falls back to its beginning. */
export function readPayload(value: unknown): Shared | undefined {
  const read = v.safeParse(payload, value);
  if (!read.success) return undefined;
  const { output } = read;
  return {
    name: output.name,
    text: output.text,
    call: output.call === undefined ? initialCall : { ...output.call, id: 'call' },
    view: { ...initialView, ...output.view },
    settings: output.settings ?? initialSettings,
    ...(output.selection === undefined ? {} : { selection: output.selection }),
    semantics: output.semantics,
    unknown: Object.fromEntries(Object.entries(output).filter(([key]) => !known.has(key))),
  };
}

/** The keyed object that goes into a link. What stands as it does at the beginning is left out. */
export function writePayload(shared: Omit<Shared, 'semantics'>): Record<string, unknown> {
  const { id: _, ...ownCall } = shared.call;
  return {
    ...shared.unknown,
    v: 1,
    semantics,
    name: shared.name,
    text: shared.text,
    call: ownCall,
    ...unless(shared.view, initialView, 'view'),
    ...unless(shared.settings, initialSettings, 'settings'),
    ...(shared.selection === undefined ? {} : { selection: shared.selection }),
  };
}

function unless(value: unknown, initial: unknown, key: string): Record<string, unknown> {
  return JSON.stringify(value) === JSON.stringify(initial) ? {} : { [key]: value };
}
