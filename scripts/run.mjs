// Runs a TypeScript entry of this project under plain Node: bundles it with Vite into node_modules/.cache and imports the result.
// Usage: node scripts/run.mjs cli/conformance.ts ARGUMENTS…
import { build } from 'vite';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const entry = process.argv[2];
if (entry === undefined) throw new Error('usage: node scripts/run.mjs ENTRY.ts [ARGUMENT…]');

const name = basename(entry, '.ts');
const outDir = join(root, 'node_modules', '.cache', 'gatehouse', `${name}-${process.pid}`);
mkdirSync(outDir, { recursive: true });
await build({
  configFile: false,
  root,
  logLevel: 'error',
  build: {
    ssr: resolve(root, entry),
    outDir,
    emptyOutDir: true,
    minify: false,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
  },
});
// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
process.argv.splice(1, 2, resolve(root, entry));
await import(pathToFileURL(join(outDir, `${name}.mjs`)).href);
