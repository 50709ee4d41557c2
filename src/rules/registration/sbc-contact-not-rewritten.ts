// Cisco IM, Registered Subscribers and Record-Route Passthrough: the SBC puts its own Contact into a REGISTER that it sends to
// the registrar, so that calls to the phone come back through it. A proxy in its place adds Path (RFC 3327 §5.2).
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence } from '../evidence.ts';
import { contactOf } from '../facts/contact.ts';
import { sameTarget } from '../facts/same-target.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/sbc-contact-not-rewritten',
    severity: 'error',
    scope: 'registration',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'A REGISTER leaves the SBC with a Contact of the SBC.',
    why: 'The registrar calls the phone past the SBC, where a NAT or a firewall stops it.',
    exceptions: [
      'Contact: * removes all bindings.',
      'The SBC works as a proxy: Contact is left, and Path names the SBC. That is told as an observation.',
      'An adjacency that is set not to rewrite it.',
    ],
    fix: 'Have the SBC rewrite Contact in REGISTER on the adjacency towards the registrar, or add Path.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Registered Subscribers and Record-Route Passthrough',
        says: 'the SBC must rewrite the Contact in REGISTER messages',
      },
      { document: 'RFC 3327', section: '5.2', says: 'a proxy in the way adds Path' },
    ],
    messages: {
      kept: 'REGISTER went on with the Contact {went}, which is not an address of {side}',
      path: 'REGISTER went on with its Contact and the Path {path}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { far, outbound, controller } = crossing;
      if (far === null || !crossing.judged || outbound?.rewriteRegister === false) return;
      for (const { received, sent, fromCaller } of crossing.requests) {
        if (!fromCaller || sent === undefined || received.methodId !== METHOD.REGISTER) continue;
        const before = received.request!;
        const after = sent.request!;
        const went = contactOf(after);
        if (went === undefined || after.sip.contacts === '*' || far.owns(went.uri.host)) continue;
        const came = contactOf(before);
        const kept = came !== undefined && sameTarget(came.uri, went.uri);
        // Of a box that no policy names it is not known what else is its own.
        if (!kept && outbound === undefined) continue;
        const at = [after, before];
        const [path] = after.sip.addresses(HEADER.Path);
        if (path !== undefined && crossing.isLocal(path.uri.host)) {
          const evidence = headerEvidence(after, HEADER.Path, 'Path');
          report({
            message: 'path',
            data: { path: path.uri.text },
            at,
            severity: 'info',
            evidence,
            crossing,
          });
          continue;
        }
        const evidence = at.flatMap((one) => headerEvidence(one, HEADER.Contact, 'Contact'));
        const data = { went: went.uri.text, side: far.name };
        report({ message: 'kept', data, at, evidence, crossing, ...graded('error', controller) });
      }
    },
  }),
});
