// RFC 3261 §8.1.1.6, §16.3, §16.6: Max-Forwards is there, is a number from 0 to 255, and goes down by one at each hop.
import { HEADER } from '../../sip/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/max-forwards',
    severity: 'warning',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A request carries Max-Forwards as a number from 0 to 255, one less after each proxy.',
    why: 'Without it a routing loop never ends; a box that does not lower it hides the loop it is part of.',
    exceptions: ['The request comes from a device older than RFC 3261 and its next hop inserts the header.'],
    fix: 'Have the user agent write Max-Forwards: 70, and every proxy lower it by one.',
    sources: [
      { document: 'RFC 3261', section: '8.1.1.6', says: 'a user agent client must insert Max-Forwards' },
      { document: 'RFC 3261', section: '16.6', says: 'a proxy lowers it by one' },
    ],
    messages: {
      missing: '{method} has no Max-Forwards',
      malformed: 'Max-Forwards {value} is not a number from 0 to 255',
    },
  },
  create: ({ report }) => ({
    message(message) {
      if (!message.isRequest || message.truncated) return;
      const value = message.sip.value(HEADER['Max-Forwards']);
      const evidence = headerEvidence(message, HEADER['Max-Forwards'], 'Max-Forwards');
      if (value === undefined) {
        report({ message: 'missing', data: { method: message.method }, at: message, evidence });
      } else if (!/^\d{1,3}$/.test(value) || Number(value) > 255) {
        report({ message: 'malformed', data: { value }, at: message, evidence });
      }
    },
  }),
});
