// RFC 3261 §10.2, §10.3: Record-Route means nothing in REGISTER, is not put into its responses, and makes no route set.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence } from '../evidence.ts';
import { aorOf, isCurrent } from '../facts/bindings.ts';
import { sameTargets } from '../facts/same-target.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/record-route-in-register',
    severity: 'warning',
    scope: 'registration',
    tier: 1,
    since: '0.2.0',
    summary: 'REGISTER and its responses go without Record-Route, and nobody makes a route of one.',
    why: 'A proxy that expects to be in the way of later calls is not; a phone that makes a route of it sends its calls astray.',
    exceptions: ['Path and Service-Route, which are for this.'],
    fix: 'Have the proxy add Path (RFC 3327) instead, and the registrar leave Record-Route out of what it answers.',
    sources: [
      { document: 'RFC 3261', section: '10.2', says: 'no meaning in REGISTER, no route set from it' },
      { document: 'RFC 3261', section: '10.3', says: 'not in responses' },
      { document: 'Cisco IM', section: 'Registered Subscribers', says: 'registrars ignore Record-Route' },
    ],
    messages: {
      request: 'REGISTER carries Record-Route',
      response: '{status} to REGISTER carries Record-Route',
      used: '{method} goes by a Route made of the Record-Route in a 2xx to REGISTER',
    },
  },
  create: ({ report, bindings }) => ({
    message(message) {
      if (message.methodId !== METHOD.REGISTER || message.sip.find(HEADER['Record-Route']) < 0) return;
      const evidence = headerEvidence(message, HEADER['Record-Route'], 'Record-Route');
      if (message.isRequest) report({ message: 'request', at: message, severity: 'info', evidence });
      else {
        const data = { status: message.status };
        report({ message: 'response', data, at: message, severity: 'error', evidence });
      }
    },
    transaction({ request, initial, methodId }) {
      if (!initial || request === undefined || methodId === METHOD.REGISTER || bindings.empty) return;
      const { src, routes, from } = request.sip;
      if (routes.length === 0 || from === undefined) return;
      const known = bindings
        .ofEndpoint(src)
        .find((one) => one.recordRoute.length > 0 && isCurrent(one, request.sip));
      if (known === undefined || known.aor !== aorOf(from.uri)) return;
      const { recordRoute, serviceRoute } = known;
      if (serviceRoute.length > 0 && sameTargets(routes, serviceRoute)) return;
      if (!sameTargets(routes, recordRoute.toReversed()) && !sameTargets(routes, recordRoute)) return;
      const evidence = headerEvidence(request, HEADER.Route, 'Route');
      const data = { method: request.method };
      report({ message: 'used', data, at: request, frames: [known.frame], severity: 'error', evidence });
    },
  }),
});
