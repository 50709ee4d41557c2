// RFC 6665 §3.2.1, §4.1.2.4, §4.1.3, §4.2.2, §8.2.1: a NOTIFY belongs to a subscription, says its state, and comes when it must.

import { parseMediaType } from '../../sip/body/media-type.ts';
import { type EventValue, parseEvent, parseSubscriptionState } from '../../sip/header/event.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { CallFacts } from '../facts/call-facts.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';
import { isEndToEnd } from './end-to-end.ts';

export default defineRule({
  meta: {
    id: 'message/notify-rules',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    summary:
      'A NOTIFY belongs to a subscription, tells its state and its event, and follows each accepted SUBSCRIBE.',
    why: 'Lamps, message counts and presence stay wrong, and a watcher takes notifications from anybody.',
    exceptions: [
      'A NOTIFY that arrives before the 2xx to its SUBSCRIBE.',
      'Event packages that the policy allows without a subscription (unsolicitedEvents).',
      'A subscription that began before the capture.',
      'A NOTIFY that may have taken another way than the SUBSCRIBE.',
    ],
    fix: 'Have the notifier send NOTIFY in the dialog of the SUBSCRIBE with Subscription-State and its Event, and the watcher answer others with 481.',
    sources: [
      { document: 'RFC 6665', section: '4.1.3', says: 'what matches no subscription is answered with 481' },
      {
        document: 'RFC 6665',
        section: '4.2.2',
        says: 'NOTIFY follows a 2xx at once; state and expires in it',
      },
      { document: 'RFC 6665', section: '4.1.2.4', says: 'a NOTIFY is due within 64*T1' },
      { document: 'RFC 6665', section: '3.2.1', says: 'the body is of a type that Accept names' },
      { document: 'RFC 6665', section: '8.2.1', says: 'how events compare' },
    ],
    messages: {
      stray: '{status} accepts a NOTIFY of {event} that belongs to no subscription',
      'no-state': 'NOTIFY has no Subscription-State',
      'no-expires': 'NOTIFY says {state} without expires',
      event: 'NOTIFY is about {event}, the subscription about {subscribed}',
      'no-notify': 'No NOTIFY follows the {status} to SUBSCRIBE',
      'no-final': 'No NOTIFY says terminated after the end of the subscription',
      'not-accepted': 'NOTIFY brings {type}, which SUBSCRIBE does not list in Accept',
    },
  },
  create({ report, policy }) {
    const due = 64 * policy.thresholds.t1Ms;
    return {
      call(call) {
        let subscriptions: TransactionFacts[] | undefined;
        for (const leg of call.legs) {
          for (const transaction of leg.transactions) {
            const method = transaction.request?.sip.methodId;
            if (method === METHOD.NOTIFY) {
              subscriptions ??= subscriptionsOf(call);
              judgeNotify(transaction, transaction.request!, subscriptions);
            } else if (method === METHOD.SUBSCRIBE && transaction.success !== undefined) {
              judgeSubscribe(call, transaction);
            }
          }
        }
      },
    };

    function judgeNotify(
      transaction: TransactionFacts,
      request: MessageFacts,
      subscriptions: readonly TransactionFacts[],
    ): void {
      if (!request.truncated && request.sip.headersComplete) judgeState(request);
      const own = subscriptions.filter((one) => one.request!.sip.fromTag === request.sip.toTag);
      const value = request.sip.value(HEADER.Event);
      // message/mandatory-header tells of a NOTIFY without it.
      if (value === undefined) return;
      const event = parseEvent(value);
      if (own.length === 0) judgeStray(transaction, request, event);
      else judgeMatch(request, event, own, transaction.leg.partial);
    }

    function judgeState(request: MessageFacts): void {
      const value = request.sip.value(HEADER['Subscription-State']);
      const evidence = headerEvidence(request, HEADER['Subscription-State'], 'Subscription-State');
      if (value === undefined) {
        report({ message: 'no-state', at: request, evidence });
        return;
      }
      const { state, params } = parseSubscriptionState(value);
      if ((state !== 'active' && state !== 'pending') || params.has('expires')) return;
      report({ message: 'no-expires', data: { state }, at: request, evidence, severity: 'warning' });
    }

    function judgeStray(transaction: TransactionFacts, request: MessageFacts, event: EventValue): void {
      const { success, leg } = transaction;
      if (success === undefined || policy.unsolicitedEvents.includes(event.package)) return;
      // Guard G1: with a To tag it may belong to what was before the capture.
      if (request.sip.toTagStart >= 0 && (leg.partial || leg.initial === undefined)) return;
      if (request.sip.toTagStart >= 0 && leg.initial === transaction) return;
      report({
        message: 'stray',
        data: { status: success.status, event: event.package },
        at: [success, request],
        evidence: [startLineEvidence(success), ...headerEvidence(request, HEADER.Event, 'Event')],
      });
    }

    function judgeMatch(
      request: MessageFacts,
      event: EventValue,
      own: readonly TransactionFacts[],
      partial: boolean,
    ): void {
      const matching = own.filter((one) => sameEvent(event, one));
      if (matching.length === 0) {
        if (partial) return;
        report({
          message: 'event',
          data: { event: event.package, subscribed: eventOf(own.at(-1)!).package },
          at: [request, own.at(-1)!.request!],
          evidence: headerEvidence(request, HEADER.Event, 'Event'),
        });
        return;
      }
      const { contentType, bodyStart, bodyEnd } = request.sip;
      if (bodyStart === bodyEnd || contentType === undefined) return;
      const asked = matching.findLast((one) => one.request!.millisecondsTo(request) >= 0)?.request;
      const accepted = asked?.sip.values(HEADER.Accept).map((text) => parseMediaType(text).name) ?? [];
      if (accepted.length === 0 || accepted.some((range) => covers(range, contentType.name))) return;
      report({
        message: 'not-accepted',
        data: { type: contentType.name },
        at: [request, asked!],
        evidence: [
          ...headerEvidence(request, HEADER['Content-Type'], 'Content-Type'),
          ...headerEvidence(asked!, HEADER.Accept, 'Accept'),
        ],
        severity: 'warning',
      });
    }

    function judgeSubscribe(call: CallFacts, transaction: TransactionFacts): void {
      const { request, success } = transaction;
      if (!call.covers(success!, due) || !isEndToEnd(transaction)) return;
      const after = call.transactions.filter(
        ({ request: notify }) =>
          notify !== undefined &&
          notify.sip.methodId === METHOD.NOTIFY &&
          notify.sip.toTag === request!.sip.fromTag &&
          request!.millisecondsTo(notify) >= 0,
      );
      const at = [success!, request!];
      if (after.length === 0) {
        const evidence = headerEvidence(request!, HEADER.Event, 'Event');
        report({
          message: 'no-notify',
          data: { status: success!.status },
          at,
          evidence,
          severity: 'warning',
        });
        return;
      }
      if (Number(request!.sip.value(HEADER.Expires)) !== 0) return;
      const ended = after.some(({ request: notify }) => {
        return (
          parseSubscriptionState(notify!.sip.value(HEADER['Subscription-State']) ?? '').state === 'terminated'
        );
      });
      if (ended) return;
      const evidence = headerEvidence(request!, HEADER.Expires, 'Expires');
      report({ message: 'no-final', at, evidence, severity: 'warning' });
    }
  },
});

/** RFC 3515 §2.4.4: REFER subscribes too, to the event refer. */
function subscriptionsOf(call: CallFacts): TransactionFacts[] {
  return call.transactions.filter(({ request }) => {
    const method = request?.sip.methodId;
    return method === METHOD.SUBSCRIBE || method === METHOD.REFER;
  });
}

function eventOf({ request }: TransactionFacts): EventValue {
  return parseEvent(
    request!.sip.methodId === METHOD.REFER ? 'refer' : (request!.sip.value(HEADER.Event) ?? ''),
  );
}

/** RFC 6665 §8.2.1: package and id, octet by octet; RFC 3515 §2.4.6: the id of a REFER's may be left out. */
function sameEvent(event: EventValue, subscription: TransactionFacts): boolean {
  const subscribed = eventOf(subscription);
  if (event.package !== subscribed.package) return false;
  return (
    subscription.request!.sip.methodId === METHOD.REFER ||
    event.id === subscribed.id ||
    event.package === 'refer'
  );
}

function covers(range: string, name: string): boolean {
  return range === name || range === '*/*' || (range.endsWith('/*') && name.startsWith(range.slice(0, -1)));
}
