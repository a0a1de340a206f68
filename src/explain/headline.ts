import type { Call } from '../simulate/call.ts';
import type { Tone } from '../simulate/tone.ts';
import type {
  Branch,
  ClosedBecause,
  End,
  FailedBecause,
  HttpAnswer,
  Step,
  Trace,
} from '../simulate/trace.ts';
import { clusterParts } from '../envoy/names.ts';
import { clusterWords, shortHost } from './names.ts';
import { code, phrase, say, strong, type Phrase } from './phrase.ts';

const PASSTHROUGH = 'PassthroughCluster';
const LEAVES = 'Leaves the mesh, to the dialled address';

/** One end in one clear sentence, without a stop. */
export function headlineOf(branch: Branch, tone: Tone, trace: Trace): string {
  const { end } = branch;
  if (tone === 'unknown') return ifExists([hostOf(branch)], end.kind === 'closed');
  switch (end.kind) {
    case 'forwarded':
      return end.cluster === PASSTHROUGH ? LEAVES : `Forwarded to ${clusterWords(end.cluster)}`;
    case 'tcp':
      return end.passthrough
        ? 'Leaves the mesh, to the dialled address'
        : `Forwarded to ${clusterWords(end.cluster)}`;
    case 'redirected':
      return redirectHeadline(end.answer, trace.call);
    case 'responded':
      return respondedHeadline(end.by, end.answer.status);
    case 'failed':
      return failedHeadline(end.because, branch, trace);
    case 'closed':
      return closedHeadline(end.because, branch, trace);
  }
}

function redirectHeadline({ location }: HttpAnswer, call: Call): string {
  if (location === undefined) return 'Redirected';
  const asked = `http://${call.http?.authority ?? ''}${call.http?.path ?? ''}`;
  if (call.tls === undefined && location === asked.replace('http:', 'https:')) return 'Redirected to https';
  return `Redirected to ${location}`;
}

function respondedHeadline(by: 'direct-response' | 'preflight' | 'fault', status: number): string {
  switch (by) {
    case 'direct-response':
      return `Answered by the rule itself: ${status}`;
    case 'preflight':
      return 'Preflight answered, nothing is forwarded';
    case 'fault':
      return `Aborted on purpose: ${status}`;
  }
}

function failedHeadline(because: FailedBecause, branch: Branch, trace: Trace): string {
  switch (because) {
    case 'no-virtual-host':
      return `Not found: no rule is for ${trace.call.http?.authority || 'this host'}`;
    case 'no-route':
      return noRouteHeadline(trace.steps);
    case 'no-scheme':
      return 'Not found: x-forwarded-proto is empty';
    case 'no-cluster':
      return missingHeadline(branch);
    case 'blocked':
      return 'Blocked: the host is not in the registry';
    case 'http-1.0':
      return 'Refused: HTTP/1.0';
    case 'malformed':
      return 'Refused: the request is malformed';
    case 'no-host':
      return 'Refused: the request has no Host';
    case 'bad-path':
      return 'Refused: the path cannot be normalised';
    case 'upgrade-refused':
      return 'Refused: this upgrade is not allowed';
    case 'not-http':
      return 'Refused: the bytes are not HTTP';
    case 'route-config-refused':
      return 'Not found: Envoy refused all routes of this port';
  }
}

function missingHeadline(branch: Branch): string {
  const { destination } = branch;
  const parts = destination === undefined ? undefined : clusterParts(destination.name);
  if (destination?.missing === undefined || parts === undefined) return 'Fails: there is no such destination';
  const host = shortHost(parts.host);
  switch (destination.missing.kind) {
    case 'no-such-port':
      return `Fails: ${host} has no port ${parts.port}`;
    case 'no-such-subset':
      return `Fails: ${host} has no subset ${parts.subset}`;
    case 'host-not-in-paste':
      return `Fails: ${host} does not exist`;
    case 'not-visible':
      return `Fails: ${host} is not visible from here`;
    case 'subset-without-endpoints':
      return `Fails: subset ${parts.subset} of ${host} has no endpoints`;
    case 'external-name':
      return `Fails: ${host} is only an alias`;
    case 'no-endpoints':
      return `Fails: ${host} has no address`;
  }
}

/** The nearest miss says what the request lacks. */
function noRouteHeadline(steps: readonly Step[]): string {
  const nearest = steps.find((step) => step.kind === 'route')?.passedOver[0];
  if (nearest?.because.kind === 'path-differs') return 'Not found: no rule takes this path';
  return 'Not found: no rule takes this request';
}

function closedHeadline(because: ClosedBecause, branch: Branch, trace: Trace): string {
  switch (because) {
    case 'no-listener':
      return `Nothing listens on port ${trace.call.port}`;
    case 'no-filter-chain':
      return trace.call.tls === undefined
        ? 'Closed: no server here takes plain text'
        : trace.call.tls.sni === null
          ? 'Closed: no server takes a call without SNI'
          : 'Closed: nothing takes this SNI';
    case 'client-certificate-required':
      return 'Refused: the client shows no certificate';
    case 'tls-version-refused':
      return 'Refused: no TLS version in common';
    case 'plaintext-to-tls':
      return 'Closed: plain text to a TLS port';
    case 'tls-to-plaintext':
      return 'Closed: TLS to a plain-text port';
    case 'not-http':
      return 'Closed: the bytes are not HTTP';
    case 'malformed':
      return 'Closed: not allowed over HTTP/2';
    case 'no-cluster':
      return missingHeadline(branch).replace(/^Fails/, 'Closed');
    case 'blackhole':
      return 'Blocked: the address is not in the registry';
  }
}

/** What the client sees, and Envoy's words for it. */
export function detailOf(branch: Branch, tone: Tone, trace: Trace): Phrase {
  const { end } = branch;
  if (tone === 'unknown') {
    return say`${hostOf(branch)} is not in this paste; without it Envoy logs ${'NC cluster_not_found'}.`;
  }
  switch (end.kind) {
    case 'forwarded':
    case 'tcp':
      return logWords(end);
    case 'redirected':
      return phrase(strong(String(end.answer.status)), ' to ', code(end.answer.location ?? ''));
    case 'responded':
    case 'failed':
      return phrase(answerWords(end, trace), ', answered by Envoy itself');
    case 'closed':
      return closedDetail(end);
  }
}

/** What becomes of a request that is forwarded. */
export function logWords(end: End): Phrase {
  if (end.kind === 'forwarded') {
    return say`The destination answers; Envoy logs ${end.answer.details}.`;
  }
  if (end.kind === 'tcp') return phrase('Bytes go on as they come, both ways.');
  return [];
}

/** `503 NC cluster_not_found`: status, flags and details as Envoy logs them. */
export function answerWords(end: End, trace: Trace): Phrase {
  switch (end.kind) {
    case 'failed':
    case 'responded':
    case 'redirected':
    case 'forwarded': {
      const { status, flags, details } = end.answer;
      return phrase(
        strong(String(status)),
        '\u00a0',
        code(flags === undefined ? details : `${flags} ${details}`),
      );
    }
    case 'closed':
      return closedDetail(end);
    case 'tcp':
      return [trace.call.http === undefined ? 'their bytes forwarded' : 'forwarded'];
  }
}

function closedDetail(end: End & { readonly kind: 'closed' }): Phrase {
  const { because, flags, details } = end;
  switch (because) {
    case 'no-listener':
      return phrase('The client sees ', strong('connection refused'), '; Envoy logs nothing.');
    case 'no-filter-chain':
      return say`The connection is closed, ${'NR filter_chain_not_found'}; there is no HTTP answer.`;
    case 'client-certificate-required':
    case 'tls-version-refused':
    case 'plaintext-to-tls':
    case 'tls-to-plaintext':
      return phrase('The TLS handshake fails; there is no HTTP answer.');
    case 'not-http':
      return say`Envoy closes the connection, ${'DPE http1.codec_error'}.`;
    case 'malformed':
      return say`Envoy closes the connection, ${`${flags} ${details}`}.`;
    case 'no-cluster':
      return say`Envoy closes the connection, ${`${flags ?? 'NC'} cluster_not_found`}.`;
    case 'blackhole':
      return say`Envoy closes the connection, ${`${flags ?? 'UH'} BlackHoleCluster`}.`;
  }
}

/** For what the paste does not hold: calm, and both ways in one sentence. `closes`: there is no HTTP answer. */
export function ifExists(hosts: readonly string[], closes: boolean): string {
  return `Forwarded, if ${andWords(hosts)} ${hosts.length > 1 ? 'exist' : 'exists'}; otherwise ${closes ? 'closed' : '503 NC'}`;
}

/** Up to three names with commas and `and`; more are counted. */
export function andWords(words: readonly string[]): string {
  const distinct = [...new Set(words)];
  const last = distinct.at(-1);
  if (distinct.length < 2 || last === undefined) return distinct.join('');
  if (distinct.length > 3) return `${distinct.length} destinations`;
  return `${distinct.slice(0, -1).join(', ')} and ${last}`;
}

/** The host that a branch goes to, as people call it. */
export function hostOf(branch: Branch): string {
  const name = branch.destination?.name ?? clusterOf(branch.end) ?? '';
  const parts = clusterParts(name);
  return parts === undefined ? name : shortHost(parts.host);
}

function clusterOf(end: End): string | undefined {
  return end.kind === 'forwarded' || end.kind === 'tcp' || end.kind === 'closed' ? end.cluster : undefined;
}
