import type { CorsPolicy, HTTPMatchRequest, VirtualServiceSpec } from '../../istio/types.ts';
import type { Path } from '../../manifest/source.ts';
import { finding, type LocalFinding } from '../draft.ts';

/** VS265, VS266, VS267, and `allowOrigin` (LINT021). */
export function* corsPolicies(spec: VirtualServiceSpec): Generator<LocalFinding> {
  for (const [index, { corsPolicy, match = [] }] of (spec.http ?? []).entries()) {
    if (!corsPolicy) continue;
    const path: Path = ['spec', 'http', index, 'corsPolicy'];
    const reasons = match.map(preflightProblem);
    const [first] = reasons;
    if (
      first !== undefined &&
      !reasons.includes(undefined) &&
      !(spec.http ?? []).some((route) => takesPreflight(route))
    ) {
      yield finding('VS265', path, { problem: first });
    }
    yield* origins(corsPolicy, path);
    if (corsPolicy.allowOrigin && corsPolicy.allowOrigin.length > 0) {
      yield finding('LINT021', [...path, 'allowOrigin'], { field: 'allowOrigin', want: 'allowOrigins' });
    }
  }
}

/** Another rule that answers the preflight of the same paths: one that matches OPTIONS and has a policy. */
function takesPreflight({
  corsPolicy,
  match = [],
}: {
  readonly corsPolicy?: CorsPolicy;
  readonly match?: readonly HTTPMatchRequest[];
}): boolean {
  return (
    corsPolicy !== undefined &&
    (match.length === 0 || match.some((each) => preflightProblem(each) === undefined))
  );
}

/** A preflight is an OPTIONS request, and has none of the headers that the real one will have. */
function preflightProblem(match: HTTPMatchRequest): string | undefined {
  const { method, headers } = match;
  if (method?.exact !== undefined && method.exact !== 'OPTIONS') return 'method';
  if (method?.prefix !== undefined && !'OPTIONS'.startsWith(method.prefix)) return 'method';
  if (
    method?.regex !== undefined &&
    /^\(?[A-Z|]+\)?$/.test(method.regex) &&
    !method.regex.includes('OPTIONS')
  )
    return 'method';
  const header = Object.keys(headers ?? {}).find((name) => !SENT_WITH_PREFLIGHT.has(name.toLowerCase()));
  return header === undefined ? undefined : 'header';
}

const SENT_WITH_PREFLIGHT = new Set([
  'host',
  'origin',
  'user-agent',
  'referer',
  'accept',
  'accept-encoding',
  'accept-language',
  'access-control-request-method',
  'access-control-request-headers',
  ':authority',
  ':method',
  ':path',
  ':scheme',
]);

function* origins(policy: CorsPolicy, path: Path): Generator<LocalFinding> {
  for (const [index, origin] of (policy.allowOrigins ?? []).entries()) {
    const at = [...path, 'allowOrigins', index];
    if (origin.exact !== undefined && origin.exact !== '*') {
      const problem = originProblem(origin.exact);
      if (problem !== undefined) yield finding('VS266', [...at, 'exact'], { got: origin.exact, problem });
    }
    if (
      origin.prefix !== undefined &&
      /^https?:\/\/[^/:]+$/.test(origin.prefix) &&
      !origin.prefix.endsWith('.')
    ) {
      yield finding('VS266', [...at, 'prefix'], { got: origin.prefix, problem: 'prefix-open' });
    }
    const isEverything = origin.exact === '*' || origin.regex === '.*' || origin.prefix === '*';
    if (isEverything && policy.allowCredentials === true) {
      yield finding('VS267', at, { got: origin.exact ?? origin.regex ?? origin.prefix ?? '' });
    }
  }
}

function originProblem(origin: string): string | undefined {
  if (origin === 'null') return undefined;
  if (!/^[a-z][a-z0-9+.-]*:\/\//.test(origin)) return 'no-scheme';
  const rest = origin.replace(/^[a-z][a-z0-9+.-]*:\/\//, '');
  if (rest.includes('/')) return 'origin-with-path';
  return rest === rest.toLowerCase() ? undefined : 'capitals';
}
