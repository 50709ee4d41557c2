// Cisco IM, Invalid Connection Address: c= of an IM description may be of no use to who gets it; no media flows, so no harm is done.
import { anyHas } from '../../policy/address-range.ts';
import type { Policy } from '../../policy/policy.ts';
import { isInstantMessaging, isMsrp } from '../../sdp/instant-message.ts';
import { sdpEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/invalid-connection-address',
    severity: 'info',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'The connection address of an IM description that goes to a public peer is private; nothing depends on it.',
    why: 'It looks like a fault of address translation and is none: IM has no media. Only MSRP needs the address.',
    exceptions: [
      'MSRP lines, which connect (RFC 4975 §8.1): they are judged by im/msrp-treated-as-sip-im.',
      'The receiver is in a private network itself.',
    ],
    fix: 'Nothing; do not rewrite it, since IM session descriptions are to go on unchanged.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Miscellaneous SDP Handling',
        says: 'the connection address may not be valid for the receiver, which is acceptable',
      },
    ],
    messages: { private: 'c= {address} of an IM description is private, and its receiver is not' },
  },
  create: ({ report, policy }) => ({
    message(message) {
      const { sip } = message;
      if (sip.bodyStart === sip.bodyEnd || message.sdp === undefined) return;
      const { sdp } = message;
      if (sdp.kind() !== 'im' || isPrivate(policy, sip.dst.ip)) return;
      for (const media of sdp.media) {
        if (!isInstantMessaging(media.media) || isMsrp(media) || media.rejected) continue;
        const { address } = media;
        if (address === '' || !isPrivate(policy, address)) continue;
        const line = [...media.lines, ...sdp.description.lines].find(({ type }) => type === 'c')!;
        report({
          message: 'private',
          data: { address },
          at: message,
          evidence: [sdpEvidence(sdp, line)],
        });
        return;
      }
    },
  }),
});

function isPrivate({ networks }: Policy, address: string): boolean {
  return !anyHas(networks.public, address) && anyHas(networks.private, address);
}
