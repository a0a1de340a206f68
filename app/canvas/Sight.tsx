import { useReactFlow, useStore as useFlow } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useEffect } from 'react';
import type { Graph } from '../../src/graph/graph.ts';
import type { LitPath } from '../../src/graph/litPath.ts';
import { useStore } from '../store/store.ts';
import { IconButton } from '../ui/Button.tsx';

/** Zoom, and where the eye starts: all of it if that can be read, else the way of the call. */
export function Sight({ graph, lit }: { readonly graph: Graph; readonly lit: LitPath | undefined }) {
  const flow = useReactFlow();
  const zoom = useFlow((state) => state.transform[2]);
  const width = useFlow((state) => state.width);
  const height = useFlow((state) => state.height);
  const work = useStore((state) => state.work.id + state.work.name);
  const show = (): void => {
    const whole = Math.min(width / (graph.width + 20), height / (graph.height + 10), 1);
    if (whole >= 0.8) {
      const left = Math.max((width - graph.width * whole) / 2, 0);
      void flow.setViewport({ x: left, y: 0, zoom: whole });
      return;
    }
    const path = graph.nodes.filter((node) => lit?.nodes.has(node.id) === true);
    const seen = path.length === 0 ? graph.nodes.slice(0, 3) : path;
    const top = Math.min(...seen.map((node) => node.y)) - 72;
    const bottom = Math.max(...seen.map((node) => node.y + node.height));
    const wide = Math.min(width / (graph.width + 20), 1);
    const scale = Math.max(Math.min(wide, height / (bottom - top + 36)), Math.min(wide, 0.8), 0.3);
    void flow.setViewport({
      x: Math.max((width - graph.width * scale) / 2, 0),
      y: -top * scale,
      zoom: scale,
    });
  };
  const ready = width > 0 && height > 0 && graph.nodes.length > 0;
  useEffect(() => {
    if (ready) show();
    // The eye moves when the text gives way to another or the room changes, never with the request.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [ready, work, width, height]);
  const way = graph.nodes.filter((node) => node.kind !== 'destination' && lit?.nodes.has(node.id) === true);
  const wayKey = way.map((node) => node.id).join(' ');
  useEffect(() => {
    if (!ready || way.length === 0) return;
    const { x, y, zoom: scale } = flow.getViewport();
    const isSeen = way.every(
      (node) =>
        node.x * scale + x < width &&
        (node.x + node.width) * scale + x > 0 &&
        (node.y + 24) * scale + y < height &&
        (node.y + node.height) * scale + y > 24,
    );
    if (!isSeen) show();
    // It follows the way of the request only when that leads out of sight.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wayKey, ready]);
  return (
    <>
      <Legend />
      <div className="zoom">
        <IconButton label="Zoom out" small onClick={() => void flow.zoomOut()}>
          <Minus size={14} strokeWidth={1.5} />
        </IconButton>
        <span>
          {Math.round(zoom * 100)}
          {'\u00a0'}%
        </span>
        <IconButton label="Zoom in" small onClick={() => void flow.zoomIn()}>
          <Plus size={14} strokeWidth={1.5} />
        </IconButton>
        <IconButton label="Fit the way of the request" small onClick={show}>
          <Maximize size={14} strokeWidth={1.5} />
        </IconButton>
      </div>
    </>
  );
}

function Legend() {
  return (
    <ul className="legend">
      <li>
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-call" d="M0 4h22" />
        </svg>
        this call
      </li>
      <li>
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-calm" d="M0 4h22" />
        </svg>
        other ways
      </li>
      <li className="rare">
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-not-attached" d="M0 4h22" />
        </svg>
        not attached
      </li>
      <li className="rare">
        <svg viewBox="0 0 22 8" aria-hidden>
          <path className="way way-broken" d="M0 4h13" />
          <path className="way-cross broken" d="M14 1l6 6m0-6l-6 6" />
        </svg>
        leads nowhere
      </li>
    </ul>
  );
}
