import type { Gesture, RulePlan } from '../gesture/gesture.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import { templateWords } from './templates.ts';

/** What a gesture does, as the label of its step of undo: `add a server to my-gateway`. Starts small, so that it can follow `Undo:`. */
export function labelGesture(gesture: Gesture): string {
  switch (gesture.kind) {
    case 'create-gateway':
      return `add gateway ${gesture.name ?? ''}`.trim();
    case 'create-server':
      return `add ${serverWords(gesture.server)} to ${gesture.gateway.name}`;
    case 'create-virtual-service':
      return gesture.gateway === undefined
        ? 'add a delegate'
        : `add a virtual service to ${gesture.gateway.name}`;
    case 'create-rule':
      return `add ${ruleWords(gesture.rule)} to ${gesture.virtualService.name}`;
    case 'create-match':
      return `add a condition to ${placeName(gesture.rule)}`;
    case 'create-destination':
      return `add destination ${gesture.destination.host} to ${placeName(gesture.rule)}`;
    case 'create-destination-rule':
      return `add a destination rule for ${gesture.host}`;
    case 'create-subset':
      return `add subset ${gesture.subset?.name ?? ''} to ${gesture.destinationRule.name}`.replace('  ', ' ');
    case 'create-service-entry':
      return `add a service entry for ${gesture.host}`;
    case 'create-service':
      return `add service ${gesture.name}`;
    case 'use-template':
      return `add ${templateWords[gesture.template].title.toLowerCase()}`;
    case 'set':
      return gesture.value === undefined ? `remove ${fieldName(gesture.at.path)}` : setWords(gesture);
    case 'set-fields':
      return `change ${gesture.object.name}`;
    case 'set-weight':
      return `weight ${gesture.weight}`;
    case 'share-evenly':
      return 'share evenly';
    case 'rename-key':
      return `rename ${fieldName(gesture.at.path)} to ${gesture.to}`;
    case 'write-yaml':
      return `write ${fieldName(gesture.at.path)}`;
    case 'move':
      return `move ${placeName(gesture.at)} to place ${gesture.to + 1}`;
    case 'duplicate':
      return `duplicate ${placeName(gesture.at)}`;
    case 'remove':
      return `delete ${placeName(gesture.at)}`;
    case 'rename':
      return `rename to ${gesture.to}`;
    case 'connect':
      return `connect ${placeName(gesture.from)} to ${endName(gesture.to)}`;
  }
}

function setWords({ at, value }: Extract<Gesture, { kind: 'set' }>): string {
  const shown = typeof value === 'object' ? '' : ` ${String(value)}`;
  return `${fieldName(at.path)}${shown.length > 40 ? ` ${shown.slice(1, 38)}…` : shown}`;
}

function serverWords(server: { readonly protocol: string; readonly mode?: string }): string {
  return `server ${server.protocol}${server.mode === undefined ? '' : ` ${server.mode}`}`;
}

function ruleWords(rule: RulePlan): string {
  if (rule.section !== 'http') return `a ${rule.section.toUpperCase()} rule`;
  return actionWords[rule.action.kind];
}

const actionWords = {
  route: 'a rule',
  redirect: 'a redirect',
  rewrite: 'a rewrite',
  'direct-response': 'a direct response',
  fault: 'a fault',
  delegate: 'a delegate rule',
} as const;

function endName(to: Extract<Gesture, { kind: 'connect' }>['to']): string {
  return to.kind === 'host' ? to.host : placeName(to.at);
}

/** A place as people call it: `rule 2 of bookinfo-rule`, `subset 1 of reviews`, `my-gateway`. */
export function placeName({ object, path }: SourceRef): string {
  const parts = placeParts(path);
  return parts.length === 0 ? object.name : `${parts.toReversed().join(' of ')} of ${object.name}`;
}

/** The way to a place in words, from the outside in: `rule 2`, `destination 1`. */
export function placeParts(path: Path): string[] {
  const parts: string[] = [];
  for (const [index, key] of path.entries()) {
    const before = path[index - 1];
    if (typeof key === 'number') parts.push(`${itemWords[String(before)] ?? String(before)} ${key + 1}`);
    else if (typeof path[index + 1] !== 'number' && !silent.has(key)) parts.push(key);
  }
  return parts;
}

const silent: ReadonlySet<string> = new Set(['spec', 'metadata']);
const itemWords: Readonly<Record<string, string>> = {
  servers: 'server',
  http: 'rule',
  tls: 'TLS rule',
  tcp: 'TCP rule',
  match: 'condition',
  route: 'destination',
  mirrors: 'mirror',
  subsets: 'subset',
  ports: 'port',
  hosts: 'host',
  gateways: 'gateway',
  endpoints: 'endpoint',
};

function fieldName(path: Path): string {
  const last = path.at(-1);
  if (last === 'number' && path.at(-2) === 'port') return 'port';
  return typeof last === 'number' ? (placeParts(path).at(-1) ?? '') : String(last ?? 'object');
}
