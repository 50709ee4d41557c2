// Cisco IM, Privacy for SIP Instant Messaging: any other c= line is removed. Its example keeps one that is the local address (Q2).
import { normalHost } from '../../policy/address-range.ts';
import { sdpEvidence } from '../evidence.ts';
import { privateDescriptions } from '../facts/private-sdp.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/im-media-c-remains',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'With privacy, no c= line but that of the session is left in an IM description.',
    why: 'The line under m= has the address of the user as well as that of the session.',
    exceptions: [
      'One that repeats the address of the session is told as info: the chapter prints it so (Q2).',
    ],
    fix: 'Remove every media-level c= when the session-level one is replaced.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'other connection lines are removed',
      },
    ],
    messages: {
      remains: 'a media-level c= {address} is left in the IM description',
      redundant: 'a media-level c= repeats the address of the session, {address}',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      const strict = policy.decisions.privacyMediaConnection === 'refuse';
      for (const { crossed, received, sent } of privateDescriptions(crossing)) {
        const session = normalHost(sent.description.connection?.address ?? '');
        for (const media of sent.media) {
          for (const line of media.lines.filter(({ type }) => type === 'c')) {
            const address = media.text(line).split(' ')[2] ?? '';
            const redundant = normalHost(address) === session;
            report({
              message: redundant ? 'redundant' : 'remains',
              data: { address },
              at: [crossed.message, received.message],
              evidence: [sdpEvidence(sent, line)],
              crossing,
              ...graded(redundant && !strict ? 'info' : 'error', crossing.controller),
            });
          }
        }
      }
    },
  }),
});
