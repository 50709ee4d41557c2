// Cisco IM, Record-Route Passthrough Overview: with passthrough, Contact crosses as it came, in the request and in its response.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { contactOf } from '../facts/contact.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { sameContact } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/contact-rewritten-under-passthrough',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'With passthrough, Contact goes on unchanged in the request that creates a dialog and in its responses.',
    why: 'The adjacency is not the last hop then: a Contact that names it ends the route there, and the far end is never reached.',
    exceptions: [
      'The Contact that came already named the controller.',
      'The call is from or to a registered subscriber, or privacy or topology hiding applies.',
      'Header parameters that change are told as info.',
    ],
    fix: 'Leave Contact alone where Record-Route passes through; stay in the path by Record-Route.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Overview',
        says: 'the end-to-end Contacts pass through without being rewritten',
      },
    ],
    messages: {
      request: 'Contact {came} of the {method} went on as {went}',
      response: 'Contact {came} of the {method} went back as {went}',
      parameters: 'the header parameters of Contact {came} changed: {went}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { passthrough } = crossing;
      if (!crossing.judged || crossing.conflicting || passthrough === null || !passthrough.holds) return;
      const compare = (
        before: MessageFacts,
        after: MessageFacts,
        message: 'request' | 'response',
        method: string,
      ) => {
        const came = contactOf(before);
        const went = contactOf(after);
        if (came === undefined || went === undefined || crossing.isLocal(came.uri.host)) return;
        const same = sameContact(came.uri, went.uri);
        const params = (text: typeof came) =>
          text.params.list.map(({ name, value }) => `${name}=${value}`).join(';');
        if (same && params(came) === params(went)) return;
        report({
          message: same ? 'parameters' : message,
          data: same
            ? { came: came.text, went: went.text }
            : { came: came.uri.text, went: went.uri.text, method },
          at: [after, before],
          evidence: [after, before].flatMap((one) => headerEvidence(one, HEADER.Contact, 'Contact')),
          crossing,
          ...graded(same ? 'info' : 'error', passthrough),
        });
      };
      for (const { received, sent, responses } of crossing.dialogRequests) {
        compare(received.request!, sent!.request!, 'request', received.method);
        for (const { received: before, sent: after } of responses) {
          if (before === undefined || after.status >= 300) continue;
          compare(before, after, 'response', `${after.status}`);
        }
      }
    },
  }),
});
