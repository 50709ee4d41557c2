// What the driver drives: `SbcCore`, or anything that takes the same events.
import type { Command } from '../sbc/command.ts';
import type { SbcEvent } from '../sbc/event.ts';

export interface Core {
  handle(event: SbcEvent): readonly Command[];
  readonly pending: Readonly<Record<string, number>>;
}
