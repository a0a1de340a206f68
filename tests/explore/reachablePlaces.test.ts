import { expect, test } from 'vitest';
import { analyse, createAnalyseMemory } from '../../src/analyse.ts';
import { whyNot } from '../../src/explore/whyNot.ts';
import { gateway, route, selector, server, virtualService, yaml } from '../diagnose/manifests.ts';

function gatewayAt(bind: string | undefined, http: readonly object[] = [{ route }]): string {
  return yaml(
    gateway({ selector, servers: [server({ bind })] }),
    virtualService({ hosts: ['a.example.com'], gateways: ['gw'], http }),
  );
}

test.each([undefined, '10.0.0.1'])('a server that binds %s is dialled there', (bind) => {
  const sources = [{ name: 'a', text: gatewayAt(bind) }];
  const { reachable } = analyse({ sources, calls: [] });
  expect(reachable?.from).toMatchObject({ kind: 'outside', portOf: 'service' });
  expect(reachable?.from.kind === 'outside' && reachable.from.address).toBe(bind);
});

test('a match block that is lost is not taken for another one of its rule', () => {
  const memory = createAnalyseMemory();
  const match = [{ port: 8443 }, { uri: { prefix: '/api' } }];
  const { objects } = analyse(
    { sources: [{ name: 'a', text: gatewayAt(undefined, [{ match, route }]) }], calls: [] },
    memory,
  );
  const object = objects[1]?.ref;
  if (!object || !memory.last) throw new Error('nothing was read');
  const { compiled } = memory.last;
  const at = (...rest: readonly (string | number)[]) => ({ object, path: ['spec', 'http', 0, ...rest] });
  expect(whyNot(compiled, at('match', 0))).toMatchObject({
    kind: 'lost',
    because: [{ kind: 'port-differs' }],
  });
  expect(whyNot(compiled, at('match', 1))).toMatchObject({ kind: 'takes' });
  expect(whyNot(compiled, at())).toMatchObject({ kind: 'takes' });
});
