// A message as people read it: its lines in order, each with what it means and what is wrong with it.
import type { Diagnostic } from '../capture/diagnostic.ts';

/** `binary` is a body, or a part of one, or trailing octets, that are no text: all of them in one. */
export type LineKind = 'start-line' | 'header' | 'blank' | 'body' | 'trailing' | 'binary';

/** Octets `[start, end)` of the message (offsets from its first octet), without the line end. */
export interface ExplainedLine {
  readonly kind: LineKind;
  readonly start: number;
  readonly end: number;
  /** Secrets masked unless asked for. */
  readonly octets: Buffer;
  /** The octets as UTF-8; not escaped: whoever draws it escapes it. */
  readonly text: string;
  /** What a line of its kind is for, with the clause that says so; '' for lines that go on with another. */
  readonly purpose: string;
  /** What its value says in words, a fact each; a STIR token's claims, a session description's line. */
  readonly decoded: readonly string[];
  /** The value is not readable as it stands: only `decoded` says what is in it. */
  readonly encoded: boolean;
  /** What is wrong in this line; `at` is an offset from the message's first octet. */
  readonly diagnostics: readonly Diagnostic[];
}
