import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/analyse.ts';
import { commandsNow, findCommands } from '../../app/commands/commands.ts';
import { setText, useStore } from '../../app/store/store.ts';

const initial = useStore.getState();
afterEach(() => useStore.setState(initial, true));

const titles = (query: string) => findCommands(query).map(({ title }) => title);

describe('commands', () => {
  it('are offered when they do something', () => {
    const ids = () => commandsNow().map(({ id }) => id);
    expect(ids()).not.toContain('undo');
    setText('a', 'gesture');
    expect(ids()).toContain('undo');
    expect(ids()).not.toContain('back');
  });

  it('have one id each', () => {
    const ids = commandsNow().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are found by all words of the query, title first', () => {
    expect(titles('dark')[0]).toBe('Dark theme');
    expect(titles('export')).toEqual(['Download YAML', 'Copy YAML']);
    expect(titles('example prefix /foo')).toEqual(['Example: Why does /foobar match the prefix /foo?']);
    expect(titles('no such thing')).toEqual([]);
  });

  it('lead to the objects of the text', () => {
    const ref = { kind: 'Gateway', namespace: 'edge', name: 'shop', source: 0, document: 0 };
    const objects = [{ ref, span: { start: 0, end: 1 }, source: 0, status: 'takes-part' as const }];
    useStore.setState({ answer: { report: { objects } as unknown as Report, textVersion: 0, question: 0 } });
    expect(titles('')).not.toContain('Gateway shop');
    expect(titles('edge gateway')).toEqual(['Gateway shop']);
    findCommands('edge gateway')[0]?.run();
    expect(useStore.getState().selection).toEqual({ ref: { object: ref, path: [] }, from: 'command' });
  });
});
