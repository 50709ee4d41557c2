// Cisco IM, Record-Route Passthrough Configuration: under privacy and topology hiding the Record-Route set is stripped from the
// request, whatever passthrough says. RFC 3323 §5.1: so does a privacy service.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { hidingVerdict } from '../facts/hiding.ts';
import { routeText, sharedWith } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/rr-not-stripped',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'With privacy or topology hiding, no Record-Route value that came goes on, whatever passthrough is configured.',
    why: 'The proxies of the side that is to be hidden are told to the other, and with them how to reach it.',
    exceptions: [
      'Record-Route of the controller itself (Q20).',
      'A proxy of the far side that is on both sides.',
    ],
    fix: 'Strip Record-Route from the request, keep it, and restore it in the response.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'under topology hiding or privacy the set is stripped regardless of passthrough',
      },
      {
        document: 'RFC 3323',
        section: '5.1',
        says: 'a privacy service strips Record-Route and remembers it',
      },
    ],
    messages: { kept: 'Record-Route {values} went on with the {method} ({reason})' },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const hidden = hidingVerdict(crossing);
      if (!crossing.judged || hidden === null) return;
      for (const { received, sent } of crossing.dialogRequests) {
        const [before, after] = [received.request!, sent!.request!];
        const kept = sharedWith(after.sip.recordRoutes, before.sip.recordRoutes);
        const values = kept.filter(({ uri }) => !crossing.isLocal(uri.host));
        if (values.length === 0) continue;
        report({
          message: 'kept',
          data: { values: routeText(values), method: received.method, reason: hidden.evidence },
          at: [after, before],
          evidence: [after, before].flatMap((one) =>
            headerEvidence(one, HEADER['Record-Route'], 'Record-Route'),
          ),
          crossing,
          ...graded('error', hidden, crossing.controller),
        });
      }
    },
  }),
});
