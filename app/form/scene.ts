import { createContext, use, useEffect, useRef, useState, type ComponentType } from 'react';
import type { Vocabulary } from '../../src/analyse.ts';
import type { Diagnostic } from '../../src/diagnose/diagnostic.ts';
import { explainDiagnostic } from '../../src/explain/diagnostics.ts';
import { plain } from '../../src/explain/phrase.ts';
import { sameObject } from '../../src/gesture/board.ts';
import type { Gesture } from '../../src/gesture/gesture.ts';
import type { ObjectSchema } from '../../src/istio/schema/schema.ts';
import type { JsonObject, ObjectRef, Path, SourceRef } from '../../src/manifest/source.ts';
import type { Call } from '../../src/simulate/call.ts';
import { perform } from '../design/perform.ts';
import { inspectInWorker } from '../engine/engine.ts';
import { useCall, useReport, useSettings, useText } from '../store/store.ts';

export interface FieldsProps {
  readonly path: Path;
  readonly field: ObjectSchema;
  readonly value: JsonObject;
}

/** What every control of a form knows. */
export interface Scene {
  readonly object: ObjectRef;
  readonly value: JsonObject;
  readonly vocabulary: Vocabulary;
  readonly diagnostics: readonly Diagnostic[];
  readonly call: Call;
  /** The controls for the fields of an object within an object. */
  readonly Fields: ComponentType<FieldsProps>;
  /** Shows another place of the object in the form. */
  readonly go: (path: Path) => void;
}

export const SceneContext = createContext<Scene | undefined>(undefined);

export function useScene(): Scene {
  const scene = use(SceneContext);
  if (scene === undefined) throw new Error('a control outside of its form');
  return scene;
}

export interface Inspected {
  readonly object: ObjectRef;
  readonly value: JsonObject;
}

/** The object as the text has it; the last one that could be read while the text is broken or being read. */
export function useInspected(object: ObjectRef | undefined): Inspected | undefined {
  const text = useText();
  const { defaultNamespace } = useSettings();
  const [inspected, setInspected] = useState<Inspected & { readonly asked: string }>();
  const asked = object === undefined ? undefined : JSON.stringify(object);
  useEffect(() => {
    if (asked === undefined) return undefined;
    let over = false;
    void inspectInWorker(text, JSON.parse(asked) as ObjectRef, defaultNamespace).then((found) => {
      if (!over && found !== undefined) setInspected({ ...found, asked });
    });
    return () => {
      over = true;
    };
  }, [text, asked, defaultNamespace]);
  if (object === undefined || inspected === undefined) return undefined;
  return inspected.asked === asked || sameObject(inspected.object, object) ? inspected : undefined;
}

const noVocabulary: Vocabulary = { gateways: [], namespaces: [], hosts: [], services: [], urls: [] };

/** The rest of the scene: what the page knows about the object. */
export function useSurroundings(
  object: ObjectRef | undefined,
): Omit<Scene, 'object' | 'value' | 'go' | 'Fields'> {
  const { report } = useReport();
  const call = useCall();
  return {
    vocabulary: report?.vocabulary ?? noVocabulary,
    diagnostics:
      object === undefined
        ? []
        : (report?.diagnostics ?? []).filter(({ at }) => sameObject(at.object, object)),
    call,
  };
}

export interface Remark {
  readonly level: Diagnostic['level'];
  readonly text: string;
}

/** What the problems list says about exactly this place (and, with `inside`, about what is in it). */
export function useRemarks(path: Path, inside = false): readonly Remark[] {
  const { diagnostics } = useScene();
  return diagnostics
    .filter(({ at }) => startsWith(at.path, path) && (inside || at.path.length === path.length))
    .map((each) => ({ level: each.level, text: plain(explainDiagnostic(each).sentence) }));
}

function startsWith(path: Path, head: Path): boolean {
  return head.length <= path.length && head.every((key, index) => key === path[index]);
}

/** A place in the object of the form. */
export function useAt(path: Path): SourceRef {
  const { object } = useScene();
  return { object, path };
}

let sessions = 0;

/**
 * Does gestures from a form. What goes on while a control keeps the focus (typing, a slider) is one step of undo: `begin` starts a new one.
 */
export function useEdit(): {
  readonly edit: (gesture: Gesture) => void;
  readonly goOn: (gesture: Gesture) => void;
  readonly begin: () => void;
} {
  const session = useRef(0);
  return {
    edit: (gesture) => void perform(gesture, { from: 'form' }),
    goOn: (gesture) => void perform(gesture, { from: 'form', joins: `form-${session.current}` }),
    begin: () => {
      sessions += 1;
      session.current = sessions;
    },
  };
}
