import { Hexagon, Waypoints } from 'lucide-react';
import type { GraphNode } from '../../src/graph/graph.ts';

interface KindIconProps {
  readonly node: Pick<GraphNode, 'kind'> & { readonly of?: 'virtual-service' | 'destination' };
  readonly size?: number;
}

/** What a node is: a gate, a fork, a hexagon, a web. Never coloured by kind. */
export function KindIcon({ node, size = 16 }: KindIconProps) {
  switch (node.kind) {
    case 'gateway':
      return <Gate size={size} />;
    case 'mesh':
      return <Waypoints size={size} strokeWidth={1.5} aria-hidden />;
    case 'virtual-service':
      return <Fork size={size} />;
    case 'destination':
      return <Hexagon size={size} strokeWidth={1.5} aria-hidden />;
    case 'group':
      return node.of === 'destination' ? (
        <Hexagon size={size} strokeWidth={1.5} aria-hidden />
      ) : (
        <Fork size={size} />
      );
  }
}

interface IconProps {
  readonly size: number;
}

function Gate({ size }: IconProps) {
  return (
    <svg className="kind" width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      <path d="M2.750 13.750V7.250a5.250 5.250 0 0 1 10.500 0v6.500M6.250 13.750V5.750M9.750 13.750V5.750M2.750 9.750h10.500" />
    </svg>
  );
}

function Fork({ size }: IconProps) {
  return (
    <svg className="kind" width={size} height={size} viewBox="0 0 16 16" aria-hidden>
      <path d="M1.750 8h3c3.250 0 2.500-4 5.750-4h3.250M4.750 8c3.250 0 2.500 4 5.750 4h3.250" />
      <path d="M11.750 2.250 13.750 4l-2 1.750M11.750 10.250l2 1.750-2 1.750" />
    </svg>
  );
}
