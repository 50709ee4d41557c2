// Cisco IM, Record-Route Passthrough Overview: where the two adjacencies are configured apart, the inbound one decides.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { countSignals, signalsText } from '../facts/passthrough-signals.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/inbound-adjacency-wins',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Where inbound and outbound adjacency differ in Record-Route passthrough, the setting of the inbound one is used.',
    why: 'The same call behaves differently in either direction, and half a passthrough leaves a dialog without a route.',
    exceptions: ['The call is from or to a registered subscriber, or privacy or topology hiding applies.'],
    fix: 'Take the setting of the adjacency that the dialog-creating request came in by; or configure both alike.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Overview',
        says: 'in a conflict the setting of the inbound adjacency is used',
      },
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'the behavior is the same whatever the outbound adjacency is configured to',
      },
    ],
    messages: {
      outbound:
        'passthrough is {inbound} on {near} and {outbound} on {far}, and the call follows {far}: {signals}',
      partial:
        'passthrough is {inbound} on {near} and {outbound} on {far}, and the call follows neither whole: {signals}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { signals, near, far, inbound } = crossing;
      if (!crossing.conflicting || signals === null || far === null) return;
      const { yes, of } = countSignals(signals);
      const on = inbound!.recordRoutePassthrough === true;
      const right = on ? yes : of - yes;
      if (of === 0 || right === of) return;
      const { received, sent } = crossing.dialogRequests[0]!;
      const [before, after] = [received.request!, sent!.request!];
      report({
        message: right === 0 ? 'outbound' : 'partial',
        data: {
          inbound: on ? 'on' : 'off',
          outbound: on ? 'off' : 'on',
          near: near.name,
          far: far.name,
          signals: signalsText(signals),
        },
        at: [after, before],
        evidence: [after, before].flatMap((message) => [
          ...headerEvidence(message, HEADER['Record-Route'], 'Record-Route'),
          ...headerEvidence(message, HEADER.Contact, 'Contact'),
        ]),
        crossing,
      });
    },
  }),
});
