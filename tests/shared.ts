import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const shared = new URL('../../shared/', import.meta.url);

/**
 * The path of something in the folder that may stand beside the project (recordings and manifests that others own), or undefined. What is then
 * left out is said loudly: a test that needs it is not there at all, rather than skipped.
 */
export function besideProject(name: string, leavesOut: string): string | undefined {
  const path = fileURLToPath(new URL(name, shared));
  if (existsSync(path)) return path;
  process.stderr.write(`\nLEFT OUT: ${leavesOut} (../shared/${name} is not beside the project)\n`);
  return undefined;
}
