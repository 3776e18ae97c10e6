/**
 * - `word`: key word or unquoted identifier; `quoted`: quoted identifier; `string`, `number`: literals, prefix included
 * - `param`: `$1`, `?` of a driver is an operator; MySQL `@var`, `@@setting`
 * - `comment`: comments, and the marks around MySQL's executable comments (their content is code)
 * - `meta`: a client's own command (`\copy`, `DELIMITER //`); `end`: what ends a statement
 */
export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'param'
  | 'operator'
  | 'punct'
  | 'comment'
  | 'meta'
  | 'end';

/** `text.slice(from, to)`, in UTF-16 units. What lies between two tokens is white space. */
export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
  /** The text ended before the quote or comment was closed. */
  readonly open: boolean;
}
