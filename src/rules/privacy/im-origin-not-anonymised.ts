// Cisco IM, Privacy for SIP Instant Messaging: o= is the controller's own, and its address that of c=.
import { normalHost } from '../../policy/address-range.ts';
import { type Evidence, sdpEvidence } from '../evidence.ts';
import { privateDescriptions } from '../facts/private-sdp.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/im-origin-not-anonymised',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'With privacy, o= of an IM description is the own line of the controller, with the address of c=.',
    why: 'o= has the login name and the address of who made the description.',
    exceptions: [
      'The line that came named nobody: user -, or an address of the controller.',
      'Session id and version may be those that came, as the chapter prints them (Q9).',
    ],
    fix: 'Have the controller write o= anew: user -, and the address it writes into c=.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'o= is replaced with own information, its address set to match c=',
      },
    ],
    messages: {
      unchanged: 'o= of the user went on as it came: {origin}',
      address: 'o= has the address {address} and c= has {connection}',
      username: 'o= still has the user name {username}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      for (const { crossed, received, sent, out } of privateDescriptions(crossing)) {
        const before = received.description.origin;
        const after = sent.description.origin;
        if (before === undefined || after === undefined) continue;
        const connection = sent.description.connection?.address ?? '';
        const common = {
          at: [crossed.message, received.message],
          evidence: [...originEvidence(sent), ...originEvidence(received)],
          crossing,
          ...graded('error', crossing.controller),
        };
        const same = normalHost(before.address) === normalHost(after.address);
        const nobody = before.username === '-' || before.username === '';
        if (same && !out.owns(after.address) && !crossing.isLocal(before.address))
          report({ message: 'unchanged', data: { origin: sent.description.first('o')! }, ...common });
        else if (normalHost(after.address) !== normalHost(connection))
          report({
            message: 'address',
            data: { address: after.address, connection: connection || 'none' },
            ...common,
          });
        else if (
          !nobody &&
          before.username === after.username &&
          after.username.toLowerCase() !== 'anonymous'
        )
          report({ message: 'username', data: { username: after.username }, ...common });
      }
    },
  }),
});

function originEvidence(sdp: SdpFacts): Evidence[] {
  const line = sdp.description.lines.find(({ type }) => type === 'o');
  return line === undefined ? [] : [sdpEvidence(sdp, line)];
}
