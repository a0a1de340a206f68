import type { Exclusion, Rejection } from '../compile/decisions.ts';
import type { ReasonRow } from '../graph/graph.ts';
import { placePhrase } from './names.ts';
import { phrase, say, type Phrase } from './phrase.ts';

/** A few words for the row of a graph. */
export function lossWords(loss: ReasonRow['because']): string {
  switch (loss.kind) {
    case 'refused':
      return 'refused by validation';
    case 'not-in-paste':
      return 'not in this paste';
    case 'port-conflict':
      return 'port taken';
    case 'duplicate-tls-host':
      return 'host taken';
    case 'duplicate-route-config':
      return 'route name taken';
    case 'refused-listener':
      return 'refused by Envoy';
    case 'host-list-panics':
      return 'host list unreadable';
    case 'selector-misses':
      return 'for other pods';
    case 'gateway-not-found':
      return 'no such gateway';
    case 'not-bound-to-gateway':
      return 'bound to no gateway';
    case 'not-bound-to-mesh':
      return 'not bound to the mesh';
    case 'not-exported':
      return 'not exported here';
    case 'hosts-disjoint':
      return 'no host in common';
    case 'namespace-not-allowed':
      return 'namespace not allowed';
    case 'wrong-section':
      return `no ${loss.section} rules read here`;
    case 'port-differs':
      return `opens ${loss.port}, not ${loss.wanted}`;
    case 'gateway-differs':
      return 'for another gateway';
    case 'source-differs':
      return 'for other sources';
    case 'after-catch-all':
      return 'never reached';
    case 'moved-behind':
      return 'moved to the end';
    case 'repeated-sni':
      return 'SNI taken';
    case 'tcp-route-taken':
      return 'an earlier rule counts';
    case 'server-without-route':
      return 'no route, not opened';
    case 'host-taken':
      return 'host taken';
    case 'delegate-not-found':
      return 'no such delegate';
    case 'delegate-not-exported':
      return 'delegate not exported';
    case 'delegate-conflict':
      return 'conflicts with its delegate';
    case 'delegate-unreferenced':
      return 'nobody delegates to it';
    case 'destination-rule-shadowed':
      return 'another rule counts';
    case 'service-shadowed':
      return 'another service counts';
    case 'not-imported':
      return 'not imported here';
    case 'listener-taken':
      return 'listener taken';
  }
}

/** Why a whole node takes no part, as a sentence. */
export function reasonSays(because: ReasonRow['because']): Phrase {
  switch (because.kind) {
    case 'refused':
      return phrase('Istio’s validation refuses it, so it takes no part.');
    case 'not-in-paste':
      return phrase('It is not in this paste.');
    default:
      return lossSays(because);
  }
}

/** The same as a sentence, with both sides. */
export function lossSays(loss: Exclusion | Rejection): Phrase {
  const by = 'by' in loss ? (placePhrase(loss.by) ?? ['another object']) : ['another object'];
  switch (loss.kind) {
    case 'port-conflict':
      return say`Port ${loss.port} already speaks ${loss.other} for ${by}; ${loss.protocol} cannot share it.`;
    case 'duplicate-tls-host':
      return say`${loss.host} is taken on port ${loss.port} by ${by}.`;
    case 'duplicate-route-config':
      return say`Its routes would be called ${loss.name}, as those of ${by} are.`;
    case 'refused-listener':
      return say`Envoy refuses the listener ${loss.listener}.`;
    case 'host-list-panics':
      return phrase('Istio fails on this list of hosts.');
    case 'selector-misses':
      return phrase('Its selector does not choose the workload that is looked at.');
    case 'gateway-not-found':
      return say`There is no gateway ${loss.gateway} in this paste.`;
    case 'not-bound-to-gateway':
      return phrase('It is bound to no gateway, only to the mesh.');
    case 'not-bound-to-mesh':
      return say`It is bound to gateways only; ${{ code: 'mesh' }} is not among them.`;
    case 'not-exported':
      return say`It is not exported to the namespace ${loss.namespace}.`;
    case 'hosts-disjoint':
      return say`It has no host in common with ${by}.`;
    case 'namespace-not-allowed':
      return say`${by} takes no virtual service of this namespace.`;
    case 'wrong-section':
      return say`${by} does not read ${loss.section} rules.`;
    case 'port-differs':
      return say`It wants port ${loss.wanted}; the gateway opens ${loss.port}.`;
    case 'gateway-differs':
      return say`It is for the gateway ${loss.gateway} only.`;
    case 'source-differs':
      return say`Its ${loss.field} never hold at a gateway or for this workload.`;
    case 'after-catch-all':
      return say`${by} takes everything before it.`;
    case 'moved-behind':
      return phrase('It takes everything, so Istio moves it behind the others.');
    case 'repeated-sni':
      return say`SNI ${loss.name} is taken by ${by}.`;
    case 'tcp-route-taken':
      return say`Only the first rule that fits counts: ${by}.`;
    case 'server-without-route':
      return phrase('No rule reaches it, so its port is not opened.');
    case 'host-taken':
      return say`${loss.host} belongs to ${by}.`;
    case 'delegate-not-found':
      return say`There is no virtual service ${loss.delegate} in this paste.`;
    case 'delegate-not-exported':
      return say`${loss.delegate} is not exported to this namespace.`;
    case 'delegate-conflict':
      return say`Its ${loss.field} cannot be joined with that of ${by}.`;
    case 'delegate-unreferenced':
      return phrase('It has no hosts, and no rule delegates to it.');
    case 'destination-rule-shadowed':
      return say`${by} counts instead.`;
    case 'service-shadowed':
      return say`For ${loss.host} ${by} counts instead.`;
    case 'listener-taken':
      return say`The listener ${loss.listener} belongs to ${by}.`;
    case 'not-imported':
      return phrase('The workload’s Sidecar does not import it.');
  }
}
