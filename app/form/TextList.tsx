import { Plus, Replace } from 'lucide-react';
import { plainText } from '../../src/gesture/board.ts';
import type { ListSchema } from '../../src/istio/schema/schema.ts';
import type { Json, Path } from '../../src/manifest/source.ts';
import { ask } from '../design/state.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { FieldFrame, Remarks } from './FieldFrame.tsx';
import { gatewayWords, hostWords, serverHostWords } from './hostWords.ts';
import { Rows } from './Rows.tsx';
import { useAt, useEdit, useRemarks, useScene, type Scene } from './scene.ts';
import { suggestionsFor } from './suggestions.ts';
import { Line } from './TextControl.tsx';

interface TextListProps {
  readonly path: Path;
  readonly label: string;
  readonly field: ListSchema;
  readonly value: readonly Json[];
}

/** A list of texts or numbers; hosts and gateways say what they mean. */
export function TextList({ path, label, field, value }: TextListProps) {
  const scene = useScene();
  const list = useAt(path);
  const remarks = useRemarks(path);
  const { edit } = useEdit();
  const word = wordFor(label);
  const suggestions = suggestionsFor(field.items, scene.vocabulary, scene.object.kind, path);
  const fresh = suggestions.find((each) => !value.includes(each)) ?? starter(field);
  return (
    <FieldFrame label={label} field={field} remarks={remarks}>
      <Rows
        path={path}
        word={word}
        count={value.length}
        render={(index) => (
          <Item
            path={[...path, index]}
            word={`${word} ${index + 1}`}
            value={value[index] ?? null}
            suggestions={suggestions}
          />
        )}
      />
      <Button
        look="quiet"
        small
        icon={<Plus size={14} strokeWidth={1.5} aria-hidden />}
        onClick={() =>
          edit({ kind: 'set', at: { object: list.object, path: [...path, value.length] }, value: fresh })
        }
      >
        Add {word}
      </Button>
    </FieldFrame>
  );
}

interface ItemProps {
  readonly path: Path;
  readonly word: string;
  readonly value: Json;
  readonly suggestions: readonly string[];
}

function Item({ path, word, value, suggestions }: ItemProps) {
  const scene = useScene();
  const at = useAt(path);
  const remarks = useRemarks(path);
  const { goOn, begin } = useEdit();
  const written = plainText(value);
  const numeric = typeof value === 'number';
  const means = remarks.some(({ level }) => level === 'fail') ? '' : meaning(scene, path, written);
  const isHost = path.at(-2) === 'hosts' || path.at(-2) === 'sniHosts';
  return (
    <div className={isHost ? 'item host' : 'item'}>
      <Line
        label={word}
        value={written}
        suggestions={suggestions}
        numeric={numeric}
        invalid={remarks.some(({ level }) => level === 'fail')}
        onBegin={begin}
        onType={(typed) =>
          goOn({ kind: 'set', at, value: numeric && /^\d+$/.test(typed) ? Number(typed) : typed })
        }
      />
      {isHost && written !== '' ? <RenameHost written={written} /> : null}
      <Remarks remarks={remarks} />
      {means === '' ? null : <span className="form-help">{means}</span>}
    </div>
  );
}

/** A host stands in more than one place as a rule: gateway, virtual service, server names. */
function RenameHost({ written }: { readonly written: string }) {
  const host = written.slice(written.indexOf('/') + 1);
  return (
    <IconButton
      small
      label={`Rename ${host} everywhere`}
      onClick={() =>
        ask({ kind: 'gesture', gesture: { kind: 'rename', what: { kind: 'host', host }, to: host } })
      }
    >
      <Replace size={14} strokeWidth={1.5} />
    </IconButton>
  );
}

function meaning({ object }: Scene, path: Path, written: string): string {
  const list = path.at(-2);
  if (list === 'hosts' && object.kind === 'Gateway') return serverHostWords(written, object.namespace);
  if (list === 'hosts' && object.kind === 'VirtualService') {
    const words = hostWords(written);
    return words === 'this name' ? '' : words.slice(0, 1).toUpperCase() + words.slice(1);
  }
  return list === 'gateways' ? gatewayWords(written, object.namespace) : '';
}

/** What a new item starts as, where nothing of the paste offers itself. */
function starter(field: ListSchema): Json {
  const { items } = field;
  if (items.type === 'integer' || items.type === 'number') return items.minimum ?? 1;
  if (items.type === 'boolean') return true;
  return starters[(items.type === 'text' ? items.format : undefined) ?? ''] ?? 'value';
}

const starters: Readonly<Record<string, string>> = {
  host: 'www.example.com',
  gateway: 'mesh',
  ip: '10.0.0.1',
  cidr: '10.0.0.0/8',
  namespace: '.',
};

function wordFor(label: string): string {
  const words: Readonly<Record<string, string>> = {
    addresses: 'address',
    cipherSuites: 'cipher suite',
    exportTo: 'namespace',
    allowHeaders: 'header',
    exposeHeaders: 'header',
    allowMethods: 'method',
    sniHosts: 'server name',
    destinationSubnets: 'range',
    remove: 'header',
  };
  return words[label] ?? label.replace(/s$/, '');
}
