// Cisco IM, Privacy for SIP Instant Messaging: all IM lines become one, `m=message 5060 sip sip:anonymous@LOCAL`.
import { imUri } from '../../sdp/instant-message.ts';
import { parseUri } from '../../sip/uri/uri.ts';
import { sdpEvidence } from '../evidence.ts';
import { mediaLineEvidence } from '../facts/im-offer.ts';
import { isAnonymous } from '../facts/im-privacy-mode.ts';
import { type PrivateSdp, privateDescriptions } from '../facts/private-sdp.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/im-mline-not-anonymised',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'With privacy, an IM description leaves with one m= line of its media type, for sip:anonymous at the local address.',
    why: 'The URL of the line is the address of the user: who reads it can write to them past the controller.',
    exceptions: [
      'MSRP lines, which are not rewritten (Q13).',
      'A line of port 0 in an answer, which refuses the stream, keeps port 0.',
      'Lines of port 0 that repair the answer to several offered lines (SBC-46).',
    ],
    fix: 'Have the controller replace all m=message lines by the anonymous one; keep the media type, message or x-ms-message.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'all m=message lines are stripped, and one for sip:anonymous at the local address is forwarded',
      },
    ],
    messages: {
      line: 'm={line} is not the anonymous line of {side}',
      lines: '{count} m= lines leave {side} where one is due',
      type: 'm={before} became m={after}',
      port: 'the anonymous line has port {port} instead of {wanted}',
      url: '{part} of the URL {url} is still in the description',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      for (const one of privateDescriptions(crossing)) {
        const { crossed, received, sent, out } = one;
        const common = {
          at: [crossed.message, received.message],
          crossing,
          ...graded('error', crossing.controller),
        };
        const live = sent.messageLines.filter(({ rejected }) => !rejected);
        if (live.length > 1)
          report({
            message: 'lines',
            data: { count: live.length, side: out.name },
            evidence: mediaLineEvidence(sent),
            ...common,
          });
        const wanted = policy.decisions.imPrivacyPort;
        const wrong = live.find((media) => !isAnonymous(media, out));
        if (wrong !== undefined) {
          const line = sent.description.text(wrong.line);
          report({
            message: 'line',
            data: { line, side: out.name },
            evidence: [sdpEvidence(sent, wrong.line), ...mediaLineEvidence(received)],
            ...common,
          });
          continue;
        }
        const [first] = live;
        if (first !== undefined) {
          const before = received.messageLines[0]!.media;
          const evidence = [sdpEvidence(sent, first.line)];
          if (received.messageLines.every(({ media }) => media === before) && first.media !== before)
            report({ message: 'type', data: { before, after: first.media }, evidence, ...common });
          if (first.port !== wanted)
            report({ message: 'port', data: { port: first.port, wanted }, evidence, ...common });
        }
        const left = leftOver(one, crossing.isLocal.bind(crossing));
        if (left !== undefined)
          report({ message: 'url', data: left, evidence: mediaLineEvidence(sent), ...common });
      }
    },
  }),
});

/** User or host of a URL that came, anywhere but in c= and o=, which have rules of their own. */
function leftOver(
  { received, sent }: PrivateSdp,
  isLocal: (host: string) => boolean,
): { part: string; url: string } | undefined {
  const lines = sent.description.allLines.filter(({ type }) => type !== 'c' && type !== 'o');
  const text = lines
    .map((line) => sent.description.text(line))
    .join('\n')
    .toLowerCase();
  for (const media of received.messageLines) {
    const url = imUri(media);
    if (url === undefined) continue;
    const { user, host } = parseUri(url);
    for (const part of [user, host]) {
      if (part.length < MIN_PART || part.toLowerCase() === 'anonymous' || isLocal(part)) continue;
      const at = text.indexOf(part.toLowerCase());
      if (at < 0) continue;
      const whole = !/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + part.length] ?? ' ');
      if (whole) return { part, url };
    }
  }
  return undefined;
}

/** Shorter user parts occur by chance. */
const MIN_PART = 4;
