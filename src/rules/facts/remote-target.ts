// Where a box must send a request inside a dialog: the Contact its peer gave last (RFC 3261 §12.1, §12.2.1.1, §12.2.1.2).
import type { NameAddr } from '../../sip/name-addr.ts';
import { contactOf } from './contact.ts';
import type { Side } from './crossing-side.ts';
import type { MessageFacts } from './message-facts.ts';

/** At the time of a request that the box sent at this side; undefined when the peer's Contact was not captured. */
export function remoteTarget(
  side: Side,
  request: MessageFacts,
): { contact: NameAddr; message: MessageFacts } | undefined {
  const tag = request.sip.toTag;
  let found: { contact: NameAddr; message: MessageFacts } | undefined;
  for (const message of side.leg.messages) {
    if (message === request) break;
    if (!side.received(message) || !refreshes(message)) continue;
    if ((message.isRequest ? message.sip.fromTag : message.sip.toTag) !== tag) continue;
    const contact = contactOf(message);
    if (contact !== undefined) found = { contact, message };
  }
  return found;
}

/** RFC 3261 §12.2: INVITE; RFC 3311 §5: UPDATE; RFC 6665 §4.5.1: SUBSCRIBE and NOTIFY. */
function refreshes({ isRequest, method, status }: MessageFacts): boolean {
  if (!REFRESHERS.has(method)) return false;
  return isRequest || (status > 100 && status < 300);
}

const REFRESHERS: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY', 'REFER']);
