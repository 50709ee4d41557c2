// The facts of the calls that were judged last: their crossings are often judged soon after. Older ones are forgotten, and
// made anew of the call when its crossing comes after all.
import type { Timestamp } from '../../capture/timestamp.ts';
import type { Call } from '../../dialog/call.ts';
import { letGoOfEvents } from '../../legs/leg.ts';
import { CallFacts } from './call-facts.ts';

export class FactsShelf {
  private readonly shelf = new Map<Call, CallFacts>();
  /** Stands behind the last that was forgotten. */
  private readonly oldest = this.shelf.keys();
  /** Of those on the shelf. */
  private messages = 0;

  /** `until`: how far the capture was read, where the call was not judged before. */
  of(call: JudgedCall, until: Timestamp): CallFacts {
    let facts = this.shelf.get(call);
    if (facts === undefined) {
      facts = new CallFacts(call, call[UNTIL] ?? until);
      this.shelf.set(call, facts);
      this.messages += call.messages;
      this.trim();
    }
    return facts;
  }

  /** The call is judged now: that is how far its facts see, whenever they are made anew. */
  judged(call: JudgedCall, until: Timestamp): CallFacts {
    call[UNTIL] = until;
    const facts = this.of(call, until);
    facts.until = until;
    return facts;
  }

  private trim(): void {
    // A crossing is of two calls.
    while (this.messages > MOST_MESSAGES && this.shelf.size > 2) {
      const call = this.oldest.next().value!;
      this.shelf.delete(call);
      this.messages -= call.messages;
      letGoOfEvents(call);
    }
  }
}

type JudgedCall = Call & { [UNTIL]?: Timestamp };

/** Kept with the call, which may wait long for its crossing. */
const UNTIL = Symbol('until');
const MOST_MESSAGES = 4096;
