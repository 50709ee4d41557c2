// Cisco IM, SIP Instant Messaging and SDP Handling: without privacy, IM session descriptions go on unchanged, offers and answers.
import { isInstantMessaging } from '../../sdp/instant-message.ts';
import type { SdpLine } from '../../sdp/line.ts';
import { parseMediaLine } from '../../sdp/media-line.ts';
import { sdpEvidence, startLineEvidence } from '../evidence.ts';
import type { CrossedSdp } from '../facts/crossed-sdp.ts';
import type { Crossing } from '../facts/crossing.ts';
import { asksToHide, privacyAsked } from '../facts/crossing-privacy.ts';
import { interworkingOf } from '../facts/im-interworking.ts';
import { imPrivacyMode } from '../facts/im-privacy-mode.ts';
import { diffSdp, lineText } from '../facts/sdp-diff.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/sdp-modified-without-privacy',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Without privacy, the session description of an IM dialog crosses unchanged, in offers and in answers.',
    why: 'Clients find one another by the URIs and attributes they wrote: a line that is changed leads nowhere, or means something else.',
    exceptions: [
      'Privacy applies, or the caller asks for it.',
      'Only line ends or blanks at the end of lines changed: info.',
      'The parts around the description in a multipart body may change.',
      'Privacy is not known and the change is the whole privacy rewrite, or a part of it: privacy/mode-inferred tells.',
      'b= lines, ports and the number of lines are told by rules of their own.',
    ],
    fix: 'Turn off rewriting of session descriptions for IM: no media relay, no added attributes.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'SIP Instant Messaging',
        says: 'the SDP body is forwarded unchanged unless privacy is configured',
      },
      {
        document: 'Cisco IM',
        section: 'SDP Handling for SIP Instant Messaging',
        says: 'unchanged with the exception of privacy',
      },
    ],
    messages: {
      changed: 'the IM session description changed: {lines}',
      removed: 'the IM session description of the {method} did not go on',
      blanks: 'only line ends or blanks of the IM session description changed',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      for (const crossed of crossing.descriptions) {
        const { received, sent, message, fromCaller } = crossed;
        const privacy = crossing.privacy(fromCaller);
        if (!received.im || received.kind() !== 'im' || crossing.hides(fromCaller)) continue;
        // RFC 3323 §5.2: also who asks for it in this message alone.
        if (asksToHide(privacyAsked(received.message))) continue;
        const at = [message, received.message];
        if (sent === undefined) {
          // Whoever changes who offers is judged by interworking-not-488.
          if (message.sip.bodyStart < message.sip.bodyEnd || interworkingOf(crossing) !== null) continue;
          report({
            message: 'removed',
            data: { method: received.message.isRequest ? received.message.method : received.message.status },
            at,
            evidence: [startLineEvidence(message)],
            crossing,
            ...graded('error', privacy, crossing.controller),
          });
          continue;
        }
        if (!privacy.known && isPrivacyRewrite(crossing, crossed)) continue;
        const diff = diffSdp(received, sent);
        if (diff === null) continue;
        if (diff.onlyBlanks) {
          report({
            message: 'blanks',
            at,
            evidence: [startLineEvidence(message)],
            crossing,
            severity: 'info',
          });
          continue;
        }
        // RFC 3264 §8: where lines of a hidden side are put back, the version goes up with them.
        const hidesAnyone = crossing.hides(true) || crossing.hides(false);
        const isCounted = hidesAnyone && originKey(received) === originKey(sent);
        const matters = (line: SdpLine): boolean =>
          !toldElsewhere(received, sent, line) && !(isCounted && line.type === 'o');
        const gone = diff.gone.filter(matters);
        const come = diff.come.filter(matters);
        if (gone.length === 0 && come.length === 0) continue;
        report({
          message: 'changed',
          data: { lines: changes(received, gone, sent, come) },
          at,
          evidence: [
            ...come.map((line) => sdpEvidence(sent, line)),
            ...gone.map((line) => sdpEvidence(received, line)),
          ].slice(0, MAX_EVIDENCE),
          crossing,
          ...graded('error', privacy, crossing.controller),
        });
      }
    },
  }),
});

function isPrivacyRewrite(crossing: Crossing, { received, sent, fromCaller }: CrossedSdp): boolean {
  const mode = imPrivacyMode(received, sent!, crossing.out(fromCaller)!);
  return mode === 'on' || mode === 'partial';
}

/** media-resource-allocated: b=, a port; x-ms-message-treated-differently: its type; multiple-message-lines-rejected: the number. */
function toldElsewhere(received: SdpFacts, sent: SdpFacts, line: SdpLine): boolean {
  if (line.type === 'b') return true;
  if (line.type !== 'm') return false;
  if (received.messageLines.length !== sent.messageLines.length) return true;
  return received.media.some(({ port, media }, index) => {
    const other = sent.media[index];
    if (other === undefined) return false;
    const own = other.line === line || received.media[index]!.line === line;
    if (!own || parseMediaLine(received.description.text(received.media[index]!.line)).port !== port)
      return false;
    return other.port !== port || (other.media !== media && isInstantMessaging(other.media));
  });
}

/** o= without its version. */
function originKey({ description }: SdpFacts): string {
  return (description.first('o') ?? '').trim().replace(/^(\S+ +\S+ +)\S+/, '$1');
}

/** `- c=IN IP4 192.0.2.10 + c=IN IP4 198.51.100.30` */
function changes(
  received: SdpFacts,
  gone: readonly SdpLine[],
  sent: SdpFacts,
  come: readonly SdpLine[],
): string {
  const lines = [
    ...gone.map((line) => `- ${lineText(received, line)}`),
    ...come.map((line) => `+ ${lineText(sent, line)}`),
  ];
  const shown = lines.slice(0, MAX_SHOWN).join(' ');
  return lines.length > MAX_SHOWN ? `${shown} and ${lines.length - MAX_SHOWN} more` : shown;
}

const MAX_SHOWN = 6;
const MAX_EVIDENCE = 24;
