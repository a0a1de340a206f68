import type { VirtualServiceSpec } from '../../istio/types.ts';
import type { JsonObject, Path } from '../../manifest/source.ts';
import { remember } from '../../remember.ts';
import type { Finding } from '../../manifest/finding.ts';
import { isClaimName } from '../../validate/headerFormats.ts';
import { newReport } from '../../validate/report.ts';
import { warnUnreachable } from '../../validate/unreachable.ts';
import { isSet, numberAt, objectAt, objectsAt, textAt } from './fields.ts';

/** Equal destinations of one object, with all places where they are written. */
export interface UsedDestination {
  readonly host: string;
  readonly subset: string;
  /** Absent: no port is written. */
  readonly port?: number;
  readonly mirror: boolean;
  /** Of an `http` rule, not a mirror. */
  readonly http: boolean;
  readonly paths: Path[];
}

/** What the analyzers look at in a VirtualService. */
export interface RouteSummary {
  readonly destinations: readonly UsedDestination[];
  readonly claim?: { readonly key: string; readonly path: Path };
  readonly percents: readonly { readonly percent: number; readonly path: Path }[];
  readonly unreachable: readonly Finding[];
}

/** Of a `spec` as it was decoded. */
export const summaryOf = remember((spec: JsonObject): RouteSummary => {
  const report = newReport();
  warnUnreachable(report, spec as VirtualServiceSpec);
  const claim = firstClaim(spec);
  return {
    destinations: usedDestinations(spec),
    percents: percentsOf(spec),
    unreachable: report.warnings,
    ...(claim && { claim }),
  };
});

function usedDestinations(spec: JsonObject): readonly UsedDestination[] {
  const found = new Map<string, UsedDestination>();
  for (const { path, destination, mirror } of destinationsOf(spec)) {
    const host = textAt(destination, 'host');
    const subset = textAt(destination, 'subset');
    const port = isSet(destination, 'port') ? { port: numberAt(destination, 'port', 'number') } : {};
    const http = path[1] === 'http' && !mirror;
    const key = JSON.stringify([host, subset, port, mirror, http]);
    const known = found.get(key);
    if (known) known.paths.push(path);
    else found.set(key, { host, subset, mirror, http, ...port, paths: [path] });
  }
  return [...found.values()];
}

/** Destinations of all rules, then mirrors, with the path of each. */
function* destinationsOf(
  spec: JsonObject,
): Generator<{ readonly path: Path; readonly destination: JsonObject; readonly mirror: boolean }> {
  for (const section of ['tcp', 'tls', 'http'] as const) {
    for (const [rule, route] of objectsAt(spec, section).entries()) {
      for (const [index, each] of objectsAt(route, 'route').entries()) {
        const path = ['spec', section, rule, 'route', index, 'destination'];
        yield { path, destination: objectAt(each, 'destination'), mirror: false };
      }
    }
  }
  for (const [rule, route] of objectsAt(spec, 'http').entries()) {
    const path = ['spec', 'http', rule];
    if (isSet(route, 'mirror')) {
      yield { path: [...path, 'mirror'], destination: objectAt(route, 'mirror'), mirror: true };
    }
    for (const [index, mirror] of objectsAt(route, 'mirrors').entries()) {
      const destination = objectAt(mirror, 'destination');
      yield { path: [...path, 'mirrors', index, 'destination'], destination, mirror: true };
    }
  }
}

function firstClaim(spec: JsonObject): RouteSummary['claim'] {
  for (const [rule, route] of objectsAt(spec, 'http').entries()) {
    for (const [index, match] of objectsAt(route, 'match').entries()) {
      for (const field of ['headers', 'withoutHeaders'] as const) {
        const key = Object.keys(objectAt(match, field)).find(isClaimName);
        if (key !== undefined) return { key, path: ['spec', 'http', rule, 'match', index, field, key] };
      }
    }
  }
  return undefined;
}

function percentsOf(spec: JsonObject): RouteSummary['percents'] {
  return objectsAt(spec, 'http').flatMap((route, rule) => {
    const percent = numberAt(route, 'fault', 'delay', 'percent');
    return percent > 0 ? [{ percent, path: ['spec', 'http', rule, 'fault', 'delay', 'percent'] }] : [];
  });
}
