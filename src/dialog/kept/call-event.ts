// Keeps a message in its call, for ladders and for `show`.

import type { SipMessage } from '../../sip/message.ts';
import type { MessageInfo } from '../call.ts';
import { note } from '../evidence.ts';
import type { OpenCall } from '../open-call.ts';
import { EventLog } from './event-log.ts';
import type { KeptPages } from './kept-pages.ts';

/** Up to `limit` messages; the call says when there were more. */
export function keepEvent(
  call: OpenCall,
  m: SipMessage,
  info: MessageInfo,
  limit: number,
  pages: KeptPages,
): void {
  call.log ??= new EventLog(pages);
  if (call.log.count < limit) call.log.add(m, info);
  else if (call.messages === limit + 1) {
    note(
      call,
      'dialog/events-capped',
      'warning',
      `Only the first ${limit} messages of the call are kept`,
      m.frame,
    );
  }
}
