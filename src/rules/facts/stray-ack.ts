// An ACK that acknowledges nothing as it is written, and what it was meant for: the INVITE of its sender that has a final
// response and no ACK (RFC 3261 §17.1.1.3, §13.2.2.4 say how it had to be written).
import { METHOD } from '../../sip/method.ts';
import type { MessageFacts } from './message-facts.ts';
import type { TransactionFacts } from './transaction-facts.ts';

/** Undefined where the INVITE has an ACK. */
export function strayAckTo(invite: TransactionFacts): MessageFacts | undefined {
  const { request, final, acks, leg } = invite;
  if (request === undefined || final === undefined || acks.length > 0) return undefined;
  const known = new Set(leg.transactions.flatMap((one) => one.acks));
  return leg.messages.find((one) => {
    return (
      one.isRequest &&
      one.methodId === METHOD.ACK &&
      !one.repeated &&
      !known.has(one) &&
      one.sip.src.ip === request.sip.src.ip &&
      final.millisecondsTo(one) >= 0
    );
  });
}
