import { textAt, valueAt } from '../../src/gesture/board.ts';
import { isHttp, isTls, parseProtocol } from '../../src/istio/protocol.ts';
import type { FieldSchema } from '../../src/istio/schema/schema.ts';
import type { Json, JsonObject, Path } from '../../src/manifest/source.ts';

/** Fields that are shown though they are not written, by place; every other field can be added. */
const usual: Readonly<Record<string, readonly string[]>> = {
  'spec.servers.*': ['port', 'hosts'],
  'spec.http.*': ['match', 'route'],
  'spec.http.*.retries': ['attempts', 'perTryTimeout', 'retryOn'],
  'spec.http.*.redirect': ['uri', 'authority', 'scheme', 'redirectCode'],
  'spec.http.*.rewrite': ['uri', 'authority'],
  'spec.http.*.delegate': ['name', 'namespace'],
  'spec.http.*.directResponse': ['status', 'body'],
  'spec.http.*.directResponse.body': ['string'],
  'spec.http.*.fault': ['delay', 'abort'],
  'spec.http.*.fault.delay': ['fixedDelay', 'percentage'],
  'spec.http.*.fault.abort': ['httpStatus', 'percentage'],
  'spec.http.*.corsPolicy': ['allowOrigins', 'allowMethods'],
  'spec.tls.*': ['match', 'route'],
  'spec.tls.*.match.*': ['sniHosts', 'port'],
  'spec.tcp.*': ['match', 'route'],
  'spec.tcp.*.match.*': ['port'],
  'spec.subsets.*': ['name', 'labels'],
  'spec.ports.*': ['number', 'name', 'protocol', 'port', 'targetPort'],
};

/** Fields of any destination, and of the root of a kind. */
const always: ReadonlySet<string> = new Set(['destination', 'weight', 'host', 'subset', 'number']);
const rootUsual: Readonly<Record<string, readonly string[]>> = {
  Gateway: ['selector', 'servers'],
  VirtualService: ['hosts', 'gateways', 'http'],
  DestinationRule: ['host', 'subsets'],
  ServiceEntry: ['hosts', 'ports', 'location', 'resolution'],
  Service: ['selector', 'ports', 'type'],
};

/** Where only one of several may be written, the others are not offered as empty fields. */
const actions = ['route', 'redirect', 'directResponse', 'delegate'];

/**
 * Whether a field that is not written has a control all the same. `value` is that of `parent`, a path in `object`.
 */
export function isUsual(
  kind: string,
  parent: Path,
  name: string,
  {
    value,
    object,
    field,
  }: { readonly value: JsonObject; readonly object: JsonObject; readonly field: FieldSchema },
): boolean {
  if (name === 'route' && actions.some((each) => each !== name && Object.hasOwn(value, each))) return false;
  if (field.required === true) return true;
  if (field.deprecated !== undefined) return false;
  if (parent.length === 0) return name === 'metadata' || name === 'spec';
  if (parent.length === 1 && parent[0] === 'metadata') return name === 'name' || name === 'namespace';
  if (parent.length === 1 && parent[0] === 'spec') return rootUsual[kind]?.includes(name) ?? false;
  if (kind === 'Gateway' && parent[1] === 'servers') {
    const usualHere = usualOfServer(valueAt(object, parent.slice(0, 3)) ?? null, parent.slice(3), name);
    if (usualHere !== undefined) return usualHere;
  }
  const place = parent.map((key) => (typeof key === 'number' ? '*' : key)).join('.');
  return (usual[place]?.includes(name) ?? false) || (place.endsWith('destination') && always.has(name));
}

/** TLS where the protocol has it, a certificate where the mode needs one and none is named otherwise, else the redirect to https. */
function usualOfServer(server: Json, path: Path, name: string): boolean | undefined {
  const secure = isTls(parseProtocol(textAt(server, ['port', 'protocol']) ?? ''));
  if (path.length === 0 && name === 'tls')
    return secure || isHttp(parseProtocol(textAt(server, ['port', 'protocol']) ?? ''));
  if (path[0] !== 'tls' || path.length !== 1) return undefined;
  if (!secure) return name === 'httpsRedirect';
  if (name === 'mode') return true;
  const mode = textAt(server, ['tls', 'mode']) ?? 'PASSTHROUGH';
  const own = mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
  const other = ['serverCertificate', 'credentialNames', 'tlsCertificates'].some(
    (each) => valueAt(server, ['tls', each]) !== undefined,
  );
  return name === 'credentialName' && own && !other;
}
