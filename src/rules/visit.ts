// A rule's visitor with what it looks at, known beforehand: a hundred visitors are shown each call, and most look at one thing.
// Each is an object of a shape of its own, so that to look up a function of it takes as long as many of those functions do.
import type { MessageInfo } from '../dialog/call.ts';
import type { PacketSummary } from '../network/packet-summary.ts';
import type { SipMessage } from '../sip/message.ts';
import type { CallFacts } from './facts/call-facts.ts';
import type { Crossing } from './facts/crossing.ts';
import type { Rule, Visitor } from './rule.ts';

export class Visit {
  readonly rule: Rule;
  readonly visitor: Visitor;
  private readonly message: Visitor['message'];
  private readonly transaction: Visitor['transaction'];
  private readonly dialog: Visitor['dialog'];
  private readonly leg: Visitor['leg'];
  private readonly call: Visitor['call'];
  private readonly crossing: Visitor['crossing'];
  private readonly live: Visitor['live'];
  private readonly packet: Visitor['packet'];

  constructor(rule: Rule, visitor: Visitor) {
    this.rule = rule;
    this.visitor = visitor;
    this.message = visitor.message;
    this.transaction = visitor.transaction;
    this.dialog = visitor.dialog;
    this.leg = visitor.leg;
    this.call = visitor.call;
    this.crossing = visitor.crossing;
    this.live = visitor.live;
    this.packet = visitor.packet;
  }

  /** Whether it looks at calls, or at parts of them. */
  get looks(): boolean {
    const { message, transaction, dialog, leg, call } = this;
    return [message, transaction, dialog, leg, call].some((one) => one !== undefined);
  }

  /** Leg by leg, then the call. */
  show(facts: CallFacts): void {
    const { visitor, message, transaction, dialog, leg } = this;
    for (const hop of facts.legs) {
      if (message !== undefined) for (const one of hop.distinct) message.call(visitor, one);
      if (transaction !== undefined) for (const one of hop.transactions) transaction.call(visitor, one);
      if (dialog !== undefined) for (const one of hop.dialogs) dialog.call(visitor, one);
      leg?.call(visitor, hop);
    }
    this.call?.call(visitor, facts);
  }

  showCrossing(crossing: Crossing): void {
    this.crossing!.call(this.visitor, crossing);
  }

  showLive(message: SipMessage, info: MessageInfo): void {
    this.live!.call(this.visitor, message, info);
  }

  showPacket(packet: PacketSummary): void {
    this.packet!.call(this.visitor, packet);
  }
}
