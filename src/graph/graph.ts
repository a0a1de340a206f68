import type { SourceRef } from '../manifest/source.ts';

/** Placeholder shape until layout lands: nodes contain rows, edges join rows. Positions are in CSS pixels at 100 %. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly width: number;
  readonly height: number;
}
export interface GraphNode {
  readonly id: string;
  readonly at?: SourceRef;
}
export interface GraphEdge {
  readonly id: string;
}
