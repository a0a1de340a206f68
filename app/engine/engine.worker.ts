import { analyse, createAnalyseMemory, createLocateCache, locate, refAt } from '../../src/index.ts';
import { offer, type Question } from './connect.ts';
import type { Engine } from './engine.ts';

const cache = createLocateCache();
const memory = createAnalyseMemory();
const engine: Engine = {
  analyse: (input) => analyse(input, memory),
  spans: (text, refs) => refs.map((ref) => locate(text, ref, 'entry', cache)),
  refAt: (text, offset, defaultNamespace) => refAt(text, 0, offset, { defaultNamespace, cache }),
};
const reply = offer(engine);

self.onmessage = ({ data }: MessageEvent<Question>) => self.postMessage(reply(data));
