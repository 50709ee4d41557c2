// One token of a filter's text.

export type TokenKind = 'word' | 'string' | 'operator' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** A word as it stands, a string without its quotes and escapes, an operator's symbol. */
  readonly text: string;
  /** 0-based offset of its first character, and how many it has. */
  readonly at: number;
  readonly length: number;
}
