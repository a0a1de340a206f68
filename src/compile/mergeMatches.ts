import type { HTTPMatchRequest, StringMatch } from '../istio/types.ts';

/*
 * How a delegate's conditions are joined with those of the root that names it. Nothing is concatenated: where both say something about one
 * field, the delegate's has to be narrower in a way that can be seen from the text, or the two conflict.
 */

const stringFields = ['uri', 'scheme', 'method', 'authority'] as const;
const mapFields = ['headers', 'withoutHeaders', 'queryParams'] as const;

/**
 * The first field in which a root's condition and a delegate's exclude each other (`uri`, `headers.x-user`, `port`, …), undefined if there is
 * none. Mirrors `hasConflict`.
 */
export function conflictingField(root: HTTPMatchRequest, delegate: HTTPMatchRequest): string | undefined {
  for (const field of stringFields) {
    if (stringsConflict(root[field], delegate[field])) return field;
  }
  for (const field of mapFields) {
    for (const [key, wanted] of Object.entries(delegate[field] ?? {})) {
      if (stringsConflict(own(root[field], key), wanted)) return `${field}.${key}`;
    }
  }
  if ((root.ignoreUriCase ?? false) !== (delegate.ignoreUriCase ?? false)) return 'ignoreUriCase';
  if (root.port && delegate.port && root.port !== delegate.port) return 'port';
  if (root.sourceNamespace && delegate.sourceNamespace !== root.sourceNamespace) return 'sourceNamespace';
  for (const [key, value] of Object.entries(delegate.sourceLabels ?? {})) {
    const rootValue = own(root.sourceLabels, key);
    if (rootValue !== undefined && rootValue !== value) return `sourceLabels.${key}`;
  }
  return gatewaysConflict(root.gateways ?? [], delegate.gateways ?? []) ? 'gateways' : undefined;
}

/**
 * The condition that holds where both do: the delegate's fields, the root's where the delegate says nothing; maps are united. `fromRoot`
 * names what came from the root, keys of maps as `headers.x-user`. Mirrors `mergeHTTPMatchRequest`.
 */
export function mergeMatch(
  root: HTTPMatchRequest,
  delegate: HTTPMatchRequest,
): { readonly match: HTTPMatchRequest; readonly fromRoot: readonly string[] } {
  const fromRoot: string[] = [];
  const merged: Record<string, unknown> = { ...delegate };
  const name = [root.name, delegate.name].filter(Boolean).join('-');
  if (name) merged['name'] = name;
  for (const field of [...stringFields, 'port', 'sourceNamespace', 'gateways', 'statPrefix'] as const) {
    if (isSet(delegate[field]) || !isSet(root[field])) continue;
    merged[field] = root[field];
    fromRoot.push(field);
  }
  for (const field of [...mapFields, 'sourceLabels'] as const) {
    const ours: Readonly<Record<string, unknown>> | undefined = root[field];
    const theirs: Readonly<Record<string, unknown>> | undefined = delegate[field];
    if (!ours) continue;
    merged[field] = { ...ours, ...theirs };
    fromRoot.push(
      ...Object.keys(ours).flatMap((key) => (own(theirs, key) === undefined ? `${field}.${key}` : [])),
    );
  }
  // Built field by field from two requests.
  return { match: merged as HTTPMatchRequest, fromRoot };
}

/** A matcher without content is set (it means "present"); a number 0 and an empty text or list are not, as in protobuf. */
function isSet(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function own<Value>(map: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Mirrors `stringMatchConflict`, where an empty text counts as no text: so `prefix: ""` in a root conflicts with everything. */
function stringsConflict(root: StringMatch | undefined, delegate: StringMatch | undefined): boolean {
  if (!root || !delegate) return false;
  if (root.regex && (delegate.regex || delegate.prefix || delegate.exact)) return true;
  if (delegate.regex && (root.regex || root.prefix || root.exact)) return true;
  if (root.exact) return Boolean(delegate.prefix) || delegate.exact !== root.exact;
  if (root.prefix && delegate.prefix) return !delegate.prefix.startsWith(root.prefix);
  if (root.prefix && delegate.exact) return !delegate.exact.startsWith(root.prefix);
  return true;
}

function gatewaysConflict(root: readonly string[], delegate: readonly string[]): boolean {
  if (root.length === 0 || delegate.length === 0) return false;
  return root.length < delegate.length || delegate.some((gateway) => !root.includes(gateway));
}
