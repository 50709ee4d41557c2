// RFC 3261 §12.2.1.1: a request inside a dialog goes to the remote target, through the route set.

import { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import { wrongWays } from '../facts/wrong-way.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/target-or-route-wrong',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    summary:
      'A request inside a dialog has the Contact of its peer as Request-URI and the Record-Route of the dialog as Route.',
    why: 'A BYE or re-INVITE that leaves the path is lost or refused, and the call hangs.',
    exceptions: [
      'A Request-URI put right for a NAT: it names the address that the request is sent to.',
      'A route set of strict routers, from before RFC 3261.',
      'A target refresh that is still on its way, or that may yet be refused.',
      'Hops after the first, where proxies have taken their own Route values off.',
      'Record-Route in a re-INVITE, which changes nothing.',
      'A default outbound proxy: where a packet goes is not compared with its Route.',
    ],
    fix: 'Keep route set and remote target of the dialog: Route from Record-Route (in reverse for the caller), Request-URI from the last Contact.',
    sources: [
      { document: 'RFC 3261', section: '12.2.1.1', says: 'how a request inside a dialog is addressed' },
      { document: 'RFC 3261', section: '12.1.1', says: 'route set of the callee' },
      { document: 'RFC 3261', section: '12.1.2', says: 'route set of the caller' },
      { document: 'RFC 6141', section: '4.6', says: 'when a target refresh counts' },
    ],
    messages: {
      target: '{method} goes to {value}, the Contact of its peer is {expected}',
      'route-missing': '{method} has no Route, the route set is {expected}',
      'route-wrong': '{method} has the Route {value}, the route set is {expected}',
      'route-extra': '{method} has the Route {value} before or beside its route set: {expected}',
    },
  },
  create: ({ report, policy }) => {
    // What an SBC sends is judged by the rules on its two sides.
    const boxes = new Adjacencies(policy);
    return {
      dialog(dialog) {
        for (const message of dialog.messages) {
          // ACK belongs to dialog/ack-malformed.
          if (!message.isRequest || message.methodId === METHOD.ACK || message.methodId === METHOD.CANCEL)
            continue;
          if (boxes.isLocalHost(message.sip.src.ip)) continue;
          for (const { key, value, expected, by } of wrongWays(dialog, message, policy.thresholds.t1Ms)) {
            const [name, source] =
              key === 'target' ? (['', 'Contact'] as const) : (['Route', 'Record-Route'] as const);
            const evidence = [
              ...(name === '' ? [startLineEvidence(message)] : headerEvidence(message, HEADER[name], name)),
              ...headerEvidence(by, HEADER[source], source),
            ];
            const data = { method: message.method, value, expected };
            const severity = key === 'route-extra' ? 'warning' : 'error';
            report({ message: key, data, at: [message, by], severity, evidence });
          }
        }
      },
    };
  },
});
