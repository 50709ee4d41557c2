// RFC 3261 §13.2.1, §14.1; RFC 3262 §5; RFC 3264 §4; RFC 3311 §5; RFC 6337 §2.2, §3.1: each offer is answered once, in its
// place, before the next is made.
import { type Evidence, sdpEvidence, startLineEvidence } from '../evidence.ts';
import { type Exchange, offerAnswerOf, type Slip } from '../facts/offer-answer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { sessionText } from './session-text.ts';

export default defineRule({
  meta: {
    id: 'sdp/offer-answer-state',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    summary:
      'Every offer is answered exactly once and in its place, and no offer is made while another is open.',
    why: 'The two sides hold different sessions: silence, one-way media, or a call that drops when it is answered.',
    exceptions: [
      'Session descriptions in OPTIONS and its answers, and those of another disposition than session.',
      'Forks: each To tag has an exchange of its own.',
      'An offer refused by a failure response, and offers that cross on the way (dialog/invite-glare).',
      'An unreliable 1xx with the description of the 2xx: a preview.',
      'A reliable 1xx without the answer, as long as a later one or the 2xx has it.',
      'Bodies that the capture cut, or that are encrypted.',
    ],
    fix: 'Have the UAS put the answer in the first reliable 1xx with SDP or in the 2xx, and the UAC answer an offer of the 2xx in its ACK, that of a reliable 1xx in its PRACK.',
    sources: [
      { document: 'RFC 3261', section: '13.2.1', says: 'where the first offer and its answer are' },
      { document: 'RFC 3262', section: '5', says: 'an offer in a reliable 1xx is answered in PRACK' },
      { document: 'RFC 3264', section: '4', says: 'no new offer while one is open' },
      { document: 'RFC 3311', section: '5.1', says: 'when an UPDATE may carry an offer' },
      { document: 'RFC 6337', section: '2.2', says: 'the six patterns there are' },
      { document: 'RFC 6337', section: '3.1.1', says: 'an unreliable 1xx only previews the answer' },
    ],
    messages: {
      'no-answer': '{what} brings no answer to the offer in {offer}',
      'no-offer': '{what} is the first reliable response to an INVITE without offer, and brings no offer',
      'offer-while-open': '{what} makes an offer while that in {offer} is not answered',
      'second-answer': '{what} brings another session description though the offer in {offer} was answered',
      'answer-changed': '{what} brings another session description than the answer in {answer}',
      'preview-differs': '{what} answers otherwise than the unreliable {preview} before it',
    },
  },
  create: (context) => ({
    dialog(dialog) {
      const { exchanges, slips } = offerAnswerOf(dialog);
      for (const slip of slips) judgeSlip(slip, context);
      for (const exchange of exchanges) judgeRepeats(exchange, context);
    },
  }),
});

function judgeSlip({ kind, at, exchange }: Slip, { report }: RuleContext<Slip['kind']>): void {
  // RFC 3261 §14.1, dialog/invite-glare: a re-INVITE over another is told there.
  if (kind === 'offer-while-open' && at.method === 'INVITE') return;
  // dialog/update-offer-pending: so is an UPDATE that was refused as it should be.
  if (kind === 'offer-while-open' && isRefused(at.transaction?.final?.status ?? 0)) return;
  const offer = exchange?.offer;
  report({
    message: kind,
    data: { what: nameOf(at), offer: offer === undefined ? '' : nameOf(offer.message) },
    at: offer === undefined ? at : [at, offer.message],
    evidence: [startLineEvidence(at), ...(offer === undefined ? [] : mediaLines(offer))],
  });
}

function judgeRepeats(
  exchange: Exchange,
  { report }: RuleContext<'answer-changed' | 'preview-differs'>,
): void {
  const { answer } = exchange;
  if (answer === undefined) return;
  const repeat = exchange.repeats.find((sdp) => !sameSession(sdp, answer));
  if (repeat !== undefined && repeat.message.method === 'INVITE' && !repeat.message.isRequest) {
    report({
      message: 'answer-changed',
      data: { what: nameOf(repeat.message), answer: nameOf(answer.message) },
      at: [repeat.message, answer.message],
      evidence: [...mediaLines(repeat), ...mediaLines(answer)],
      severity: 'warning',
    });
  }
  const preview = exchange.previews.find((sdp) => !sameSession(sdp, answer));
  if (preview === undefined) return;
  report({
    message: 'preview-differs',
    data: { what: nameOf(answer.message), preview: nameOf(preview.message) },
    at: [answer.message, preview.message],
    evidence: [...mediaLines(answer), ...mediaLines(preview)],
    severity: 'warning',
  });
}

/** But for o=, which sdp/origin-version judges. */
function sameSession(one: SdpFacts, other: SdpFacts): boolean {
  return one.octets.equals(other.octets) || sessionText(one) === sessionText(other);
}

function nameOf({ isRequest, method, status }: Slip['at']): string {
  return isRequest ? method : `${status} to ${method}`;
}

function mediaLines(sdp: SdpFacts): Evidence[] {
  return sdp.media.map(({ line }) => sdpEvidence(sdp, line));
}

function isRefused(status: number): boolean {
  return status === 491 || status === 500;
}
