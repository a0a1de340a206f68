import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify as stringifyYaml, type ToStringOptions } from 'yaml';
import { analyse, createAnalyseMemory, type Report } from '../src/index.ts';
import type { Call } from '../src/simulate/call.ts';
import { generatedMesh, unrelated } from './generateMesh.ts';

/** As kubectl reads it: `y` and `on` in quotes. */
function stringify(value: object, options: ToStringOptions = {}): string {
  return stringifyYaml(value, { ...options, version: '1.1' });
}

/** How calls end, without the places that it comes from. */
function ends(text: string, calls: readonly Call[]): unknown {
  const { traces } = analyse({ sources: [{ name: 'a.yaml', text }], calls });
  return traces.map(({ outcome }) => outcome.map(({ share, delay, end }) => ({ share, delay, end })));
}

/** What the client and the server behind see. */
function seen(text: string, calls: readonly Call[]): unknown {
  const { traces } = analyse({ sources: [{ name: 'a.yaml', text }], calls });
  return traces.map(({ outcome }) =>
    outcome.map(({ share, end }) => ({ share, ...('answer' in end ? { answer: end.answer } : end) })),
  );
}

function text(
  objects: readonly object[],
  write: (object: object) => string = (one) => stringify(one),
): string {
  return objects.map(write).join('---\n');
}

const call: Call = {
  id: 'a',
  from: { kind: 'outside', portOf: 'service' },
  port: 80,
  http: { method: 'GET', authority: 'a.example.com', path: '/', headers: [] },
};

describe('analyse', () => {
  it('never throws, whatever the text', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '---\n',
          'kind: Gateway\n',
          'spec:\n  servers:\n  - port: ',
          '&a *a',
          '\t- {',
          'apiVersion: v1\n',
        ),
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const report = analyse({ sources: [{ name: 'a.yaml', text: parts.join('') }], calls: [call] });
        expect(report.traces).toHaveLength(1);
      }),
      { numRuns: 120 },
    );
  });

  it('never throws, whatever is left of a mesh', () => {
    fc.assert(
      fc.property(
        generatedMesh,
        fc.nat(),
        fc.nat(60),
        fc.string(),
        ({ objects, calls }, at, length, inserted) => {
          const whole = text(objects);
          const start = at % whole.length;
          const broken = whole.slice(0, start) + inserted + whole.slice(start + length);
          const report = analyse({ sources: [{ name: 'a.yaml', text: broken }], calls });
          expect(report.traces).toHaveLength(calls.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('never throws, whatever the call', () => {
    const anyCall = fc.record({
      port: fc.integer({ min: -1, max: 70000 }),
      method: fc.string(),
      authority: fc.option(fc.string()),
      path: fc.string({ unit: 'binary' }),
      headers: fc.array(fc.tuple(fc.string(), fc.string())),
    });
    fc.assert(
      fc.property(generatedMesh, anyCall, ({ objects }, { port, ...http }) => {
        const calls = [
          { ...call, port: 80, http },
          { ...call, port, http },
        ];
        const report = analyse({ sources: [{ name: 'a.yaml', text: text(objects) }], calls });
        for (const { outcome } of report.traces) {
          expect(outcome.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same report for the same input, whatever it has seen before', () => {
    fc.assert(
      fc.property(fc.array(generatedMesh, { minLength: 1, maxLength: 3 }), (meshes) => {
        const memory = createAnalyseMemory();
        const reports = (): readonly Report[] =>
          meshes.map(({ objects, calls }) =>
            analyse({ sources: [{ name: 'a.yaml', text: text(objects) }], calls }, memory),
          );
        const first = reports();
        const again = reports();
        const fresh = meshes.map(({ objects, calls }) =>
          analyse({ sources: [{ name: 'a.yaml', text: text(objects) }], calls }),
        );
        expect(again).toEqual(first);
        expect(fresh).toEqual(first);
        expect(structuredClone(first)).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });

  it('does not care in which order documents stand', () => {
    const shuffled = generatedMesh.chain((mesh) =>
      fc
        .shuffledSubarray([...mesh.objects], { minLength: mesh.objects.length })
        .map((objects) => ({ mesh, objects })),
    );
    fc.assert(
      fc.property(shuffled, ({ mesh, objects }) => {
        expect(ends(text(objects), mesh.calls)).toEqual(ends(text(mesh.objects), mesh.calls));
      }),
      { numRuns: 50 },
    );
  });

  it('does not care how the text is written', () => {
    const styles: readonly ((object: object) => string)[] = [
      (one) => stringify(one, { indent: 4 }),
      (one) => stringify(one, { defaultStringType: 'QUOTE_DOUBLE' }),
      (one) => stringify(one, { defaultStringType: 'QUOTE_SINGLE', indentSeq: false }),
      (one) => `# first\n${stringify(one).replaceAll('\n', ' # said\n')}`,
      (one) => `${JSON.stringify(one)}\n`,
      (one) => stringify(one, { collectionStyle: 'flow' }),
      (one) => stringify(one).replaceAll('\n', '\r\n'),
    ];
    fc.assert(
      fc.property(generatedMesh, fc.constantFrom(...styles), ({ objects, calls }, style) => {
        expect(ends(text(objects, style), calls)).toEqual(ends(text(objects), calls));
      }),
      { numRuns: 30 },
    );
  });

  it('answers no other call differently once there is a virtual service for an unrelated host', () => {
    fc.assert(
      fc.property(generatedMesh, ({ objects, calls }) => {
        expect(seen(text([...objects, unrelated]), calls)).toEqual(seen(text(objects), calls));
      }),
      { numRuns: 30 },
    );
  });

  it('answers where there is nothing', () => {
    const { traces, objects, diagnostics } = analyse({ sources: [], calls: [call] });
    expect([objects, diagnostics]).toEqual([[], []]);
    expect(traces[0]?.outcome).toEqual([{ share: 1, end: { kind: 'closed', because: 'no-listener' } }]);
  });

  it('says what decides and is not simulated, as far as it concerns the workload', () => {
    const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: edge}
spec: {selector: {istio: ingress}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
`;
    const policy = (namespace: string, labels: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${namespace}, namespace: ${namespace}}
spec: {selector: {matchLabels: ${labels}}}
`;
    const said = (...documents: readonly string[]): readonly string[] | undefined => {
      const sources = [{ name: 'a.yaml', text: [gateway, ...documents].join('---\n') }];
      return analyse({ sources, calls: [call] }).traces[0]?.notSimulated.map(({ what }) => what);
    };
    expect(said(policy('istio-system', '{istio: ingress}'))).toEqual(['authorization-policy']);
    expect(said(policy('istio-system', '{app: other}'), policy('prod', '{istio: ingress}'))).toEqual([]);
    expect(said('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n')).toEqual([]);
  });

  it('gives a call that reaches the first rule, and it does', () => {
    fc.assert(
      fc.property(generatedMesh, ({ objects }) => {
        const sources = [{ name: 'a.yaml', text: text(objects) }];
        const { reachable } = analyse({ sources, calls: [] });
        if (!reachable) return;
        const [trace] = analyse({ sources, calls: [reachable] }).traces;
        expect(trace?.steps.some((step) => step.kind === 'route' && step.taken)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
