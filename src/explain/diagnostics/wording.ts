/**
 * The English of one code. `says` and `todo` are templates for `fill`: `{name}` is a parameter, `[… {name} …]` is left out where the parameter is
 * missing. `got` is always what is written, `want` what is accepted.
 */
export interface Wording {
  readonly title: string;
  readonly says: string;
  readonly todo: string;
}
