import type { Reading } from '../manifest/read.ts';
import type { Board } from './board.ts';

/** What a gesture sees of a text that was read; documents that cannot be read are counted, so that new ones get the right number. */
export function readBoard({ objects }: Reading, defaultNamespace = 'default'): Board {
  const documents: number[] = [];
  for (const object of objects) {
    const { source, document } = object.status === 'read' ? object.ref : object;
    documents[source] = Math.max(documents[source] ?? 0, document + 1);
  }
  return { objects: objects.filter((object) => object.status === 'read'), documents, defaultNamespace };
}
