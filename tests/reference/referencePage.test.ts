import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/index.ts';
import { besideProject } from '../shared.ts';
import { tellOutcome } from '../../src/explain/outcome.ts';
import type { Call, Report, Trace } from '../../src/index.ts';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const asPrinted = read('bookinfo-as-printed.yaml');
const mended = asPrinted.replace(
  /same\n +namespace as virtual service\./,
  'same namespace as virtual service.',
);

function call(port: number, host: string, path: string): Call {
  const secure = port === 443 || port === 9443;
  return {
    id: `${host}:${port}`,
    from: { kind: 'outside', portOf: 'service' },
    port,
    ...(secure ? { tls: { sni: host, alpn: ['h2', 'http/1.1'], clientCertificate: false } } : {}),
    http: { method: 'GET', authority: host, path, headers: [] },
  };
}
const mongo: Call = { id: 'mongo', from: { kind: 'outside', portOf: 'service' }, port: 2379 };

const calls = [
  call(80, 'uk.bookinfo.com', '/reviews/1'),
  call(443, 'uk.bookinfo.com', '/reviews/1'),
  call(9443, 'eu.bookinfo.com', '/reviews/1'),
  call(9080, 'uk.bookinfo.com', '/reviews/1'),
  mongo,
];

const analysed = (text: string): Report => analyse({ sources: [{ name: 'bookinfo.yaml', text }], calls });
const traceOf = (report: Report, id: string): Trace => {
  const trace = report.traces.find((each) => each.call.id === id);
  if (trace === undefined) throw new Error(`no trace ${id}`);
  return trace;
};

describe('as the page prints it', () => {
  const report = analysed(asPrinted);

  test('the wrapped comment makes one document unreadable, at its place, and no other', () => {
    expect(report.objects.map((object) => [object.ref?.name, object.status])).toEqual([
      ['my-gateway', 'takes-part'],
      ['bookinfo-rule', 'takes-part'],
      [undefined, 'unreadable'],
    ]);
    const errors = report.diagnostics.filter(
      (each) => each.level === 'fail' && each.at.object.document === 2,
    );
    expect(errors).toHaveLength(1);
    const at = errors[0]?.span.start ?? 0;
    const third = asPrinted.lastIndexOf('---\n');
    expect(at).toBeGreaterThan(third);
    expect(asPrinted.slice(at, at + 40)).toMatch(/namespace as virtual service/);
  });

  test('port 80 redirects to https', () => {
    expect(traceOf(report, 'uk.bookinfo.com:80').outcome).toMatchObject([
      {
        share: 1,
        end: { kind: 'redirected', answer: { status: 301, location: 'https://uk.bookinfo.com/reviews/1' } },
      },
    ]);
  });

  test.each([
    ['uk.bookinfo.com:443', 'outbound|443||reviews.qa.svc.cluster.local'],
    ['eu.bookinfo.com:9443', 'outbound|9443||reviews.qa.svc.cluster.local'],
    ['uk.bookinfo.com:9080', 'outbound|9080||reviews.qa.svc.cluster.local'],
  ])('%s is split 80 to 20; the 20 %% name no port and take the listener’s', (id, qa) => {
    expect(traceOf(report, id).outcome).toMatchObject([
      {
        share: 0.8,
        destination: {
          name: 'outbound|9080||reviews.prod.svc.cluster.local',
          exists: false,
          missing: { kind: 'host-not-in-paste' },
        },
        end: { kind: 'failed', because: 'no-cluster', answer: { status: 503, flags: 'NC' } },
      },
      {
        share: 0.2,
        destination: { name: qa, exists: false, missing: { kind: 'host-not-in-paste' } },
        end: { kind: 'failed', because: 'no-cluster', answer: { status: 503, flags: 'NC' } },
      },
    ]);
  });

  test('the answer is calm while the paste may be a part, and closed when it is everything', () => {
    const trace = traceOf(report, 'uk.bookinfo.com:443');
    expect(tellOutcome(trace, false)).toMatchObject({
      tone: 'unknown',
      headline: expect.stringMatching(/if .*exist/),
    });
    expect(tellOutcome(trace, true)).toMatchObject({ tone: 'fail' });
  });

  test('nothing listens on the Mongo port, since its only route cannot be read', () => {
    expect(traceOf(report, 'mongo').outcome).toMatchObject([
      { share: 1, end: { kind: 'closed', because: 'no-listener' } },
    ]);
  });
});

test('with that line mended the document is refused: Kubernetes takes no capital letter in a name', () => {
  expect(mended).not.toBe(asPrinted);
  const report = analysed(mended);
  expect(report.objects[2]).toMatchObject({
    status: 'refused',
    stage: 'schema',
    ref: { name: 'bookinfo-Mongo' },
  });
  const why = report.diagnostics.filter(
    (each) => each.at.object.name === 'bookinfo-Mongo' && each.level === 'fail',
  );
  expect(why.map((each) => each.at.path)).toContainEqual(['metadata', 'name']);
});

test('the shorter gateways of the page are all admitted', () => {
  const report = analysed(read('further-gateways.yaml'));
  expect(report.objects.map((object) => object.status)).toEqual([
    'takes-part',
    'takes-part',
    'takes-part',
    'takes-part',
  ]);
});

const page = besideProject('reference-page.txt', '1 test: the copies are what the page prints');
if (page !== undefined) {
  test('the copies are what the page prints', () => {
    const printed = readFileSync(page, 'utf8');
    const blocks = `${asPrinted}---\n${read('further-gateways.yaml')}`.split('---\n');
    for (const block of blocks) expect(printed).toContain(block.trimEnd());
  });
}
