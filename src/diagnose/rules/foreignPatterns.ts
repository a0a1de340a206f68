import { isRefusedByEnvoy, withEnvoysNames } from '../../envoy/regex.ts';
import { conditionsOf } from '../../compile/routeMatch.ts';
import type { HTTPRoute, StringMatch } from '../../istio/types.ts';
import type { Path } from '../../manifest/source.ts';
import { finding, type LocalFinding } from '../draft.ts';

/** VS277: expressions of a rule that Istio compiles and Envoy refuses, with all routes of the port. */
export function* foreignPatterns(route: HTTPRoute, path: Path): Generator<LocalFinding> {
  for (const [at, pattern] of patternsOf(route, path)) {
    if (!isRefusedByEnvoy(pattern)) continue;
    const want = withEnvoysNames(pattern);
    yield finding('VS277', at, { got: pattern, ...(want !== undefined && { want }) });
  }
}

type Placed = readonly [at: Path, pattern: string];

function* patternsOf(route: HTTPRoute, path: Path): Generator<Placed> {
  for (const [index, match] of (route.match ?? []).entries())
    for (const [at, condition] of conditionsOf(match))
      yield* patternOf(condition, [...path, 'match', index, ...at]);
  for (const [index, origin] of (route.corsPolicy?.allowOrigins ?? []).entries())
    yield* patternOf(origin, [...path, 'corsPolicy', 'allowOrigins', index]);
  const replaced = route.rewrite?.uriRegexRewrite?.match;
  if (replaced !== undefined) yield [[...path, 'rewrite', 'uriRegexRewrite', 'match'], replaced];
}

function* patternOf(match: StringMatch | undefined, path: Path): Generator<Placed> {
  if (match?.regex !== undefined) yield [[...path, 'regex'], match.regex];
}
