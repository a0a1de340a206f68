import type { AnalyseInput, Report } from '../../src/analyse.ts';
import type { Draft } from '../../src/gesture/draft.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';
import type { Why } from '../../src/explore/whyNot.ts';
import type { Inspected } from '../../src/gesture/inspect.ts';
import type { ObjectRef, SourceRef, Span } from '../../src/manifest/source.ts';
import type { Call } from '../../src/simulate/call.ts';
import { limitSeconds, type Analyse } from '../store/answering.ts';
import type { Failure } from '../store/state.ts';
import { connect, TooSlow } from './connect.ts';
import { createReceiver, type Difference } from './difference.ts';
import EngineWorker from './engine.worker.ts?worker';

/** What the worker offers. Caches live and die with it. */
export type Engine = {
  /** Answers come in the order of asking, each as what differs from the one before. */
  readonly analyse: (input: AnalyseInput) => Difference<Report>;
  /** Where places stand in a text; undefined for an object that is not there. */
  readonly spans: (text: string, refs: readonly SourceRef[]) => (Span | undefined)[];
  readonly refAt: (text: string, offset: number, defaultNamespace: string) => SourceRef | undefined;
  /** What a gesture of the designer writes into a text. */
  readonly draft: (text: string, gesture: Gesture, defaultNamespace: string) => Draft;
  readonly inspect: (text: string, object: ObjectRef, defaultNamespace: string) => Inspected | undefined;
  /** The YAML of a value as it stands, without its indentation. */
  readonly yamlAt: (text: string, at: SourceRef) => string | undefined;
  /** Asks the last analysis; undefined if that is of another text. */
  readonly whyNot: (text: string, ref: SourceRef, near: Call) => Why | undefined;
};

const engine = connect<Engine>(() => new EngineWorker({ name: 'gatehouse-engine' }));
const receive = createReceiver<Report>();
const limit = limitSeconds * 1000;

export const analyseInWorker: Analyse = async (input) => {
  try {
    return receive(await engine.ask('analyse', [input], limit));
  } catch (error) {
    const failure: Failure =
      error instanceof TooSlow
        ? { kind: 'too-slow', seconds: limitSeconds }
        : { kind: 'crashed', message: error instanceof Error ? error.message : String(error) };
    throw failure;
  }
};

/** Empty if the worker is gone before it answers: the next answer asks again. */
export async function spansInWorker(text: string, refs: readonly SourceRef[]): Promise<(Span | undefined)[]> {
  if (refs.length === 0) return [];
  return engine.ask('spans', [text, refs], limit).catch(() => []);
}

export async function refAtInWorker(
  text: string,
  offset: number,
  defaultNamespace: string,
): Promise<SourceRef | undefined> {
  return engine.ask('refAt', [text, offset, defaultNamespace], limit).catch(() => undefined);
}

/** Refused if the worker is gone before it answers: a gesture is done or not, never half. */
export function draftInWorker(text: string, gesture: Gesture, defaultNamespace: string): Promise<Draft> {
  return engine
    .ask('draft', [text, gesture, defaultNamespace], limit)
    .catch((): Draft => ({ kind: 'refused', because: { kind: 'stopped' } }));
}

export async function inspectInWorker(
  text: string,
  object: ObjectRef,
  defaultNamespace: string,
): Promise<Inspected | undefined> {
  return engine.ask('inspect', [text, object, defaultNamespace], limit).catch(() => undefined);
}

export async function yamlInWorker(text: string, at: SourceRef): Promise<string | undefined> {
  return engine.ask('yamlAt', [text, at], limit).catch(() => undefined);
}

/** Why a place takes no part, or which call it takes; undefined if the worker is gone, or has gone on to another text. */
export async function whyNotInWorker(text: string, ref: SourceRef, near: Call): Promise<Why | undefined> {
  return engine.ask('whyNot', [text, ref, near], limit).catch(() => undefined);
}
