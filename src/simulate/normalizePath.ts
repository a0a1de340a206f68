/**
 * Envoy's path normalisation as Istio sets it by default (`pathNormalization: BASE`), applied to the part before `?`. Undefined: Envoy answers
 * 400 (`#` anywhere, or `%00`). Mirrors `maybeNormalizePath` and the URL library's path canonicaliser.
 */
export function normalizePath(path: string): string | undefined {
  if (path.includes('#')) return undefined;
  const question = path.indexOf('?');
  const plain = question < 0 ? path : path.slice(0, question);
  const canonical = isCanonical(plain) ? plain : canonicalize(stripDotParameters(plain));
  if (canonical === undefined) return undefined;
  return question < 0 ? canonical : canonical + path.slice(question);
}

/** The usual case: nothing that the canonicaliser would touch. */
function isCanonical(path: string): boolean {
  return /^\/[^\u0000-\u0020%\\"<>^`{|}\u007f-\uffff]*$/.test(path) && !path.includes('/.');
}

/** `..;x=1` as a segment counts as `..`, `.;x` as `.`. */
function stripDotParameters(path: string): string {
  if (!path.includes(';')) return path;
  return path
    .split('/')
    .map((segment) => (segment.startsWith('..;') ? '..' : segment.startsWith('.;') ? '.' : segment))
    .join('/');
}

function canonicalize(path: string): string | undefined {
  const out: string[] = ['/'];
  let at = isSlash(path[0]) ? 1 : 0;
  while (at < path.length) {
    const dot = dotLength(path, at);
    if (dot > 0 && out[out.length - 1] === '/') {
      const directory = readDirectory(path, at + dot);
      if (directory) {
        if (directory.up) backUp(out);
        at = directory.next;
        continue;
      }
    }
    if (path[at] === '%') {
      const code = escapedByte(path, at);
      if (code === 0) return undefined;
      if (code === undefined) {
        out.push('%');
        at += 1;
      } else {
        const char = String.fromCharCode(code);
        out.push(...(/[A-Za-z0-9\-._~]/.test(char) ? [char] : path.slice(at, at + 3).split('')));
        at += 3;
      }
      continue;
    }
    const char = path[at] ?? '';
    if (char === '\\') out.push('/');
    else if (char < '!' || char > '~' || '"<>^`{|}'.includes(char)) out.push(escape(char));
    else out.push(char);
    at += 1;
  }
  return out.join('');
}

/** After a dot that begins a segment: whether the segment is `.` or `..`, and where the path goes on; undefined for other names. */
function readDirectory(
  path: string,
  at: number,
): { readonly up: boolean; readonly next: number } | undefined {
  if (at >= path.length) return { up: false, next: at };
  if (isSlash(path[at])) return { up: false, next: at + 1 };
  const second = dotLength(path, at);
  if (second === 0) return undefined;
  const end = at + second;
  if (end >= path.length) return { up: true, next: end };
  return isSlash(path[end]) ? { up: true, next: end + 1 } : undefined;
}

function dotLength(path: string, at: number): number {
  if (path[at] === '.') return 1;
  return path[at] === '%' && path[at + 1] === '2' && (path[at + 2] === 'e' || path[at + 2] === 'E') ? 3 : 0;
}

/** Drops the last segment, never the first slash. `out` ends with a slash. */
function backUp(out: string[]): void {
  if (out.length === 1) return;
  out.pop();
  while (out.length > 1 && out[out.length - 1] !== '/') out.pop();
}

function isSlash(char: string | undefined): boolean {
  return char === '/' || char === '\\';
}

function escapedByte(path: string, at: number): number | undefined {
  const digits = path.slice(at + 1, at + 3);
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

function escape(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
