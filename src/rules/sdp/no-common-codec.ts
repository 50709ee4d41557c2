// RFC 3264 §6.1: a stream that is accepted has at least one format of the offer.
import { codecsOf, isRtp } from '../../sdp/codec.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { compareOfferAnswer, type MediaPair } from '../../sdp/offer-answer.ts';
import { sdpEvidence, startLineEvidence } from '../evidence.ts';
import { type Exchange, offerAnswerOf } from '../facts/offer-answer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'sdp/no-common-codec',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'A stream that is accepted has at least one codec of the offer; a stream without one is refused.',
    why: 'The call is answered and stays silent, for neither side can decode what the other sends.',
    exceptions: [
      'Payload type numbers that differ for the same codec: codecs are compared by name, clock rate and channels.',
      'Formats in the answer beyond the offer, as long as one is common.',
      'Media that is not RTP, and streams that are refused with port 0.',
    ],
    fix: 'Enable a common codec on both sides or transcode between them; else have the answerer refuse with 488 or port 0.',
    sources: [
      { document: 'RFC 3264', section: '6.1', says: 'at least one format of those in the offer' },
      { document: 'RFC 3264', section: '6', says: 'a stream is refused with port 0' },
    ],
    messages: {
      none: 'No codec of m={media} is common: offered {offered}, answered {answered}',
      'no-voice': 'Only {common} of m={media} is common: offered {offered}, answered {answered}',
      refused: '{status} to an offer of {offered}, while {supported} is supported',
    },
  },
  create: (context) => ({
    dialog(dialog) {
      for (const exchange of offerAnswerOf(dialog).exchanges) judge(exchange, context);
    },
    transaction: (transaction) => explain(transaction, context),
  }),
});

function judge(exchange: Exchange, { report }: RuleContext<'none' | 'no-voice'>): void {
  const { offer } = exchange;
  const answer = exchange.answer ?? exchange.previews.at(-1);
  if (answer === undefined || offer.media.every((media, index) => sharesStatic(media, answer.media[index])))
    return;
  for (const pair of compareOfferAnswer(offer.description, answer.description).media) {
    if (pair.offer === undefined || pair.answer === undefined || !isJudged(pair)) continue;
    const common = [...pair.commonCodecs, ...sameNumbers(pair.offer, pair.answer)];
    if (common.some((codec) => !isAuxiliary(codec))) continue;
    if (common.length > 0 && codecsOf(pair.offer).every(isAuxiliary)) continue;
    report({
      message: common.length === 0 ? 'none' : 'no-voice',
      data: {
        media: pair.answer.media,
        offered: codecsOf(pair.offer).join(' '),
        answered: codecsOf(pair.answer).join(' '),
        common: [...new Set(common)].join(' '),
      },
      at: [answer.message, offer.message],
      evidence: [sdpEvidence(answer, pair.answer.line), sdpEvidence(offer, pair.offer.line)],
      ...(common.length > 0 && { severity: 'warning' as const }),
    });
  }
}

/** The quick way: one number below 96, other than comfort noise, in both. RFC 3551 §6 fixes what it is. */
function sharesStatic(offer: MediaDescription, answer: MediaDescription | undefined): boolean {
  return offer.formats.some((format) => {
    return (
      format.length < 3 &&
      format < '96' &&
      format !== '13' &&
      format !== '19' &&
      answer?.formats.includes(format)
    );
  });
}

function isJudged({ offer, answer, accepted, sameMedia }: MediaPair): boolean {
  return (
    accepted &&
    sameMedia &&
    offer !== undefined &&
    answer !== undefined &&
    !offer.rejected &&
    isRtp(offer.protocol) &&
    isRtp(answer.protocol)
  );
}

/** The same number without a name on either side, or a static one: RFC 3551 §6 fixes what it is, however it is spelled. */
function sameNumbers(offer: MediaDescription, answer: MediaDescription): string[] {
  const offered = new Set(offer.formats);
  const named = new Set(answer.attributeValues('rtpmap').map((value) => value.split(' ', 1)[0]!));
  return answer.formats.filter(
    (format) => offered.has(format) && (Number(format) < 96 || !named.has(format)),
  );
}

/** Not for speech or pictures by itself: DTMF, comfort noise, redundancy, retransmission. */
function isAuxiliary(codec: string): boolean {
  return /^(?:telephone-event|CN|13|red|rtx|ulpfec|flexfec-03)(?:\/|$)/i.test(codec);
}

/** RFC 3261 §21.4.26: a 488 or 606 may say what would have been acceptable. */
function explain(transaction: TransactionFacts, { report }: RuleContext<'refused'>): void {
  const { final, request } = transaction;
  if (final === undefined || (final.status !== 488 && final.status !== 606)) return;
  const offer = request?.sdp;
  const supported = final.sdp;
  if (request === undefined || offer === undefined || supported === undefined) return;
  const [offered, able] = [audible(offer), audible(supported)];
  if (offered.length === 0 || able.length === 0) return;
  if (offered.some((codec) => able.includes(codec))) return;
  report({
    message: 'refused',
    data: { status: final.status, offered: offered.join(' '), supported: able.join(' ') },
    at: [final, request],
    evidence: [startLineEvidence(final), ...supported.media.map(({ line }) => sdpEvidence(supported, line))],
    severity: 'info',
  });
}

function audible(sdp: SdpFacts): string[] {
  const codecs = sdp.media.flatMap((media) => (isRtp(media.protocol) ? codecsOf(media) : []));
  return codecs.filter((codec) => !isAuxiliary(codec)).map((codec) => codec.toLowerCase());
}
