import type {
  Alongside,
  Gesture,
  GestureRefusal,
  GestureWarning,
  NameProblem,
  RulePlan,
  TemplateName,
} from '../gesture/gesture.ts';
import type { Refusal } from '../manifest/edit/operation.ts';
import type { Path, SourceRef } from '../manifest/source.ts';
import { count, list, phrase, say, type Phrase } from './phrase.ts';

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
  return typeof last === 'number' ? (placeParts(path).at(-1) ?? '') : String(last ?? 'object');
}

/** Whole sets of objects to start from, in the order in which they are offered. */
export const templateNames: readonly TemplateName[] = [
  'https',
  'passthrough',
  'canary',
  'delegates',
  'tcp',
  'mutual-tls',
];

/** What the templates are for. */
export const templateWords: Readonly<
  Record<TemplateName, { readonly title: string; readonly says: string }>
> = {
  https: {
    title: 'HTTPS with redirect',
    says: 'A certificate on port 443, and port 80 sends everybody there.',
  },
  passthrough: {
    title: 'TLS passed through',
    says: 'The service ends TLS itself; the gateway goes by the server name alone.',
  },
  canary: {
    title: 'Canary release',
    says: 'A tenth of the requests, and all testers, reach the new version.',
  },
  delegates: {
    title: 'Several teams',
    says: 'One host, and each team keeps its own rules in a virtual service of its own.',
  },
  tcp: { title: 'Plain TCP', says: 'A port whose bytes go to one service as they are.' },
  'mutual-tls': {
    title: 'Mutual TLS',
    says: 'Clients must show a certificate before any request is read.',
  },
};

/** Why a gesture makes no sense. */
export function explainGestureRefusal(because: GestureRefusal): Phrase {
  switch (because.kind) {
    case 'place-gone':
      return phrase('That place is no longer in the text.');
    case 'nothing-to-do':
      return phrase('Nothing would change.');
    case 'not-possible-between':
      return betweenWords(because.from, because.to);
    case 'already-connected':
      return say`It is connected to ${because.name} already.`;
    case 'delegate-has-no-gateways':
      return say`${because.name} has no hosts, so it is a delegate: it is reached through the rule of another virtual service and may not name gateways. Give it a host first.`;
    case 'rule-does-not-forward':
      return say`The rule has ${because.action} already, and a rule may do one thing only. Add another rule, or take ${because.action} away.`;
    case 'delegate-within-delegate':
      return say`${because.name} is a delegate itself, and Istio does not let a delegate hand on its requests.`;
    case 'name-invalid':
      return nameWords(because.name, because.because);
    case 'name-taken':
      return say`Something of that kind is called ${because.name} already.`;
    case 'not-a-list-item':
      return phrase('Only items of a list have an order.');
    case 'not-a-weight':
      return phrase('A weight is a whole number from 0.');
    case 'stopped':
      return phrase('Working it out took too long and was given up. The text is as it was.');
    case 'text':
      return phrase('The text cannot be changed there: ', editRefusals[because.because]);
  }
}

const editRefusals: Readonly<Record<Refusal, string>> = {
  'no-such-place': 'that place is no longer in it.',
  'unreadable-document': 'the document cannot be read. Mend it first.',
  'through-alias': 'what stands there is an alias for something that is written elsewhere. Change it there.',
  'shared-anchor': 'an alias repeats it elsewhere, so that the change would reach that place too.',
  'repeated-key': 'the field stands there twice, and only the last one counts. Take one out first.',
  'key-exists': 'a field of that name is there already.',
  'not-a-map': 'something other than fields stands there.',
  'not-a-list': 'something other than a list stands there.',
  'not-a-field': 'it is no field.',
  'no-such-index': 'the list has no such place.',
  'unreadable-text': 'the YAML given cannot be read.',
  overlap: 'parts of the change touch the same place.',
  'not-safe': 'it would not read back as exactly this change.',
};

function betweenWords(from: string, to: string): Phrase {
  if (from === 'Gateway') {
    return say`A gateway only listens. A virtual service says where its requests go: connect ${to} to one of its rules.`;
  }
  if (from === 'VirtualService' && to === 'VirtualService') {
    return phrase(
      'Only a rule for HTTP can hand its requests to another virtual service, and only to one without hosts.',
    );
  }
  return say`A line from ${from} to ${to} means nothing to Istio.`;
}

function nameWords(name: string, problem: NameProblem): Phrase {
  switch (problem) {
    case 'empty':
      return phrase('It needs a name.');
    case 'too-long':
      return say`${name} is too long for a name.`;
    case 'not-dns':
      return say`${name} may not be a name: only small letters, digits and dashes, and dots between, are.`;
  }
}

/** What a gesture does that few expect. */
export function explainGestureWarning(warning: GestureWarning): Phrase {
  switch (warning.kind) {
    case 'hosts-do-not-meet':
      return phrase(
        'No host of the virtual service (',
        list(warning.virtualService),
        ') is one of the gateway’s (',
        list(warning.gateway),
        '), so no request comes this way.',
      );
    case 'namespace-not-allowed':
      return phrase(
        say`The gateway lets in no virtual service of namespace ${warning.namespace}; its hosts are `,
        list(warning.hosts),
        '.',
      );
    case 'section-not-served':
      return phrase(
        say`The virtual service has rules under ${warning.section} only, and the gateway reads `,
        warning.served.length === 0 ? 'none' : list(warning.served),
        '.',
      );
    case 'rule-takes-everything':
      return phrase('Without a condition the rule takes every request that comes to it.');
    case 'rule-not-reached':
      return say`Rule ${warning.by + 1} takes everything, so what stands behind it is never asked.`;
    case 'becomes-mesh-only':
      return phrase('Without a gateway the rules count for calls inside the mesh only.');
    case 'no-rule-left':
      return phrase('No rule is left, and Istio refuses a virtual service without any.');
    case 'no-host-left':
      return phrase('Without a host it becomes a delegate, which counts only where another rule names it.');
    case 'service-has-several-ports':
      return phrase(
        say`${warning.host} has several ports (`,
        list(warning.ports.map(String)),
        ') and the destination names none, so Istio takes the gateway’s port.',
      );
    case 'subset-not-defined':
      return say`No destination rule defines subset ${warning.subset} of ${warning.host}.`;
  }
}

/** What happens to the other places that a gesture touches, in a few words: `2 removed, 1 left without what it names`. */
export function summarizeAlongside(alongside: readonly Alongside[]): string {
  const words: readonly (readonly [Alongside['what'], string])[] = [
    ['removed', 'go too'],
    ['renamed', 'follow'],
    ['left-dangling', 'will name something that is gone'],
    ['weight-changed', 'get another weight'],
  ];
  return words
    .flatMap(([what, verb]) => {
      const number = alongside.filter((each) => each.what === what).length;
      return number === 0 ? [] : [`${count(number, 'place')} ${number === 1 ? singular(verb) : verb}`];
    })
    .join(', ');
}

function singular(verb: string): string {
  return verb
    .replace(/^go /, 'goes ')
    .replace(/^follow$/, 'follows')
    .replace(/^get /, 'gets ');
}
