/**
 * Why a document cannot be read, one word a reason. Names of go-yaml's own complaints stand beside those that have one; the last group is
 * about documents that parse but have no form in JSON, which is what kubectl sends.
 */
export type SyntaxReason =
  // The characters
  | 'control-character' // "control characters are not allowed"
  | 'unexpected-character' // "found character that cannot start any token"
  | 'tab-indent' // the same, where the character is a tab; also "found a tab character that violates indentation"
  // Structure
  | 'expected-key' // "did not find expected key": wrong indentation, most of the time
  | 'expected-colon' // "could not find expected ':'"
  | 'expected-dash' // "did not find expected '-' indicator"
  | 'expected-value' // "did not find expected node content"
  | 'expected-comma-or-brace' // "did not find expected ',' or '}'"
  | 'expected-comma-or-bracket' // "did not find expected ',' or ']'"
  | 'value-not-allowed' // "mapping values are not allowed in this context": a second ": " in a line
  | 'key-not-allowed' // "mapping keys are not allowed in this context": "? "
  | 'item-not-allowed' // "block sequence entries are not allowed in this context"
  | 'too-deep' // nested deeper than `maxDepth`
  // Scalars
  | 'quote-not-closed' // "found unexpected end of stream"
  | 'separator-in-quotes' // "found unexpected document indicator"
  | 'unknown-escape' // "found unknown escape character"
  | 'bad-escape' // "did not find expected hexdecimal number", "found invalid Unicode character escape code"
  | 'bad-block-header' // after | or >
  // Anchors, tags, directives
  | 'bad-anchor' // "did not find expected alphabetic or numeric character": also what becomes of an unquoted *
  | 'unknown-anchor' // "unknown anchor … referenced"
  | 'anchor-contains-itself'
  | 'too-many-aliases' // "document contains excessive aliasing"
  | 'bad-tag' // a tag that cannot be read or has an unknown handle
  | 'bad-directive' // % at the start of a line
  | 'bad-separator' // "invalid Yaml document separator": more than a comment behind ---
  // JSON
  | 'bad-json' // a JSON stream that breaks off where YAML cannot be meant
  // What has no form in JSON
  | 'value-does-not-fit-tag' // "cannot decode … as a …"
  | 'merge-needs-mapping' // "map merge requires map or sequence of maps as the value"
  | 'null-key' // "unsupported map key"
  | 'complex-key' // "invalid map key"
  | 'not-finite' // .inf and .nan
  | 'items-not-a-list' // "cannot unmarshal … into … decodeList.items": `items` at the top makes any object a list
  | 'not-a-mapping'; // the document is a list or a text

/** The first thing that keeps a document from being read, at offsets into the text that was parsed; `found` is the piece of text in question. */
export interface SyntaxFailure {
  readonly reason: SyntaxReason;
  readonly start: number;
  readonly end: number;
  readonly found?: string;
}

/** Levels of nesting that are read; go-yaml stops at 10,000, nobody writes 500, and every later stage may recurse over what is left. */
export const maxDepth = 500;
