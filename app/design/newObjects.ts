import type { Gesture } from '../../src/gesture/gesture.ts';
import { ask } from './state.ts';

export interface NewObjectCommand {
  readonly id: string;
  readonly label: string;
  readonly words: string;
  readonly run: () => void;
}

/** Objects that stand on their own, in the order in which a request meets them. */
export const newObjectCommands: readonly NewObjectCommand[] = [
  fresh('new-gateway', 'Gateway…', 'listener server port', { kind: 'create-gateway' }),
  fresh('new-delegate', 'Delegate virtual service…', 'team rules route', { kind: 'create-virtual-service' }),
  fresh('new-destination-rule', 'Destination rule…', 'subset version', {
    kind: 'create-destination-rule',
    host: 'my-service',
    subsets: [
      { name: 'v1', labels: { version: 'v1' } },
      { name: 'v2', labels: { version: 'v2' } },
    ],
  }),
  fresh('new-service-entry', 'Service entry…', 'external host', {
    kind: 'create-service-entry',
    host: 'api.example.com',
  }),
  fresh('new-service', 'Service…', 'destination port kubernetes', {
    kind: 'create-service',
    name: 'my-service',
  }),
];

function fresh(id: string, label: string, words: string, gesture: Gesture): NewObjectCommand {
  return { id, label, words: `new create add ${words}`, run: () => ask({ kind: 'gesture', gesture }) };
}
