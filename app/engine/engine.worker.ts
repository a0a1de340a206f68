import { draftGesture } from '../../src/gesture/draft.ts';
import { inspect, yamlAt } from '../../src/gesture/inspect.ts';
import type { Report } from '../../src/analyse.ts';
import { analyse, createAnalyseMemory, locate, refAt, whyNot } from '../../src/index.ts';
import { read } from '../../src/manifest/read.ts';
import { offer, type Question } from './connect.ts';
import { createSender } from './difference.ts';
import type { Engine } from './engine.ts';

const memory = createAnalyseMemory();
const cache = memory.texts;
const send = createSender<Report>();
const engine: Engine = {
  analyse: (input) => send(analyse(input, memory)),
  spans: (text, refs) => refs.map((ref) => locate(text, ref, 'entry', cache)),
  refAt: (text, offset, defaultNamespace) => refAt(text, 0, offset, { defaultNamespace, cache }),
  draft: (text, gesture, defaultNamespace) => draftGesture(text, gesture, { defaultNamespace, cache }),
  inspect: (text, object, defaultNamespace) =>
    inspect(read([{ name: '', text }], { defaultNamespace, cache }), object),
  yamlAt: (text, at) => yamlAt(text, at, cache),
  whyNot: (text, ref, near) => {
    const { last } = memory;
    return last?.input.sources[0]?.text === text ? whyNot(last.compiled, ref, near) : undefined;
  },
};
const reply = offer(engine);

self.onmessage = ({ data }: MessageEvent<Question>) => self.postMessage(reply(data));
