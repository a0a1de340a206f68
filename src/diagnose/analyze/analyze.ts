import { misusedAnnotations } from './annotations.ts';
import { ruleHosts, serverVerification } from './destinationRules.ts';
import { conflictingGateways, gatewayPorts, gatewaySecrets, sharedCertificates } from './gateways.ts';
import { type AnalyzedObject, type AnalyzeMessage, buildInventory, type Inventory } from './inventory.ts';
import { policyNamespaces, sidecarSelectors } from './otherKinds.ts';
import { entryAddresses, entryProtocols } from './serviceEntries.ts';
import { deprecatedKinds, portNames, sharedDeployments, waypointConditions } from './services.ts';
import { summaryOf } from './summary.ts';
import {
  boundGateways,
  claimRoutes,
  deprecatedDelays,
  destinationHosts,
  destinationSubsets,
  ingressSubsets,
  meshHosts,
} from './virtualServices.ts';

const UNREACHABLE: ReadonlyMap<string, string> = new Map([
  ['VS086', 'IST0130'],
  ['VS087', 'IST0130'],
  ['VS088', 'IST0130'],
  ['VS089', 'IST0131'],
  ['VS090', 'IST0131'],
]);

/**
 * What `istioctl analyze` says when all objects are in a cluster and nothing else is: the messages of the analyzers that look at these kinds,
 * without those that repeat the webhook's verdict (IST0106, IST0133). Refused objects are analysed like the others. `now` in milliseconds
 * since 1970 judges the age of certificates; without it none is too old.
 */
export function analyzeCodes(objects: readonly AnalyzedObject[], now?: number): readonly AnalyzeMessage[] {
  return analyzeInventory(buildInventory(objects), now);
}

/** The same of objects that have been sorted already. */
export function analyzeInventory(inventory: Inventory, now?: number): readonly AnalyzeMessage[] {
  const messages = [
    ...aroundVirtualServices.flatMap((analyzer) => analyzer(inventory)),
    ...gatewaySecrets(inventory, now),
    ...meshHosts(inventory),
    ...destinationHosts(inventory),
    ...ingressSubsets(inventory),
    ...destinationSubsets(inventory),
    ...boundGateways(inventory),
    ...claimRoutes(inventory),
    ...deprecatedDelays(inventory),
    ...unreachableRules(inventory),
  ];
  const suppressed = suppressionsOf(inventory);
  return suppressed.size === 0 ? messages : messages.filter((each) => !isSuppressed(each, suppressed));
}

/** Analyzers that an edit of a VirtualService does not concern. */
const aroundVirtualServices = [
  reading(['deployments', 'namespaces', 'pods', 'services'], misusedAnnotations),
  reading(['serviceEntries', 'services'], waypointConditions),
  reading(['deployments', 'namespaces', 'services'], sharedDeployments),
  reading(['destinationRules'], serverVerification),
  reading(['destinationRules', 'nodes', 'pods', 'serviceEntries', 'services'], ruleHosts),
  reading(['customResourceDefinitions', 'sidecars'], deprecatedKinds),
  reading(['gateways', 'pods', 'services'], gatewayPorts),
  reading(['gateways'], sharedCertificates),
  reading(['gateways', 'pods'], conflictingGateways),
  reading(['services'], portNames),
  reading(['serviceEntries'], entryAddresses),
  reading(['serviceEntries'], entryProtocols),
  reading(['pods', 'sidecars'], sidecarSelectors),
  reading(['authorizationPolicies', 'namespaces'], policyNamespaces),
];

/** The analyzer, run again when one of the collections that it reads is another than the time before. */
function reading<Read extends keyof Inventory>(
  collections: readonly Read[],
  analyzer: (inventory: Pick<Inventory, Read>) => Iterable<AnalyzeMessage>,
): (inventory: Inventory) => readonly AnalyzeMessage[] {
  let last: { readonly of: Inventory; readonly messages: readonly AnalyzeMessage[] } | undefined;
  return (inventory) => {
    if (!last || collections.some((collection) => last?.of[collection] !== inventory[collection]))
      last = { of: inventory, messages: [...analyzer(inventory)] };
    return last.messages;
  };
}

/** IST0130, IST0131: two of the webhook's warnings that have codes of their own, also of objects that it refuses for something else. */
function* unreachableRules(inventory: Inventory): Generator<AnalyzeMessage> {
  for (const item of inventory.virtualServices) {
    for (const { code, path, params = {} } of summaryOf(item.spec).unreachable) {
      const ist = UNREACHABLE.get(code);
      if (ist !== undefined) yield { ist, code, at: { object: item.ref, path }, params };
    }
  }
}

/** Codes that the annotation `galley.istio.io/analyze-suppress` switches off, by object. */
function suppressionsOf(inventory: Inventory): ReadonlyMap<object, readonly string[]> {
  const result = new Map<object, readonly string[]>();
  for (const items of Object.values(inventory)) {
    for (const item of items) {
      const text = item.annotations.get('galley.istio.io/analyze-suppress');
      if (text !== undefined && text !== '') result.set(item.ref, text.split(','));
    }
  }
  return result;
}

function isSuppressed(message: AnalyzeMessage, suppressed: ReadonlyMap<object, readonly string[]>): boolean {
  const codes = suppressed.get(message.at.object) ?? [];
  return codes.includes('*') || codes.includes(message.ist);
}
