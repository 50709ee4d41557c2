// A message that a rule remembers for longer than its call is judged: held as its place in the call, not with all that was worked
// out of the call meanwhile.
import { CallFacts } from './call-facts.ts';
import type { MessageFacts } from './message-facts.ts';

export class MessageRef {
  readonly frame: number;
  private readonly call: MessageFacts['leg']['call']['call'];
  private readonly until: MessageFacts['leg']['call']['until'];
  private readonly leg: number;
  private readonly index: number;

  constructor(message: MessageFacts) {
    const { leg } = message;
    this.frame = message.frame;
    this.call = leg.call.call;
    this.until = leg.call.until;
    this.leg = leg.leg.index;
    this.index = message.place;
  }

  /** The message with its call, worked out anew. */
  get facts(): MessageFacts {
    return new CallFacts(this.call, this.until).legs[this.leg]!.messages[this.index]!;
  }
}
