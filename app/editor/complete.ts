import type { Vocabulary } from '../../src/analyse.ts';
import { fieldAt, fieldsAt, kinds } from '../../src/istio/schema/kinds.ts';
import type { FieldSchema, ObjectSchema } from '../../src/istio/schema/schema.ts';
import type { Path } from '../../src/manifest/source.ts';
import { placeAt, type Place } from './cursorPath.ts';
import { newDocuments } from './newDocuments.ts';
import type { Suggestion } from './suggestion.ts';

export interface Completion {
  /** Columns, from 0, of what gives way. */
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}

const noVocabulary: Vocabulary = { gateways: [], namespaces: [], hosts: [], services: [], urls: [] };

/** What may be written at a place (line and column from 0): fields from the schemas, values from the schemas and from the text itself. */
export function complete(
  lines: readonly string[],
  line: number,
  column: number,
  vocabulary: Vocabulary = noVocabulary,
): Completion | undefined {
  if (lines.every((each, index) => index === line || each.trim() === '' || each === '---')) {
    const text = lines[line] ?? '';
    if (/^\w*$/.test(text)) return { from: 0, to: text.length, suggestions: newDocuments };
  }
  const place = placeAt(lines, line, column);
  if (place === undefined) return undefined;
  const suggestions = place.role === 'value' ? values(place, vocabulary) : keys(place, vocabulary);
  if (suggestions.length === 0) return undefined;
  return { from: place.from, to: place.to, suggestions };
}

function keys(place: Place, vocabulary: Vocabulary): readonly Suggestion[] {
  if (place.kind === undefined) {
    return place.path.length === 0 ? [...newDocuments, ...rootFields(place)] : [];
  }
  const field = fieldAt(place.kind, place.path);
  // `- ` of a list of texts: its item is a value.
  if (field !== undefined && field.type !== 'object' && field.type !== 'list') {
    return values(place, vocabulary);
  }
  if (field?.type === 'list' && field.items.type !== 'object') {
    return values({ ...place, path: [...place.path, 0] }, vocabulary).map((each) => ({
      ...each,
      snippet: place.flow ? each.snippet : `- ${each.snippet}`,
    }));
  }
  return Object.entries(fieldsAt(place.kind, place.path))
    .filter(([name]) => !place.siblings.has(name) || name === place.word)
    .map(([name, each], index) => fieldSuggestion(name, each, index, openerOf(place, field)));
}

/** How what is written at a place begins: a field of the mapping there, or of a new item of a list. */
type Opener = 'nothing' | 'dash' | 'flow' | 'braces';

function openerOf({ flow, dashMissing }: Place, field: FieldSchema | undefined): Opener {
  if (flow) return dashMissing ? 'braces' : 'flow';
  return dashMissing && field?.type === 'list' ? 'dash' : 'nothing';
}

function fieldSuggestion(name: string, field: FieldSchema, index: number, opener: Opener): Suggestion {
  const rank = (field.required === true ? 0 : field.deprecated === undefined ? 1000 : 2000) + index;
  return {
    label: name,
    kind: 'field',
    snippet: snippetOf(name, field, opener),
    detail: field.required === true ? `${typeWord(field)}, required` : typeWord(field),
    doc: field.doc,
    rank,
    ...(hasValues(field) ? { goOn: true } : {}),
  };
}

function snippetOf(name: string, field: FieldSchema, opener: Opener): string {
  switch (opener) {
    case 'nothing':
      return fieldSnippet(name, field);
    case 'dash':
      return `- ${indent(fieldSnippet(name, field), '  ')}`;
    case 'flow':
      return flowSnippet(name, field);
    case 'braces':
      return `{ ${flowSnippet(name, field)} \\}`;
  }
}

/** On one line. */
function flowSnippet(name: string, field: FieldSchema): string {
  switch (field.type) {
    case 'object':
    case 'map':
      return `${name}: { $0 \\}`;
    case 'list':
      return field.items.type === 'object' ? `${name}: [{ $0 \\}]` : `${name}: [$0]`;
    case 'text':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'integer-or-text':
    case 'any':
      return `${name}: $0`;
  }
}

/** `key: ` with what must stand below it; the editor indents the lines that follow. */
function fieldSnippet(name: string, field: FieldSchema): string {
  switch (field.type) {
    case 'object':
      return `${name}:\n  ${indent(requiredSnippet(field), '  ')}`;
    case 'list':
      return field.items.type === 'object'
        ? `${name}:\n  - ${indent(requiredSnippet(field.items), '    ')}`
        : `${name}:\n  - $0`;
    case 'map':
      return `${name}:\n  $0`;
    case 'text':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'integer-or-text':
    case 'any':
      return `${name}: $0`;
  }
}

function requiredSnippet(field: ObjectSchema): string {
  const required = Object.entries(field.fields).filter(
    ([, each]) =>
      each.required === true && each.type !== 'object' && each.type !== 'map' && each.type !== 'list',
  );
  if (required.length === 0) return '$0';
  return required.map(([name], index) => `${name}: \${${index + 1}}`).join('\n');
}

function indent(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`);
}

function values(place: Place, vocabulary: Vocabulary): readonly Suggestion[] {
  const last = place.path.at(-1);
  if (place.path.length === 1 && last === 'kind') {
    return kinds.map(({ kind, doc }, rank) => ({ label: kind, kind: 'choice', snippet: kind, doc, rank }));
  }
  if (place.path.length === 1 && last === 'apiVersion') return apiVersions(place);
  if (place.kind === undefined) return [];
  const field = fieldAt(place.kind, place.path);
  if (field === undefined) return [];
  if (field.type === 'boolean') return named(['true', 'false'], 'choice');
  if (field.type === 'text' && field.choices !== undefined) {
    return field.choices.map(({ value, doc }, rank) => ({
      label: value,
      kind: 'choice',
      snippet: escaped(value),
      doc,
      rank,
    }));
  }
  return fromText(place, place.path, field, vocabulary);
}

/** Names that the text itself holds. */
function fromText(
  place: Place,
  path: Path,
  field: FieldSchema,
  vocabulary: Vocabulary,
): readonly Suggestion[] {
  const last = path.at(-1);
  const parent = path.at(-2);
  if (last === 'protocol') return named(protocols, 'choice');
  if (last === 'subset') return named(serviceOf(place, vocabulary)?.subsets ?? [], 'name', 'subset');
  if (last === 'number' && parent === 'port') {
    const ports = vocabulary.services.flatMap((service) =>
      service.ports.map((port) => ({ ...port, host: service.host })),
    );
    return named([...new Set(ports.map((port) => String(port.number)))], 'name', 'port of a service');
  }
  if (field.type !== 'text') return [];
  if (field.format === 'gateway') return [...named(vocabulary.gateways, 'name', 'gateway'), mesh];
  if (field.format === 'host') {
    const found = services(place, vocabulary);
    if (parent === 'destination' || last === 'host') return found;
    const known = new Set(vocabulary.hosts);
    return [...named(vocabulary.hosts, 'name', 'host'), ...found.filter(({ label }) => !known.has(label))];
  }
  const isNamespace = field.format === 'namespace' || last === 'namespace';
  return isNamespace ? named(vocabulary.namespaces, 'name', 'namespace') : [];
}

const mesh: Suggestion = {
  label: 'mesh',
  kind: 'choice',
  snippet: 'mesh',
  doc: 'Calls from inside the mesh, from sidecar to service.',
  rank: 900,
};

function services(place: Place, vocabulary: Vocabulary): readonly Suggestion[] {
  return vocabulary.services.map((service, rank) => ({
    label: service.host,
    kind: 'name',
    snippet: escaped(service.host),
    detail: `${place.namespace === service.namespace ? 'same namespace, ' : ''}port ${service.ports.map((port) => port.number).join(', ')}`,
    rank: place.namespace === service.namespace ? rank : 500 + rank,
  }));
}

/** The service that the `host` beside the cursor names, in full or short. */
function serviceOf(place: Place, vocabulary: Vocabulary): Vocabulary['services'][number] | undefined {
  const host = place.siblings.get('host');
  if (host === undefined) return undefined;
  return (
    vocabulary.services.find((service) => service.host === host) ??
    vocabulary.services.find(
      (service) =>
        service.host.startsWith(`${host}.`) &&
        (host.includes('.') || place.namespace === undefined || service.namespace === place.namespace),
    )
  );
}

function named(names: readonly string[], kind: Suggestion['kind'], detail?: string): readonly Suggestion[] {
  return names.map((name, rank) => ({
    label: name,
    kind,
    snippet: escaped(quotedIfNeeded(name)),
    rank,
    ...(detail === undefined ? {} : { detail }),
  }));
}

function apiVersions(place: Place): readonly Suggestion[] {
  const fitting = kinds.filter(({ kind }) => place.kind === undefined || kind === place.kind);
  const versions = fitting.flatMap(({ group, versions: all }) =>
    all.map((version) => (group === '' ? version : `${group}/${version}`)),
  );
  return named([...new Set(versions)], 'choice');
}

function rootFields(place: Place): readonly Suggestion[] {
  return ['apiVersion', 'kind', 'metadata', 'spec']
    .filter((name) => !place.siblings.has(name))
    .map((name, rank) => ({
      label: name,
      kind: 'field',
      snippet:
        name === 'metadata' ? 'metadata:\n  name: $0' : name === 'spec' ? 'spec:\n  $0' : `${name}: $0`,
      rank: 100 + rank,
      ...(name === 'kind' || name === 'apiVersion' ? { goOn: true } : {}),
    }));
}

/** What Istio reads in `protocol`, most used first. */
const protocols = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'HTTP2', 'GRPC', 'GRPC-Web', 'MONGO', 'MYSQL', 'REDIS'];

function hasValues(field: FieldSchema): boolean {
  if (field.type === 'boolean') return true;
  if (field.type !== 'text') return field.type === 'list' && hasValues(field.items);
  return field.choices !== undefined || field.format === 'gateway' || field.format === 'host';
}

/** The type in a word, for beside a name. */
export function typeWord(field: FieldSchema): string {
  switch (field.type) {
    case 'text':
      return field.choices !== undefined ? 'choice' : (field.format ?? 'text');
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'fields';
    case 'list':
      return `list of ${typeWord(field.items)}`;
    case 'map':
      return `names with ${typeWord(field.values)}`;
    case 'integer-or-text':
      return 'number or name';
    case 'any':
      return 'anything';
  }
}

/** A star alone or in front is an alias or a syntax error in YAML unless it is quoted. */
function quotedIfNeeded(name: string): string {
  return /^[*&!|>%@`"'[{#]/.test(name) ? `"${name}"` : name;
}

/** Text that a snippet takes as it is. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
