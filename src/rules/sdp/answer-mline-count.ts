// RFC 3264 §6, §6.1, §8, §8.2: the answer has the media lines of the offer, one for one; later offers have no fewer.
import { type Breach, compareOfferAnswer } from '../../sdp/offer-answer.ts';
import type { SessionDescription } from '../../sdp/session.ts';
import { type Evidence, sdpEvidence } from '../evidence.ts';
import { type Exchange, offerAnswerOf } from '../facts/offer-answer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'sdp/answer-mline-count',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'An answer has as many media lines as its offer, in its order, of its media types and transports.',
    why: 'Media are matched by their place: the peer takes video for audio, or ends the call as soon as it is answered.',
    exceptions: [
      'A bundle-only section, which is offered with port 0 and may be answered with another port.',
      'Names of the same secure profile (RTP/SAVPF and UDP/TLS/RTP/SAVPF): a warning.',
      'An offer that was refused by a failure response.',
    ],
    fix: 'Have the answerer repeat every m= line of the offer in its place, those it refuses with port 0.',
    sources: [
      { document: 'RFC 3264', section: '6', says: 'exactly the same number of m= lines' },
      { document: 'RFC 3264', section: '6.1', says: 'the media type matches' },
      { document: 'RFC 3264', section: '8', says: 'a new offer has at least the lines of the previous SDP' },
      { document: 'RFC 3264', section: '8.2', says: 'port 0 is answered with port 0' },
      { document: 'RFC 8843', section: '1.3', says: 'bundle-only sections have port 0' },
    ],
    messages: {
      count: 'The answer does not match its offer line by line: {problem}',
      type: 'Media line {line} is answered with another media type: {problem}',
      revived: 'Media line {line} was offered as removed, and is accepted: {problem}',
      protocol: 'Media line {line} is answered with another transport: {problem}',
      reoffer: 'The new offer has {count} media lines, the session has {before}',
    },
  },
  create: (context) => ({
    dialog(dialog) {
      let before: SdpFacts | undefined;
      for (const exchange of offerAnswerOf(dialog).exchanges) {
        if (before !== undefined) judgeReoffer(before, exchange, context);
        judgeAnswer(exchange, context);
        if (exchange.outcome === 'answered') before = exchange.offer;
      }
    },
  }),
});

function judgeReoffer(before: SdpFacts, { offer }: Exchange, { report }: RuleContext<'reoffer'>): void {
  if (offer.media.length >= before.media.length) return;
  report({
    message: 'reoffer',
    data: { count: offer.media.length, before: before.media.length },
    at: [offer.message, before.message],
    evidence: offer.media.map(({ line }) => sdpEvidence(offer, line)),
  });
}

function judgeAnswer(exchange: Exchange, { report }: RuleContext<(typeof KEYS)[keyof typeof KEYS]>): void {
  const { offer } = exchange;
  const answer = exchange.answer ?? exchange.previews.at(-1);
  if (answer === undefined || sameLines(offer.description, answer.description)) return;
  for (const breach of compareOfferAnswer(offer.description, answer.description).breaches) {
    const key = KEYS[breach.code as keyof typeof KEYS];
    if (key === undefined || (key === 'protocol' && sameProtocol(offer, answer, breach))) continue;
    report({
      message: key,
      data: { line: breach.index + 1, problem: breach.message },
      at: [answer.message, offer.message],
      evidence: [...lines(answer, breach.index), ...lines(offer, breach.index)],
      ...(key === 'protocol' && bothSecure(offer, answer, breach) && { severity: 'warning' as const }),
    });
  }
}

/** The quick way: nothing that could break a clause. */
function sameLines({ media: offer }: SessionDescription, { media: answer }: SessionDescription): boolean {
  return (
    offer.length === answer.length &&
    offer.every((media, index) => {
      const other = answer[index]!;
      return media.media === other.media && media.protocol === other.protocol && !media.rejected;
    })
  );
}

function sameProtocol(offer: SdpFacts, answer: SdpFacts, { index }: Breach): boolean {
  return offer.media[index]!.protocol.toLowerCase() === answer.media[index]!.protocol.toLowerCase();
}

function bothSecure(offer: SdpFacts, answer: SdpFacts, { index }: Breach): boolean {
  return SECURE.test(offer.media[index]!.protocol) && SECURE.test(answer.media[index]!.protocol);
}

function lines(sdp: SdpFacts, index: number): Evidence[] {
  const media = index < 0 ? sdp.media : sdp.media.slice(index, index + 1);
  return media.map(({ line }) => sdpEvidence(sdp, line));
}

const KEYS = {
  'media-count': 'count',
  'media-type': 'type',
  revived: 'revived',
  protocol: 'protocol',
} as const;
const SECURE = /^(?:(?:UDP|TCP|TCP\/DTLS|UDP\/TLS|TCP\/TLS)\/)?(?:TLS\/)?RTP\/SAVPF?$/i;
