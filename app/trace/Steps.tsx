import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ToldStep } from '../../src/explain/told.ts';
import { useSelected } from '../store/derived.ts';
import { select, useSelection } from '../store/store.ts';
import { Said } from '../ui/Said.tsx';
import { ToneIcon } from '../ui/ToneIcon.tsx';
import { useMedia } from '../ui/useMedia.ts';
import { Candidates } from './Candidates.tsx';

/** The decisions, in order, on the line of this call. */
export function Steps({ steps }: { readonly steps: readonly ToldStep[] }) {
  const places = useMemo(
    () => steps.flatMap((step) => [step.at, ...step.candidates.map((each) => each.at)]),
    [steps],
  );
  const selected = useSelected(places);
  const list = useRef<HTMLOListElement>(null);
  const from = useSelection()?.from;
  useEffect(() => {
    if (from === 'trace' || selected.size === 0) return;
    list.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected, from]);
  const short = useMedia('(max-height: 800px)');
  const [whole, setWhole] = useState(false);
  const items = itemsOf(steps, selected);
  const easy = short && !whole ? wonEasily(items) : 0;
  return (
    <ol className="steps" ref={list}>
      {easy === 0 ? null : (
        <li className="step passed">
          <Dot state="passed" />
          <div className="step-head">
            <span className="step-title trunc">
              {items
                .slice(0, easy)
                .map(({ step }, index) =>
                  index === 0 ? step.title : step.title.toLowerCase().replace('tls', 'TLS'),
                )
                .join(', ')}
            </span>
            <button type="button" className="more" onClick={() => setWhole(true)}>
              open
              <ChevronRight size={14} strokeWidth={1.5} aria-hidden />
            </button>
          </div>
        </li>
      )}
      {items.slice(easy).map(({ key, ...item }) => (
        <StepView key={key} {...item} />
      ))}
    </ol>
  );
}

/** The steps with what of them is selected: `selected` counts over each step and then its candidates. */
function itemsOf(steps: readonly ToldStep[], selected: ReadonlySet<number>): readonly Item[] {
  const items: Item[] = [];
  let first = 0;
  for (const step of steps) {
    const own = first;
    const chosen = new Set(step.candidates.flatMap((_, at) => (selected.has(own + 1 + at) ? [at] : [])));
    items.push({
      key: `${items.length} ${step.kind}`,
      step,
      selected: selected.has(own) && chosen.size === 0,
      chosen,
    });
    first += 1 + step.candidates.length;
  }
  return items;
}

interface Item extends StepViewProps {
  readonly key: string;
}

/** How many decisions at the start had nothing to weigh, if the call comes to grief behind them: on a low window they share one line. */
function wonEasily(items: readonly Item[]): number {
  if (!items.some(({ step }) => step.state === 'stopped')) return 0;
  const contested = items.findIndex(
    ({ step, selected }) => step.state !== 'passed' || step.candidates.length > 0 || selected,
  );
  return contested >= 2 ? contested : 0;
}

interface StepViewProps {
  readonly step: ToldStep;
  readonly selected: boolean;
  readonly chosen: ReadonlySet<number>;
}

function StepView({ step, selected, chosen }: StepViewProps) {
  const [unfolded, setUnfolded] = useState(false);
  const [at] = step.at;
  const head = (
    <>
      <span className="step-title">{step.title}</span>
      <span className="step-envoy trunc" title={step.envoy}>
        {step.envoy}
      </span>
    </>
  );
  return (
    <li className={`step ${step.state}`}>
      <Dot state={step.state} />
      {at === undefined ? (
        <div className="step-head">{head}</div>
      ) : (
        <button
          type="button"
          className="step-head"
          aria-pressed={selected}
          title={`${at.object.kind} ${at.object.name}`}
          onClick={() => select(at, 'trace')}
        >
          {head}
        </button>
      )}
      <div className="step-says">
        {step.says === undefined ? null : (
          <span>
            <Said>{step.says}</Said>
          </span>
        )}
        {step.more === undefined || step.folded.length === 0 || step.candidates.length > 0 ? null : (
          <More words={step.more} open={unfolded} onToggle={() => setUnfolded(!unfolded)} />
        )}
      </div>
      <Candidates candidates={step.candidates} selected={chosen} />
      {step.more === undefined || step.candidates.length === 0 ? null : (
        <More words={step.more} open={unfolded} onToggle={() => setUnfolded(!unfolded)} />
      )}
      {unfolded ? <Candidates candidates={step.folded} selected={noneChosen} others={step.others} /> : null}
    </li>
  );
}

const noneChosen: ReadonlySet<number> = new Set();

interface MoreProps {
  readonly words: string;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function More({ words, open, onToggle }: MoreProps) {
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <button type="button" className="more" aria-expanded={open} onClick={onToggle}>
      {words}
      <Icon size={14} strokeWidth={1.5} aria-hidden />
    </button>
  );
}

function Dot({ state }: { readonly state: ToldStep['state'] }) {
  switch (state) {
    case 'passed':
      return <span className="dot" aria-hidden />;
    case 'skipped':
      return <span className="dot none" aria-hidden />;
    case 'stopped':
      return (
        <span className="dot sign">
          <ToneIcon tone="fail" />
          <span className="sr">The call stops here.</span>
        </span>
      );
    case 'moved':
      return (
        <span className="dot sign">
          <ToneIcon tone="move" />
        </span>
      );
  }
}
