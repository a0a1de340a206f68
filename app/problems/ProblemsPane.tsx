import { useVirtualizer } from '@tanstack/react-virtual';
import { Info, OctagonX, Search, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Level } from '../../src/diagnose/diagnostic.ts';
import { select, useReport, useSelection, useSettings, sameRef } from '../store/store.ts';
import { listingOf, type Entry } from './listing.ts';
import { ProblemRow } from './ProblemRow.tsx';
import './problems.css';

const LEVELS = [
  { level: 'fail', words: 'will fail', Icon: OctagonX },
  { level: 'surprise', words: 'will surprise', Icon: TriangleAlert },
  { level: 'style', words: 'style', Icon: Info },
] as const;
const all: ReadonlySet<Level> = new Set(['fail', 'surprise', 'style']);

/** All problems of the text, grouped by object: what each is, what to do, and what would mend it. */
export function ProblemsPane() {
  const { report } = useReport();
  const { dismissed } = useSettings();
  const [levels, setLevels] = useState(all);
  const [find, setFind] = useState('');
  const [showDismissed, setShowDismissed] = useState(false);
  const [opened, setOpened] = useState<string>();
  const diagnostics = report?.diagnostics;
  const listing = useMemo(
    () => listingOf(diagnostics ?? [], { levels, find, dismissed, showDismissed }),
    [diagnostics, levels, find, dismissed, showDismissed],
  );
  const { entries, counts } = listing;
  const total = counts.fail + counts.surprise + counts.style;
  if (report === undefined) return null;
  return (
    <>
      <div className="problems-bar">
        {LEVELS.map(({ level, words, Icon }) => (
          <button
            key={level}
            type="button"
            className="level"
            data-level={level}
            aria-pressed={levels.has(level)}
            onClick={() => setLevels(toggled(levels, level))}
          >
            <Icon size={14} strokeWidth={1.5} aria-hidden />
            <b>{counts[level]}</b> {words}
          </button>
        ))}
        <label className="problems-find">
          <Search size={14} strokeWidth={1.5} aria-hidden />
          <span className="sr">Find a problem</span>
          <input
            type="search"
            placeholder="Find"
            value={find}
            onChange={(event) => setFind(event.target.value)}
          />
        </label>
        <span className="grow" />
        {listing.shown < total && find + levels.size !== '3' ? (
          <output className="dim">
            {listing.shown} of {total}
          </output>
        ) : null}
        {listing.dismissed > 0 ? (
          <button
            type="button"
            className="level"
            aria-pressed={showDismissed}
            onClick={() => setShowDismissed(!showDismissed)}
          >
            {listing.dismissed} dismissed
          </button>
        ) : null}
      </div>
      {entries.length === 0 ? (
        <p className="problems-none soft">
          {total === 0 ? 'No problems found.' : 'No problem fits the filter.'}
        </p>
      ) : (
        <List entries={entries} opened={opened} onOpen={setOpened} />
      )}
    </>
  );
}

function toggled(levels: ReadonlySet<Level>, level: Level): ReadonlySet<Level> {
  const after = new Set(levels);
  if (!after.delete(level)) after.add(level);
  return after.size === 0 ? all : after;
}

interface ListProps {
  readonly entries: readonly Entry[];
  readonly opened: string | undefined;
  readonly onOpen: (key: string | undefined) => void;
}

function List({ entries, opened, onOpen }: ListProps) {
  const room = useRef<HTMLDivElement>(null);
  const selection = useSelection();
  // Its functions change with every render, which is what keeps the list right: nothing here is memoised over them.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => room.current,
    estimateSize: (index) => (entries[index]?.kind === 'object' ? 28 : 32),
    getItemKey: (index) => entries[index]?.key ?? index,
    overscan: 12,
  });
  const selected = entries.findIndex(
    (entry) =>
      entry.kind === 'problem' && selection !== undefined && sameRef(entry.diagnostic.at, selection.ref),
  );
  const from = selection?.from;
  useEffect(() => {
    if (selected >= 0 && from !== 'problems') rows.scrollToIndex(selected, { align: 'auto' });
  }, [selected, from, rows]);

  const openedAt = entries.findIndex((entry) => entry.key === opened);
  useEffect(() => {
    if (openedAt < 0) return;
    // Once it has grown to its full height.
    const frame = requestAnimationFrame(() => rows.scrollToIndex(openedAt, { align: 'auto' }));
    return () => cancelAnimationFrame(frame);
  }, [openedAt, rows]);

  const walk = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'];
    if (by === undefined || here === undefined) return;
    let next = Number(here) + by;
    while (entries[next]?.kind === 'object') next += by;
    const entry = entries[next];
    if (entry?.kind !== 'problem') return;
    event.preventDefault();
    rows.scrollToIndex(next, { align: 'auto' });
    select(entry.diagnostic.at, 'problems');
    requestAnimationFrame(() =>
      room.current?.querySelector<HTMLElement>(`[data-index="${next}"] .problem-main`)?.focus(),
    );
  };
  return (
    <div className="problems-room" ref={room}>
      <ul style={{ height: rows.getTotalSize() }} className="problems">
        {rows.getVirtualItems().map((item) => {
          const entry = entries[item.index];
          if (entry === undefined) return null;
          return (
            <li
              key={item.key}
              data-index={item.index}
              ref={rows.measureElement}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {entry.kind === 'object' ? (
                <button
                  type="button"
                  className="problems-object"
                  onClick={() => select({ object: entry.object, path: [] }, 'problems')}
                >
                  <span className="dim">{entry.object.kind || 'Document'}</span>{' '}
                  <b>{entry.object.name || entry.object.document + 1}</b>{' '}
                  <span className="dim">{entry.object.namespace}</span>
                  <span className="grow" />
                  <span className="dim">{entry.count}</span>
                </button>
              ) : (
                <ProblemRow
                  entry={entry}
                  selected={item.index === selected}
                  onWalk={walk}
                  open={opened === entry.key}
                  onOpen={() => onOpen(opened === entry.key ? undefined : entry.key)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
