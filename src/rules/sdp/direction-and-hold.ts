// RFC 3264 §6.1, §8.4; RFC 8866 §6.7: which direction answers which, and how a stream is put on hold.
import { isUnspecified } from '../../sdp/connection.ts';
import { ANSWERS } from '../../sdp/direction.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { type Evidence, sdpEvidence } from '../evidence.ts';
import type { DialogFacts } from '../facts/dialog-facts.ts';
import { type Exchange, offerAnswerOf } from '../facts/offer-answer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { diagnosticEvidence, sdpDiagnostics } from './sdp-diagnostic.ts';

export default defineRule({
  meta: {
    id: 'sdp/direction-and-hold',
    severity: 'warning',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    summary:
      'The direction of an answer fits the offer, and hold is asked for by direction, not by the address 0.0.0.0.',
    why: 'Hold that one side does not understand ends in silence after the call is taken back, or in no music on hold.',
    exceptions: [
      'Streams that are refused or removed (port 0).',
      'The address 0.0.0.0 in an initial offer, which third-party call control uses: info.',
      'The address 0.0.0.0 with port 9 or ICE, where candidates come later.',
    ],
    fix: 'Have the holding side offer a=sendonly or a=inactive with its own address, and the other answer recvonly or inactive.',
    sources: [
      { document: 'RFC 3264', section: '6.1', says: 'which direction answers which' },
      { document: 'RFC 3264', section: '8.4', says: 'hold is a direction; 0.0.0.0 is no longer recommended' },
      { document: 'RFC 8866', section: '6.7', says: 'at most one direction in a section' },
    ],
    messages: {
      direction: 'm={media} is offered {offered}, answered {answered}',
      'legacy-hold': 'm={media} is put on hold with the address {address}',
      'black-hole': 'm={media} of the initial offer has the address {address}',
      conflict: 'Two directions in one section: {problem}',
    },
  },
  create: (context) => ({
    message(message) {
      for (const diagnostic of sdpDiagnostics(message, CODES)) {
        const evidence = diagnosticEvidence(message.sdp!, diagnostic);
        context.report({ message: 'conflict', data: { problem: diagnostic.message }, at: message, evidence });
      }
    },
    dialog(dialog) {
      for (const exchange of offerAnswerOf(dialog).exchanges) {
        judgeAnswer(exchange, context);
        judgeAddress(exchange, dialog, context);
      }
    },
  }),
});

function judgeAnswer({ offer, answer }: Exchange, { report }: RuleContext<'direction'>): void {
  if (answer === undefined) return;
  answer.media.forEach((media, index) => {
    const offered = offer.media[index];
    if (offered === undefined || media.rejected || offered.rejected || media.port === 0) return;
    if (media.media !== offered.media || ANSWERS[offered.direction].includes(media.direction)) return;
    report({
      message: 'direction',
      data: { media: media.media, offered: offered.direction, answered: media.direction },
      at: [answer.message, offer.message],
      evidence: [...directionLines(answer, media), ...directionLines(offer, offered)],
      // RFC 3264 §6.1: what is offered inactive is answered inactive, and nothing else.
      ...(offered.direction === 'inactive' && { severity: 'error' as const }),
    });
  });
}

function judgeAddress(
  { offer, transaction }: Exchange,
  dialog: DialogFacts,
  { report }: RuleContext<'legacy-hold' | 'black-hole'>,
): void {
  for (const media of offer.media) {
    if (media.port === 0 || !isUnspecified(media.address) || isTrickling(media)) continue;
    const initial = transaction === dialog.created;
    report({
      message: initial ? 'black-hole' : 'legacy-hold',
      data: { media: media.media, address: media.address },
      at: offer.message,
      evidence: [sdpEvidence(offer, media.line), ...connectionLine(offer, media)],
      ...(initial && { severity: 'info' as const }),
    });
  }
}

/** RFC 8839 §4.3.1.3: without candidates yet, the address is 0.0.0.0 and the port 9. */
function isTrickling(media: MediaDescription): boolean {
  return media.port === 9 || media.has('ice-ufrag') || media.has('candidate');
}

function directionLines(sdp: SdpFacts, media: MediaDescription): Evidence[] {
  const attribute = media.attributes.find(({ name }) => name === media.direction);
  const line = attribute?.line ?? media.line;
  return [sdpEvidence(sdp, line)];
}

function connectionLine(sdp: SdpFacts, media: MediaDescription): Evidence[] {
  const line =
    media.lines.find(({ type }) => type === 'c') ?? sdp.description.lines.find(({ type }) => type === 'c');
  return line === undefined ? [] : [sdpEvidence(sdp, line)];
}

const CODES: ReadonlySet<string> = new Set(['sdp/direction-conflict']);
