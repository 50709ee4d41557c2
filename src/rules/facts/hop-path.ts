// Whether what the caller sends inside a dialog comes by the hop at which its request is seen: without Record-Route it goes
// straight to the callee, past the proxies, and past the capture (RFC 3261 §12.2.1.1, §16.6 step 4).
import { METHOD } from '../../sip/method.ts';
import type { MessageFacts } from './message-facts.ts';
import { sameHost } from './same-target.ts';

/**
 * `response` is one that formed the dialog. The sender of its request is the caller, or has recorded itself; and the one
 * after it in the route is who answered. Only addresses prove it: a name may stand for several boxes.
 */
export function callerIsToldHere(response: MessageFacts): boolean {
  const { recordRoutes, contacts, src, dst } = response.sip;
  const request = response.transaction?.request;
  if (request === undefined) return false;
  const before = request.sip.recordRoutes;
  if (request.sip.vias.length > 1 && !(before.length > 0 && sameHost(before[0]!.uri.host, dst.ip)))
    return false;
  const beyond = recordRoutes.length - before.length;
  const next = beyond > 0 ? recordRoutes[beyond - 1] : contacts === '*' ? undefined : contacts[0];
  return next !== undefined && sameHost(next.uri.host, src.ip);
}

/** The same, or shown by another request of the dialog. */
export function callerPassesHere(response: MessageFacts): boolean {
  if (callerIsToldHere(response)) return true;
  const { toTag } = response.sip;
  // What came this way before the end of the call shows the way of the rest.
  const from = response.sip.fromTag;
  const { messages, requestsInside } = response.leg;
  return (toTag === '' ? messages : requestsInside).some(({ isRequest, methodId, sip }) => {
    return isRequest && methodId !== METHOD.CANCEL && sip.toTag === toTag && sip.fromTag === from;
  });
}

/** Whether an ACK to this 2xx was seen at any hop. */
export function isAcknowledged(success: MessageFacts): boolean {
  const { cseqNumber, toTag } = success.sip;
  return success.leg.call.legs.some(({ messages }) =>
    messages.some((one) => {
      return (
        one.isRequest &&
        one.methodId === METHOD.ACK &&
        one.sip.cseqNumber === cseqNumber &&
        one.sip.toTag === toTag
      );
    }),
  );
}
