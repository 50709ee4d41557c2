// What is wrong with a policy, and where: positions in the file in, lines that point at it out.

export interface PolicyError {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** At least 1. */
  readonly length: number;
  /** What is wrong and what was expected, without the place. */
  readonly message: string;
  /** The whole line. */
  readonly source: string;
}

/**
 * The place, the message, the line and a pointer:
 *
 *     sbc.yaml:3:5: unknown key "peer" (did you mean peers?)
 *           peer: [10.0.0.0/8]
 *           ^~~~
 *
 * Long lines are shown around the place only.
 */
export function formatPolicyError(error: PolicyError): string {
  const { source } = error;
  const at = Math.min(error.column - 1, source.length);
  const from = source.length <= WIDTH ? 0 : Math.max(0, Math.min(at - 20, source.length - WIDTH));
  const shown = source.slice(from, from + WIDTH).replace(CONTROLS, ' ');
  const lead = from > 0 ? '…' : '';
  const tail = from + WIDTH < source.length ? '…' : '';
  const room = Math.max(shown.length - (at - from), 1);
  const pointer = `^${'~'.repeat(Math.min(error.length, room) - 1)}`;
  const place = `${error.file}:${error.line}:${error.column}`;
  return `${place}: ${error.message}\n    ${lead}${shown}${tail}\n    ${' '.repeat(at - from + lead.length)}${pointer}`;
}

const WIDTH = 100;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
