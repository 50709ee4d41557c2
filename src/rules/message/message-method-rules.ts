// RFC 3428 §4, §7, §8, §11.4: what MESSAGE is: one message, answered without a body, in no dialog of its own, one at a time.

import { HEADER } from '../../sip/header/header-names.ts';
import { parseSipDate } from '../../sip/header/sip-date.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { RecentMap } from '../facts/recent-map.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/message-method-rules',
    severity: 'warning',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'MESSAGE is answered by a 2xx without body, makes no dialog, and is sent to one target one at a time.',
    why: 'Text in a 200 is shown to nobody, a dialog of MESSAGEs breaks at the first proxy, a burst of them floods the path.',
    exceptions: [
      'A MESSAGE sent again because no answer came.',
      'Messages of different users or user agents to one target.',
      'A stale Date from a store that delivers later, where nothing is signed.',
    ],
    fix: 'Have the client wait for the answer before the next MESSAGE to the same URI, and send replies as a MESSAGE of their own.',
    sources: [
      { document: 'RFC 3428', section: '4', says: 'MESSAGE makes no dialog; Date beside Expires' },
      { document: 'RFC 3428', section: '7', says: 'no body in a 2xx' },
      { document: 'RFC 3428', section: '8', says: 'one pending for a URI' },
      { document: 'RFC 3428', section: '11.4', says: 'a signed message with a stale Date is refused' },
    ],
    messages: {
      'answer-body': '{status} to MESSAGE has a body',
      ack: 'MESSAGE is acknowledged by ACK',
      dialog: '{method} goes on in a dialog that MESSAGE made',
      overlap: 'MESSAGE to {target} is sent while another to it is not answered',
      'overlap-in-dialog': 'MESSAGE in a dialog is sent while another is not answered',
      'no-date': 'MESSAGE has Expires and no Date',
      'stale-date': 'A signed MESSAGE was accepted with a Date {minutes} minutes from its arrival',
    },
  },
  create({ report }) {
    // Pending times of the latest MESSAGEs to a URI by one client: they are calls of their own each.
    const recent = new RecentMap<string, Span[]>(MAX_KEYS);
    return {
      transaction(transaction) {
        const { request } = transaction;
        if (request === undefined || request.sip.methodId !== METHOD.MESSAGE) return;
        judgeAnswer(transaction);
        judgeDates(transaction, request);
        if (transaction.initial) judgeOverlap(transaction, request);
      },
      leg(leg) {
        const first = leg.initial;
        if (first?.method === 'MESSAGE') judgeDialog(leg, first);
        judgeOverlapInDialog(leg);
      },
    };

    function judgeAnswer({ success, request }: TransactionFacts): void {
      if (success === undefined || success.truncated) return;
      const { sip, status } = success;
      if (sip.bodyStart === sip.bodyEnd) return;
      const evidence = [
        startLineEvidence(success),
        ...headerEvidence(success, HEADER['Content-Length'], 'Content-Length'),
      ];
      const at = [success, request!];
      report({ message: 'answer-body', data: { status }, at, evidence, severity: 'error' });
    }

    function judgeDates({ success }: TransactionFacts, request: MessageFacts): void {
      const { sip } = request;
      const expires = sip.value(HEADER.Expires);
      const date = sip.value(HEADER.Date);
      if (expires !== undefined && Number(expires) !== 0 && date === undefined) {
        report({
          message: 'no-date',
          at: request,
          evidence: headerEvidence(request, HEADER.Expires, 'Expires'),
        });
      }
      if (date === undefined || success === undefined || !isSigned(request)) return;
      const sent = parseSipDate(date);
      const minutes = sent === undefined ? 0 : Math.round(Math.abs(sip.seconds - sent) / 60);
      if (minutes < SEVERAL_MINUTES) return;
      const evidence = headerEvidence(request, HEADER.Date, 'Date');
      const at = [success, request];
      report({ message: 'stale-date', data: { minutes }, at, evidence, severity: 'info' });
    }

    function judgeOverlap({ final }: TransactionFacts, request: MessageFacts): void {
      const { sip } = request;
      // Only the client itself: a proxy hands on what others send.
      if (sip.vias.length !== 1 || final === undefined) return;
      const key = `${sip.src.text}\n${sip.requestUri}\n${sip.from?.uri.address ?? ''}`;
      const own = { from: timeOf(request), to: timeOf(final), frame: sip.frame };
      const spans = recent.get(key) ?? [];
      const other = spans.find(({ from, to }) => own.from < to && from < own.to);
      if (other !== undefined) {
        const data = { target: sip.requestUri };
        report({ message: 'overlap', data, at: request, frames: [other.frame], severity: 'error' });
      }
      recent.delete(key);
      recent.set(key, [...spans.slice(1 - MAX_SPANS), own]);
    }

    function judgeDialog(leg: LegFacts, first: TransactionFacts): void {
      const tag = first.success?.sip.toTag ?? '';
      for (const message of leg.messages) {
        const { sip } = message;
        if (!sip.isRequest || message.repeated) continue;
        if (sip.methodId === METHOD.ACK && sip.cseqNumber === first.cseq) {
          report({ message: 'ack', at: [message, first.request!], severity: 'error' });
        } else if (tag !== '' && sip.toTag === tag && sip.fromTag === first.request!.sip.fromTag) {
          const at = [message, first.success!];
          report({ message: 'dialog', data: { method: message.method }, at, severity: 'error' });
        }
      }
    }

    function judgeOverlapInDialog({ transactions }: LegFacts): void {
      if (transactions.length < 2) return;
      /** By sender, the one before. */
      const before = new Map<string, TransactionFacts>();
      for (const transaction of transactions) {
        const { request } = transaction;
        if (request?.sip.methodId !== METHOD.MESSAGE || transaction.initial) continue;
        const { sip } = request;
        const other = before.get(sip.src.text);
        before.set(sip.src.text, transaction);
        if (other?.request === undefined || other.final === undefined || sip.transport !== 'udp') continue;
        if (request.millisecondsTo(other.final) > 0) {
          report({ message: 'overlap-in-dialog', at: [request, other.request, other.final] });
        }
      }
    }
  },
});

interface Span {
  readonly from: number;
  readonly to: number;
  readonly frame: number;
}

function timeOf({ sip }: MessageFacts): number {
  return sip.seconds * 1000 + sip.nanoseconds / 1e6;
}

function isSigned({ sip }: MessageFacts): boolean {
  const name = sip.contentType?.name ?? '';
  return name === 'multipart/signed' || name === 'application/pkcs7-mime';
}

/** RFC 3428 §11.4 says several. */
const SEVERAL_MINUTES = 5;
const MAX_SPANS = 4;
const MAX_KEYS = 4096;
