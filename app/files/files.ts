import { useStore, replaceText, say, undo, unsay } from '../store/store.ts';
import { initialSettings } from '../store/state.ts';

/** Larger files would freeze the editor; the engine's limit is lower in practice. */
const mostBytes = 20 * 1024 * 1024;

/** Bytes to text without losing any: the byte-order mark stays, and what is not UTF-8 is told. */
function decode(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Asks for a file, or several: they are joined as documents. */
export function openFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = '.yaml,.yml,.json,text/yaml,application/yaml,application/json,text/plain';
  input.onchange = () => void takeFiles([...(input.files ?? [])]);
  input.click();
}

/** The files' text takes the place of what is there: one undo. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  const first = files[0];
  if (first === undefined) return;
  if (files.some((file) => file.size > mostBytes)) {
    say(`${first.name} is larger than 20 MiB and was not opened.`);
    return;
  }
  const texts = await Promise.all(files.map(async (file) => decode(await file.arrayBuffer())));
  const unreadable = files.find((_, index) => texts[index] === undefined);
  if (unreadable !== undefined) {
    say(`${unreadable.name} is not text in UTF-8 and was not opened.`);
    return;
  }
  const name = first.name.replace(/\.(ya?ml|json|txt)$/i, '');
  replaceText(joined(texts as string[]), { name, label: 'Open file', settings: { closed: false } });
  say(`${files.length === 1 ? first.name : `${files.length} files`} opened.`, undoing);
}

/** One file stays as it is; of several each becomes a document of its own. */
export function joined(texts: readonly string[]): string {
  return texts.reduce((all, text) => {
    const end = all === '' || /[\n\r]$/.test(all) ? '' : '\n';
    return `${all}${end}${/^\uFEFF?---/.test(text) ? '' : '---\n'}${text.replace(/^\uFEFF/, '')}`;
  });
}

/** An empty text; what was there is one undo away. */
export function newText(): void {
  replaceText('', { name: 'untitled', label: 'New', settings: initialSettings });
  say('Started from an empty text.', undoing);
}

/** The text, byte for byte, as a file. */
export function downloadText(): void {
  const { name, text } = useStore.getState().work;
  download(text, `${fileName(name)}.yaml`);
}

export function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export async function copyText(): Promise<void> {
  await copy(useStore.getState().work.text, 'The YAML is in the clipboard.');
}

/** Puts text into the clipboard and says so, or says that the browser did not let it. */
export async function copy(text: string, done: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
    return true;
  } catch {
    say('The browser does not let this page use the clipboard.');
    return false;
  }
}

const undoing = {
  label: 'Undo',
  run: () => {
    undo();
    unsay();
  },
};

/** A name that every system takes for a file. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'gatehouse';
}
