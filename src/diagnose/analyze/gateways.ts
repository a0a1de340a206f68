import type { JsonObject } from '../../manifest/source.ts';
import { isSet, mapAt, numberAt, objectsAt, textAt, textsAt, valueAt } from './fields.ts';
import { certificateFault, secretCertificate } from './certificate.ts';
import { type AnalyzeMessage, fullNameOf, type Inventory, type Item, message, wholeOf } from './inventory.ts';
import { type Labels, selects, selectorText } from './selector.ts';

/** IST0101 (selector), IST0162; mirrors `gateway.IngressGatewayPortAnalyzer`. */
export function* gatewayPorts(
  inventory: Pick<Inventory, 'gateways' | 'pods' | 'services'>,
): Generator<AnalyzeMessage> {
  const offered = new Map<string, ReadonlySet<number> | undefined>();
  for (const gateway of inventory.gateways) {
    const selector = mapAt(gateway.spec, 'selector');
    const text = selectorText(selector);
    const ports = offered.has(text) ? offered.get(text) : offeredPorts(inventory, selector);
    offered.set(text, ports);
    if (ports === undefined) {
      yield message(gateway, 'IST0101', 'REF001', ['spec', 'selector'], { selector: text });
      continue;
    }
    for (const [index, server] of objectsAt(gateway.spec, 'servers').entries()) {
      const port = numberAt(server, 'port', 'number');
      if (!isSet(server, 'port') || ports.has(port)) continue;
      const path = ['spec', 'servers', index, 'port', 'number'];
      yield message(gateway, 'IST0162', 'GW042', path, { port, selector: text });
    }
  }
}

/** Ports that Services of the selected pods offer, or the pods listen on behind them; undefined if no pod is selected. */
function offeredPorts(
  inventory: Pick<Inventory, 'pods' | 'services'>,
  selector: Labels,
): ReadonlySet<number> | undefined {
  const pods = inventory.pods.filter((pod) => selects(selector, pod.labels));
  if (pods.length === 0) return undefined;
  const ports = new Set<number>();
  for (const service of inventory.services) {
    const serviceSelector = mapAt(service.spec, 'selector');
    if (!pods.some((pod) => pod.namespace === service.namespace && selects(serviceSelector, pod.labels)))
      continue;
    for (const port of objectsAt(service.spec, 'ports')) {
      if ((textAt(port, 'protocol') || 'TCP') !== 'TCP') continue;
      ports.add(numberAt(port, 'port'));
      const target = targetPortNumber(port);
      if (target !== 0) ports.add(target);
    }
  }
  return ports;
}

/** 0 for a name; the API server fills in `port` where none is written. */
function targetPortNumber(port: JsonObject): number {
  const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
  if (typeof target === 'number') return target;
  return typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : 0;
}

/**
 * IST0101 (credentialName), IST0161; mirrors `gateway.SecretAnalyzer`. The Secret is looked for where the first selected pod is. `now` is in
 * milliseconds since 1970; without it no certificate is too old.
 */
export function* gatewaySecrets(
  inventory: Pick<Inventory, 'gateways' | 'pods' | 'secrets'>,
  now?: number,
): Generator<AnalyzeMessage> {
  const secrets = new Map(inventory.secrets.map((secret) => [secret.fullName, secret]));
  const pods = new Map<string, Item | undefined>();
  for (const gateway of inventory.gateways) {
    const selector = mapAt(gateway.spec, 'selector');
    const text = selectorText(selector);
    if (!pods.has(text))
      pods.set(
        text,
        inventory.pods.find((each) => selects(selector, each.labels)),
      );
    const pod = pods.get(text);
    if (pod === undefined) continue;
    for (const [index, server] of objectsAt(gateway.spec, 'servers').entries()) {
      const name = textAt(server, 'tls', 'credentialName');
      if (name === '') continue;
      const path = ['spec', 'servers', index, 'tls', 'credentialName'];
      const secret = secrets.get(fullNameOf(name, pod.namespace));
      if (secret === undefined) {
        yield message(gateway, 'IST0101', 'REF002', path, { secret: name, namespace: pod.namespace });
        continue;
      }
      const fault = certificateFault(secretCertificate(secret.value), now);
      if (fault === undefined) continue;
      const params = { secret: name, namespace: secret.namespace, reason: fault };
      yield message(gateway, 'IST0161', 'REF003', path, params, [wholeOf(secret)]);
    }
  }
}

/** IST0138; mirrors `gateway.CertificateAnalyzer`. */
export function* sharedCertificates(inventory: Pick<Inventory, 'gateways'>): Generator<AnalyzeMessage> {
  const users = new Map<string, Item[]>();
  for (const gateway of inventory.gateways) {
    for (const certificate of certificatesOf(gateway)) {
      const list = users.get(certificate);
      if (list === undefined) users.set(certificate, [gateway]);
      else list.push(gateway);
    }
  }
  const selectors = new Map(inventory.gateways.map((gateway) => [gateway, mapAt(gateway.spec, 'selector')]));
  for (const gateway of inventory.gateways) {
    const selector = selectors.get(gateway) ?? new Map<string, string>();
    for (const certificate of certificatesOf(gateway)) {
      const other = (users.get(certificate) ?? []).find(
        (each) => each !== gateway && selects(selector, selectors.get(each) ?? new Map<string, string>()),
      );
      if (other === undefined) continue;
      const params = {
        gateway: other.fullName,
        certificate: certificate.replace(/^(?:secret|file) /, '').split('\n')[0] ?? '',
      };
      yield message(gateway, 'IST0138', 'GW041', ['metadata', 'name'], params, [wholeOf(other)]);
      break;
    }
  }
}

/** What the servers present, each once: the Secret, or both files. */
function certificatesOf(gateway: Item): ReadonlySet<string> {
  const result = new Set<string>();
  for (const server of objectsAt(gateway.spec, 'servers')) {
    const secret = textAt(server, 'tls', 'credentialName');
    const certificate = textAt(server, 'tls', 'serverCertificate');
    const key = textAt(server, 'tls', 'privateKey');
    if (secret !== '') result.add(`secret ${secret}`);
    else if (certificate !== '' && key !== '') result.add(`file ${certificate}\n${key}`);
  }
  return result;
}

interface ServedPort {
  readonly gateway: Item;
  /** `bind` by host, of the last server of the gateway on the port: only that one is remembered. */
  readonly binds: ReadonlyMap<string, string>;
}

/**
 * IST0145, and IST0101 (selector) if no server of any gateway stands for the selector's pods, as of a lone gateway without servers; mirrors
 * `gateway.ConflictingGatewayAnalyzer`. That adds the hosts of a server to those of each other gateway that has none of them, so two servers of
 * a gateway with one host conflict as soon as another gateway has the port; what depends on the order of the gateways is left out.
 */
export function* conflictingGateways(
  inventory: Pick<Inventory, 'gateways' | 'pods'>,
): Generator<AnalyzeMessage> {
  const selectors = new Map<string, Labels>();
  const served = new Map<string, Map<string, ServedPort>>();
  const withServers = new Set<string>();
  for (const gateway of inventory.gateways) {
    const selector = mapAt(gateway.spec, 'selector');
    const text = selectorText(selector);
    selectors.set(text, selector);
    for (const server of objectsAt(gateway.spec, 'servers')) {
      withServers.add(text);
      const key = `${text}~${numberAt(server, 'port', 'number')}`;
      const ports = served.get(key) ?? new Map<string, ServedPort>();
      const bind = textAt(server, 'bind');
      ports.set(gateway.fullName, {
        gateway,
        binds: new Map(textsAt(server, 'hosts').map((host) => [host, bind])),
      });
      served.set(key, ports);
    }
  }
  const indexes = new Map<string, ReadonlyMap<string, ReadonlySet<Item>>>();
  const sameWorkload = new Map<string, readonly string[]>();
  for (const gateway of inventory.gateways) {
    const text = selectorText(mapAt(gateway.spec, 'selector'));
    const others = sameWorkload.get(text) ?? selectorsOfSamePods(text, selectors, inventory.pods);
    sameWorkload.set(text, others);
    if (text !== '' && !others.some((other) => withServers.has(other))) {
      yield message(gateway, 'IST0101', 'REF001', ['spec', 'selector'], { selector: text });
      continue;
    }
    const servers = objectsAt(gateway.spec, 'servers');
    for (const [index, server] of servers.entries()) {
      const port = numberAt(server, 'port', 'number');
      const found = new Map<Item, string>();
      for (const other of others) {
        const key = `${other}~${port}`;
        const byHost = indexes.get(key) ?? indexByHost(served.get(key));
        indexes.set(key, byHost);
        for (const host of textsAt(server, 'hosts')) {
          for (const each of byHost.get(`${textAt(server, 'bind')} ${host}`) ?? []) {
            if (each !== gateway && !found.has(each)) found.set(each, host);
            if (found.size > 3) break;
          }
        }
      }
      if (found.size === 0) {
        const repeated = repeatedHost(servers.slice(0, index), server);
        const neighbour = repeated === undefined ? undefined : neighbourOf(gateway, others, port, served);
        if (repeated !== undefined && neighbour !== undefined) found.set(neighbour, repeated);
      }
      const [first] = found;
      if (first === undefined) continue;
      const params = { gateway: first[0].fullName, host: first[1], port };
      yield message(
        gateway,
        'IST0145',
        'GW040',
        ['spec', 'servers', index],
        params,
        [...found.keys()].map(wholeOf),
      );
    }
  }
}

/** A host of the server that one of the earlier ones has too, on the same port and bind. */
function repeatedHost(earlier: readonly JsonObject[], server: JsonObject): string | undefined {
  const port = numberAt(server, 'port', 'number');
  const bind = textAt(server, 'bind');
  const known = new Set(
    earlier
      .filter((each) => numberAt(each, 'port', 'number') === port && textAt(each, 'bind') === bind)
      .flatMap((each) => textsAt(each, 'hosts')),
  );
  return textsAt(server, 'hosts').find((host) => known.has(host));
}

/** Another gateway of the same pods with a server on the port. */
function neighbourOf(
  gateway: Item,
  selectors: readonly string[],
  port: number,
  served: ReadonlyMap<string, ReadonlyMap<string, ServedPort>>,
): Item | undefined {
  for (const selector of selectors) {
    for (const each of served.get(`${selector}~${port}`)?.values() ?? [])
      if (each.gateway !== gateway) return each.gateway;
  }
  return undefined;
}

function indexByHost(
  ports: ReadonlyMap<string, ServedPort> | undefined,
): ReadonlyMap<string, ReadonlySet<Item>> {
  const result = new Map<string, Set<Item>>();
  for (const { gateway, binds } of ports?.values() ?? []) {
    for (const [host, bind] of binds) {
      const key = `${bind} ${host}`;
      const items = result.get(key);
      if (items === undefined) result.set(key, new Set([gateway]));
      else items.add(gateway);
    }
  }
  return result;
}

/** Selectors with the same text, and those that contain it or are contained in it and take one pod in common. */
function selectorsOfSamePods(
  text: string,
  selectors: ReadonlyMap<string, Labels>,
  pods: readonly Item[],
): readonly string[] {
  const own = selectors.get(text) ?? new Map<string, string>();
  return [...selectors]
    .filter(([other, selector]) => {
      if (other === text) return true;
      if (!other.includes(text) && !text.includes(other)) return false;
      return pods.some((pod) => selects(own, pod.labels) && selects(selector, pod.labels));
    })
    .map(([other]) => other);
}
