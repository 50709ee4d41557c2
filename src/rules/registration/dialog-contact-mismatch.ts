// Cisco IM, Registered Subscribers and Record-Route Passthrough: a dialog that a registered endpoint begins carries the Contact
// that the SBC published for it when it registered.
import { HEADER } from '../../sip/header/header-names.ts';
import { factEvidence, headerEvidence } from '../evidence.ts';
import { aorOf, isCurrent } from '../facts/bindings.ts';
import { contactOf } from '../facts/contact.ts';
import { sameTarget } from '../facts/same-target.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/dialog-contact-mismatch',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'A dialog of a registered endpoint leaves the SBC with the Contact published for it.',
    why: 'The network takes the call for one of another endpoint, and what it sends back does not find the phone.',
    exceptions: [
      'Parameters of the Contact, such as ob and gr.',
      'Several bindings of the user: any of them will do.',
      'The registration is not in the capture.',
    ],
    fix: 'Have the SBC use the Contact of the registration for every dialog of the same endpoint.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Registered Subscribers and Record-Route Passthrough',
        says: 'the Contact of later dialogs matches the one published before',
      },
    ],
    messages: {
      differs: '{method} of {aor} left with the Contact {went}, published was {expected}',
    },
  },
  create: ({ report, bindings }) => ({
    crossing(crossing) {
      const { far, controller } = crossing;
      if (far === null || !crossing.judged || bindings.empty) return;
      for (const { received, sent } of crossing.dialogRequests) {
        const before = received.request!;
        const after = sent!.request!;
        const went = contactOf(after);
        const { from, src } = before.sip;
        if (went === undefined || from === undefined) continue;
        const aor = aorOf(from.uri);
        const isRegistered = bindings
          .ofEndpoint(src)
          .some((one) => one.aor === aor && isCurrent(one, before.sip));
        if (!isRegistered) continue;
        const published = bindings.ofAor(aor).filter((one) => {
          return one.endpoint.ip === far.box.ip && isCurrent(one, before.sip);
        });
        const [binding] = published;
        if (binding === undefined || published.some(({ contact }) => sameTarget(contact, went.uri))) continue;
        report({
          message: 'differs',
          data: { method: before.method, aor, went: went.uri.text, expected: binding.contact.text },
          at: [after, before],
          frames: published.map(({ frame }) => frame),
          evidence: [
            ...headerEvidence(after, HEADER.Contact, 'Contact'),
            factEvidence(binding.frame, 'packet', 'published', binding.contact.text),
          ],
          crossing,
          ...graded('error', controller),
        });
      }
    },
  }),
});
