// A near leg and a far leg → what speaks for the far one carrying on the near one's call, and what against it.

import { compareIdentifiers } from './compare-identifiers.ts';
import { compareMedia } from './compare-media.ts';
import { compareParties } from './compare-parties.ts';
import { compareSessions } from './compare-sessions.ts';
import { compareTimes } from './compare-times.ts';
import type { Evidence } from './evidence.ts';
import type { LegTraits } from './traits.ts';

/** What is known beyond the two legs. */
export interface Surroundings {
  /** How many legs to the same box have this value lately, itself counted; the more of the two. */
  readonly sharing: (kind: TokenKind, value: string) => number;
  /** Whether the far leg leaves the box that the near one came to: at the same address, one of the same box, or neither. */
  readonly place: 'same address' | 'same box' | 'unknown' | 'elsewhere';
  /** Which of the near leg's attempts the far one carries on. */
  readonly attempt: number;
  /** The phone's own Contact, where they are a call to it or from it, by way of the one that the box published for it; ''. */
  readonly registered: string;
  /** The box passes media on as they are. */
  readonly relays: boolean;
  /** Seconds that the clock of the far leg's capture is ahead. */
  readonly offset: number;
}

/** Values by which a leg is found. */
export type TokenKind =
  | 'session'
  | 'charging'
  | 'guid'
  | 'call'
  | 'tag'
  | 'leg'
  | 'header'
  | 'branch'
  | 'origin'
  | 'number'
  | 'text'
  | 'keys'
  | 'answer'
  | 'ssrc'
  | 'body'
  | 'parties'
  | 'from'
  | 'to'
  | 'nonce'
  | 'binding'
  | 'address';

export function compareLegs(x: LegTraits, y: LegTraits, around: Surroundings, found: Evidence): void {
  const frames = { a: x.attempts[around.attempt].frame, b: y.attempts[0].frame };
  compareIdentifiers(x, y, around, frames, found);
  compareSessions(x, y, around, frames, found);
  compareMedia(x, y, around, frames, found);
  compareParties(x, y, around, frames, found);
  compareTimes(x, y, around, frames, found);
  const { from } = y.leg;
  const { to } = x.leg;
  if (around.place === 'elsewhere') found.oppose('elsewhere', to.text, from.text, frames.a, frames.b);
  else if (around.place !== 'unknown') found.add('box', 1, to.text, from.text, frames.a, frames.b);
}

/** Packets of the two requests that are compared. */
export interface Frames {
  readonly a: number;
  readonly b: number;
}
