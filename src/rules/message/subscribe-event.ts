// RFC 6665 §3.1.1, §3.1.2, §8.2.1; RFC 3903 §4.1: SUBSCRIBE and PUBLISH name one event package, and for how long.

import { parseWholeNumber } from '../../sip/header/delta-seconds.ts';
import { parseEvent } from '../../sip/header/event.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { splitOutside } from '../../sip/text/delimited.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/subscribe-event',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'SUBSCRIBE and PUBLISH name exactly one event package; the 2xx to SUBSCRIBE says for how long, never longer.',
    why: 'The subscription is refused, or the watcher misses its end: lamps and message counts stay as they were.',
    exceptions: [
      'Expires: 0, which fetches the state once or ends the subscription.',
      'SUBSCRIBE without Expires, where the package has a default: a warning.',
    ],
    fix: 'Have the watcher send one Event and an Expires, and the notifier return an Expires that is not longer.',
    sources: [
      { document: 'RFC 6665', section: '3.1.1', says: 'Expires in SUBSCRIBE and its 2xx' },
      { document: 'RFC 6665', section: '3.1.2', says: 'exactly one Event' },
      { document: 'RFC 6665', section: '4.4.4', says: 'Allow-Events lists every package that is supported' },
      { document: 'RFC 6665', section: '8.2.1', says: 'one event type in an Event' },
      { document: 'RFC 3903', section: '4.1', says: 'one Event in PUBLISH' },
    ],
    messages: {
      'no-event': '{method} has no Event',
      'several-events': '{method} names several events',
      'no-expires': 'SUBSCRIBE has no Expires',
      'contact-expires': 'SUBSCRIBE has expires in Contact, where it means nothing',
      'answer-without': '{status} to SUBSCRIBE has no Expires',
      longer: '{status} grants {granted} seconds, SUBSCRIBE asked for {asked}',
      unlisted: '{status} accepts a subscription to {event}, which its Allow-Events does not list',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip } = message;
        if (message.truncated || !sip.headersComplete) return;
        if (!sip.isRequest) {
          if (sip.cseqMethodId === METHOD.SUBSCRIBE && sip.status >= 200 && sip.status < 300)
            judgeAnswer(message);
          return;
        }
        if (sip.methodId === METHOD.SUBSCRIBE) judgeSubscribe(message);
        else if (sip.methodId === METHOD.PUBLISH) judgeEvent(message);
      },
    };

    function judgeEvent(message: MessageFacts): void {
      const { sip, method } = message;
      const values = sip.values(HEADER.Event);
      if (values.length === 1 && splitOutside(values[0]!, ',').length === 1) return;
      const key = values.length === 0 ? 'no-event' : 'several-events';
      report({
        message: key,
        data: { method },
        at: message,
        evidence: headerEvidence(message, HEADER.Event, 'Event'),
      });
    }

    function judgeSubscribe(message: MessageFacts): void {
      const { sip } = message;
      judgeEvent(message);
      if (sip.find(HEADER.Expires) < 0) {
        const evidence = headerEvidence(message, HEADER.Expires, 'Expires');
        report({ message: 'no-expires', at: message, evidence, severity: 'warning' });
      }
      const { contacts } = sip;
      if (contacts !== '*' && contacts.some(({ params }) => params.has('expires'))) {
        const evidence = headerEvidence(message, HEADER.Contact, 'Contact');
        report({ message: 'contact-expires', at: message, evidence, severity: 'info' });
      }
    }

    function judgeAnswer(message: MessageFacts): void {
      const { sip, status, transaction } = message;
      const expires = sip.value(HEADER.Expires);
      if (expires === undefined) {
        const evidence = headerEvidence(message, HEADER.Expires, 'Expires');
        report({ message: 'answer-without', data: { status }, at: message, evidence });
      }
      const request = transaction?.request;
      if (request === undefined) return;
      const granted = parseWholeNumber(expires ?? '');
      const asked = parseWholeNumber(request.sip.value(HEADER.Expires) ?? '');
      if (granted !== undefined && asked !== undefined && granted > asked) {
        report({
          message: 'longer',
          data: { status, granted, asked },
          at: [message, request],
          evidence: [
            ...headerEvidence(message, HEADER.Expires, 'Expires'),
            ...headerEvidence(request, HEADER.Expires, 'Expires'),
          ],
        });
      }
      judgeListed(message, request);
    }

    function judgeListed(message: MessageFacts, request: MessageFacts): void {
      const listed = message.sip.values(HEADER['Allow-Events']);
      const event = parseEvent(request.sip.value(HEADER.Event) ?? '').package;
      // RFC 6665 §4.4.4: templates, such as presence.winfo, are not listed.
      if (listed.length === 0 || event === '' || event.includes('.')) return;
      if (listed.some((one) => one.trim().toLowerCase() === event.toLowerCase())) return;
      const evidence = headerEvidence(message, HEADER['Allow-Events'], 'Allow-Events');
      const data = { status: message.status, event };
      report({ message: 'unlisted', data, at: [message, request], evidence, severity: 'info' });
    }
  },
});
