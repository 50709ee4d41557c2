// A phone whose packets come from another address than the one it registered from cannot be called there: RFC 3581 §4 has
// answers go to the source, RFC 5626 §1 tells why requests must go over the flow of the registration.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence, headerEvidence } from '../evidence.ts';
import { aorOf, isCurrent } from '../facts/bindings.ts';
import { contactOf } from '../facts/contact.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/source-moved',
    severity: 'warning',
    scope: 'registration',
    tier: 1,
    since: '0.2.0',
    summary: 'A phone sends from the address it registered from, or registers again first.',
    why: 'Calls still go to the old address, where nobody listens: the phone can call and is not called.',
    exceptions: [
      'Several flows of one phone, with reg-id.',
      'Another port of the same address over TCP, or where answers do not go to the source port.',
      'Another Contact, or another user.',
      'Another edge proxy in front of the registrar: judged only where the phone itself sends.',
    ],
    fix: 'Register again as soon as the address changes, keep the NAT binding open, or use outbound (RFC 5626).',
    sources: [
      { document: 'RFC 5626', section: '4.3', says: 'requests of a phone over a flow it registered' },
      { document: 'RFC 3581', section: '4', says: 'answers to the source of a request' },
    ],
    messages: {
      registration: 'REGISTER for {contact} comes from {value}, its binding was made from {expected}',
      request: '{method} with Contact {contact} comes from {value}, the binding was made from {expected}',
    },
  },
  create: ({ report, bindings }) => ({
    transaction({ initial, request, methodId }) {
      if (!initial || request === undefined || bindings.empty || methodId === METHOD.CANCEL) return;
      const { sip, method } = request;
      const contact = contactOf(request);
      const party = methodId === METHOD.REGISTER ? sip.to : sip.from;
      if (contact === undefined || party === undefined || contact.params.has('reg-id')) return;
      // A phone may come in by another edge proxy.
      if (sip.vias.length !== 1) return;
      const { src, dst, transport } = sip;
      const before = bindings.history(contact.uri).findLast((one) => {
        return one.registrar.ip === dst.ip && isCurrent(one, sip);
      });
      if (before === undefined || before.regId !== '' || before.aor !== aorOf(party.uri)) return;
      const { endpoint } = before;
      const moved =
        endpoint.ip !== src.ip || (transport === 'udp' && before.symmetric && endpoint.port !== src.port);
      if (!moved) return;
      const isRegister = methodId === METHOD.REGISTER;
      const data = { contact: contact.uri.text, value: src.text, expected: endpoint.text };
      const evidence = [
        ...headerEvidence(request, HEADER.Contact, 'Contact'),
        factEvidence(request.frame, 'packet', 'source', src.text),
        factEvidence(before.frame, 'packet', 'destination', endpoint.text),
      ];
      const frames = [before.frame];
      if (isRegister) report({ message: 'registration', data, at: request, frames, evidence });
      else report({ message: 'request', data: { ...data, method }, at: request, frames, evidence });
    },
  }),
});
