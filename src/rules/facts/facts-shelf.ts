// The facts of the calls that were judged last. Those of others are forgotten, and made anew of the call when its crossing is
// judged: what is forgotten soon costs less to make twice than to keep.
import type { Timestamp } from '../../capture/timestamp.ts';
import type { Call } from '../../dialog/call.ts';
import { letGoOfEvents } from '../../legs/leg.ts';
import { CallFacts } from './call-facts.ts';

export class FactsShelf {
  private readonly shelf: CallFacts[] = [];

  /** `until`: how far the capture was read, where the call was not judged before. */
  of(call: JudgedCall, until: Timestamp): CallFacts {
    const known = this.shelf.find((one) => one.call === call);
    if (known !== undefined) return known;
    const facts = new CallFacts(call, call[UNTIL] ?? until);
    this.shelf.push(facts);
    if (this.shelf.length > MOST) letGoOfEvents(this.shelf.shift()!.call);
    return facts;
  }

  /** The call is judged now: that is how far its facts see, whenever they are made anew. */
  judged(call: JudgedCall, until: Timestamp): CallFacts {
    call[UNTIL] = until;
    const facts = this.of(call, until);
    facts.until = until;
    return facts;
  }
}

type JudgedCall = Call & { [UNTIL]?: Timestamp };

/** Kept with the call, which may wait long for its crossing. */
const UNTIL = Symbol('until');
/** A crossing is of two calls. */
const MOST = 2;
