// RFC 3261 §8.2.6.2: a response repeats From, Call-ID, CSeq, Via and the URI of To, and the To tag where the request has one;
// §12.2.1.1: requests of a dialog keep its tags.

import { HEADER, type HeaderName } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { sameUri } from '../../sip/uri/uri-equality.ts';
import { headerEvidence } from '../evidence.ts';
import { isUnknownDialog } from '../facts/known-dialogs.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import { hasMagicCookie } from '../facts/magic-cookie.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { RecentMap } from '../facts/recent-map.ts';
import { sameHost } from '../facts/same-target.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/tag-or-callid-changed',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    summary:
      'A response repeats what identifies its request, and requests of a dialog keep Call-ID and tags.',
    why: 'A message that is taken for another is dropped: requests time out although they were answered.',
    exceptions: [
      'The two sides of a back-to-back user agent, which are dialogs of their own.',
      'A fork, or a proxy that answers for itself: another To tag is told only where one user agent shows two.',
      'Peers without tags or without branches of RFC 3261.',
      'A request that the capture lacks.',
    ],
    fix: 'Copy From, To, Call-ID, CSeq and Via from the request into every response, and choose the To tag once.',
    sources: [
      { document: 'RFC 3261', section: '8.2.6.2', says: 'what a response copies' },
      { document: 'RFC 3261', section: '12.2.1.1', says: 'tags of requests inside a dialog' },
      { document: 'RFC 3261', section: '17.1.1.3', says: 'what an ACK copies' },
    ],
    messages: {
      'from-tag': 'response to {method} has the From tag {value}, its request had {expected}',
      from: 'response to {method} is from {value}, its request was from {expected}',
      'to-tag': 'response to {method} has the To tag {value}, its request had {expected}',
      to: 'response to {method} is to {value}, its request was to {expected}',
      branch: 'response to {method} has the branch {value}, its request had {expected}',
      cseq: 'response to {method} has the CSeq number {value}, its request had {expected}',
      'call-id': '{what} has the Call-ID {value}, what it belongs to has {expected}',
      'tag-differs':
        '{status} to INVITE has the To tag {value}, an earlier response of the same user agent {expected}',
      'request-tag': '{method} has tags of no dialog: from {from}, to {to}',
    },
  },
  create: ({ report }) => {
    /** What waits for its other half under another Call-ID; a few are enough, as the halves lie close together. */
    const waiting = new RecentMap<string, MessageFacts>(MAX_WAITING);

    function differs(
      message: 'from-tag' | 'from' | 'to-tag' | 'to' | 'branch' | 'cseq' | 'tag-differs',
      response: MessageFacts,
      other: MessageFacts,
      header: HeaderName,
      value: string | number,
      expected: string | number,
    ): void {
      report({
        message,
        data: { status: response.status, method: response.method, value, expected },
        at: [response, other],
        severity: message === 'tag-differs' ? 'info' : 'error',
        evidence: [response, other].flatMap((one) => headerEvidence(one, HEADER[header], header)),
      });
    }

    function judgeResponse(response: MessageFacts, request: MessageFacts): void {
      if (response.truncated || request.truncated) return;
      const mine = response.sip;
      const its = request.sip;
      if (its.fromTag !== '' && mine.fromTag !== its.fromTag)
        differs('from-tag', response, request, 'From', mine.fromTag || '(absent)', its.fromTag);
      else if (mine.fromRow >= 0 && its.fromRow >= 0) {
        const same = mine.headerValue(mine.fromRow) === its.headerValue(its.fromRow);
        if (!same && !sameUri(mine.from!.uri, its.from!.uri))
          differs('from', response, request, 'From', mine.from!.uri.text, its.from!.uri.text);
      }
      if (its.toTag !== '' && mine.toTag !== its.toTag)
        differs('to-tag', response, request, 'To', mine.toTag || '(absent)', its.toTag);
      else if (mine.toRow >= 0 && its.toRow >= 0) {
        const same = mine.headerValue(mine.toRow).startsWith(its.headerValue(its.toRow));
        if (!same && !sameUri(mine.to!.uri, its.to!.uri))
          differs('to', response, request, 'To', mine.to!.uri.text, its.to!.uri.text);
      }
      if (mine.branch !== its.branch && hasMagicCookie(request))
        differs('branch', response, request, 'Via', mine.branch || '(absent)', its.branch);
    }

    /** A 1xx and a 2xx that both name the box they come from, with two tags. */
    function judgeTags({ success, provisionals, initial }: TransactionFacts): void {
      if (!initial || success === undefined || !isOwn(success)) return;
      const other = provisionals.find((one) => {
        return one.status > 100 && one.sip.toTag !== '' && isOwn(one) && one.sip.src === success.sip.src;
      });
      if (other === undefined || success.sip.toTag === '' || other.sip.toTag === success.sip.toTag) return;
      if (provisionals.some(({ sip }) => sip.toTag === success.sip.toTag)) return;
      differs('tag-differs', success, other, 'To', success.sip.toTag, other.sip.toTag);
    }

    /** A response without request, whose branch says that it answers one with another number. */
    function judgeOrphan(orphan: TransactionFacts, leg: LegFacts): boolean {
      const [response] = orphan.responses;
      if (response === undefined || !hasMagicCookie(response)) return false;
      const { branch, cseqNumber } = response.sip;
      const meant = leg.transactions.find((one) => {
        return (
          one.request !== undefined &&
          one.final === undefined &&
          one.methodId === orphan.methodId &&
          one.request.sip.branch === branch &&
          one.cseq !== cseqNumber
        );
      });
      if (meant === undefined) return false;
      differs('cseq', response, meant.request!, 'CSeq', cseqNumber, meant.cseq);
      return true;
    }

    /** `half` may belong to one of another Call-ID. */
    function match(key: string, half: MessageFacts): void {
      const other = waiting.get(key);
      if (other === undefined || other.leg.call.call.callId === half.leg.call.call.callId) {
        waiting.delete(key);
        waiting.set(key, half);
        return;
      }
      if (!isBetween(half, other)) return;
      waiting.delete(key);
      // The guilty one is the one that should have copied: the response, or the ACK.
      const guilty = isCopy(half, other) ? half : other;
      const origin = guilty === half ? other : half;
      report({
        message: 'call-id',
        data: {
          what: guilty.isRequest ? 'ACK' : `${guilty.status} to ${guilty.method}`,
          value: guilty.sip.callId,
          expected: origin.sip.callId,
        },
        at: [guilty, origin],
        evidence: [guilty, origin].flatMap((one) => headerEvidence(one, HEADER['Call-ID'], 'Call-ID')),
      });
    }

    return {
      transaction(transaction) {
        const { request, responses, methodId, leg, final } = transaction;
        if (request !== undefined) {
          for (const response of responses) judgeResponse(response, request);
          if (methodId === METHOD.INVITE) judgeTags(transaction);
        }
        if (request === undefined) {
          if (responses.length === 0 || judgeOrphan(transaction, leg)) return;
          const { branch, cseqNumber } = responses[0]!.sip;
          if (leg.transactions.length === 1 && hasMagicCookie(responses[0]!))
            match(`${branch} ${cseqNumber} ${methodId}`, responses[0]!);
        } else if (methodId === METHOD.ACK) {
          const { fromTag, toTag, cseqNumber } = request.sip;
          if (leg.transactions.length === 1) match(`ACK ${fromTag} ${toTag} ${cseqNumber}`, request);
        } else if (responses.length === 0) {
          if (hasMagicCookie(request))
            match(`${request.sip.branch} ${transaction.cseq} ${methodId}`, request);
        } else if (methodId === METHOD.INVITE && final !== undefined && transaction.acks.length === 0) {
          const { fromTag, toTag } = final.sip;
          match(`ACK ${fromTag} ${toTag} ${transaction.cseq}`, final);
        }
      },
      dialog(dialog) {
        if (!isUnknownDialog(dialog)) return;
        const message = dialog.requests.find(
          ({ methodId }) => methodId !== METHOD.ACK && methodId !== METHOD.NOTIFY,
        );
        if (message === undefined) return;
        const { fromTag, toTag } = message.sip;
        report({
          message: 'request-tag',
          data: { method: message.method, from: fromTag || '(absent)', to: toTag },
          at: message,
          evidence: [
            ...headerEvidence(message, HEADER.From, 'From'),
            ...headerEvidence(message, HEADER.To, 'To'),
          ],
        });
      },
    };
  },
});

/** Its Contact is the address it comes from. */
function isOwn({ sip }: MessageFacts): boolean {
  const { contacts, src } = sip;
  const contact = contacts === '*' ? undefined : contacts[0];
  return contact !== undefined && sameHost(contact.uri.host, src.ip);
}

/** The ACK of the INVITE whose response the other is, or the response to a request. */
function isCopy(half: MessageFacts, other: MessageFacts): boolean {
  return half.isRequest
    ? half.methodId === METHOD.ACK && !other.isRequest
    : other.isRequest && other.methodId !== METHOD.ACK;
}

/** At the same hop, one way and back. */
function isBetween(a: MessageFacts, b: MessageFacts): boolean {
  return a.sip.src.ip === b.sip.dst.ip && a.sip.dst.ip === b.sip.src.ip;
}

const MAX_WAITING = 256;
