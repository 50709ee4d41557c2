// What is shown of a finding besides its words: the ladder of its calls, the messages that prove it, and what a box changed of
// them. Plain data, masked, so that a thread can hand it on.
import type { MessageDifference } from '../../explain/message-difference.ts';

export interface Exhibit {
  /** Index of its finding among those of the set. */
  readonly finding: number;
  readonly ladder: readonly ExhibitLine[];
  readonly messages: readonly ExhibitMessage[];
  /** Null where the messages that prove it are not two sides of one. */
  readonly across: ExhibitDifference | null;
}

export interface ExhibitLine {
  readonly text: string;
  /** It shows a message that proves the finding, or is the line that breaks the rule. */
  readonly guilty: boolean;
}

export interface ExhibitMessage {
  /** `packet 12  10.0.0.1:5060 → 10.0.0.2:5060  UDP  2026-11-21T03:40:00.123456789Z`. */
  readonly head: string;
  readonly lines: readonly ExhibitLine[];
}

export interface ExhibitDifference {
  /** `INVITE: packet 1 → 3`. */
  readonly head: string;
  readonly difference: MessageDifference;
}
