import { useMemo } from 'react';
import type { Diagnostic, DismissalKey } from '../../src/diagnose/diagnostic.ts';
import type { ObjectRef, Path } from '../../src/manifest/source.ts';
import { useReport, useSettings } from './store.ts';

/** Tells what the user has dismissed: a whole code, or a code at one place of one object, however the text around it changes. */
export function dismissals(keys: readonly DismissalKey[]): (diagnostic: Diagnostic) => boolean {
  if (keys.length === 0) return () => false;
  const wanted = new Set(keys.map(({ code, object, path }) => keyOf(code, object, path)));
  return ({ code, at }) =>
    wanted.has(keyOf(code, undefined, undefined)) || wanted.has(keyOf(code, at.object, at.path));
}

/** The newest report's problems without the dismissed ones; undefined before the first report. */
export function useStandingProblems(): readonly Diagnostic[] | undefined {
  const { report } = useReport();
  const { dismissed } = useSettings();
  return useMemo(() => {
    if (dismissed.length === 0) return report?.diagnostics;
    const isDismissed = dismissals(dismissed);
    return report?.diagnostics.filter((each) => !isDismissed(each));
  }, [report, dismissed]);
}

function keyOf(code: string, object: ObjectRef | undefined, path: Path | undefined): string {
  if (object === undefined) return code;
  return `${code} ${object.kind}/${object.namespace}/${object.name} ${(path ?? []).join('/')}`;
}
