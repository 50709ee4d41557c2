// Which transaction of a call a message belongs to: RFC 3261 §17.2.3 for requests, §17.1.3 for responses. The hop (source
// and destination) stands for the server or client that matches; so the same request one hop on is another transaction.
// Each is looked for from the call's newest transaction to its oldest.
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { MessageMarks } from '../marks.ts';
import { sameEndpoint, type Transaction } from './transaction.ts';

/** The transaction that a request repeats: same hop, branch, method and CSeq. `method` is its methodKey. */
export function repeatedBy(
  newest: Transaction | null,
  m: SipMessage,
  marks: MessageMarks,
  method: number,
): Transaction | null {
  for (let one = newest; one !== null; one = one.older) {
    if (one.method !== method || one.cseq !== m.cseqNumber) continue;
    if (!one.hasBranch(marks.branch) || !sameEndpoint(one.src, m.src) || !sameEndpoint(one.dst, m.dst))
      continue;
    // RFC 3261 §17.2.3: without the magic cookie the From tag must be the same too.
    if (!marks.cookie && !one.isFrom(marks.from)) continue;
    // A client that tries again with credentials should use a new branch (RFC 3261 §22.2); some do not.
    if (one.frame > 0 && isChallenge(one.final) && m.end - m.start !== one.length) continue;
    return one;
  }
  return null;
}

/** The ACK to a 2xx that an ACK repeats: there is one for each dialog of the INVITE at each hop. */
export function ackRepeatedBy(newest: Transaction | null, m: SipMessage, dialog: number): Transaction | null {
  for (let one = newest; one !== null; one = one.older) {
    if (one.method !== ACK || one.cseq !== m.cseqNumber || one.dialog !== dialog) continue;
    if (sameEndpoint(one.src, m.src) && sameEndpoint(one.dst, m.dst)) return one;
  }
  return null;
}

/** The transaction that a response answers: by branch and CSeq; else by its way and CSeq alone. */
export function answeredBy(
  newest: Transaction | null,
  m: SipMessage,
  marks: MessageMarks,
  method: number,
): Transaction | null {
  let elsewhere: Transaction | null = null;
  let otherBranch: Transaction | null = null;
  for (let one = newest; one !== null; one = one.older) {
    if (one.method !== method || one.cseq !== m.cseqNumber) continue;
    const back = sameEndpoint(one.src, m.dst) && sameEndpoint(one.dst, m.src);
    if (one.hasBranch(marks.branch)) {
      if (back) return one;
      // RFC 3261 §18.2.2, RFC 3581: responses may come from, or go to, another port than the request's.
      if (m.viaRow >= 0) elsewhere ??= one;
    } else if (back && one.final === 0 && one.isFrom(marks.from)) {
      otherBranch ??= one;
    }
  }
  return elsewhere ?? otherBranch;
}

/**
 * The INVITE that an ACK or CANCEL is about. RFC 3261 §9.1, §17.1.1.3: CANCEL, and ACK to a failure, have its branch;
 * §13.2.2.4: ACK to a 2xx has its CSeq number and From tag.
 */
export function inviteOf(newest: Transaction | null, m: SipMessage, marks: MessageMarks): Transaction | null {
  let sameHop: Transaction | null = null;
  let any: Transaction | null = null;
  for (let one = newest; one !== null; one = one.older) {
    if (one.method !== INVITE || one.cseq !== m.cseqNumber) continue;
    const hop = sameEndpoint(one.src, m.src) && sameEndpoint(one.dst, m.dst);
    if (hop && one.hasBranch(marks.branch)) return one;
    if (!one.isFrom(marks.from)) continue;
    if (hop) sameHop ??= one;
    // The earliest is nearest to the caller.
    any = one;
  }
  return sameHop ?? any;
}

/** The same request one hop earlier, null when this is its first hop. */
export function upstreamOf(newest: Transaction | null, tx: Transaction): Transaction | null {
  let first: Transaction | null = null;
  for (let one = newest; one !== null; one = one.older) {
    if (one.method !== tx.method || one === tx) continue;
    if (one.cseq === tx.cseq && one.sameFrom(tx)) {
      // The same sender again: another branch of a fork, or another server tried (RFC 3263 §4.3).
      if (sameEndpoint(one.src, tx.src)) return one.upstream;
      if (one.dst.ip === tx.src.ip) return one;
      first = one;
    } else if (tx.initial && one.initial && one.final === 0 && one.dst.ip === tx.src.ip) {
      // A back-to-back user agent that keeps the Call-ID but not the tag.
      if (one.src.ip !== tx.src.ip && one.frame > 0) return one;
    }
  }
  return first;
}

/** RFC 3261 §22: 401 and 407 ask for credentials. */
export function isChallenge(status: number): boolean {
  return status === 401 || status === 407;
}

const { INVITE, ACK } = METHOD;
