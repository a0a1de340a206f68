import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Vector } from '../../cli/conformance/vector.ts';
import { vectorFiles } from '../../cli/conformance/vectorFiles.ts';
import { analysisOf, analysisOfFile, yamlFiles } from '../../cli/problems/files.ts';
import { failures, prove } from '../../cli/problems/prove.ts';
import { CATALOGUE } from '../../src/diagnose/catalogue.ts';
import { besideProject } from '../shared.ts';
import { FIXTURES } from './fixtures/all.ts';
import { FAILING } from './fixtures/failing.ts';
import {
  bound,
  destinationRule,
  gateway,
  inMatch,
  pod,
  route,
  secure,
  selector,
  server,
  service,
  virtualService,
  yaml,
} from './manifests.ts';

/** Codes that are said to fail and have not been shown to. */
function unproven(text: string): readonly string[] {
  const analysis = analysisOf(text, 'manifests.yaml');
  return failures(analysis)
    .filter((diagnostic) => prove(analysis, diagnostic) === undefined)
    .map(({ code }) => code);
}

function failing(text: string): readonly string[] {
  return failures(analysisOf(text, 'manifests.yaml')).map(({ code }) => code);
}

describe('what is said to fail on an object that Istio accepts is shown to', () => {
  test.each(FIXTURES)('%s', (_, triggers, nearMiss) => {
    expect(unproven(triggers)).toEqual([]);
    expect(unproven(nearMiss)).toEqual([]);
  });

  test.each(FAILING)('%s, for certain', (code, text) => {
    expect(failing(text)).toContain(code);
    expect(unproven(text)).toEqual([]);
  });

  test('every code that neither schema nor webhook has is among them', () => {
    const shown = new Set([...FIXTURES, ...FAILING].flatMap(([, text]) => failing(text)));
    const ours = Object.entries(CATALOGUE).filter(
      ([, { level, from }]) => level === 'fail' && !from.includes('schema') && !from.includes('webhook'),
    );
    // Istio's webhook refuses every text that would come to this one.
    expect(ours.map(([code]) => code).filter((code) => !shown.has(code))).toEqual(['GW228']);
  });
});

test('what shows it in one text shows nothing in the text that almost has it', () => {
  for (const [code, triggers, nearMiss] of FIXTURES) {
    const other = analysisOf(nearMiss, 'manifests.yaml');
    for (const diagnostic of failures(analysisOf(triggers, 'manifests.yaml'))) {
      if (diagnostic.code === code)
        expect({ code, proof: prove(other, diagnostic) }).toEqual({ code, proof: undefined });
    }
  }
});

const web = service('web');
const v1 = { name: 'v1', labels: { version: 'v1' } };
const noPort = [{ destination: { host: 'web', port: { number: 1 } } }];
const catchAll = [{ route: noPort }, { route: noPort, timeout: '1s' }];
const loop = { match: [{ uri: { prefix: '/' } }], redirect: { uri: '/app' } };
const delegate = (http: readonly object[]) => virtualService({ http }, 'd');

describe('what somebody else may serve, or nobody here gets, is not said to fail', () => {
  test.each<readonly [what: string, text: string]>([
    [
      'a destination of a rule for a gateway that is elsewhere',
      yaml(
        web,
        virtualService({
          hosts: ['web'],
          gateways: ['mesh', 'elsewhere'],
          http: [{ match: [{ gateways: ['elsewhere'] }], route: noPort }],
        }),
      ),
    ],
    ['a destination of a delegate that nobody names', yaml(web, delegate([{ route: noPort }]))],
    ['a delegate that may be in the cluster', bound({ http: [{ delegate: { name: 'd' } }] })],
    [
      'a copy of requests that gets nowhere',
      bound(
        {
          http: [
            {
              route: [{ destination: { host: 'web' } }],
              mirror: { host: 'web', port: { number: 1 } },
            },
          ],
        },
        [server()],
        [web],
      ),
    ],
    [
      'a destination without a share',
      bound(
        {
          http: [
            {
              route: [
                { destination: { host: 'web' }, weight: 1 },
                { ...noPort[0], weight: 0 },
              ],
            },
          ],
        },
        [server()],
        [web],
      ),
    ],
    [
      'a port of a ServiceEntry that is refused',
      bound(
        { http: [{ route: [{ destination: { host: 'b.example.com', port: { number: 1 } } }] }] },
        [server()],
        [
          {
            apiVersion: 'networking.istio.io/v1',
            kind: 'ServiceEntry',
            metadata: { name: 'UPPER', namespace: 'shop' },
            spec: {
              hosts: ['b.example.com'],
              ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
              resolution: 'DNS',
            },
          },
        ],
      ).replace('UPPER', 'Upper'),
    ],
    ['a rule that does the same as the one before it', bound({ http: [{ route }, { route }] })],
    [
      'hosts that the gateway has not and the mesh has',
      bound({ hosts: ['b.example.com'], gateways: ['gw', 'mesh'] }),
    ],
    [
      'a match for a gateway that is not bound and one that is',
      bound({ http: [{ match: [{ gateways: ['gw', 'other'] }], route }] }),
    ],
    [
      'a redirect to what an earlier rule serves',
      bound({ http: [{ match: [{ uri: { exact: '/app' } }], route }, loop] }),
    ],
    [
      'a redirect to what another object may serve',
      bound(
        { http: [loop] },
        [server()],
        [
          virtualService(
            { hosts: ['a.example.com'], gateways: ['gw'], http: [{ match: [{ port: 80 }], route }] },
            'other',
          ),
        ],
      ),
    ],
    [
      'a server whose hosts another server of the port answers for',
      bound({ hosts: ['*.example.com'] }, [
        server({ hosts: ['*.example.com'] }),
        server({ port: { number: 80, name: 'http-2', protocol: 'HTTP' }, hosts: ['b.example.com'] }),
      ]),
    ],
    [
      'a destination behind a server that redirects',
      bound({ http: [{ route: noPort }] }, [server({ tls: { httpsRedirect: true } })], [web]),
    ],
    [
      'a destination behind a fault that aborts everything',
      bound(
        { http: [{ route: noPort, fault: { abort: { httpStatus: 400, percentage: { value: 100 } } } }] },
        [server()],
        [web],
      ),
    ],
    [
      'a destination of a host that another object may have in the mesh',
      yaml(
        web,
        virtualService({ hosts: ['web'], http: [{ route: noPort }] }),
        virtualService({ hosts: ['web'], http: [{ route }] }, 'vs2'),
      ),
    ],
    [
      'a subset of a host whose port only the call knows',
      yaml(
        web,
        destinationRule({ host: 'web', subsets: [v1] }),
        virtualService({
          hosts: ['shop'],
          http: [{ route: [{ destination: { host: 'web', subset: 'v9' } }] }],
        }),
      ),
    ],
    [
      'half a name of a Service',
      bound({ http: [{ route: [{ destination: { host: 'web.shop' } }] }] }, [server()], [web]),
    ],
    [
      'a Secret of another namespace',
      yaml(
        gateway({ selector, servers: [secure({ credentialName: 'other/cert' })] }),
        pod('ingress', selector),
      ),
    ],
    [
      'a subset of a host without such rules',
      yaml(
        web,
        virtualService({
          hosts: ['web'],
          http: [{ route: [{ destination: { host: 'web', subset: 'v9' } }] }],
        }),
      ),
    ],
  ])('%s', (_, text) => {
    expect(failing(text)).toEqual([]);
  });

  test('what lies in an object that no gateway takes, besides that', () => {
    expect(failing(bound({ hosts: ['b.example.com'], http: catchAll }, [server()], [web]))).toEqual([
      'VS093',
    ]);
    expect(failing(bound({ exportTo: ['other'], http: catchAll }, [server()], [web]))).toEqual(['VS208']);
  });

  test('what lies behind a rule that takes everything, besides that', () => {
    const rest = [{ host: 'web', subset: 'v9' }].map((destination) => ({ route: [{ destination }] }));
    const rules = [{ match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'web' } }] }, ...rest];
    const dr = destinationRule({ host: 'web', subsets: [v1] });
    expect(failing(bound({ http: rules }, [server()], [web, dr]))).toEqual(['VS216']);
    expect(failing(yaml(virtualService({ hosts: ['web'], http: rules }), web, dr))).toEqual(['VS216']);
  });

  test('a method in small letters is, whatever else is there', () => {
    expect(failing(inMatch({ method: { exact: 'get' } }))).toEqual(['VS237']);
  });
});

test('what is said to fail of the recorded meshes is shown to', { timeout: 60_000 }, () => {
  const lost: string[] = [];
  let shown = 0;
  const files = ['gateway', 'mesh'].flatMap((family) =>
    vectorFiles(fileURLToPath(new URL(`../conformance/${family}/`, import.meta.url))),
  );
  for (const file of files.filter((_, index) => index % 3 === 0)) {
    const { id, manifests }: Vector = JSON.parse(readFileSync(file, 'utf8'));
    const analysis = analysisOf(manifests, 'manifests.yaml');
    for (const diagnostic of failures(analysis)) {
      if (prove(analysis, diagnostic)) shown += 1;
      else lost.push(`${id} ${diagnostic.code} ${diagnostic.at.path.join('.')}`);
    }
  }
  expect(lost).toEqual([]);
  expect(shown).toBeGreaterThan(150);
});

const corpus = besideProject('corpus', 'that what is said to fail of real manifests is shown to');
if (corpus !== undefined) {
  test('what is said to fail of real manifests is shown to', { timeout: 30_000 }, () => {
    // One file of four: the command `problems` looks at all.
    const files = yamlFiles(corpus).filter((_, index) => index % 4 === 0);
    let shown = 0;
    const lost: string[] = [];
    for (const file of files) {
      const analysis = analysisOfFile(corpus, file);
      for (const diagnostic of failures(analysis)) {
        if (prove(analysis, diagnostic)) shown += 1;
        else lost.push(`${file} ${diagnostic.code}`);
      }
    }
    expect(lost).toEqual([]);
    expect(shown).toBeGreaterThan(0);
  });
}
