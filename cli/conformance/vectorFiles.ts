import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The JSON files at or below a path, in the order of their names. */
export function vectorFiles(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return vectorFiles(inner);
      return entry.name.endsWith('.json') ? [inner] : [];
    });
}
