// What is wrong with a filter expression, and where: text and position in, two lines that point at it out.

export class FilterError extends Error {
  override readonly name = 'FilterError';
  /** The whole expression. */
  readonly text: string;
  /** 1-based, in UTF-16 code units of `text`; one past the end when something is missing there. */
  readonly column: number;
  /** At least 1. */
  readonly length: number;

  constructor(message: string, text: string, column: number, length: number) {
    super(message);
    this.text = text;
    this.column = Math.min(Math.max(column, 1), text.length + 1);
    this.length = Math.max(length, 1);
  }
}

/**
 * The message, the expression and a pointer:
 *
 *     column 1: unknown field "sip.methd" (did you mean sip.Method?)
 *       sip.methd == "INVITE"
 *       ^~~~~~~~~
 *
 * Long expressions are shown around the place only.
 */
export function formatFilterError(error: FilterError): string {
  const at = error.column - 1;
  const from = error.text.length <= WIDTH ? 0 : Math.max(0, Math.min(at - 20, error.text.length - WIDTH));
  const shown = error.text.slice(from, from + WIDTH).replace(/[\x00-\x1f\x7f]/g, ' ');
  const lead = from > 0 ? '…' : '';
  const tail = from + WIDTH < error.text.length ? '…' : '';
  const room = Math.max(shown.length - (at - from), 1);
  const pointer = `^${'~'.repeat(Math.min(error.length, room) - 1)}`;
  const indent = ' '.repeat(at - from + lead.length);
  return `column ${error.column}: ${error.message}\n  ${lead}${shown}${tail}\n  ${indent}${pointer}`;
}

const WIDTH = 100;
