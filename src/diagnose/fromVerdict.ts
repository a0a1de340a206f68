import { fieldsAt } from '../istio/schema/kinds.ts';
import type { Json, JsonObject, Path } from '../manifest/source.ts';
import type { Finding } from '../manifest/finding.ts';
import type { Verdict } from '../validate/verdict.ts';
import type { LocalFinding } from './draft.ts';

const remembered = new WeakMap<Verdict, readonly LocalFinding[]>();

/** What the API server and the webhook say of one object, and the fields that they drop. Remembered by the identity of the verdict. */
export function verdictFindings(kind: string, value: JsonObject, verdict: Verdict): readonly LocalFinding[] {
  const known = remembered.get(verdict);
  if (known) return known;
  const findings = [
    ...verdict.errors.map((error) => localOf(error, 'fail')),
    ...verdict.warnings.map((warning) => localOf(warning)),
    ...unknownFields(kind, verdict),
    ...(verdict.accepted && kind === 'VirtualService' ? droppedConditions(value) : []),
  ];
  remembered.set(verdict, findings);
  return findings;
}

/** Whatever refuses the object fails, also where the same code can be a warning. */
function localOf({ code, path, part, params = {} }: Finding, level?: 'fail'): LocalFinding {
  return { code, path, params, ...(part && { part }), ...(level && { level }) };
}

/** LINT006, LINT007, LINT202. Labels of Kubernetes' own kinds are not ours to judge. */
function* unknownFields(kind: string, { unknownFields: fields }: Verdict): Generator<LocalFinding> {
  for (const { path, nearest } of fields) {
    const field = String(path.at(-1) ?? '');
    const camel = field.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    const siblings = fieldsAt(kind, path.slice(0, -1));
    if (camel !== field && Object.hasOwn(siblings, camel)) {
      yield { code: 'LINT202', path, part: 'key', params: { field, nearest: camel } };
    } else {
      const code = path.length === 1 ? 'LINT007' : 'LINT006';
      yield { code, path, part: 'key', params: { field, ...(nearest !== undefined && { nearest }) } };
    }
  }
}

/** VS019: conditions that are null. The API server drops them, and the rule matches more than it says. */
function* droppedConditions(value: JsonObject): Generator<LocalFinding> {
  const rules = at(value, ['spec', 'http']);
  if (!Array.isArray(rules)) return;
  for (const rule of rules.keys()) {
    const matches = at(value, ['spec', 'http', rule, 'match']);
    if (!Array.isArray(matches)) continue;
    for (const match of matches.keys()) {
      for (const field of ['headers', 'withoutHeaders', 'queryParams']) {
        const path: Path = ['spec', 'http', rule, 'match', match, field];
        const conditions = at(value, path);
        if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions)) continue;
        for (const [name, condition] of Object.entries(conditions)) {
          if (condition === null) yield { code: 'VS019', path: [...path, name], params: { got: name } };
        }
      }
    }
  }
}

function at(value: Json, path: Path): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === 'number') here = (here as readonly Json[])[step];
    else if (typeof here === 'object' && here !== null && !Array.isArray(here))
      here = (here as JsonObject)[step];
    else return undefined;
  }
  return here;
}
