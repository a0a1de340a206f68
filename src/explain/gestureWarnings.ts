import type { Alongside, GestureRefusal, GestureWarning, NameProblem } from '../gesture/gesture.ts';
import type { Refusal } from '../manifest/edit/operation.ts';
import { count, list, phrase, say, type Phrase } from './phrase.ts';

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
