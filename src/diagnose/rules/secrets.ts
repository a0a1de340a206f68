import type { MeshIndex } from '../../compile/compile.ts';
import type { ProxyConfig } from '../../compile/compiled.ts';
import { selects } from '../../compile/gatewayContext.ts';
import { withoutNamespace } from '../../compile/gatewayServer.ts';
import { certificateFault, certificateNames, secretCertificate } from '../analyze/certificate.ts';
import { fitsCertificate } from '../analyze/keyPair.ts';
import { objectAt, textAt } from '../analyze/fields.ts';
import { wholeOf, type Inventory, type Item } from '../analyze/inventory.ts';
import type { Gateway, Server } from '../../istio/types.ts';
import type { SourceRef } from '../../manifest/source.ts';
import type { Draft } from '../draft.ts';

interface Secrets {
  readonly byFullName: ReadonlyMap<string, Item>;
  readonly byName: ReadonlyMap<string, readonly Item[]>;
}

/** The Secrets that gateways and rules name, where the paste shows Secrets and in which namespace the gateway's pods are. */
export function* gatewaySecrets(
  configs: readonly ProxyConfig[],
  index: MeshIndex,
  inventory: Inventory,
): Generator<Draft> {
  const { secrets: items } = inventory;
  const byName = new Map<string, Item[]>();
  for (const item of items) byName.set(item.name, [...(byName.get(item.name) ?? []), item]);
  const secrets = { byFullName: new Map(items.map((item) => [item.fullName, item])), byName };
  const seen = new Set<string>();
  for (const { proxy } of configs) {
    if (proxy.assumed) continue;
    for (const gateway of index.mesh.gateways) {
      if (
        !selects(gateway, proxy.labels) ||
        seen.has(`${proxy.namespace} ${gateway.namespace}/${gateway.name}`)
      )
        continue;
      seen.add(`${proxy.namespace} ${gateway.namespace}/${gateway.name}`);
      for (const [place, server] of (gateway.spec.servers ?? []).entries()) {
        yield* serverSecrets(gateway, server, place, proxy.namespace, secrets);
      }
    }
  }
  for (const secret of items) yield* keysOf(secret);
}

/** REF211, REF212, REF213, REF214, REF215. */
function* serverSecrets(
  gateway: Gateway,
  server: Server,
  place: number,
  namespace: string,
  secrets: Secrets,
): Generator<Draft> {
  const { tls } = server;
  if (!tls) return;
  const path = ['spec', 'servers', place];
  const at = (...rest: (string | number)[]): SourceRef => ({ object: gateway.at, path: [...path, ...rest] });
  const named =
    tls.credentialName === undefined ? [] : [{ name: tls.credentialName, at: at('tls', 'credentialName') }];
  const listed = (tls.credentialNames ?? []).map((name, index) => ({
    name,
    at: at('tls', 'credentialNames', index),
  }));
  const authority =
    tls.caCertCredentialName === undefined
      ? []
      : [{ name: tls.caCertCredentialName, at: at('tls', 'caCertCredentialName') }];
  for (const { name, at: where } of [...named, ...listed, ...authority]) {
    const bare = name.replace(/^kubernetes:\/\//, '');
    const prefix = bare.includes('/') ? bare.slice(0, bare.indexOf('/')) : namespace;
    if (prefix !== namespace) {
      yield { code: 'REF212', at: where, params: { secret: name, namespace } };
      continue;
    }
    const short = bare.slice(bare.indexOf('/') + 1);
    const secret = secrets.byFullName.get(`${namespace}/${short}`);
    if (secret) continue;
    const [elsewhere] = secrets.byName.get(short) ?? [];
    if (elsewhere) {
      yield {
        code: 'REF211',
        at: where,
        others: [wholeOf(elsewhere)],
        params: { secret: short, found: elsewhere.namespace, namespace },
      };
    } else if (secrets.byName.size > 0 && !named.some((each) => each.at === where)) {
      yield { code: 'REF215', at: where, params: { secret: short, namespace } };
    }
  }
  const first = tls.credentialName ?? tls.credentialNames?.[0];
  const secret = first === undefined ? undefined : secrets.byFullName.get(`${namespace}/${first}`);
  if (first === undefined || !secret) return;
  if ((tls.mode === 'MUTUAL' || tls.mode === 'OPTIONAL_MUTUAL') && tls.caCertCredentialName === undefined) {
    const companion = secrets.byFullName.get(`${namespace}/${first}-cacert`);
    if (!hasAuthority(secret) && !(companion && hasAuthority(companion))) {
      yield {
        code: 'REF214',
        at: at('tls', tls.credentialName === undefined ? 'credentialNames' : 'credentialName'),
        others: [wholeOf(secret)],
        params: { secret: first, mode: tls.mode },
      };
    }
  }
  if (tls.credentialName === undefined) return;
  const certificate = secretCertificate(secret.value);
  if (certificateFault(certificate) !== undefined || typeof certificate === 'string') return;
  const names = certificateNames(certificate.pem);
  if (names.length === 0) return;
  for (const [index, host] of (server.hosts ?? []).entries()) {
    const bare = withoutNamespace(host).replace(/^\.\//, '');
    if (bare === '*' || names.some((name) => isCovered(bare.toLowerCase(), name.toLowerCase()))) continue;
    yield {
      code: 'REF213',
      at: at('hosts', index),
      others: [wholeOf(secret)],
      params: { host: bare, secret: first, names },
    };
  }
}

/** A star in a certificate stands for one label. */
function isCovered(host: string, name: string): boolean {
  if (host === name) return true;
  return name.startsWith('*.') && host.includes('.') && host.slice(host.indexOf('.')) === name.slice(1);
}

function hasAuthority({ value }: Item): boolean {
  return ['cacert', 'ca.crt'].some(
    (key) => textAt(value, 'data', key) !== '' || textAt(value, 'stringData', key) !== '',
  );
}

function hasOtherKey({ value }: Item): boolean {
  const pair = secretCertificate(value);
  return typeof pair === 'object' && fitsCertificate(pair) === false;
}

/** REF216: keys of a Secret that do not go together. */
function* keysOf(secret: Item): Generator<Draft> {
  const keys = new Set([
    ...Object.keys(objectAt(secret.value, 'data')),
    ...Object.keys(objectAt(secret.value, 'stringData')),
  ]);
  const isTls = textAt(secret.value, 'type') === 'kubernetes.io/tls';
  const problem =
    isTls && (!keys.has('tls.crt') || !keys.has('tls.key'))
      ? 'tls-key-missing'
      : keys.has('cert') && keys.has('key') && keys.has('tls.crt') && keys.has('tls.key')
        ? 'both-styles'
        : hasOtherKey(secret)
          ? 'other-key'
          : undefined;
  if (problem !== undefined)
    yield { code: 'REF216', at: wholeOf(secret), params: { secret: secret.name, problem } };
}
