import type { HTTPMatchRequest, HTTPRoute } from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { validateDestination, validateHeaders, validateRouteDestinations } from './destinations.ts';
import { validateDuration } from './duration.ts';
import { validateGatewayNames } from './gatewayNames.ts';
import { isAuthorityHeader, isMatchHeaderName } from './headerFormats.ts';
import { isDnsLabel, isPort } from './hostFormats.ts';
import {
  validateCors,
  validateDirectResponse,
  validateRedirect,
  validateRetries,
  validateRewrite,
} from './httpActions.ts';
import { validateFault, validateMirrors } from './httpFaults.ts';
import { validateLabels } from './labels.ts';
import { refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';
import { validateRegexMatch, validateStringMatch } from './stringMatch.ts';

interface Context {
  /** The VirtualService has no hosts. */
  readonly delegate: boolean;
  /** Istio made it from the Gateway API. */
  readonly generated: boolean;
}

/** Mirrors `validateHTTPRoute`. */
export function validateHttpRoute(report: Report, path: Path, route: HTTPRoute, context: Context): void {
  checkActions(report, path, route, context.delegate);
  for (const [index, match] of (route.match ?? []).entries()) {
    validateMatch(report, [...path, 'match', index], match);
  }
  validateHeaders(report, [...path, 'headers'], route.headers);
  if (route.corsPolicy) validateCors(report, [...path, 'corsPolicy'], route.corsPolicy);
  if (route.fault) validateFault(report, [...path, 'fault'], route.fault);
  validateMirrors(report, path, route);
  if (route.mirror) validateDestination(report, [...path, 'mirror'], route.mirror);
  if (route.redirect) validateRedirect(report, [...path, 'redirect'], route.redirect, route.match ?? []);
  if (route.directResponse) validateDirectResponse(report, [...path, 'directResponse'], route.directResponse);
  if (route.retries) validateRetries(report, [...path, 'retries'], route.retries);
  if (route.rewrite) validateRewrite(report, [...path, 'rewrite'], route.rewrite);
  checkAuthority(report, path, route);
  validateRouteDestinations(report, [...path, 'route'], route.route ?? [], context.generated);
  if (route.timeout !== undefined) validateDuration(report, 'VS072', [...path, 'timeout'], route.timeout);
}

/** Mirrors `validateHTTPRouteConflict`: which parts of a rule exclude each other. Of a root rule (`delegate`) only two are looked at. */
function checkActions(report: Report, path: Path, route: HTTPRoute, delegate: boolean): void {
  const routed = (route.route ?? []).length > 0;
  if (!delegate && route.delegate) {
    if (route.redirect) refuse(report, 'VS013', [...path, 'redirect'], { field: 'redirect' });
    if (routed) refuse(report, 'VS013', [...path, 'route'], { field: 'route' });
    return;
  }
  if (route.delegate) refuse(report, 'VS014', [...path, 'delegate']);
  const excluded = [routed && 'route', route.fault && 'fault', route.rewrite && 'rewrite'].filter(
    (name) => typeof name === 'string',
  );
  if (route.redirect) {
    const fields = [...excluded, ...(route.directResponse ? ['directResponse'] : [])];
    for (const field of fields) refuse(report, 'VS015', [...path, field], { field });
  } else if (route.directResponse) {
    for (const field of excluded) refuse(report, 'VS016', [...path, field], { field });
  } else if (!routed) {
    refuse(report, 'VS017', path);
  }
  if (route.mirror && route.mirrors?.length) refuse(report, 'VS018', [...path, 'mirrors']);
}

/** Mirrors `validateHTTPRouteMatchRequest`. */
function validateMatch(report: Report, path: Path, match: HTTPMatchRequest): void {
  for (const [name, header] of Object.entries(match.headers ?? {})) {
    const at = [...path, 'headers', name];
    if (!isMatchHeaderName(name)) refuseKey(report, 'VS020', at, { got: name });
    validateStringMatch(report, at, header);
  }
  for (const [name, header] of Object.entries(match.withoutHeaders ?? {})) {
    const at = [...path, 'withoutHeaders', name];
    if (!isMatchHeaderName(name)) refuseKey(report, 'VS020', at, { got: name });
    // Istio takes `*` here for "present".
    if (header.regex !== '*') validateStringMatch(report, at, header);
  }
  validateRegexMatch(report, [...path, 'uri'], match.uri);
  validateStringMatch(report, [...path, 'scheme'], match.scheme);
  validateStringMatch(report, [...path, 'method'], match.method);
  validateStringMatch(report, [...path, 'authority'], match.authority);
  for (const [name, parameter] of Object.entries(match.queryParams ?? {})) {
    validateStringMatch(report, [...path, 'queryParams', name], parameter);
  }
  if (match.port && !isPort(match.port)) refuse(report, 'VS025', [...path, 'port'], { got: match.port });
  validateLabels(report, 'VS026', [...path, 'sourceLabels'], match.sourceLabels);
  validateGatewayNames(report, [...path, 'gateways'], match.gateways ?? [], {
    generated: false,
    warnings: false,
  });
  if (match.sourceNamespace && !isDnsLabel(match.sourceNamespace)) {
    refuse(report, 'VS028', [...path, 'sourceNamespace'], { got: match.sourceNamespace });
  }
}

/** Mirrors `validateAuthorityRewrite`: the Host can be set in one place of the rule only. */
function checkAuthority(report: Report, path: Path, route: HTTPRoute): void {
  const settings: { readonly path: Path; readonly value: string }[] = [];
  if (route.rewrite?.authority) {
    settings.push({ path: [...path, 'rewrite', 'authority'], value: route.rewrite.authority });
  }
  for (const operation of ['set', 'add'] as const) {
    for (const [name, value] of Object.entries(route.headers?.request?.[operation] ?? {})) {
      if (isAuthorityHeader(name))
        settings.push({ path: [...path, 'headers', 'request', operation, name], value });
    }
  }
  // An empty value is no setting yet to Istio, but it is refused after one.
  const first = settings.findIndex((setting) => setting.value !== '');
  const second = first < 0 ? undefined : settings[first + 1];
  if (second)
    refuse(report, 'VS034', second.path, { got: second.value, other: settings[first]?.value ?? '' });
}
