import { analyse, createLocateCache, locate, refAt } from '../../src/index.ts';
import { offer, type Question } from './connect.ts';
import type { Engine } from './engine.ts';

const cache = createLocateCache();
const engine: Engine = {
  analyse,
  spans: (text, refs) => refs.map((ref) => locate(text, ref, 'entry', cache)),
  refAt: (text, offset, defaultNamespace) => refAt(text, 0, offset, { defaultNamespace, cache }),
};
const reply = offer(engine);

self.onmessage = ({ data }: MessageEvent<Question>) => self.postMessage(reply(data));
