// Messages in, in the order of the capture; calls out, when they are over. A message is placed in its call by Call-ID
// (RFC 3261 §8.1.1.4), in a transaction by branch, hop and CSeq (§17.1.3, §17.2.3), in a dialog by tags (§12).
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHODS } from '../sip/method.ts';
import type { Call, CorrelatorLimits, MessageInfo } from './call.ts';
import { CallTable } from './call-table.ts';
import { ExpiryWheel } from './expiry-wheel.ts';
import { beginsAnew, firstState, kindOf } from './first-message.ts';
import { deadlineOf, giveUp, LINGER } from './give-up.ts';
import { takeLaterHop } from './invite/later-hop.ts';
import { keepEvent } from './kept/call-event.ts';
import { CallRooms } from './kept/call-rooms.ts';
import { KeptPages } from './kept/kept-pages.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { MessageMarks } from './marks.ts';
import { OpenCall } from './open-call.ts';
import { Placement } from './placement.ts';
import { RelatedCalls } from './related.ts';
import { BoxRoles } from './roles/box-roles.ts';

export interface CorrelatorOptions {
  /** Keep every message, with its octets, in `call.events`; or those of the calls for whose number it says so. */
  readonly keepMessages?: boolean | ((id: number) => boolean);
  /** A call is asked nothing after `onCall` returned: what it took is used again for another. Not with keepMessages. */
  readonly reuseCalls?: boolean;
  /** Each call once: when it is over, or at the end. Order: as they are over. */
  readonly onCall: (call: Call) => void;
  /** Each message before it is placed: so late it is, before the calls that are over by then are handed on. */
  readonly onTime?: (message: SipMessage) => void;
  /** Each message when it is placed. Both objects are filled again for the next message. */
  readonly onMessage?: (message: SipMessage, info: MessageInfo) => void;
  readonly onDiagnostic?: DiagnosticSink;
  readonly limits?: Partial<CorrelatorLimits>;
}

export class Correlator {
  private readonly open = new CallTable<OpenCall>();
  private readonly wheel = new ExpiryWheel<OpenCall>();
  /** Of the message at hand. */
  readonly marks = new MessageMarks();
  private readonly boxes: BoxRoles;
  private readonly placement: Placement;
  private readonly limits: CorrelatorLimits;
  private readonly keeps: (id: number) => boolean;
  private readonly reuseCalls: boolean;
  private readonly rooms = new CallRooms();
  /** Where the messages of open calls lie, once one is kept. */
  private pages: KeptPages | null = null;
  /** Calls to be used again. */
  private readonly free: OpenCall[] = [];
  private readonly onCall: (call: Call) => void;
  private readonly onTime: ((message: SipMessage) => void) | undefined;
  private readonly onMessage: ((message: SipMessage, info: MessageInfo) => void) | undefined;
  private readonly onDiagnostic: DiagnosticSink | undefined;
  private readonly expire = (call: OpenCall): boolean => this.expired(call);
  /** No call follows that could use the room of those that are over. */
  private isLast = false;
  private readonly expected: (OpenCall | null)[] = [];
  /** Kept so that what it is made of is looked at. */
  touched = 0;
  private calls = 0;
  private clock = Number.NaN;
  private evicted = false;

  constructor(options: CorrelatorOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    const { keepMessages = false } = options;
    this.keeps = typeof keepMessages === 'function' ? keepMessages : () => keepMessages;
    this.reuseCalls = options.reuseCalls === true && keepMessages === false;
    this.onCall = options.onCall;
    this.onTime = options.onTime;
    this.onMessage = options.onMessage;
    this.onDiagnostic = options.onDiagnostic;
    this.boxes = new BoxRoles(this.limits.roleEndpoints);
    const related = new RelatedCalls((callId) => this.open.findText(callId)?.id ?? 0);
    this.placement = new Placement(this.marks, this.limits, related, this.boxes);
  }

  /**
   * Which messages come next, by MessageMarks.callId. It changes nothing: the processor fetches from memory all that the
   * calls of many messages need at once, where it would wait for each one's in turn.
   */
  expect(hashes: Int32Array, count: number): void {
    const { expected } = this;
    this.open.likely(hashes, count, expected);
    let touched = 0;
    for (let i = 0; i < count; i++) touched ^= expected[i]?.touch() ?? 0;
    this.touched = touched;
  }

  /** The message is a view: it is not kept (a copy is, with keepMessages). */
  message(m: SipMessage): void {
    this.marks.read(m);
    this.marked(m);
  }

  /** The same of a message whose marks are in `marks` already. */
  marked(m: SipMessage): void {
    if (this.onTime !== undefined) this.onTime(m);
    if (m.seconds !== this.clock) {
      this.clock = m.seconds;
      this.wheel.turn(m.seconds, this.expire);
    }
    const hash = this.marks.callId;
    let call = this.open.find(hash, m.data, m.callIdStart, m.callIdEnd);
    if (call !== null && beginsAnew(call, m, this.marks)) {
      this.finish(call);
      call = null;
    }
    if (call === null) call = this.begin(hash, m);
    call.count(m);
    const { placement } = this;
    placement.place(call, m);
    call.deadline = deadlineOf(call);
    if (this.keeps(call.id)) {
      this.pages ??= new KeptPages();
      keepEvent(call, m, placement, this.limits.eventsPerCall, this.pages);
    }
    if (this.onMessage !== undefined) this.onMessage(m, placement);
  }

  /** Hands on the calls that are still open, in the order they began. */
  end(): void {
    this.isLast = true;
    // Nobody holds a call but this list: what it keeps goes with it.
    this.wheel.clear();
    const left = [...this.open].sort((a, b) => b.id - a.id);
    for (let call = left.pop(); call !== undefined; call = left.pop()) {
      if (left.length % AHEAD === 0) this.lookAhead(left);
      giveUp(call, this.clock);
      this.finish(call);
    }
  }

  /** The next calls are those that stand last. */
  private lookAhead(left: readonly OpenCall[]): void {
    for (let i = Math.max(0, left.length - AHEAD); i < left.length; i++) this.touched ^= left[i].touchAll();
  }

  private begin(hash: number, m: SipMessage): OpenCall {
    if (this.open.size >= this.limits.openCalls) this.evict(m.frame);
    const kind = kindOf(m);
    const call = this.free.pop() ?? new OpenCall(this.rooms.memory);
    call.begin(++this.calls, hash, m, this.marks, kind, firstState(kind));
    call.method = m.isRequest ? METHODS[m.methodId] || m.method : METHODS[m.cseqMethodId] || m.cseqMethod;
    call.deadline = m.seconds + LINGER;
    this.open.add(call);
    this.wheel.add(call);
    return call;
  }

  private expired(call: OpenCall): boolean {
    if (!call.closed) {
      giveUp(call, this.clock);
      this.finish(call);
    }
    // Here the wheel lets go of it, the last that holds it.
    if (this.reuseCalls) {
      call.clear();
      this.free.push(call);
    }
    return false;
  }

  private finish(call: OpenCall): void {
    this.open.delete(call);
    call.closed = true;
    takeLaterHop(call);
    this.boxes.tell(call);
    if (this.isLast) this.placement.drop(call);
    else {
      this.placement.forget(call);
      call.log?.close();
      if (!this.reuseCalls) this.rooms.moveOut(call);
    }
    this.onCall(call);
  }

  /** Hands on those that were silent longest, a sixteenth at a time. */
  private evict(frame: number): void {
    const byAge = [...this.open].sort(
      (a, b) => a.lastSeconds - b.lastSeconds || a.lastNanoseconds - b.lastNanoseconds || a.id - b.id,
    );
    for (const call of byAge.slice(0, Math.max(1, byAge.length >> 4))) this.finish(call);
    if (this.evicted) return;
    this.evicted = true;
    this.onDiagnostic?.({
      code: 'dialog/calls-evicted',
      severity: 'warning',
      message: `More than ${this.limits.openCalls} calls are open: those silent longest are handed on as they are`,
      frames: [frame],
    });
  }
}

/** Calls that are looked ahead to at once. */
const AHEAD = 16;
