// RFC 4975 §8: `m=message … TCP/MSRP *` is a session with a connection of its own. The chapter tells IM by the media type alone and
// so takes MSRP for IM over SIP.
import { anyHas } from '../../policy/address-range.ts';
import { isInstantMessaging, isMsrp } from '../../sdp/instant-message.ts';
import { msrpSession } from '../../sdp/msrp.ts';
import { sdpEvidence } from '../evidence.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/msrp-treated-as-sip-im',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'MSRP keeps its path across the controller, and the path leads to a host that the far side can reach.',
    why: 'The session is set up and no message ever arrives: MSRP connects to the URI of its path (RFC 4975 §8.1).',
    exceptions: [
      'A relay stands first in the path, and it can be reached (RFC 4976).',
      'IM over SIP: m= lines with the protocol sip.',
      'Both sides are private networks.',
    ],
    fix: 'Handle TCP/MSRP as media: pass the line with its path and relay the connection, or refuse it with 488.',
    sources: [
      { document: 'RFC 4975', section: '8.1', says: 'devices connect by the path, not by c= and m=' },
      { document: 'RFC 4975', section: '8.2', says: 'every offer and answer has a path' },
      {
        document: 'Cisco IM',
        section: 'SDP Handling for SIP Instant Messaging',
        says: 'IM is told by m=message alone',
      },
    ],
    messages: {
      anonymised: 'an MSRP line went on as IM over SIP: {line}',
      'path-dropped': 'an MSRP line went on without its path',
      unreachable: 'the MSRP path leads to {host}, a private address, and {to} is public',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      const isPrivate = (host: string) => {
        return !anyHas(policy.networks.public, host) && anyHas(policy.networks.private, host);
      };
      for (const { received, sent, message } of crossing.descriptions) {
        for (const [index, before] of received.media.entries()) {
          if (!isInstantMessaging(before.media) || !isMsrp(before) || before.rejected) continue;
          const after = sent?.media[index] ?? sent?.media[0];
          if (after === undefined || after.rejected) continue;
          const common = {
            at: [message, received.message],
            evidence: [sdpEvidence(sent!, after.line), sdpEvidence(received, before.line)],
            crossing,
            ...graded('warning', crossing.controller),
          };
          const { path } = msrpSession(after);
          if (!isMsrp(after)) {
            const line = sent!.description.text(after.line);
            report({ message: 'anonymised', data: { line: `m=${line}` }, ...common });
          } else if (path.length === 0 && before.has('path')) report({ message: 'path-dropped', ...common });
          else if (path.length > 0) {
            const host = /^msrps?:\/\/(?:[^@/]*@)?\[?([^\]:/;]+)/i.exec(path[0]!)?.[1] ?? '';
            const to = message.sip.dst.ip;
            if (isPrivate(host) && !isPrivate(to))
              report({ message: 'unreachable', data: { host, to }, ...common });
          }
        }
      }
    },
  }),
});
