import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildHostSet, covering, overlapping } from '../../src/diagnose/hostSet.ts';
import { matches, subsetOf } from '../../src/hostname.ts';

const host = fc.constantFrom(
  '*',
  '*.com',
  '*.a.com',
  '*-a.com',
  'a.com',
  'b.a.com',
  'c.b.a.com',
  '*.b.a.com',
  'x-a.com',
  'b.org',
);

test('looking up agrees with comparing one by one', () => {
  fc.assert(
    fc.property(fc.array(host), host, (hosts, wanted) => {
      const set = buildHostSet(hosts);
      const unique = [...new Set(hosts)];
      expect(covering(set, wanted).toSorted()).toEqual(
        unique.filter((each) => subsetOf(wanted, each)).toSorted(),
      );
      expect(overlapping(set, wanted).toSorted()).toEqual(
        unique.filter((each) => matches(each, wanted)).toSorted(),
      );
    }),
  );
});
