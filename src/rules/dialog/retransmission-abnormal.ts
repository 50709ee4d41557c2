// RFC 3261 §17.1.1.2, §17.1.2.2: requests are sent again only over unreliable transports, at intervals that double, and an
// INVITE no more once it has a provisional response; §13.3.1.4: a 2xx until its ACK comes.
import { METHOD } from '../../sip/method.ts';
import { type Evidence, factEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/retransmission-abnormal',
    severity: 'warning',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'Messages are sent again only where they may be lost, at growing intervals, and not after they were answered.',
    why: 'Repeated messages show loss or a slow box; sent too often they are the overload they fear.',
    exceptions: [
      'What the capture shows twice, on two interfaces, is one message.',
      'An INVITE every 20 seconds or so that keeps a NAT binding open (RFC 3581).',
      'A larger T1: only intervals that fail to grow are told, as a copy that was lost makes them longer.',
      'A copy within T1 of the response, which may have crossed it.',
      'A request never answered at all: dialog/transaction-timeout says so.',
    ],
    fix: 'Look for loss and delay between the two; use the timers of RFC 3261 and none of them over TCP.',
    sources: [
      {
        document: 'RFC 3261',
        section: '17.1.1.2',
        says: 'timer A doubles, and stops at a provisional response',
      },
      { document: 'RFC 3261', section: '17.1.2.2', says: 'timer E doubles up to T2' },
      { document: 'RFC 3261', section: '13.3.1.4', says: 'a 2xx is repeated until the ACK' },
      { document: 'RFC 3581', section: '3', says: 'INVITE again to keep a binding' },
    ],
    messages: {
      slow: '{method} was sent {times} times without an answer',
      'too-fast': '{method} was sent again at intervals that do not double: {intervals} ms',
      reliable: '{method} was sent again over {transport}',
      'after-provisional': 'INVITE was sent again after its {status}',
      'after-ack': '{status} to INVITE was sent again after its ACK',
    },
  },
  create: ({ report, policy }) => {
    const { t1Ms, t2Ms } = policy.thresholds;

    function judgeCopies(transaction: TransactionFacts, request: MessageFacts, copies: MessageFacts[]): void {
      const { method } = request;
      const { transport } = copies[0]!.sip;
      const frames = copies.map(({ frame }) => frame);
      if (transport !== 'udp') {
        const evidence = timesOf([request, ...copies]);
        report({
          message: 'reliable',
          data: { method, transport },
          at: request,
          frames,
          severity: 'error',
          evidence,
        });
        return;
      }
      const first = transaction.responses[0];
      if (first === undefined) {
        // No answer at all, and long enough: a timeout, not a delay.
        if (transaction.leg.call.covers(request, 64 * t1Ms)) return;
      }
      const before = copies.filter((copy) => first === undefined || copy.millisecondsTo(first) > 0);
      if (before.length > 0) {
        const severity = before.length >= 3 ? 'warning' : 'info';
        const data = { method, times: before.length + 1 };
        const evidence = timesOf([request, ...before]);
        report({
          message: 'slow',
          data,
          at: request,
          frames: before.map(({ frame }) => frame),
          severity,
          evidence,
        });
      }
      const isInvite = transaction.methodId === METHOD.INVITE;
      const intervals = intervalsOf([request, ...before]);
      const cap = isInvite ? Number.POSITIVE_INFINITY : t2Ms;
      if (hurries(intervals, cap) && hurries(withoutTwin([request, ...before], t1Ms), cap)) {
        const data = { method, intervals: intervals.map((one) => one.toFixed(0)).join(', ') };
        report({ message: 'too-fast', data, at: request, frames, evidence: timesOf([request, ...before]) });
      }
      if (!isInvite) return;
      const [provisional] = transaction.provisionals;
      if (provisional === undefined) return;
      const late = copies.filter((copy) => provisional.millisecondsTo(copy) > t1Ms);
      if (late.length === 0 || keepsBinding([request, ...copies])) return;
      report({
        message: 'after-provisional',
        data: { status: provisional.status },
        at: [late[0]!, provisional],
        frames: late.map(({ frame }) => frame),
        evidence: timesOf([provisional, ...late]),
      });
    }

    function judgeSuccess(invite: TransactionFacts): void {
      const { success } = invite;
      const ack = invite.acks.find(({ sip }) => sip.toTag === success?.sip.toTag);
      if (success === undefined || ack === undefined) return;
      const after = invite.messages.filter((copy) => {
        return copy.event.retransmissionOf === success.frame && ack.millisecondsTo(copy) > t1Ms;
      });
      if (after.length === 0) return;
      report({
        message: 'after-ack',
        data: { status: success.status },
        at: [after[0]!, ack],
        frames: after.map(({ frame }) => frame),
        evidence: timesOf([ack, ...after]),
      });
    }

    return {
      transaction(transaction) {
        const { messages, request, responses, methodId } = transaction;
        // Nothing sent again: as many messages as there are different ones.
        if (request === undefined || messages.length === 1 + responses.length || methodId === METHOD.ACK)
          return;
        const copies = messages.filter(
          ({ isRequest, event }) => isRequest && event.retransmissionOf === request.frame,
        );
        if (copies.length > 0) judgeCopies(transaction, request, copies);
        if (methodId === METHOD.INVITE) judgeSuccess(transaction);
      },
    };
  },
});

/** Milliseconds between them. */
function intervalsOf(sent: readonly MessageFacts[]): number[] {
  return sent.slice(1).map((copy, index) => sent[index]!.millisecondsTo(copy));
}

/** The same without the one copy that is so near to another as only the network makes them. */
function withoutTwin(sent: readonly MessageFacts[], t1Ms: number): number[] {
  const intervals = intervalsOf(sent);
  const at = intervals.findIndex((interval) => interval < t1Ms / 5);
  const isOnly = at >= 0 && intervals.findLastIndex((interval) => interval < t1Ms / 5) === at;
  return isOnly ? intervalsOf(sent.toSpliced(at + 1, 1)) : intervals;
}

/** Whether an interval is less than half of what it should have grown to from the first. */
function hurries(intervals: readonly number[], cap: number): boolean {
  const [first] = intervals;
  if (first === undefined || first <= 0) return false;
  return intervals.some((interval, index) => {
    return interval < Math.min(first * 2 ** index, Math.max(cap, first)) / 2;
  });
}

/** RFC 3581 §3: every 20 seconds or so. */
function keepsBinding(sent: readonly MessageFacts[]): boolean {
  return intervalsOf(sent).some((interval) => interval >= 15_000);
}

function timesOf(messages: readonly MessageFacts[]): Evidence[] {
  const [first, ...rest] = messages;
  return [
    startLineEvidence(first!),
    ...rest.map((one) => {
      return factEvidence(one.frame, 'time', 'after', `${first!.millisecondsTo(one).toFixed(0)} ms`);
    }),
  ];
}
