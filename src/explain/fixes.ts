import type { QuickFix } from '../diagnose/diagnostic.ts';
import { fill, type Phrase, phrase } from './phrase.ts';

/** Words for the buttons of quick fixes, by kind. */
const TITLES: Readonly<Record<string, string>> = {
  'add-field': 'Add {field}: {want}',
  'add-gateway': 'Add {want} to gateways',
  'add-host': 'Add {want} to hosts',
  'add-https-server': 'Add an HTTPS server with Secret {secret}',
  'add-mesh': 'Add mesh to gateways',
  'affect-all': 'Affect every request',
  'ask-for-presence': 'Ask only whether it is there',
  'bind-to-gateway': 'Bind to {want}',
  'bind-to-gateway-and-mesh': 'Bind to {want}, and keep the mesh',
  'choose-port': 'Use port {port}',
  'choose-subset': 'Use subset {subset}',
  'make-list': 'Make it a list',
  'match-bare-path-too': 'Match {want} too',
  'match-exactly': 'Match exactly {want}',
  'match-path-and-below': 'Match {path} and what is below {below}',
  'match-query-apart': 'Match {want} and the query apart',
  'move-before': 'Move it before rule {rule}',
  'move-condition': 'Move it to {want}',
  'move-to-end': 'Move rule {rule} to the end',
  quote: 'Put {want} in quotes',
  'remove-conditions': 'Remove {fields}',
  'remove-field': 'Remove {field}',
  'remove-item': 'Remove this item',
  'remove-mesh': 'Remove mesh from gateways',
  'rename-field': 'Rename to {want}',
  'set-mode': 'Set mode: {want}',
  'set-prefix': 'Match the prefix {want}',
  'set-protocol': 'Set protocol: {want}',
  'set-resolution': 'Set resolution: {want}',
  'set-value': 'Write {want}',
  'share-evenly': 'Share evenly',
  'swap-versions': 'Swap the two versions',
  unquote: 'Write {want} without quotes',
  'use-field': 'Use {want} instead',
};

/** What a quick fix does, as the words of its button; an unknown kind as its name. */
export function explainFix({ kind, params }: Pick<QuickFix, 'kind' | 'params'>): Phrase {
  const template = Object.hasOwn(TITLES, kind) ? TITLES[kind] : undefined;
  return template === undefined ? phrase(kind.replaceAll('-', ' ')) : fill(template, params);
}
