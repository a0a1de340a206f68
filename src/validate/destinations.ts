import type {
  Destination,
  HTTPRouteDestination,
  HeaderOperations,
  Headers,
  RouteDestination,
} from '../istio/types.ts';
import type { Path } from '../manifest/source.ts';
import { headerValueProblem, hasControlCharacter, isAuthorityHeader } from './headerFormats.ts';
import { isDnsLabel, isPort, wildcardDomainProblem } from './hostFormats.ts';
import { refuse, refuseKey } from './report.ts';
import type { Report } from './report.ts';

/**
 * Mirrors `validateHTTPRouteDestinations` and `validateRouteDestinations` (the latter has no headers). Destinations of a VirtualService that Istio
 * made from the Gateway API (`generated`) are not looked at.
 */
export function validateRouteDestinations(
  report: Report,
  path: Path,
  routes: readonly (HTTPRouteDestination | RouteDestination)[],
  generated: boolean,
): void {
  let total = 0;
  for (const [index, route] of routes.entries()) {
    const at = [...path, index];
    if (!route.destination) refuse(report, 'VS067', at);
    if ('headers' in route) validateHeaders(report, [...at, 'headers'], route.headers);
    if (route.destination && !generated)
      validateDestination(report, [...at, 'destination'], route.destination);
    const weight = route.weight ?? 0;
    if (weight < 0) refuse(report, 'VS066', [...at, 'weight'], { got: weight });
    // Istio adds in 32 bits.
    total = (total + weight) | 0;
  }
  if (routes.length > 1 && total === 0) refuse(report, 'VS068', path, { got: routes.length });
}

/** Mirrors `validateDestination`. */
export function validateDestination(report: Report, path: Path, destination: Destination): void {
  const host = destination.host ?? '';
  const problem = host === '*' ? 'lone-wildcard' : wildcardDomainProblem(host);
  if (problem) refuse(report, 'VS069', [...path, 'host'], { got: host, problem });
  if (destination.subset && !isDnsLabel(destination.subset)) {
    refuse(report, 'VS070', [...path, 'subset'], { got: destination.subset });
  }
  if (destination.port && !isPort(destination.port.number ?? 0)) {
    const field = destination.port.number === undefined ? [] : ['number'];
    refuse(report, 'VS071', [...path, 'port', ...field], { got: destination.port.number ?? 0 });
  }
}

/** The changes to headers of a rule or destination. Names are only looked at for what Envoy keeps to itself. */
export function validateHeaders(report: Report, path: Path, headers: Headers | undefined): void {
  if (headers?.request) validateOperations(report, [...path, 'request'], headers.request, 'request');
  if (headers?.response) validateOperations(report, [...path, 'response'], headers.response, 'response');
}

function validateOperations(
  report: Report,
  path: Path,
  operations: HeaderOperations,
  of: 'request' | 'response',
): void {
  for (const operation of ['add', 'set'] as const) {
    for (const [name, value] of Object.entries(operations[operation] ?? {})) {
      const at = [...path, operation, name];
      if (of === 'request') checkSettableName(report, at, name);
      else checkChangeableName(report, at, name, 'key');
      checkValue(report, at, value);
    }
  }
  for (const [index, name] of (operations.remove ?? []).entries()) {
    checkChangeableName(report, [...path, 'remove', index], name, 'value');
  }
}

/** Mirrors `ValidateHTTPHeaderWithAuthorityOperationName`: host and `:authority` may be set, other names with a colon in front not. */
function checkSettableName(report: Report, path: Path, name: string): void {
  if (name === '') refuseKey(report, 'VS029', path);
  else if (name.startsWith(':') && !isAuthorityHeader(name)) refuseKey(report, 'VS031', path, { got: name });
}

/** Mirrors `ValidateHTTPHeaderOperationName`. */
function checkChangeableName(report: Report, path: Path, name: string, part: 'key' | 'value'): void {
  const note = part === 'key' ? refuseKey : refuse;
  if (name === '') note(report, 'VS029', path);
  else if (name.startsWith(':') || name.toLowerCase() === 'host') note(report, 'VS030', path, { got: name });
}

/** Mirrors `ValidateHTTPHeaderValue`. */
function checkValue(report: Report, path: Path, value: string): void {
  if (hasControlCharacter(value)) {
    refuse(report, 'VS032', path, { got: value });
    return;
  }
  const problem = headerValueProblem(value);
  if (problem) refuse(report, 'VS033', path, { got: value, problem });
}
