// Which calls an audit is about: those that a filter matches, over all their messages.
import type { Call, MessageInfo } from '../dialog/call.ts';
import type { Collector } from '../filter/collector.ts';
import type { Filter } from '../filter/filter.ts';
import type { SipMessage } from '../sip/message.ts';

export class CallFilter {
  private readonly filter: Filter;
  private readonly open = new Map<Call, Collector>();

  constructor(filter: Filter) {
    this.filter = filter;
  }

  /** Each message: what the filter uses of it is gathered. */
  collect(message: SipMessage, info: MessageInfo): void {
    // A filter of call fields alone gathers nothing: the call has them.
    if (!this.filter.needs.message && !this.filter.needs.packet) return;
    let collector = this.open.get(info.call);
    if (collector === undefined) {
      collector = this.filter.collector();
      this.open.set(info.call, collector);
    }
    collector.add(message, info);
  }

  /** Asked once for each call. */
  has(call: Call): boolean {
    const collector = this.open.get(call) ?? this.filter.collector();
    this.open.delete(call);
    return collector.matches(call);
  }
}
