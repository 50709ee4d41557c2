// RFC 3261 §18.1.1: a request of more than 1300 octets, or within 200 of the MTU, goes by TCP.
import { METHOD } from '../../sip/method.ts';
import { type Evidence, factEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'transport/udp-too-large',
    severity: 'warning',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A request of more than 1300 octets, or within 200 octets of the MTU, is not sent by UDP.',
    why: 'It is cut into fragments, which firewalls and NATs drop: calls from some phones or with some codecs never start.',
    exceptions: [
      'Responses, which go the way of their request: info where they are fragmented.',
      'A path whose MTU the policy states, at least 200 octets larger than the request.',
      'MESSAGE outside of a dialog: message/im-too-large.',
    ],
    fix: 'Have the sender change to TCP for large requests, or list fewer codecs, candidates and headers.',
    sources: [
      {
        document: 'RFC 3261',
        section: '18.1.1',
        says: 'more than 1300 bytes must go by a congestion controlled transport',
      },
    ],
    messages: {
      large: '{method} of more than {limit} octets is sent by UDP',
      fragmented: '{what} is sent by UDP in several IP fragments',
      lost: '{method} of more than {limit} octets by UDP is never answered, and smaller requests are',
    },
  },
  create: ({ report, policy }) => {
    const { mtu, udpRequestOctets, t1Ms } = policy.thresholds;
    const limit = mtu === null ? udpRequestOctets : mtu - MARGIN;
    return {
      message(message) {
        const { sip } = message;
        const octets = sip.end - sip.start;
        if (sip.transport !== 'udp') return;
        if (!sip.isRequest) {
          if (sip.frames !== null && sip.frames.length > 1) {
            const data = { what: `${message.status} to ${message.method}` };
            report({
              message: 'fragmented',
              data,
              at: message,
              evidence: proof(message, octets),
              severity: 'info',
            });
          }
          return;
        }
        if (octets <= limit || (sip.methodId === METHOD.MESSAGE && sip.toTagStart < 0)) return;
        const { method } = message;
        const evidence = proof(message, octets);
        if (isLost(message, limit, 64 * t1Ms)) {
          report({ message: 'lost', data: { method, limit }, at: message, evidence, severity: 'error' });
        } else if (sip.frames !== null && sip.frames.length > 1) {
          report({ message: 'fragmented', data: { what: method }, at: message, evidence });
        } else {
          report({ message: 'large', data: { method, limit }, at: message, evidence });
        }
      },
    };
  },
});

/** Nothing came back, while a smaller request of the same sender was answered (guard G2). */
function isLost(message: MessageFacts, limit: number, due: number): boolean {
  const { transaction, leg, sip } = message;
  if (transaction === undefined || transaction.responses.length > 0 || sip.methodId === METHOD.ACK)
    return false;
  if (!leg.call.covers(message, due)) return false;
  return leg.transactions.some(
    ({ request, responses }) =>
      responses.length > 0 &&
      request !== undefined &&
      request.sip.src.text === sip.src.text &&
      request.sip.end - request.sip.start <= limit,
  );
}

function proof(message: MessageFacts, octets: number): Evidence[] {
  const { frame, frames } = message.sip;
  const fragments = frames === null || frames.length < 2 ? '' : ` in ${frames.length} fragments`;
  return [startLineEvidence(message), factEvidence(frame, 'packet', 'size', `${octets} octets${fragments}`)];
}

const MARGIN = 200;
