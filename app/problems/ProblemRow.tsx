import { ChevronDown, ChevronRight, Info, OctagonX, TriangleAlert } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Diagnostic, DismissalKey } from '../../src/diagnose/diagnostic.ts';
import { fixEdits } from '../../src/diagnose/fixes/fixes.ts';
import { explainFix } from '../../src/explain/fixes.ts';
import { plain } from '../../src/explain/phrase.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { linesOf, positionAt } from '../store/lines.ts';
import { applyEdits, say, select, setSettings, undo, unsay, useAnswer, useStore } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import type { Entry } from './listing.ts';

const SIGNS = {
  fail: { Icon: OctagonX, className: 'fail', word: 'Will fail' },
  surprise: { Icon: TriangleAlert, className: 'warn', word: 'Will surprise' },
  style: { Icon: Info, className: 'dim', word: 'Style' },
} as const;

interface ProblemRowProps {
  readonly entry: Entry & { readonly kind: 'problem' };
  readonly selected: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
  /** Arrow keys lead from one to the next. */
  readonly onWalk: (event: KeyboardEvent) => void;
}

/** A problem on one line; opened, all that there is to say about it. */
export function ProblemRow({ entry, selected, open, onOpen, onWalk }: ProblemRowProps) {
  const { diagnostic, words, dismissed } = entry;
  const { Icon, className, word } = SIGNS[diagnostic.level];
  const line = useLine(diagnostic);
  const names = ['problem', selected && 'is-selected', dismissed && 'is-dismissed'].filter(Boolean).join(' ');
  const Fold = open ? ChevronDown : ChevronRight;
  return (
    <div className={names}>
      <div className="problem-line">
        <button
          type="button"
          className="problem-main"
          aria-pressed={selected}
          onClick={() => select(diagnostic.at, 'problems')}
          onKeyDown={onWalk}
        >
          <Icon className={className} size={14} strokeWidth={1.5} aria-hidden />
          <span className="sr">{word}: </span>
          <span className="problem-says">
            <Said>{words.sentence}</Said>
          </span>
          <span className="problem-line-number dim">{line === undefined ? '' : `Ln ${line}`}</span>
        </button>
        <button
          type="button"
          className="problem-more dim mono"
          aria-expanded={open}
          aria-label={`More about ${diagnostic.code}`}
          onClick={onOpen}
        >
          {diagnostic.code}
          <Fold size={14} strokeWidth={1.5} aria-hidden />
        </button>
      </div>
      {open ? <Details entry={entry} /> : null}
    </div>
  );
}

function Details({ entry: { diagnostic, words, dismissed } }: Pick<ProblemRowProps, 'entry'>) {
  return (
    <div className="problem-details">
      <p className="problem-title">{words.title}</p>
      <p>
        <Said>{words.sentence}</Said>
      </p>
      <p className="soft">
        <Said>{words.advice}</Said>
      </p>
      {diagnostic.others === undefined || diagnostic.others.length === 0 ? null : (
        <p className="soft">
          See also{' '}
          {diagnostic.others.slice(0, 6).map((other, index) => (
            <Place key={index} at={other} />
          ))}
        </p>
      )}
      <div className="problem-acts">
        {diagnostic.fixes?.map((fix, index) => (
          <Button key={index} small onClick={() => mend(diagnostic, index)}>
            {plain(explainFix(fix))}
          </Button>
        ))}
        <span className="grow" />
        {dismissed ? (
          <Button small look="quiet" onClick={() => takeBack(diagnostic)}>
            Show it again
          </Button>
        ) : (
          <>
            <Button small look="quiet" onClick={() => dismiss(keyAt(diagnostic))}>
              Dismiss
            </Button>
            <Button small look="quiet" onClick={() => dismiss({ code: diagnostic.code })}>
              Dismiss all {diagnostic.code}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Place({ at }: { readonly at: SourceRef }) {
  const { kind, name } = at.object;
  return (
    <button type="button" className="problem-place" onClick={() => select(at, 'problems')}>
      {kind} {name}
    </button>
  );
}

/** The line of a problem in the text that was analysed; none while that is not the text on the page. */
function useLine({ span }: Diagnostic): number | undefined {
  const { text } = useAnswer();
  return text === undefined ? undefined : positionAt(linesOf(text), span.start).line;
}

function mend(diagnostic: Diagnostic, index: number): void {
  const fix = diagnostic.fixes?.[index];
  if (fix === undefined) return;
  const title = plain(explainFix(fix));
  const { answer, work } = useStore.getState();
  const edits = answer.text === work.text ? fixEdits(work.text, fix) : undefined;
  if (edits === undefined || !applyEdits(edits, title)) {
    say(
      answer.text === work.text
        ? 'This cannot be changed safely here.'
        : 'The text has changed since; try again in a moment.',
    );
    return;
  }
  say(title, {
    label: 'Undo',
    run: () => {
      undo();
      unsay();
    },
  });
}

function keyAt({ code, at }: Diagnostic): DismissalKey {
  return { code, object: at.object, path: at.path };
}

function dismiss(key: DismissalKey): void {
  const { dismissed } = useStore.getState().work.settings;
  setSettings({ dismissed: [...dismissed, key] });
  say(key.object === undefined ? `${key.code} is dismissed everywhere.` : 'Dismissed.', {
    label: 'Undo',
    run: () => {
      setSettings({ dismissed });
      unsay();
    },
  });
}

/** Takes back both the dismissal of this place and that of the whole code. */
function takeBack({ code, at }: Diagnostic): void {
  const { dismissed } = useStore.getState().work.settings;
  setSettings({
    dismissed: dismissed.filter(
      (key) =>
        key.code !== code ||
        (key.object !== undefined &&
          !(
            key.object.kind === at.object.kind &&
            key.object.namespace === at.object.namespace &&
            key.object.name === at.object.name &&
            (key.path ?? []).join('/') === at.path.join('/')
          )),
    ),
  });
}
