import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyseTexts, createAnalyseMemory, type Analysis } from '../../src/analyse.ts';

/** Names below a corpus, in order; `invalid` holds texts that are wrong on purpose. */
export function yamlFiles(corpus: string): readonly string[] {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('invalid'))
    .toSorted();
}

export function analysisOf(text: string, name: string): Analysis {
  return analyseTexts({ sources: [{ name, text }], now: Date.now(), calls: [] }, createAnalyseMemory());
}

export function analysisOfFile(corpus: string, file: string): Analysis {
  return analysisOf(readFileSync(join(corpus, file), 'utf8'), file);
}
