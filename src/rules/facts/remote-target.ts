// Where a box must send a request inside a dialog: the Contact its peer gave last (RFC 3261 §12.1, §12.2.1.1, §12.2.1.2).

import { countWhile } from '../../capture/count-while.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { contactOf } from './contact.ts';
import type { Side } from './crossing-side.ts';
import type { MessageFacts } from './message-facts.ts';

/** At the time of a request that the box sent at this side; undefined when the peer's Contact was not captured. */
export function remoteTarget(
  side: Side,
  request: MessageFacts,
): { contact: NameAddr; message: MessageFacts } | undefined {
  const tag = request.sip.toTag;
  const { refreshing } = side.leg;
  const before = countWhile(refreshing, ({ place }) => place < request.place);
  for (let at = before - 1; at >= 0; at--) {
    const message = refreshing[at]!;
    if (!side.received(message) || (message.isRequest ? message.sip.fromTag : message.sip.toTag) !== tag)
      continue;
    const contact = contactOf(message);
    if (contact !== undefined) return { contact, message };
  }
  return undefined;
}
