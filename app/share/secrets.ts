/** Something in the text that should not travel in a link. */
export interface Finding {
  readonly kind: 'private-key' | 'secret' | 'token';
  /** What it is, in a few words: "Secret bookinfo-secret, tls.key". */
  readonly what: string;
  /** From 1. */
  readonly line: number;
  /** Offsets of what would be left out: the key's body, the Secret's values, the token. */
  readonly start: number;
  readonly end: number;
}

/** Private keys in PEM, values of Secrets, and what looks like a token, in the order of the text. Linear in its length. */
export function findSecrets(text: string): readonly Finding[] {
  const found = [...pemKeys(text), ...secretValues(text), ...inlineSecrets(text), ...tokens(text)].sort(
    (a, b) => a.start - b.start,
  );
  let end = -1;
  const apart = found.filter((each) => {
    if (each.start < end) return false;
    end = each.end;
    return true;
  });
  let line = 1;
  let at = 0;
  return apart.map((each) => {
    for (; at < each.start; at += 1) if (text.charCodeAt(at) === 10) line += 1;
    return { ...each, line };
  });
}

/** The same text with all that was found replaced by the word `REMOVED`; the rest stays byte for byte. */
export function withoutSecrets(text: string, findings: readonly Finding[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of findings) {
    parts.push(text.slice(at, start), 'REMOVED');
    at = end;
  }
  return parts.join('') + text.slice(at);
}

type Found = Omit<Finding, 'line'>;

function pemKeys(text: string): readonly Found[] {
  const found: Found[] = [];
  const begin = /-----BEGIN ((?:[A-Z0-9]+ ){0,3}PRIVATE KEY)-----/g;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const from = match.index + match[0].length;
    const end = text.indexOf('-----END ', from);
    const to = end < 0 ? Math.min(text.length, from + 8192) : end;
    found.push({ kind: 'private-key', what: `a private key (${match[1]})`, start: from, end: to });
    begin.lastIndex = to;
  }
  // The same in base64, as a Secret has it.
  for (const match of text.matchAll(/LS0tLS1CRUdJTi[A-Za-z0-9+/=]{40,}/g)) {
    if (!decodes(match[0]).includes('PRIVATE KEY')) continue;
    found.push({
      kind: 'private-key',
      what: 'a private key in base64',
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

/** Values below `data` and `stringData` of documents and items whose kind is Secret. */
function secretValues(text: string): readonly Found[] {
  if (!/\bkind["']?\s*:\s*["']?Secret\b/.test(text)) return [];
  const lines = linesOf(text);
  const texts = lines.map((line) => line.text);
  const found: Found[] = [];
  let done = 0;
  lines.forEach((line, index) => {
    const kind = /^(\s*(?:- )?)["']?kind["']?\s*:\s*["']?Secret\b/.exec(line.text);
    if (kind === null || index < done) return;
    const indent = (kind[1] ?? '').length;
    const [from, to] = extent(texts, index, indent);
    done = to;
    found.push(...valuesOf(lines.slice(from, to), indent, `Secret ${nameOf(texts.slice(from, to))}`));
  });
  return found;
}

/** A Secret as JSON in one line, which is what kubectl keeps in an annotation of what was applied last. */
function inlineSecrets(text: string): readonly Found[] {
  return linesOf(text).flatMap((line) => {
    if (!/"kind"\s*:\s*"Secret"/.test(line.text)) return [];
    const inline = line.text.matchAll(/"(?:data|stringData)"\s*:\s*\{([^{}]+)\}/g);
    return [...inline].map((match) =>
      secretAt(
        `Secret ${nameOf([line.text])}, as JSON`,
        match[1] ?? '',
        line.start + match.index + match[0].indexOf('{') + 1,
      ),
    );
  });
}

interface Line {
  /** Without its end. */
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): readonly Line[] {
  let at = 0;
  return text.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    return { text: line.endsWith('\r') ? line.slice(0, -1) : line, start };
  });
}

/** The values of one Secret, whose own fields stand at `indent`. */
function valuesOf(lines: readonly Line[], indent: number, secret: string): readonly Found[] {
  const found: Found[] = [];
  let inside = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const key = line === undefined ? null : /^(\s*(?:- )?)["']?([^\s:"']+)["']?\s*:\s*(.*)$/.exec(line.text);
    if (line === undefined || key === null) continue;
    const column = (key[1] ?? '').length;
    const value = (key[3] ?? '').replace(/[,\s]+$/, '');
    const start = line.start + line.text.length - (key[3] ?? '').length;
    if (column <= indent) {
      inside = /^(data|stringData)$/.test(key[2] ?? '') && column === indent;
      if (inside && /^\{.+\}$/.test(value)) {
        found.push(secretAt(`${secret}, ${key[2]}`, value.slice(1, -1), start + 1));
      }
    } else if (inside && /^[|>]/.test(value)) {
      const block = blockBelow(lines, index, column);
      index += block.length;
      const [first, last] = [block[0], block.at(-1)];
      if (first === undefined || last === undefined) continue;
      const from = first.start + first.text.search(/\S/);
      const content = block.map((each) => each.text.trim()).join('\n');
      const end = last.start + last.text.length;
      found.push({ ...secretAt(`${secret}, ${key[2]}`, content, from), end });
    } else if (inside && value !== '' && value !== '{') {
      const quoted = /^(["']).*\1$/.test(value) ? 1 : 0;
      const plain = value.slice(quoted, value.length - quoted);
      found.push(secretAt(`${secret}, ${key[2]}`, plain, start + quoted));
    }
  }
  return found;
}

function secretAt(what: string, value: string, start: number): Found {
  const isKey = value.includes('PRIVATE KEY') || decodes(value).includes('PRIVATE KEY');
  return {
    kind: isKey ? 'private-key' : 'secret',
    what: isKey ? `${what}: a private key` : what,
    start,
    end: start + value.length,
  };
}

/** The lines of a block scalar, without blank ones at its end. */
function blockBelow(lines: readonly Line[], index: number, column: number): readonly Line[] {
  let end = index + 1;
  for (let at = index + 1; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') continue;
    if (text.search(/\S/) <= column) break;
    end = at + 1;
  }
  return lines.slice(index + 1, end);
}

/** The lines of the object that a `kind:` line with that indentation stands in. */
function extent(lines: readonly string[], index: number, indent: number): [number, number] {
  const outside = (line: string) =>
    line.startsWith('---') || (line.trim() !== '' && (/^(\s*(?:- )?)/.exec(line)?.[1] ?? '').length < indent);
  const opens = (line: string) => /^\s*- /.test(line) && (/^(\s*- )/.exec(line)?.[1] ?? '').length === indent;
  let from = index;
  while (from > 0 && !opens(lines[from] ?? '') && !outside(lines[from - 1] ?? '')) from -= 1;
  let to = index + 1;
  while (to < lines.length && !outside(lines[to] ?? '') && !opens(lines[to] ?? '')) to += 1;
  return [from, to];
}

function nameOf(lines: readonly string[]): string {
  for (const line of lines) {
    const match = /(?:^|[\s{,])["']?name["']?\s*:\s*["']?([^\s"',}]+)/.exec(line);
    if (match !== null) return match[1] ?? '';
  }
  return 'without a name';
}

const tokenShapes: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g, 'a JSON web token'],
  [/\b(?:ghp|gho|ghs|ghu|ghr)_[A-Za-z0-9]{30,}/g, 'a token of GitHub'],
  [/\bglpat-[A-Za-z0-9_-]{18,}/g, 'a token of GitLab'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/g, 'a token of Slack'],
  [/\bAKIA[0-9A-Z]{16}\b/g, 'an access key of AWS'],
  [/(?<=\b[Bb]earer\s)[A-Za-z0-9._~+/-]{16,}=*/g, 'a bearer token'],
  [
    /(?<=\b(?:token|password|passwd|secret|api[_-]?key|apikey|client[_-]?secret|authorization)["']?[ \t]{0,4}:[ \t]{0,4}["']?)(?![|>{[*&])[^\s"'#,]{8,}/gi,
    'a value named like a secret',
  ],
];

function tokens(text: string): readonly Found[] {
  return tokenShapes.flatMap(([shape, what]) =>
    [...text.matchAll(shape)].map((match): Found => ({
      kind: 'token',
      what,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

function decodes(base64: string): string {
  try {
    return atob(base64.slice(0, 80 - (80 % 4)));
  } catch {
    return '';
  }
}
