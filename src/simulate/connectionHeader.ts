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
 * `te` stays if it says `trailers`. Mirrors `Utility::sanitizeConnectionHeader`.
 */
export function withoutNominated(fields: readonly Field[]): readonly Field[] | undefined {
  const connection = fieldValue(fields, 'connection');
  if (connection === undefined) return fields;
  const tokens = connection.split(',').filter((token) => token !== '');
  if (tokens.length > mostNominated) return undefined;
  const names = tokens.map((token) => token.trim().toLowerCase());
  if (names.some((name) => protectedNames.has(name) || name.startsWith(':'))) return undefined;
  const dropped = new Set(names.filter((name) => name !== 'connection' && !options.has(name)));
  return fields.filter(([name, value]) => !dropped.has(name) || (name === 'te' && asksForTrailers(value)));
}

function asksForTrailers(te: string): boolean {
  return te.split(',').some((token) => token.trim().toLowerCase() === 'trailers');
}
