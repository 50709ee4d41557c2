// RFC 3261 §10.2.2: Contact: * removes all bindings; it stands alone, with Expires: 0.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/contact-star',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'Contact: * in a REGISTER stands alone, with Expires: 0.',
    why: 'The registrar refuses the request, and the phone stays registered where it is not.',
    exceptions: ['Responses, and requests other than REGISTER.'],
    fix: 'Send Contact: * with Expires: 0 to remove all bindings; to remove one, name it with expires=0.',
    sources: [
      { document: 'RFC 3261', section: '10.2.2', says: 'only with Expires: 0' },
      { document: 'RFC 3261', section: '10.3', says: 'no other Contact beside it, else 400' },
    ],
    messages: {
      beside: 'Contact: * stands beside other Contact values',
      expires: 'Contact: * comes with Expires {value}, not 0',
    },
  },
  create: ({ report }) => ({
    message(message) {
      if (!message.isRequest || message.methodId !== METHOD.REGISTER || message.truncated) return;
      const { sip } = message;
      const values = sip.values(HEADER.Contact);
      if (!values.some((value) => STAR.test(value))) return;
      const contacts = headerEvidence(message, HEADER.Contact, 'Contact');
      if (values.length > 1) {
        report({ message: 'beside', at: message, evidence: contacts });
        return;
      }
      const expires = sip.value(HEADER.Expires);
      if (expires !== undefined && Number(expires) === 0) return;
      const evidence = [...contacts, ...headerEvidence(message, HEADER.Expires, 'Expires')];
      report({ message: 'expires', data: { value: expires ?? '(absent)' }, at: message, evidence });
    },
  }),
});

const STAR = /^\*(?:$|[\s;])/;
