import type { Call } from '../../src/simulate/call.ts';

/** What the current call has where a condition looks; null: nothing, undefined: a call without HTTP, or another field. */
export function subjectOf({ http, tls }: Call, field: string, name = ''): string | null | undefined {
  if (http === undefined) return undefined;
  const [path = '', query = ''] = http.path.split('?', 2);
  switch (field) {
    case 'uri':
      return path;
    case 'method':
      return http.method;
    case 'authority':
      return http.authority;
    case 'scheme':
      return tls === undefined ? 'http' : 'https';
    case 'headers':
    case 'withoutHeaders': {
      const values = http.headers.filter(([each]) => each.toLowerCase() === name.toLowerCase());
      return values.length === 0 ? null : values.map(([, each]) => each).join(',');
    }
    case 'queryParams': {
      const found = query.split('&').find((each) => each === name || each.startsWith(`${name}=`));
      return found === undefined ? null : found.slice(name.length + 1);
    }
    default:
      return undefined;
  }
}
