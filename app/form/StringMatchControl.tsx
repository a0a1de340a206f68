import { CircleCheck, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { plainText } from '../../src/gesture/board.ts';
import type { JsonObject, Path } from '../../src/manifest/source.ts';
import { Remarks } from './FieldFrame.tsx';
import { useAt, useEdit, useRemarks } from './scene.ts';
import { Line } from './TextControl.tsx';

export type How = 'exact' | 'prefix' | 'regex';
const hows: readonly How[] = ['exact', 'prefix', 'regex'];

interface StringMatchControlProps {
  readonly path: Path;
  readonly label: string;
  readonly value: JsonObject;
  /** What the current call has there; null: nothing, undefined: it cannot be said. */
  readonly subject: string | null | undefined;
  readonly ignoreCase?: boolean;
}

/** How a text is compared, with what, and whether the current call has it. */
export function StringMatchControl({ path, label, value, subject, ignoreCase }: StringMatchControlProps) {
  const how = hows.find((each) => Object.hasOwn(value, each));
  const at = useAt(how === undefined ? path : [...path, how]);
  const object = useAt(path);
  const remarks = useRemarks(path, true);
  const { edit, goOn, begin } = useEdit();
  const written = how === undefined ? '' : plainText(value[how]);
  return (
    <div className="string-match">
      <select
        className="input"
        aria-label={`How ${label} is compared`}
        value={how ?? 'present'}
        onChange={(event) => {
          const to = event.target.value;
          if (to === 'present') edit({ kind: 'set', at: object, value: {} });
          else if (how === undefined) {
            edit({ kind: 'set', at: { object: object.object, path: [...path, to] }, value: subject ?? '' });
          } else edit({ kind: 'rename-key', at, to });
        }}
      >
        {hows.map((each) => (
          <option key={each}>{each}</option>
        ))}
        <option value="present">is there</option>
      </select>
      {how === undefined ? (
        <span className="dim">whatever its value</span>
      ) : (
        <Line
          label={`Value of ${label}`}
          value={written}
          invalid={remarks.some(({ level }) => level === 'fail')}
          onBegin={begin}
          onType={(typed) => goOn({ kind: 'set', at, value: typed })}
        />
      )}
      <Remarks remarks={remarks} />
      {subject === undefined ? null : (
        <Verdict how={how} pattern={written} subject={subject} ignoreCase={ignoreCase === true} />
      )}
    </div>
  );
}

type Tested = { readonly matches: boolean } | { readonly error: string };

interface VerdictProps {
  readonly how: How | undefined;
  readonly pattern: string;
  readonly subject: string | null;
  readonly ignoreCase: boolean;
}

/** Tries the condition on what the current call has, as Envoy would: regular expressions are RE2 and match the whole text. */
function Verdict({ how, pattern, subject, ignoreCase }: VerdictProps) {
  const [tested, setTested] = useState<Tested>();
  useEffect(() => {
    let over = false;
    void test(how, pattern, subject, ignoreCase).then((result) => {
      if (!over) setTested(result);
    });
    return () => {
      over = true;
    };
  }, [how, pattern, subject, ignoreCase]);
  if (tested === undefined) return null;
  if ('error' in tested) {
    return <output className="remark fail">Envoy’s RE2 refuses it: {tested.error}</output>;
  }
  return (
    <output className={tested.matches ? 'remark ok' : 'remark dim'}>
      {tested.matches ? (
        <CircleCheck size={14} strokeWidth={1.5} aria-hidden />
      ) : (
        <X size={14} strokeWidth={1.5} aria-hidden />
      )}
      <span>
        This call has <code>{subject ?? 'nothing'}</code>:{' '}
        {tested.matches ? 'it matches' : 'it does not match'}
        {how === 'regex' && !tested.matches && subject !== null ? '; the whole of it must' : ''}
      </span>
    </output>
  );
}

async function test(
  how: How | undefined,
  pattern: string,
  subject: string | null,
  ignoreCase: boolean,
): Promise<Tested> {
  if (how === 'regex') {
    const { fullMatch, invalidRegex } = await import('../../src/envoy/regex.ts');
    const wrong = invalidRegex(pattern);
    if (wrong !== undefined) return { error: wrong.reason };
    return { matches: subject !== null && fullMatch(pattern, subject) };
  }
  if (subject === null) return { matches: false };
  const [wants, got] = ignoreCase ? [pattern.toLowerCase(), subject.toLowerCase()] : [pattern, subject];
  if (how === undefined) return { matches: true };
  return { matches: how === 'exact' ? got === wants : got.startsWith(wants) };
}
