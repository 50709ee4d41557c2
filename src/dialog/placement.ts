// Places one message in its call: which transaction, which dialog, what it repeats. What it then does to the call is said
// in usage.ts. One object, filled again for each message.

import { millisecondsBetween } from '../capture/timestamp.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import type { Call, CorrelatorLimits, MessageInfo, Moment } from './call.ts';
import { setCaller } from './caller-tag.ts';
import { CONFIRMED, findDialog } from './dialog.ts';
import { note } from './evidence.ts';
import { ackInside, ackSent } from './invite/invite-release.ts';
import type { MessageMarks } from './marks.ts';
import type { OpenCall } from './open-call.ts';
import type { RelatedCalls } from './related.ts';
import type { BoxRoles } from './roles/box-roles.ts';
import { answerSeen, hopSeen, viaCount } from './roles/route-roles.ts';
import { REQUEST, RESPONSE } from './timings.ts';
import { methodKey, sameEndpoint, type Transaction } from './transaction/transaction.ts';
import {
  ackRepeatedBy,
  answeredBy,
  inviteOf,
  repeatedBy,
  upstreamOf,
} from './transaction/transaction-match.ts';
import { TransactionPool } from './transaction/transaction-pool.ts';
import { pruneTransactions } from './transaction/transaction-prune.ts';
import { requestAgain, responseSeen } from './transaction/transaction-step.ts';
import { requestPlaced, responsePlaced } from './usage.ts';

export class Placement implements MessageInfo {
  call!: Call;
  retransmissionOf = 0;
  duplicateOf = 0;
  transaction = -1;
  upstream = -1;
  dialog = -1;
  delay: number | null = null;
  moment: Moment = '';

  /** Of the message at hand. */
  private readonly marks: MessageMarks;
  private readonly pool = new TransactionPool();
  private readonly limits: CorrelatorLimits;
  private readonly related: RelatedCalls;
  private readonly boxes: BoxRoles;

  constructor(marks: MessageMarks, limits: CorrelatorLimits, related: RelatedCalls, boxes: BoxRoles) {
    this.marks = marks;
    this.limits = limits;
    this.related = related;
    this.boxes = boxes;
  }

  place(call: OpenCall, m: SipMessage): void {
    this.call = call;
    this.retransmissionOf = 0;
    this.duplicateOf = m.duplicateOf;
    this.upstream = -1;
    this.delay = null;
    this.moment = '';
    this.dialog = findDialog(call.dialogs, m, this.marks);
    const method = methodKey(m);
    if (m.duplicateOf > 0) this.duplicate(call, m, method);
    else if (!m.isRequest) this.response(call, m, method);
    else if (method === ACK) this.ack(call, m);
    else this.request(call, m, method);
  }

  /** Of a call that is handed on: what was kept to place its messages is free again. */
  forget(call: OpenCall): void {
    this.pool.release(call.newest, call.transactionsKept);
    this.drop(call);
  }

  /** The same, where no other call needs it. */
  drop(call: OpenCall): void {
    call.newest = null;
    call.attempt = null;
    call.askedContacts = null;
    call.shownContacts = null;
  }

  private duplicate(call: OpenCall, m: SipMessage, method: number): void {
    call.duplicates++;
    const { newest } = call;
    const { marks } = this;
    let tx = m.isRequest ? repeatedBy(newest, m, marks, method) : answeredBy(newest, m, marks, method);
    if (method === ACK) tx = ackRepeatedBy(newest, m, this.dialog) ?? inviteOf(newest, m, marks);
    if (tx === null) this.transaction = -1;
    else this.at(tx);
  }

  private request(call: OpenCall, m: SipMessage, method: number): void {
    // A number above all before it repeats nothing: RFC 3261 §12.2.1.1 counts up, and long calls have many transactions.
    const isNext = m.cseqNumber > call.highestCseq;
    let tx = isNext ? null : repeatedBy(call.newest, m, this.marks, method);
    if (tx !== null && tx.frame > 0) {
      requestAgain(call, tx, m);
      this.again(call, tx, tx.frame);
      return;
    }
    // A response that the capture put before its request has made the transaction already.
    tx ??= this.add(call, method, m);
    tx.frame = m.frame;
    tx.seconds = m.seconds;
    tx.nanoseconds = m.nanoseconds;
    tx.length = m.end - m.start;
    tx.initial = m.toTagStart < 0;
    if (tx.initial) tx.vias = viaCount(m);
    if (isNext && !tx.initial) hopSeen(call, tx, m);
    else this.findUpstream(call, tx, m);
    this.at(tx);
    if (!tx.initial && this.dialog < 0 && method !== REGISTER) this.addDialog(call, m);
    if (tx.upstream === null) {
      if (tx.initial && method !== CANCEL && method !== BYE && method !== PRACK)
        this.beginning(call, m, method);
      call.firstNow(REQUEST);
    }
    this.moment = requestPlaced(call, tx, m, this.marks, this.dialog, this.related);
  }

  /** RFC 3261 §17.1.1.3: ACK to a failure belongs to the INVITE's transaction; §13.2.2.4: ACK to a 2xx is its own. */
  private ack(call: OpenCall, m: SipMessage): void {
    const before = ackRepeatedBy(call.newest, m, this.dialog);
    if (before !== null) {
      this.again(call, before, before.frame);
      return;
    }
    const invite = inviteOf(call.newest, m, this.marks);
    const hop = invite !== null && sameEndpoint(invite.src, m.src) && sameEndpoint(invite.dst, m.dst);
    if (hop && invite.hasBranch(this.marks.branch)) {
      if (invite.ackFrame > 0) {
        this.again(call, invite, invite.ackFrame);
        return;
      }
      this.at(invite);
      invite.ackFrame = m.frame;
      ackInside(call, invite, m);
      return;
    }
    const tx = this.add(call, ACK, m);
    tx.frame = m.frame;
    tx.initial = false;
    tx.upstream = upstreamOf(call.newest, tx);
    this.at(tx);
    if (hop && invite.ackFrame === 0) invite.ackFrame = m.frame;
    if (this.dialog < 0 && m.toTagStart >= 0) this.addDialog(call, m);
    tx.dialog = this.dialog;
    if (tx.upstream === null) this.moment = ackSent(call, invite, m, this.dialog);
  }

  private response(call: OpenCall, m: SipMessage, method: number): void {
    let tx = answeredBy(call.newest, m, this.marks, method);
    const { status } = m;
    if (tx === null) {
      tx = this.add(call, method, m);
      tx.initial = this.dialog < 0 || call.dialogs[this.dialog].stage !== CONFIRMED;
      tx.upstream = upstreamOf(call.newest, tx);
    }
    call.responses++;
    if (this.dialog < 0 && status > 100 && status < 300 && m.toTagStart >= 0) {
      // RFC 3261 §12.1, RFC 6665 §4.1.3, RFC 3515 §2.4.6: the methods whose responses form dialogs.
      if (method === INVITE || method === SUBSCRIBE || (method === REFER && tx.initial))
        this.addDialog(call, m);
    }
    this.at(tx);
    if (tx.frame > 0) this.delay = millisecondsBetween(tx, m);
    const original = tx.responded(status, this.dialog, m.end - m.start, m.frame);
    if (original > 0) {
      this.again(call, tx, original);
      return;
    }
    if (!responseSeen(call, tx, m)) return;
    // Of the first request: neither of a CANCEL nor of what came inside the dialog meanwhile.
    if (status >= 200 && tx.upstream === null && (tx.index === 0 || (tx.initial && method !== CANCEL)))
      call.firstNow(RESPONSE);
    if (status >= 200 && status < 400) answerSeen(call, tx, m);
    this.moment = responsePlaced(call, tx, m, this.dialog);
    // What was accepted is not turned down: a registration that lasts would keep each of its credentials.
    if (status >= 200 && status < 300) tx.proofs = null;
  }

  private at(tx: Transaction): void {
    this.transaction = tx.index;
    if (tx.upstream !== null) this.upstream = tx.upstream.index;
  }

  private again(call: OpenCall, tx: Transaction, original: number): void {
    this.at(tx);
    call.retransmissions++;
    this.retransmissionOf = original;
  }

  private add(call: OpenCall, method: number, m: SipMessage): Transaction {
    const cap = this.limits.transactionsPerCall;
    if (call.transactionsKept >= Math.min(call.transactionLimit, cap)) pruneTransactions(call, cap, m.frame);
    const tx = this.pool.take();
    tx.begin(m, method, this.marks, call.transactionCount++, call.newest);
    call.newest = tx;
    if (m.cseqNumber > call.highestCseq) call.highestCseq = m.cseqNumber;
    call.transactionsKept++;
    return tx;
  }

  private addDialog(call: OpenCall, m: SipMessage): void {
    const { dialogs } = call;
    const limit = this.limits.dialogsPerCall;
    if (dialogs.length < limit) {
      this.dialog = dialogs.length;
      call.addDialog(m, this.marks);
    } else if (!call.dialogsCapped) {
      call.dialogsCapped = true;
      note(
        call,
        'dialog/dialogs-capped',
        'warning',
        `Only the first ${limit} dialogs of the call are followed`,
        m.frame,
      );
    }
  }

  /** Sets `upstream`; where the capture shows the later hop first, the earlier one takes its place as the first. */
  private findUpstream(call: OpenCall, tx: Transaction, m: SipMessage): void {
    const before = upstreamOf(call.newest, tx);
    if (before !== null && tx.vias > 0 && before.vias > tx.vias && before.src.ip === tx.dst.ip) {
      before.upstream = tx;
      tx.upstream = null;
      tx.forwarded = true;
      tx.offer = before.offer;
      if (call.attempt === before) {
        call.attempt = tx;
        call.openBranches--;
      }
      call.src = m.src;
      call.dst = m.dst;
    } else {
      tx.upstream = before;
      if (before !== null) before.forwarded = true;
    }
    hopSeen(call, tx, m);
  }

  /** The request that begins the call, or begins it again. */
  private beginning(call: OpenCall, m: SipMessage, method: number): void {
    if (call.partial) {
      call.partial = false;
      // What its first message says was taken when it began.
      if (call.messages > 1) {
        call.src = m.src;
        call.dst = m.dst;
        call.setParties(m);
        setCaller(call, this.marks.from);
      }
      if (method === INVITE) this.boxes.attempt(call, m);
    }
    if (method === INVITE && call.kind !== 'call' && call.kind !== 'im') {
      call.kind = 'call';
      call.state = 'call-setup';
      // Those so far were to something else.
      call.responses = 0;
    }
  }
}

const { INVITE, ACK, BYE, CANCEL, REGISTER, PRACK, SUBSCRIBE, REFER } = METHOD;
