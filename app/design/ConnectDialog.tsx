import { useState } from 'react';
import { placeName } from '../../src/explain/gestures.ts';
import type { ConnectEnd } from '../../src/gesture/gesture.ts';
import type { GraphNode } from '../../src/graph/graph.ts';
import type { SourceRef } from '../../src/manifest/source.ts';
import { useReport } from '../store/store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { focusOnce } from '../ui/focusOnce.ts';
import { endOf } from './ends.ts';
import { ask, unask } from './state.ts';
import './design.css';

interface Target {
  readonly key: string;
  readonly label: string;
  readonly says: string;
  readonly to: ConnectEnd;
}

/** The other end of a line, chosen from a list: what a drag from a handle does, without a pointer. */
export function ConnectDialog({ from }: { readonly from: SourceRef }) {
  const { report } = useReport();
  const [query, setQuery] = useState('');
  const all = (report?.graph.nodes ?? []).flatMap((node) => targetsOf(node, from));
  const words = query.toLowerCase().trim();
  const found = all.filter(({ label, says }) => `${label} ${says}`.toLowerCase().includes(words));
  const typed = /^[a-z0-9*][a-z0-9.*-]*$/.test(words) && from.object.kind === 'VirtualService';
  const choose = (to: ConnectEnd) => ask({ kind: 'gesture', gesture: { kind: 'connect', from, to } });
  return (
    <Dialog title={`Connect ${placeName(from)} to`} onClose={unask}>
      <form
        className="connect-form"
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = found;
          if (first !== undefined) choose(first.to);
          else if (typed) choose({ kind: 'host', host: words });
        }}
      >
        <input
          className="input"
          aria-label="Find by name or host"
          placeholder="Name or host"
          ref={focusOnce}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <ul className="connect-list">
          {found.map((target) => (
            <li key={target.key}>
              <button type="button" className="connect-item" onClick={() => choose(target.to)}>
                <b>{target.label}</b>
                <span className="dim trunc">{target.says}</span>
              </button>
            </li>
          ))}
          {typed && found.length === 0 ? (
            <li>
              <button
                type="button"
                className="connect-item"
                onClick={() => choose({ kind: 'host', host: words })}
              >
                <b>{words}</b>
                <span className="dim">a host that is not in this paste</span>
              </button>
            </li>
          ) : null}
        </ul>
      </form>
    </Dialog>
  );
}

/** What a node offers to a line: gateways to virtual services and the other way round, services and delegates to rules. */
function targetsOf(node: GraphNode, from: SourceRef): Target[] {
  const end = endOf(node);
  if (end === undefined) return [];
  const forGateway = from.object.kind === 'Gateway';
  switch (node.kind) {
    case 'gateway':
      return forGateway
        ? []
        : [{ key: node.id, label: node.name, says: `gateway in ${node.namespace}`, to: end }];
    case 'virtual-service':
      if (node.at !== undefined && node.at.object.document === from.object.document) return [];
      return forGateway || node.delegate
        ? [{ key: node.id, label: node.name, says: `virtual service in ${node.namespace}`, to: end }]
        : [];
    case 'destination':
      return forGateway ? [] : [{ key: node.id, label: node.name, says: node.host, to: end }];
    case 'mesh':
    case 'group':
      return [];
  }
}
