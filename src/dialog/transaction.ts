// Transactions of one call, as they pass one hop: a request, its retransmissions, its responses. The same request seen at
// the next hop is another transaction, whose `upstream` is the one before (RFC 3261 §16.6 gives it a branch of its own).
import type { Endpoint } from '../network/endpoint.ts';
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import { hashOctets, octetText, sameOctets } from './octets.ts';
import type { Session } from './session.ts';

export class Transaction {
  readonly index: number;
  /** See methodKey. */
  readonly method: number;
  readonly cseq: number;
  /** What identifies it at its hop: the branch, or what stands for it before RFC 3261. */
  readonly branch: string;
  readonly fromTag: string;
  /** The way of the request. */
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** The one before it in its call. */
  older: Transaction | null;
  /** The same request one hop earlier. */
  upstream: Transaction | null = null;
  /** Rows of Via in the request, 0 where it was not looked at. */
  vias = 0;
  /** The request was seen at a later hop too. */
  forwarded = false;
  /** Packet of the request; 0 as long as only responses were seen. */
  frame = 0;
  /** Time of the request, or of the first response likewise. */
  seconds: number;
  nanoseconds: number;
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
  /** Of a CANCEL: the INVITE it cancels. */
  cancels: Transaction | null = null;
  cancelFrame = 0;
  /** A 2xx answered the CANCEL before this got its final response. */
  cancelled = false;
  /** What the request offers, waiting for its answer. */
  offer: Session | null = null;
  /** Of a REGISTER: the contacts it asks to bind, and for how long; whether it, or a SUBSCRIBE, removes all. */
  asked: string[] | null = null;
  expires: number | null = null;
  removesAll = false;
  /** What it proves in answer to a challenge: `401 realm` … */
  proofs: string[] | null = null;
  /** Responses that were no retransmissions: 100, the first other provisional one, and what does not fit these. */
  private tryingFrame = 0;
  private tryingLength = 0;
  private earlyStatus = 0;
  private earlyDialog = -1;
  private earlyLength = 0;
  private earlyFrame = 0;
  private more: SeenResponse | null = null;

  constructor(
    m: SipMessage,
    method: number,
    branch: string,
    fromTag: string,
    index: number,
    older: Transaction | null,
  ) {
    this.index = index;
    this.method = method;
    this.cseq = m.cseqNumber;
    this.branch = branch;
    this.fromTag = fromTag;
    this.src = m.isRequest ? m.src : m.dst;
    this.dst = m.isRequest ? m.dst : m.src;
    this.seconds = m.seconds;
    this.nanoseconds = m.nanoseconds;
    this.older = older;
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

/**
 * What the transaction of a message is identified by. RFC 3261 §17.1.3, §17.2.3: the branch, when it begins with the magic
 * cookie (sent-by is covered by the hop). Before that (RFC 2543): the sender's sent-by with whatever branch there is.
 */
export function branchOf(m: SipMessage): string {
  const { data, branchStart: start } = m;
  if (start >= 0 && m.branchEnd - start >= 7 && isCookie(data, start))
    return octetText(data, start, m.branchEnd);
  if (m.viaRow < 0) return '';
  const from = m.table[m.viaRow * COLUMNS + COLUMN.valueStart];
  const to = m.table[m.viaRow * COLUMNS + COLUMN.valueEnd];
  let end = from;
  while (end < to && data[end] !== SEMICOLON && data[end] !== COMMA) end++;
  return `${octetText(data, from, end)};${octetText(data, start, m.branchEnd)}`;
}

/** Whether the message's branch is this one. */
export function sameBranch(m: SipMessage, branch: string): boolean {
  const { data, branchStart: start } = m;
  if (start >= 0 && isCookie(data, start)) return sameOctets(data, start, m.branchEnd, branch);
  return branchOf(m) === branch;
}

/** RFC 2543 clients, and those that copy its branches, are told apart from others by this. */
export function hasCookie(m: SipMessage): boolean {
  return m.branchStart >= 0 && isCookie(m.data, m.branchStart);
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a === b || (a.port === b.port && a.ip === b.ip);
}

// `z9hG4bK`, compared without case: RFC 3261 §19.3 makes tokens case-insensitive.
function isCookie(data: Buffer, at: number): boolean {
  return (
    (data[at] | 32) === 0x7a &&
    data[at + 1] === 0x39 &&
    (data[at + 2] | 32) === 0x68 &&
    (data[at + 3] | 32) === 0x67 &&
    data[at + 4] === 0x34 &&
    (data[at + 5] | 32) === 0x62 &&
    (data[at + 6] | 32) === 0x6b
  );
}

const SEMICOLON = 59;
const COMMA = 44;
const EXTENSION = 0x40000000;
const MAX_RESPONSES = 32;
