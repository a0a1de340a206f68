// Serves dist/ as plain static files, as any web server would: `--port N` (the next free one if it is taken and none was asked for), `--base /path/`.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');
const { values } = parseArgs({
  options: { port: { type: 'string' }, base: { type: 'string', default: '/' } },
});
const base = values.base.endsWith('/') ? values.base : `${values.base}/`;
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.yaml': 'text/yaml; charset=utf-8',
};

if (!existsSync(join(dist, 'index.html'))) {
  process.stderr.write('There is no built page. Run "npm run build" first.\n');
  process.exit(1);
}

const server = createServer((request, response) => {
  const path = fileOf(new URL(request.url ?? '/', 'http://localhost').pathname);
  if (path === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
  });
  createReadStream(path).pipe(response);
});

/** The file below dist/ that a path names, or undefined; nothing outside dist/ is ever served. */
function fileOf(pathname) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (!path.startsWith(base)) return undefined;
  const file = normalize(join(dist, path.slice(base.length)));
  if (file !== dist && !file.startsWith(dist)) return undefined;
  const found = existsSync(file) && statSync(file).isDirectory() ? join(file, 'index.html') : file;
  return existsSync(found) && statSync(found).isFile() ? found : undefined;
}

const asked = values.port === undefined ? undefined : Number(values.port);
let port = asked ?? 4173;
server.on('error', (error) => {
  if (error.code === 'EADDRINUSE' && asked === undefined && port < 4273) {
    port += 1;
    server.listen(port, 'localhost');
    return;
  }
  process.stderr.write(`Cannot serve on port ${port}: ${error.message}\n`);
  process.exit(1);
});
server.on('listening', () => process.stdout.write(`Gatehouse is at http://localhost:${port}${base}\n`));
server.listen(port, 'localhost');
