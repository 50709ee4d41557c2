// Cisco IM, Registered Subscribers and Record-Route Passthrough: from and to registered endpoints it never applies.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { signalsText } from '../facts/passthrough-signals.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/applied-to-registered',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'A call from or to a registered subscriber is handled as though passthrough were off: Contact rewritten, a new Record-Route set.',
    why: 'The network knows the subscriber by the Contact the controller published: with another one, later requests go past it.',
    exceptions: [
      'The binding had lapsed before the call.',
      'A binding that is told by the source address alone gives a warning.',
    ],
    fix: 'Turn passthrough off for registered subscribers: end the Record-Route set at the controller and write the published Contact.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Registered Subscribers and Record-Route Passthrough',
        says: 'it does not apply to messages from or to registered endpoints; the set is terminated and a new one created',
      },
    ],
    messages: { applied: 'passthrough applied to a registered subscriber ({binding}): {signals}' },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      if (!crossing.judged || !crossing.registered.holds) return;
      const { signals } = crossing;
      if (signals === null) return;
      const { forwarded, contactKept, returned } = signals;
      if (forwarded !== true && contactKept !== true && returned !== true) return;
      const { received, sent } = crossing.dialogRequests[0]!;
      const [before, after] = [received.request!, sent!.request!];
      const shown = { ...signals, bothAdjacencies: null };
      report({
        message: 'applied',
        data: { binding: crossing.registered.evidence, signals: signalsText(shown) },
        at: [after, before],
        evidence: [after, before].flatMap((message) => [
          ...headerEvidence(message, HEADER['Record-Route'], 'Record-Route'),
          ...headerEvidence(message, HEADER.Contact, 'Contact'),
        ]),
        crossing,
        ...graded('error', crossing.registered, crossing.controller),
      });
    },
  }),
});
