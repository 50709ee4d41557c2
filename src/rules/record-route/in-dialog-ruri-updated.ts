// RFC 3261 §12.2.1.1: a request inside a dialog goes to the remote target. With passthrough that is the far end itself, and the
// controller leaves it alone (Cisco IM); without, the controller is the target of each side and translates.
import { sameUri } from '../../sip/uri/uri-equality.ts';
import { startLineEvidence } from '../evidence.ts';
import { remoteTarget } from '../facts/remote-target.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/in-dialog-ruri-updated',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Inside a dialog the Request-URI crosses unchanged with passthrough, and is translated to the remote target without.',
    why: 'The request reaches nobody, or the wrong one: BYE is lost and calls stay up, messages do not arrive.',
    exceptions: [
      'A strict router on the path: its URI stands in the Request-URI (RFC 3261 §12.2.1.1).',
      'CANCEL, and ACK to a failure, repeat the URI of their INVITE.',
      'Without passthrough, a request that does not name the controller is not judged here.',
      'The Contact of the far end was not captured.',
    ],
    fix: 'With passthrough forward the Request-URI as received; without, replace it by the Contact the far side gave last.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'on: later requests inside the dialog do not have their Request-URI updated',
      },
      { document: 'RFC 3261', section: '12.2.1.1', says: 'the Request-URI is the remote target' },
    ],
    messages: {
      changed: 'Request-URI {came} inside the dialog went on as {went}',
      target: 'Request-URI inside the dialog is {went}, and the far side gave {target} as its Contact',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { passthrough } = crossing;
      if (!crossing.judged || crossing.conflicting || passthrough === null) return;
      for (const { received, sent, fromCaller } of crossing.requests) {
        if (received.initial || sent === undefined || received.method === 'CANCEL') continue;
        const before = received.request!;
        const after = sent.request!;
        if (after.sip.routes.some(({ uri }) => !uri.params.has('lr'))) continue;
        const [came, went] = [before.sip.uri, after.sip.uri];
        const common = {
          evidence: [startLineEvidence(after), startLineEvidence(before)],
          crossing,
          ...graded('error', passthrough),
        };
        if (passthrough.holds) {
          // Where Contact named the controller, contact-rewritten-under-passthrough has told it.
          if (sameUri(came, went) || crossing.isLocal(came.host)) continue;
          const data = { came: came.text, went: went.text };
          report({ message: 'changed', data, at: [after, before], ...common });
          continue;
        }
        const side = crossing.out(fromCaller)!;
        if (!crossing.out(!fromCaller)!.owns(came.host) || side.leg.partial) continue;
        const target = remoteTarget(side, after);
        if (target === undefined || sameUri(target.contact.uri, went)) continue;
        const data = { went: went.text, target: target.contact.uri.text };
        report({ message: 'target', data, at: [after, before, target.message], ...common });
      }
    },
  }),
});
