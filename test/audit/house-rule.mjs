// A rule of one's own, for tests of the command line: those of the catalogue change.

export default {
  meta: {
    id: 'house/max-forwards',
    severity: 'warning',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A request carries Max-Forwards as a number from 0 to 255.',
    why: 'Without it a routing loop never ends.',
    fix: 'Have the user agent write Max-Forwards: 70.',
    sources: [
      { document: 'RFC 3261', section: '8.1.1.6' },
      { document: 'RFC 3261', section: '16.6' },
    ],
    messages: {
      missing: '{method} has no Max-Forwards',
      malformed: 'Max-Forwards {value} is not a number from 0 to 255',
    },
  },
  create: ({ report }) => ({
    message(message) {
      if (!message.isRequest) return;
      const row = message.sip.findName('Max-Forwards');
      if (row < 0) return report({ message: 'missing', data: { method: message.method }, at: message });
      const value = message.sip.headerValue(row);
      if (/^\d{1,3}$/.test(value) && Number(value) < 256) return;
      const evidence = [{ frame: message.frame, kind: 'header', name: 'Max-Forwards', value, offset: 95 }];
      report({ message: 'malformed', data: { value }, at: message, evidence });
    },
  }),
};
