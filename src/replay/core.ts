// What a replay needs of the SBC core: events in, commands out. One is made for each prediction.
import type { Policy } from '../policy/policy.ts';
import type { Command } from '../sbc/command.ts';
import type { SbcEvent } from '../sbc/event.ts';
import type { IdentifierSource } from '../sbc/identifier-source.ts';

export interface Core {
  handle(event: SbcEvent): readonly Command[];
}

export type CoreMaker = (setup: { readonly policy: Policy; readonly identifiers: IdentifierSource }) => Core;
