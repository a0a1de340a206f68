import { analyse, locate, refAt } from '../../src/index.ts';
import { offer, type Question } from './connect.ts';
import type { Engine } from './engine.ts';

const engine: Engine = {
  analyse,
  spans: (text, refs) => refs.map((ref) => locate(text, ref, 'entry')),
  refAt: (text, offset) => refAt(text, 0, offset),
};
const reply = offer(engine);

self.onmessage = ({ data }: MessageEvent<Question>) => self.postMessage(reply(data));
