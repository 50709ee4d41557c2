// RFC 8866 §5.14, §6.6; RFC 3551 §6; RFC 3264 §8.3.2: payload types are explained, as the profile fixes them, and keep their
// meaning while the session lasts.

import { isRtp } from '../../sdp/codec.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { isDynamicPayloadType } from '../../sdp/payload-type.ts';
import { sdpEvidence } from '../evidence.ts';
import type { DialogFacts } from '../facts/dialog-facts.ts';
import { offerAnswerOf } from '../facts/offer-answer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { diagnosticEvidence, sdpDiagnostics } from './sdp-diagnostic.ts';

export default defineRule({
  meta: {
    id: 'sdp/rtpmap',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'Dynamic payload types have an rtpmap, static ones are what the profile says, and none changes its meaning.',
    why: 'The receiver decodes with the wrong codec or none: noise, silence, or DTMF that is not understood.',
    exceptions: [
      'Static payload types without an rtpmap.',
      'A medium that is refused or removed (port 0), and what is put in its place later.',
      'A payload type that the profile reserves and old devices use, such as 19 for CN: info.',
    ],
    fix: 'Have the sender write a=rtpmap for each payload type from 96 to 127 and keep the mapping in every later offer.',
    sources: [
      { document: 'RFC 8866', section: '5.14', says: 'dynamic payload types need an rtpmap' },
      { document: 'RFC 8866', section: '6.6', says: 'one rtpmap for a format of the m= line' },
      {
        document: 'RFC 3264',
        section: '8.3.2',
        says: 'a dynamic payload type keeps its codec for the session',
      },
      { document: 'RFC 3551', section: '6', says: 'the static payload types' },
    ],
    messages: {
      mapping: 'The payload types of the SDP are inconsistent: {problem}',
      reserved: 'Payload type {format} is reserved, and used for {codec}',
      remapped: 'Payload type {format} of m={media} was {before} and is now {codec}',
    },
  },
  create: (context) => ({
    message(message) {
      if (message.sip.bodyStart === message.sip.bodyEnd) return;
      for (const diagnostic of sdpDiagnostics(message, CODES)) {
        context.report({
          message: 'mapping',
          data: { problem: diagnostic.message },
          at: message,
          evidence: diagnosticEvidence(message.sdp!, diagnostic),
        });
      }
      if (message.sdp !== undefined) judgeReserved(message.sdp, context);
    },
    dialog: (dialog) => judgeChanges(dialog, context),
  }),
});

function judgeReserved(sdp: SdpFacts, { report }: RuleContext<'reserved'>): void {
  for (const media of sdp.media) {
    if (!media.formats.some((format) => RESERVED.has(format)) || !isRtp(media.protocol)) continue;
    for (const [format, codec] of media.rtpmaps) {
      if (!RESERVED.has(format) || !media.formats.includes(format)) continue;
      const evidence = [sdpEvidence(sdp, media.line)];
      report({ message: 'reserved', data: { format, codec }, at: sdp.message, evidence, severity: 'info' });
    }
  }
}

// RFC 3264 §8.3.2: within a stream, and here of one sender.
function judgeChanges(dialog: DialogFacts, { report }: RuleContext<'remapped'>): void {
  const { descriptions } = offerAnswerOf(dialog);
  if (descriptions.length < 2) return;
  for (const side of [true, false]) {
    const known = new Map<string, { codec: string; sdp: SdpFacts }>();
    for (const { sdp, byCaller } of descriptions) {
      if (byCaller !== side) continue;
      sdp.media.forEach((media, index) => {
        for (const [format, codec] of dynamicMaps(media)) {
          const key = `${index} ${media.media} ${format}`;
          const before = known.get(key);
          known.set(key, { codec, sdp });
          if (before === undefined || same(before.codec, codec)) continue;
          report({
            message: 'remapped',
            data: { format, media: media.media, before: before.codec, codec },
            at: [sdp.message, before.sdp.message],
            evidence: [sdpEvidence(sdp, media.line)],
          });
        }
        // RFC 3264 §8.1: in the place of a removed stream a new one may begin.
        if (media.rejected) forget(known, `${index} `);
      });
    }
  }
}

function dynamicMaps(media: MediaDescription): [string, string][] {
  if (media.rejected || !isRtp(media.protocol)) return [];
  return [...media.rtpmaps].filter(([format]) => isDynamicPayloadType(Number(format)));
}

function forget(known: Map<string, unknown>, prefix: string): void {
  for (const key of known.keys()) if (key.startsWith(prefix)) known.delete(key);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const CODES: ReadonlySet<string> = new Set(['sdp/rtpmap']);
/** RFC 3551 §6, tables 4 and 5: reserved; 72 to 76 would be taken for RTCP. */
const RESERVED: ReadonlySet<string> = new Set(['1', '2', '19', '72', '73', '74', '75', '76']);
