// Cisco IM, Record-Route Passthrough Configuration, turned off: two sets, and neither end sees the other's.
import { HEADER } from '../../sip/header/header-names.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { formingResponse } from '../facts/passthrough-signals.ts';
import { missingFrom, routeText, sharedWith } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/rr-crossed-when-off',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'Without passthrough, no Record-Route value of one side appears on the other.',
    why: 'An end that gets the values of the far side routes past the controller or to proxies that it cannot reach, and it sees a network that was to stay hidden.',
    exceptions: [
      'The same proxy is on both sides.',
      'What privacy and topology hiding should have stripped from the request is told by privacy/rr-not-stripped.',
      'Calls from and to registered subscribers are judged by applied-to-registered.',
    ],
    fix: 'Cache the set of each side and keep it there: return it in the response, build Route of it, forward none of it.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'turned off, neither end sees the entire end-to-end set',
      },
      { document: 'Cisco IM', section: 'Record-Route Passthrough Overview', says: 'two independent sets' },
    ],
    messages: {
      request: "Record-Route {values} of the caller's side went on with the {method}",
      response: "Record-Route {values} of the callee's side came back with the {method}",
      adjacency: 'Record-Route {values} of the other adjacency is in the {method}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { passthrough, near, far } = crossing;
      if (!crossing.judged || crossing.conflicting || far === null) return;
      if (passthrough === null || passthrough.holds || crossing.registered.holds) return;
      const tell = (
        message: 'request' | 'response' | 'adjacency',
        values: readonly NameAddr[],
        method: string,
        at: MessageFacts[],
      ) => {
        if (values.length === 0) return;
        report({
          message,
          data: { values: routeText(values), method },
          at,
          evidence: headerEvidence(at[0]!, HEADER['Record-Route'], 'Record-Route'),
          crossing,
          ...graded('error', passthrough),
        });
      };
      for (const request of crossing.dialogRequests) {
        const before = request.received.request!;
        const after = request.sent!.request!;
        const [came, went] = [before.sip.recordRoutes, after.sip.recordRoutes];
        const stripped = crossing.anyPrivacy.holds || crossing.hiding.holds;
        if (!stripped) tell('request', sharedWith(went, came), before.method, [after, before]);
        const forming = formingResponse(request);
        const back = forming?.sent.sip.recordRoutes ?? [];
        const fromFar = sharedWith(back, forming?.received.sip.recordRoutes ?? []);
        const foreign = missingFrom(came, fromFar).filter(({ uri }) => !crossing.isLocal(uri.host));
        if (forming !== undefined)
          tell('response', foreign, `${forming.sent.status}`, [forming.sent, forming.received]);
        const ofNear = went.filter(({ uri }) => near.names(uri) && !far.names(uri));
        tell('adjacency', ofNear, before.method, [after]);
        const ofFar = back.filter(({ uri }) => far.names(uri) && !near.names(uri));
        if (forming !== undefined) tell('adjacency', ofFar, `${forming.sent.status}`, [forming.sent]);
      }
    },
  }),
});
