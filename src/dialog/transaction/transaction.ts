// Transactions of one call, as they pass one hop: a request, its retransmissions, its responses. The same request seen at
// the next hop is another transaction, whose `upstream` is the one before (RFC 3261 §16.6 gives it a branch of its own).
import type { Endpoint } from '../../network/endpoint.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { ContactList } from '../kept/contact-list.ts';
import { hashOctets } from '../kept/octets.ts';
import { Mark, type MessageMarks } from '../marks.ts';
import type { Session } from '../session/session.ts';

export class Transaction {
  // What every look for a transaction touches stands first, so that it lies together in memory.
  /** See methodKey. */
  method = 0;
  cseq = -1;
  /** The one before it in its call. */
  older: Transaction | null = null;
  /** What identifies it at its hop, as a mark: the branch, or what stands for it before RFC 3261. */
  private branchFirst = 0;
  private branchSecond = 0;
  private branchLength = 0;
  /** The way of the request. */
  src!: Endpoint;
  dst!: Endpoint;
  index = -1;
  /** The same request one hop earlier. */
  upstream: Transaction | null = null;
  /** Rows of Via in the request, 0 where it was not looked at. */
  vias = 0;
  /** The request was seen at a later hop too. */
  forwarded = false;
  /** Packet of the request; 0 as long as only responses were seen. */
  frame = 0;
  /** Time of the request, or of the first response likewise. */
  seconds = 0;
  nanoseconds = 0;
  length = 0;
  /** The request had no To tag: it began a dialog, or stood alone. */
  initial = true;
  /** Index into the states of its table. */
  state = 0;
  /** Final response and its packet; 0 before it. */
  final = 0;
  finalFrame = 0;
  /** Dialog of the final response; of an ACK its own. */
  dialog = -1;
  ackFrame = 0;
  private tagFirst = 0;
  private tagSecond = 0;
  private tagLength = 0;
  /** Of a CANCEL: the INVITE it cancels. */
  cancels: Transaction | null = null;
  cancelFrame = 0;
  /** A 2xx answered the CANCEL before this got its final response. */
  cancelled = false;
  /** What the request offers, waiting for its answer. */
  offer: Session | null = null;
  /** Of a REGISTER: the contacts it asks to bind, and for how long; whether it, or a SUBSCRIBE, removes all. */
  asked: ContactList | null = null;
  expires: number | null = null;
  removesAll = false;
  /** What it proves in answer to a challenge: `401 Digest realm=…` … */
  proofs: string[] | null = null;
  /** Responses that were no retransmissions: 100, the first other provisional one, and what does not fit these. */
  private tryingFrame = 0;
  private tryingLength = 0;
  private earlyStatus = 0;
  private earlyDialog = -1;
  private earlyLength = 0;
  private earlyFrame = 0;
  private more: SeenResponse | null = null;

  /** A response came, 100 or another. */
  get isAnswered(): boolean {
    return this.tryingFrame > 0 || this.earlyStatus > 0 || this.final > 0;
  }

  begin(m: SipMessage, method: number, marks: MessageMarks, index: number, older: Transaction | null): void {
    this.method = method;
    this.cseq = m.cseqNumber;
    this.older = older;
    this.src = m.isRequest ? m.src : m.dst;
    this.dst = m.isRequest ? m.dst : m.src;
    this.index = index;
    this.seconds = m.seconds;
    this.nanoseconds = m.nanoseconds;
    const { from } = marks;
    // An ACK to a 2xx is known by its dialog: its branch does not count.
    const branch = method === METHOD.ACK ? NO_BRANCH : marks.branch;
    this.branchFirst = branch.first;
    this.branchSecond = branch.second;
    this.branchLength = branch.length;
    this.tagFirst = from.first;
    this.tagSecond = from.second;
    this.tagLength = from.length;
    // It may have been another before.
    this.upstream = null;
    this.vias = 0;
    this.forwarded = false;
    this.frame = 0;
    this.length = 0;
    this.initial = true;
    this.state = 0;
    this.final = 0;
    this.finalFrame = 0;
    this.dialog = -1;
    this.ackFrame = 0;
    this.cancels = null;
    this.cancelFrame = 0;
    this.cancelled = false;
    this.offer = null;
    this.asked = null;
    this.expires = null;
    this.removesAll = false;
    this.proofs = null;
    this.tryingFrame = 0;
    this.tryingLength = 0;
    this.earlyStatus = 0;
    this.earlyDialog = -1;
    this.earlyLength = 0;
    this.earlyFrame = 0;
    this.more = null;
  }

  hasBranch(mark: Mark): boolean {
    return mark.is(this.branchFirst, this.branchSecond, this.branchLength);
  }

  /** Whether the From tag is this one. */
  isFrom(mark: Mark): boolean {
    return mark.is(this.tagFirst, this.tagSecond, this.tagLength);
  }

  sameBranch(other: Transaction): boolean {
    return (
      this.branchFirst === other.branchFirst &&
      this.branchSecond === other.branchSecond &&
      this.branchLength === other.branchLength
    );
  }

  sameFrom(other: Transaction): boolean {
    return other.hasTag(this.tagFirst, this.tagSecond, this.tagLength);
  }

  hasTag(first: number, second: number, length: number): boolean {
    return this.tagFirst === first && this.tagSecond === second && this.tagLength === length;
  }

  /**
   * Packet of the response this one repeats, 0 when it is new; a new one is noted. A final response is sent once and again
   * (RFC 3261 §13.3.1.4, §17.2.1); a provisional one may be followed by another of the same status that says something else.
   */
  responded(status: number, dialog: number, length: number, frame: number): number {
    if (status === 100 && this.tryingFrame === 0) {
      this.tryingFrame = frame;
      this.tryingLength = length;
      return 0;
    }
    if (status === 100 && this.tryingLength === length) return this.tryingFrame;
    if (status >= 200) {
      if (this.final === 0) {
        this.final = status;
        this.finalFrame = frame;
        this.dialog = dialog;
        return 0;
      }
      if (this.final === status && this.dialog === dialog) return this.finalFrame;
      return this.another(status, dialog, 0, frame);
    }
    if (this.earlyStatus === 0) {
      this.earlyStatus = status;
      this.earlyDialog = dialog;
      this.earlyLength = length;
      this.earlyFrame = frame;
      return 0;
    }
    if (this.earlyStatus === status && this.earlyDialog === dialog && this.earlyLength === length) {
      return this.earlyFrame;
    }
    return this.another(status, dialog, length, frame);
  }

  private another(status: number, dialog: number, length: number, frame: number): number {
    let count = 0;
    for (let one = this.more; one !== null; one = one.before, count++) {
      if (one.status === status && one.dialog === dialog && one.length === length) return one.frame;
    }
    if (count < MAX_RESPONSES) this.more = new SeenResponse(status, dialog, length, frame, this.more);
    return 0;
  }
}

class SeenResponse {
  readonly status: number;
  readonly dialog: number;
  readonly length: number;
  readonly frame: number;
  readonly before: SeenResponse | null;

  constructor(status: number, dialog: number, length: number, frame: number, before: SeenResponse | null) {
    this.status = status;
    this.dialog = dialog;
    this.length = length;
    this.frame = frame;
    this.before = before;
  }
}

/** An id of METHOD, or for an extension method a number beyond those, made from its name. */
export function methodKey(m: SipMessage): number {
  const id = m.isRequest ? m.methodId : m.cseqMethodId;
  if (id !== 0) return id;
  return m.isRequest
    ? hashOctets(m.data, m.methodStart, m.methodEnd) | EXTENSION
    : hashOctets(m.data, m.cseqMethodStart, m.cseqMethodEnd) | EXTENSION;
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a === b || (a.port === b.port && a.ip === b.ip);
}

const NO_OCTETS = new Uint8Array(0);
const NO_BRANCH = new Mark();
NO_BRANCH.read(NO_OCTETS, 0, 0);
const EXTENSION = 0x40000000;
const MAX_RESPONSES = 32;
