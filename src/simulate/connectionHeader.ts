import { fieldValue, type Field } from './request.ts';

/** Names that say something about the connection itself. */
const options: ReadonlySet<string> = new Set(['close', 'http2-settings', 'keep-alive', 'upgrade']);
/** Taking these away would hide where a request comes from. */
const protectedNames: ReadonlySet<string> = new Set([
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);
const mostNominated = 9;

/**
 * The fields without those that `Connection` names as being for this connection alone; undefined: Envoy refuses the request for what is named.
 * `te` stays if it says `trailers`, in whatever spelling. Mirrors `Utility::sanitizeConnectionHeader`.
 */
export function withoutNominated(fields: readonly Field[]): readonly Field[] | undefined {
  const names = nominated(fields);
  if (names.length > mostNominated) return undefined;
  if (names.some((name) => protectedNames.has(name) || name.startsWith(':'))) return undefined;
  if (names.length === 0) return fields;
  const dropped = new Set(names.filter((name) => name !== 'connection' && !options.has(name)));
  return fields.flatMap((field): readonly Field[] => {
    const [name, value] = field;
    if (!dropped.has(name)) return [field];
    return name === 'te' && asksForTrailers(value.toLowerCase()) ? [['te', 'trailers']] : [];
  });
}

/** Whether `Connection` names this one. */
export function nominates(fields: readonly Field[], name: string): boolean {
  return nominated(fields).includes(name);
}

function nominated(fields: readonly Field[]): readonly string[] {
  const tokens = (fieldValue(fields, 'connection') ?? '').split(',').filter((token) => token !== '');
  return tokens.map((token) => token.trim().toLowerCase());
}

/** Word for word, as `ConnectionManagerUtility::sanitizeTEHeader` compares. */
export function asksForTrailers(te: string): boolean {
  return te.split(',').some((token) => token.trim() === 'trailers');
}
