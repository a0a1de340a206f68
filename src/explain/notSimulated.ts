import type { SourceRef } from '../manifest/source.ts';
import { placePhrase } from './names.ts';
import { phrase, type Phrase } from './phrase.ts';

/** What each thing that Gatehouse does not simulate could change, as the end of a sentence. */
const CONSEQUENCES: ReadonlyMap<string, readonly [name: string, consequence: string]> = new Map([
  ['jwt-claims', ['claims of a JWT', 'rules that ask for one are taken not to match']],
  ['envoy-filter', ['EnvoyFilter', 'it may change anything in what Envoy gets']],
  ['wasm-plugin', ['WasmPlugin', 'it may answer or change the request']],
  ['authorization-policy', ['AuthorizationPolicy', 'it may deny the request']],
  ['request-authentication', ['RequestAuthentication', 'it may refuse a token']],
  ['peer-authentication', ['PeerAuthentication', 'it may want mutual TLS at the destination']],
  ['gateway-api', ['the Gateway API', 'its routes are not read']],
  ['sidecar-http-proxy', ['HTTP_PROXY in a Sidecar', 'what is sent to its port may take other routes']],
  ['unix-socket', ['a listener on a Unix socket', 'calls to it are not followed']],
  ['dynamic-dns', ['ALLOW_ANY_DYNAMIC_DNS', 'unknown hosts are taken to go to the dialled address']],
  ['client-address', ['the client’s address', 'a condition on it is judged by what the client itself sends']],
  ['proxy-config', ['ProxyConfig', 'it may change how the proxy treats the client']],
  ['ingress', ['Kubernetes Ingress', 'its rules are not read']],
  ['format-command', ['a command in a header value', 'its value is not known before the request']],
]);

/** One sentence on something that decides and is not simulated, with its place. */
export function notSimulatedSays(what: string, at: readonly SourceRef[]): Phrase {
  const [name, consequence] = CONSEQUENCES.get(what) ?? [what, 'it may change the answer'];
  const place = placePhrase(at);
  return phrase(
    'Not simulated: ',
    name,
    place === undefined ? '' : phrase(' (', place, ')'),
    `; ${consequence}.`,
  );
}
