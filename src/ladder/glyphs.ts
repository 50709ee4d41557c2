// The characters a ladder is drawn with, in Unicode's box drawing block or in ASCII. Each is one column wide.

export interface Glyphs {
  readonly lifeline: string;
  /** A lifeline while nothing happens. */
  readonly idle: string;
  readonly shaft: string;
  /** A shaft that passes a lifeline. */
  readonly crossing: string;
  /** The shaft of a message that was not captured. */
  readonly dashed: string;
  /** The shaft of media, and where it passes a lifeline. */
  readonly stream: string;
  readonly streamCrossing: string;
  readonly right: string;
  readonly left: string;
  /** Corners of an arrow from a box to itself. */
  readonly turnRightDown: string;
  readonly turnRightUp: string;
  readonly turnLeftDown: string;
  readonly turnLeftUp: string;
  readonly ellipsis: string;
  readonly to: string;
  readonly times: string;
  readonly dots: string;
  readonly rule: string;
}

export const UNICODE: Glyphs = {
  lifeline: '│',
  idle: '┊',
  shaft: '─',
  crossing: '┼',
  dashed: '╌',
  stream: '═',
  streamCrossing: '╪',
  right: '>',
  left: '<',
  turnRightDown: '┐',
  turnRightUp: '┘',
  turnLeftDown: '┌',
  turnLeftUp: '└',
  ellipsis: '…',
  to: '→',
  times: '×',
  dots: '···',
  rule: '══',
};

export const ASCII: Glyphs = {
  lifeline: '|',
  idle: ':',
  shaft: '-',
  crossing: '+',
  dashed: '.',
  stream: '=',
  streamCrossing: '+',
  right: '>',
  left: '<',
  turnRightDown: '.',
  turnRightUp: "'",
  turnLeftDown: '.',
  turnLeftUp: "'",
  ellipsis: '...',
  to: '->',
  times: 'x',
  dots: '...',
  rule: '==',
};
