import { useEffect, useMemo, useState } from 'react';
import type { Report } from '../../src/analyse.ts';
import { explainWhyNot, type ToldWhyNot } from '../../src/explain/whyNot.ts';
import { hasPart, subjectOf } from '../../src/explore/subject.ts';
import type { Why } from '../../src/explore/whyNot.ts';
import { placesOf } from '../../src/graph/placeOf.ts';
import { objectKey, refKey } from '../../src/manifest/refKey.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { whyNotInWorker } from '../engine/engine.ts';
import { useLit, useTold, useTrace } from '../store/derived.ts';
import { useAnswer, useReport, useSelection } from '../store/store.ts';

/** What was asked of the engine, with what it said. */
interface Answered {
  readonly of: Asked;
  readonly why: Why | undefined;
}

interface Asked {
  readonly text: string;
  /** The same list as long as no object has changed. */
  readonly objects: Report['objects'];
  readonly subject: string;
}

/** Why the selection takes no part in the answer on the page; undefined if it does, if nothing is selected, and until it is known. */
export function useWhyNot(): ToldWhyNot | undefined {
  const { text, call } = useAnswer();
  const { report, stale } = useReport();
  const told = useTold();
  const trace = useTrace();
  const subject = useIdleSubject();
  const objects = report?.objects;
  const [answered, setAnswered] = useState<Answered>();

  useEffect(() => {
    if (subject === undefined || text === undefined || call === undefined || objects === undefined || stale)
      return;
    let current = true;
    void whyNotInWorker(text, subject, call).then((why) => {
      if (current) setAnswered({ of: { text, objects, subject: refKey(subject) }, why });
    });
    return () => {
      current = false;
    };
  }, [subject, text, call, objects, stale]);

  return useMemo(() => {
    if (subject === undefined || answered?.why === undefined || told === undefined || trace === undefined) {
      return undefined;
    }
    const { of, why } = answered;
    if (of.text !== text || of.objects !== objects || of.subject !== refKey(subject)) return undefined;
    const refused = objects.some(
      ({ status, ref }) => status === 'refused' && ref && objectKey(ref) === objectKey(subject.object),
    );
    return explainWhyNot(why, { subject, trace, told, refused });
  }, [subject, answered, told, trace, text, objects]);
}

/** What is selected, if the call has nothing to do with it. */
function useIdleSubject(): SourceRef | undefined {
  const selected = useSelection()?.ref;
  const { report } = useReport();
  const trace = useTrace();
  const lit = useLit();
  return useMemo(() => {
    if (selected === undefined || report === undefined || trace === undefined) return undefined;
    const subject = subjectOf(selected);
    if (hasPart(trace, subject)) return undefined;
    const node = placesOf(report.graph)({ object: subject.object, path: [] })?.node;
    // Of what rules lead to, the graph knows where the call goes.
    const isDrawnOn = subject.path.length === 0 && node !== undefined && lit?.nodes.has(node) === true;
    return isDrawnOn ? undefined : subject;
  }, [selected, report, trace, lit]);
}
