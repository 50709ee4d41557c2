// Keeps a message in its call, for ladders and for `show`.

import type { SipMessage } from '../sip/message.ts';
import { MessageStore } from '../sip/message-store.ts';
import type { MessageInfo } from './call.ts';
import type { OpenCall } from './open-call.ts';

/** Up to `limit` messages; the call says when there were more. */
export function keepEvent(call: OpenCall, m: SipMessage, info: MessageInfo, limit: number): void {
  call.events ??= [];
  call.store ??= new MessageStore();
  if (call.events.length >= limit) {
    if (call.messages === limit + 1) {
      call.note(
        'dialog/events-capped',
        'warning',
        `Only the first ${limit} messages of the call are kept`,
        m.frame,
      );
    }
    return;
  }
  call.events.push({
    message: m.keep(call.store),
    retransmissionOf: info.retransmissionOf,
    duplicateOf: info.duplicateOf,
    transaction: info.transaction,
    upstream: info.upstream,
    dialog: info.dialog,
    delay: info.delay,
    moment: info.moment,
  });
}
