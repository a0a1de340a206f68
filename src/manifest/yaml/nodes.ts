/** How a scalar is written; `empty` is a value that is not there at all (`key:`). */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'empty';

/**
 * Places of every node are offsets into the parsed text: `at` is where it begins with its anchor and tag, `start`…`end` the content itself.
 * `anchor` and `tag` are `''` where there is none; tags are long (`tag:yaml.org,2002:str`).
 */
interface Placed {
  at: number;
  /** Behind anchor and tag; `at` where there are none. */
  bare: number;
  start: number;
  end: number;
  anchor: string;
  tag: string;
}

export interface ScalarNode extends Placed {
  kind: 'scalar';
  style: ScalarStyle;
  /** The text that is meant: escapes resolved, lines folded. */
  text: string;
}
export interface MapNode extends Placed {
  kind: 'map';
  flow: boolean;
  entries: Entry[];
}
export interface SequenceNode extends Placed {
  kind: 'sequence';
  flow: boolean;
  items: Item[];
}
/** `target` is the node that the anchor of that name marks at this point of the text; it may be one that contains the alias. */
export interface AliasNode extends Placed {
  kind: 'alias';
  name: string;
  target: Node;
}
export type Node = ScalarNode | MapNode | SequenceNode | AliasNode;

/** `at` is the key's place, or that of the `?` before it; `colon` is -1 where a key of a flow map stands alone. */
export interface Entry {
  at: number;
  key: Node;
  colon: number;
  value: Node;
}
/** `at` is the place of the dash in block style, of the node in flow style. */
export interface Item {
  at: number;
  node: Node;
}
