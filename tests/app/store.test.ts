import { beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/analyse.ts';
import { keepAnswering, meets } from '../../app/store/answering.ts';
import { noHistory } from '../../app/store/history.ts';
import { initialCall, initialSettings, initialView } from '../../app/store/state.ts';
import {
  applyEdits,
  load,
  redo,
  replaceText,
  setCall,
  setSettings,
  setText,
  undo,
  useStore,
} from '../../app/store/store.ts';

const text = () => useStore.getState().work.text;

function start(initial: string) {
  load(
    {
      id: 'a',
      name: 'first',
      text: initial,
      call: initialCall,
      view: initialView,
      settings: initialSettings,
    },
    noHistory,
  );
}

beforeEach(() => start('kind: Gateway\r\nname: a\r\n'));

describe('history', () => {
  it('is one order for every change, whatever made it', () => {
    const before = text();
    setText(before.replace('a\r', 'ab\r'), 'editor');
    setText(text().replace('ab\r', 'abc\r'), 'editor');
    expect(applyEdits([{ source: 0, start: 6, end: 13, text: 'Service' }], 'kind')).toBe(true);
    replaceText('other', { name: 'second' });
    expect(undo()).toBe('Replace by second');
    expect(undo()).toBe('kind');
    expect(text()).toBe(before.replace('a\r', 'abc\r'));
    expect(undo()).toBe('typing');
    expect(text()).toBe(before);
    expect(undo()).toBeUndefined();
    redo();
    redo();
    redo();
    expect(text()).toBe('other');
    expect(useStore.getState().work.name).toBe('second');
    expect(redo()).toBeUndefined();
  });

  it('brings name, request and settings back with the text', () => {
    const call = { ...initialCall, port: 80 };
    replaceText('x', { name: 'example', call, settings: { closed: true }, example: 'e' });
    expect(useStore.getState().work).toMatchObject({
      name: 'example',
      call,
      settings: { closed: true },
      example: 'e',
    });
    undo();
    expect(useStore.getState().work).toMatchObject({
      name: 'first',
      call: initialCall,
      settings: initialSettings,
    });
    expect(useStore.getState().work.example).toBeUndefined();
    redo();
    expect(useStore.getState().work).toMatchObject({ name: 'example', call, example: 'e' });
  });

  it('a change after undo forgets what was undone', () => {
    setText('one', 'gesture');
    undo();
    setText('two', 'gesture');
    expect(redo()).toBeUndefined();
  });

  it('edits made for another text change nothing', () => {
    expect(applyEdits([{ source: 0, start: 0, end: 999, text: '' }], 'no')).toBe(false);
    expect(text()).toBe('kind: Gateway\r\nname: a\r\n');
  });
});

describe('setCall', () => {
  it('takes parts away', () => {
    setCall({ tls: undefined, port: 80 });
    expect(useStore.getState().work.call).not.toHaveProperty('tls');
    expect(useStore.getState().work.call.port).toBe(80);
  });
});

const empty: Report = {
  objects: [],
  diagnostics: [],
  workloads: [],
  graph: { nodes: [], edges: [], width: 0, height: 0 } as unknown as Report['graph'],
  traces: [],
  clients: [],
  otherSides: [],
  vocabulary: { gateways: [], namespaces: [], hosts: [], services: [], urls: [] },
};

describe('keepAnswering', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

  it('asks the newest question after the one that runs, and never two at once', async () => {
    const asked: string[] = [];
    const replies: (() => void)[] = [];
    const stop = keepAnswering(({ sources }) => {
      asked.push(sources[0]?.text ?? '');
      return new Promise((resolve) => replies.push(() => resolve(empty)));
    });
    setText('1', 'gesture');
    setText('2', 'gesture');
    setText('3', 'gesture');
    replies[0]?.();
    await settled();
    expect(asked).toEqual(['kind: Gateway\r\nname: a\r\n', '3']);
    expect(useStore.getState().answer.question).not.toBe(useStore.getState().question);
    replies[1]?.();
    await settled();
    expect(useStore.getState().answer).toMatchObject({ question: useStore.getState().question, text: '3' });
    setSettings({ closed: true });
    expect(asked).toHaveLength(3);
    stop();
  });

  it('keeps the last answer when the engine gives up, and asks again after a change', async () => {
    const replies: Promise<Report>[] = [
      Promise.resolve(empty),
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors
      Promise.reject({ kind: 'too-slow', seconds: 10 }),
      Promise.resolve(empty),
    ];
    replies[1]?.catch(() => undefined);
    const stop = keepAnswering(() => replies.shift() ?? Promise.resolve(empty));
    await settled();
    setText('slow', 'gesture');
    await settled();
    expect(useStore.getState().answer).toMatchObject({
      report: empty,
      failure: { kind: 'too-slow', seconds: 10 },
    });
    setText('quick', 'gesture');
    await settled();
    expect(useStore.getState().answer.failure).toBeUndefined();
    stop();
  });

  it('puts in a request that reaches something when the whole text was replaced', async () => {
    const reachable = { id: 'x', from: initialCall.from, port: 8080 };
    const stop = keepAnswering(() => Promise.resolve({ ...empty, reachable }));
    await settled();
    expect(useStore.getState().work.call).toEqual(initialCall);
    replaceText('new', { name: 'pasted' });
    await settled();
    expect(useStore.getState().work.call).toEqual({ ...reachable, id: 'call' });
    useStore.getState().toast?.action?.run();
    expect(useStore.getState().work.call).toEqual(initialCall);
    replaceText('example', { name: 'example', call: initialCall });
    await settled();
    expect(useStore.getState().work.call).toEqual(initialCall);
    stop();
  });

  it('knows whether a request met anything', () => {
    const trace = { call: initialCall, steps: [], outcome: [], notSimulated: [] };
    expect(meets(undefined)).toBe(false);
    expect(meets(trace)).toBe(false);
    expect(meets({ ...trace, steps: [{ kind: 'https-redirect', at: [] }] })).toBe(true);
  });
});
