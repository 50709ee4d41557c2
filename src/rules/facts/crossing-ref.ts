// A crossing, or a leg, that a rule remembers for longer than it is judged: held as its calls, not with all that was worked out of
// them meanwhile.
import type { Leg } from '../../legs/leg.ts';
import { CallFacts } from './call-facts.ts';
import { Crossing } from './crossing.ts';
import type { LegFacts } from './leg-facts.ts';

export class LegRef {
  readonly leg: Leg;
  private readonly until: LegFacts['call']['until'];

  constructor({ leg, call }: LegFacts) {
    this.leg = leg;
    this.until = call.until;
  }

  /** Worked out anew. */
  get facts(): LegFacts {
    return new CallFacts(this.leg.call, this.until).legs[this.leg.index]!;
  }
}

export class CrossingRef {
  readonly a: LegRef;
  readonly b: LegRef | null;
  private readonly pair: Crossing['pair'];
  private readonly world: Crossing['world'];

  constructor({ a, b, pair, world }: Crossing) {
    this.a = new LegRef(a);
    this.b = b === null ? null : new LegRef(b);
    this.pair = pair;
    this.world = world;
  }

  /** Worked out anew; the legs of one call share its facts. */
  get facts(): Crossing {
    const a = this.a.facts;
    if (this.b === null) return new Crossing(a, null, this.pair, this.world);
    const isOneCall = this.b.leg.call === this.a.leg.call;
    const b = isOneCall ? a.call.legs[this.b.leg.index]! : this.b.facts;
    return new Crossing(a, b, this.pair, this.world);
  }
}
