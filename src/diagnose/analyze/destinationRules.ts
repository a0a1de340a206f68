import type { JsonObject } from '../../manifest/source.ts';
import { isSet, mapAt, numberAt, objectAt, objectsAt, textAt, textsAt } from './fields.ts';
import { type AnalyzeMessage, type Inventory, message, wholeOf } from './inventory.ts';
import { findHost, knownHosts } from './knownHosts.ts';
import { type Labels, selects } from './selector.ts';

/** IST0128, IST0129; mirrors `destinationrule.CaCertificateAnalyzer`. */
export function* serverVerification(
  inventory: Pick<Inventory, 'destinationRules'>,
): Generator<AnalyzeMessage> {
  for (const item of inventory.destinationRules) {
    const policy = objectAt(item.spec, 'trafficPolicy');
    const host = textAt(item.spec, 'host');
    const hasSelector = isSet(item.spec, 'workloadSelector');
    if (isUnverified(objectAt(policy, 'tls'), hasSelector)) {
      const mode = textAt(policy, 'tls', 'mode');
      yield message(item, 'IST0128', 'DR050', ['spec', 'trafficPolicy', 'tls'], { host, mode });
    }
    for (const [index, settings] of objectsAt(policy, 'portLevelSettings').entries()) {
      if (!isUnverified(objectAt(settings, 'tls'), hasSelector)) continue;
      const path = ['spec', 'trafficPolicy', 'portLevelSettings', index, 'tls'];
      const params = {
        host,
        mode: textAt(settings, 'tls', 'mode'),
        port: numberAt(settings, 'port', 'number'),
      };
      yield message(item, 'IST0129', 'DR051', path, params);
    }
  }
}

function isUnverified(tls: JsonObject, hasSelector: boolean): boolean {
  const mode = textAt(tls, 'mode');
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return false;
  return textAt(tls, 'caCertificates') === '' && !(textAt(tls, 'credentialName') !== '' && hasSelector);
}

/** IST0174, IST0173; mirrors `destinationrule.PodNotSelectedAnalyzer`, which knows of subsets with one name only the last. */
export function* ruleHosts(
  inventory: Pick<Inventory, 'destinationRules' | 'nodes' | 'pods' | 'serviceEntries' | 'services'>,
): Generator<AnalyzeMessage> {
  const hosts = knownHosts(inventory);
  const podLabels = augmentedLabels(inventory);
  const selected = new Map<string, boolean>();
  for (const item of inventory.destinationRules) {
    const host = textAt(item.spec, 'host');
    const known = findHost(hosts, host, item.namespace, textsAt(item.spec, 'exportTo'));
    if (known === undefined) {
      yield message(item, 'IST0174', 'DR053', ['spec', 'host'], { host });
      continue;
    }
    const subsets = objectsAt(item.spec, 'subsets');
    const last = new Map(subsets.map((subset, index) => [textAt(subset, 'name'), index]));
    for (const [index, subset] of subsets.entries()) {
      if (last.get(textAt(subset, 'name')) !== index) continue;
      const labels = new Map([...known.workloadSelector, ...mapAt(subset, 'labels')]);
      const key = JSON.stringify([...labels]);
      const isSelected = selected.get(key) ?? podLabels.some((pod) => selects(labels, pod));
      selected.set(key, isSelected);
      if (isSelected) continue;
      const params = {
        host,
        subset: textAt(subset, 'name'),
        labels: [...labels].map(([name, value]) => `${name}=${value}`),
      };
      yield message(item, 'IST0173', 'DR052', ['spec', 'subsets', index, 'labels'], params, [
        wholeOf(known.item),
      ]);
    }
  }
}

/** Labels of the pods, with those that istiod adds from the node; mirrors `label.AugmentLabels`. */
function augmentedLabels(inventory: Pick<Inventory, 'nodes' | 'pods'>): readonly Labels[] {
  const nodes = new Map(inventory.nodes.map((node) => [node.name, node.labels]));
  return inventory.pods.map((pod) => {
    const nodeName = textAt(pod.spec, 'nodeName');
    const labels = new Map(pod.labels);
    const node = nodes.get(nodeName);
    const region = node?.get('topology.kubernetes.io/region') ?? '';
    const zone = node?.get('topology.kubernetes.io/zone') ?? '';
    const subzone = node?.get('topology.istio.io/subzone') ?? '';
    if (region !== '') labels.set('topology.kubernetes.io/region', region);
    if (zone !== '') labels.set('topology.kubernetes.io/zone', zone);
    if (zone !== '' && subzone !== '') labels.set('topology.istio.io/subzone', subzone);
    if (nodeName !== '') labels.set('kubernetes.io/hostname', nodeName);
    return labels;
  });
}
