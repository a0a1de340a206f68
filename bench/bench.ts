// Prints what Gatehouse costs on this machine. The last line is one JSON object; nothing here passes or fails.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseAllDocuments } from 'yaml';
import { analyse, analyseTexts, createAnalyseMemory, traceCall, type AnalyseInput } from '../src/analyse.ts';
import { compile, indexMesh } from '../src/compile/compile.ts';
import { buildMesh, takesPart } from '../src/istio/mesh.ts';
import { read } from '../src/manifest/read.ts';
import type { Call } from '../src/simulate/call.ts';
import { validate } from '../src/validate/validate.ts';
import { measureDiagnose } from './measureDiagnose.ts';
import { measureForm } from './measureForm.ts';
import { benchMesh, type BenchMesh } from './meshes.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const sizes = [10, 100, 1000].map((virtualServices) => measure(benchMesh(virtualServices, 10)));
process.stdout.write(`${JSON.stringify({ sizes })}\n`);

function measure(mesh: BenchMesh) {
  const { text, virtualServices, rules } = mesh;
  const runs = virtualServices >= 1000 ? 5 : 9;
  const calls = mesh.requests.map(toCall);
  const first = calls.slice(0, 1);
  const input: AnalyseInput = { sources: [{ name: 'mesh.yaml', text }], calls: first };

  // The cold stages take turns with the calibration, so that a machine that slows down slows them all.
  const calibration: number[] = [];
  const reads: number[] = [];
  const compiles: number[] = [];
  const colds: number[] = [];
  for (let run = 0; run < runs; run++) {
    calibration.push(time(() => parseAllDocuments(text)));
    reads.push(time(() => read(input.sources)));
    compiles.push(compileCold(text));
    colds.push(time(() => analyse(input)));
  }
  const edits = editsOf(text, first);
  const listEdits = editsOf(mesh.list, first);
  const called = callsOf(input, calls);
  const figures = {
    virtualServices,
    rules,
    yamlBytes: Buffer.byteLength(text),
    calibrationMs: round(median(calibration)),
    readMs: round(median(reads)),
    compileMs: round(median(compiles)),
    coldMs: round(median(colds)),
    editMs: round(median(edits)),
    editListMs: round(median(listEdits)),
    diagnoseMs: round(measureDiagnose(text)),
    formMs: round(median(measureForm(text, first))),
    callUs: round(median(called)),
    callWorstUs: round(Math.max(...called)),
    modelMiB: round(modelOf(input)),
  };
  const scale = figures.yamlBytes / 1024 / figures.calibrationMs / 1.8;
  process.stdout.write(
    `${virtualServices} virtual services: ${JSON.stringify(figures)}\n  scaled to 1.8 KiB a millisecond (× ${round(scale)}): edit ${round(figures.editMs * scale)} ms, edit in a list ${round(figures.editListMs * scale)} ms, ` +
      `diagnose ${round(figures.diagnoseMs * scale)} ms, from form to report ${round(figures.formMs * scale)} ms, call ${round(figures.callUs * scale)} µs, worst ${round(figures.callWorstUs * scale)} µs\n`,
  );
  return figures;
}

/** Everything between admitted objects and what the Envoys get. */
function compileCold(text: string): number {
  const admitted = read([{ name: 'mesh.yaml', text }]).objects.flatMap((object) => {
    if (object.status !== 'read') return [];
    const { stored, accepted } = validate(object);
    const candidate = { ref: object.ref, apiVersion: object.apiVersion, value: stored };
    return accepted && takesPart(candidate) ? [candidate] : [];
  });
  return time(() => compile(indexMesh(buildMesh(admitted))));
}

/** The whole analyse after one character of one rule has changed, each time in another place. */
function editsOf(text: string, calls: readonly Call[]): readonly number[] {
  const memory = createAnalyseMemory();
  const places = [...text.matchAll(/number: 8080/g)].map(({ index }) => index + 'number: 808'.length);
  const analyseText = (edited: string) =>
    analyse({ sources: [{ name: 'mesh.yaml', text: edited }], calls }, memory);
  analyseText(text);
  return Array.from({ length: 15 }, (_, run) => {
    const at = places[Math.floor(((run + 0.5) / 15) * places.length)] ?? 0;
    const edited = `${text.slice(0, at)}${run % 10}${text.slice(at + 1)}`;
    return time(() => analyseText(edited));
  });
}

/** Microseconds of each call, at least a thousand different ones, the model warm. */
function callsOf(input: AnalyseInput, calls: readonly Call[]): readonly number[] {
  const analysis = analyseTexts(input, createAnalyseMemory());
  const different = Array.from({ length: Math.max(1, Math.ceil(1000 / calls.length)) }, (_, round) =>
    calls.map((call) => varied(call, round)),
  ).flat();
  for (let warm = 0; warm < 3; warm++) for (const call of different) traceCall(call, analysis);
  collect();
  // The best of five for each call: what the call costs, not what else the machine did meanwhile.
  const best = different.map(() => Infinity);
  for (let run = 0; run < 5; run++) {
    different.forEach((call, index) => {
      const took = time(() => traceCall(call, analysis)) * 1000;
      best[index] = Math.min(best[index] ?? Infinity, took);
    });
  }
  return best;
}

function varied(call: Call, round: number): Call {
  return call.http === undefined || round === 0
    ? call
    : { ...call, http: { ...call.http, path: `${call.http.path}&round=${round}` } };
}

/** MiB of heap that the compiled model holds, beyond the objects that were read. */
function modelOf(input: AnalyseInput): number {
  const admitted = read(input.sources).objects.flatMap((object) =>
    object.status === 'read' && takesPart(object) ? [object] : [],
  );
  const mesh = buildMesh(admitted);
  collect();
  const before = process.memoryUsage().heapUsed;
  const compiled = compile(indexMesh(mesh));
  collect();
  const after = process.memoryUsage().heapUsed;
  return compiled.gateways.length > 0 ? (after - before) / 2 ** 20 : 0;
}

function toCall({ host, path, headers }: BenchMesh['requests'][number], index: number): Call {
  const secure = index % 2 === 1;
  return {
    id: `${index}`,
    from: { kind: 'outside', portOf: 'pod' },
    port: secure ? 443 : 80,
    ...(secure && { tls: { sni: host, alpn: ['h2', 'http/1.1'], clientCertificate: false } }),
    http: { method: 'GET', authority: host, path, headers },
  };
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
