// What the driver drives: `SbcCore`, or anything that takes the same events.
import type { Command } from '../sbc/command.ts';
import type { SbcEvent } from '../sbc/event.ts';

export interface Core {
  handle(event: SbcEvent): readonly Command[];
  /** How much is under way, numbers by kind. */
  readonly pending: object;
}
