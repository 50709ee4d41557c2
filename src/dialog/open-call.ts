// A call while it is followed: what is gathered message by message, and the view of it that later stages get. The hot
// fields are small integers; what is costly (media, roles, timings) is worked out when asked for.
import type { Diagnostic, Severity } from '../capture/diagnostic.ts';
import type { Timestamp } from '../capture/timestamp.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { Transport } from '../network/payload.ts';
import type { SipMessage } from '../sip/message.ts';
import type {
  Binding,
  Call,
  CallEvent,
  CallMedia,
  EndpointRole,
  RelatedCall,
  ReleaseCause,
  Role,
  Timings,
} from './call.ts';
import type { CallKind } from './call-kind.ts';
import {
  type CallMemory,
  LAST_NANOSECONDS,
  LAST_SECONDS,
  PACKET_COUNT,
  PACKETS,
  ROW_DOUBLES,
  ROW_INTS,
  ROW_PACKETS,
  START_NANOSECONDS,
  START_SECONDS,
  TEXT_START,
  TEXTS,
} from './call-memory.ts';
import type { CallState } from './call-state.ts';
import { CALL_ID, clearTexts, FROM, isText, keepText, octetsOf, TO, textOf } from './call-text.ts';
import type { ContactList } from './contact-list.ts';
import { DialogRecord } from './dialog.ts';
import type { EventLog } from './event-log.ts';
import { Mark, type MessageMarks } from './marks.ts';
import { locateParty, PARTY } from './party.ts';
import { noteRole, type RoleNote, rolesOf } from './roles.ts';
import type { Session } from './session.ts';
import { FINAL, INVITED, NOW, STATUS, timingsOf } from './timings.ts';
import { sameEndpoint, type Transaction } from './transaction.ts';

export class OpenCall implements Call {
  /** What every message touches lies in a row of memory, with the call's texts. */
  memory: CallMemory;
  row: number;
  hash = 0;
  place = 0;
  /** Texts that have no room there. */
  longTexts: string[] | null = null;
  messages = 0;
  private carriers = 0;
  /** Packets that the row has no room for; the list may be longer when it had another call before. */
  private morePackets: number[] = NO_PACKETS;
  /** Addresses in order of appearance. */
  private first!: Endpoint;
  private second!: Endpoint;
  state: CallState = 'pending';
  kind: CallKind = 'other';
  newest: Transaction | null = null;
  /** The highest CSeq number of its transactions so far. */
  highestCseq = -1;
  dialogs: DialogRecord[] = NO_DIALOGS;
  /** A list of one dialog that another call had here before. */
  private usedDialogs: DialogRecord[] | null = null;
  /** The From tag of the first request, as a mark. */
  private tagFirst = 0;
  private tagSecond = 0;
  private tagLength = 0;
  /** Responses to what the call's kind is about. */
  responses = 0;
  /** Dialogs that keep an INVITE call up. */
  confirmed = 0;
  deadline = 0;
  /** Transactions so far, and those of them that are kept. */
  transactionCount = 0;
  transactionsKept = 0;
  /** How many are kept before finished ones are dropped. */
  transactionLimit = PRUNE_FROM;
  /** The newest INVITE outside a dialog at its first hop, and how many branches of it are open. */
  attempt: Transaction | null = null;
  openBranches = 0;
  partial = true;
  /** It was handed on. */
  closed = false;

  id = 0;
  method = '';
  src!: Endpoint;
  dst!: Endpoint;
  cause: ReleaseCause | null = null;
  retransmissions = 0;
  duplicates = 0;
  event = '';
  related: RelatedCall[] = NO_RELATED;
  bindings: Binding[] = NO_BINDINGS;
  /** Of a registration: the contacts last asked for, and last shown. */
  askedContacts: ContactList | null = null;
  shownContacts: ContactList | null = null;
  diagnostics: Diagnostic[] = NO_DIAGNOSTICS;
  /** The messages that are kept. */
  log: EventLog | undefined = undefined;
  /** Packet of the BYE that ended the call; 0 before. */
  byeFrame = 0;
  /** Seconds that a registration or subscription was granted. */
  granted = 0;
  /** Index into the states of SUBSCRIPTION. */
  subscription = 0;
  /** Session descriptions as last negotiated. */
  callerSession: Session | null = null;
  calleeSession: Session | null = null;
  dialogsCapped = false;
  roleNotes: RoleNote[] = NO_ROLES;
  private others: Endpoint[] = NO_ENDPOINTS;
  packetsSorted = true;
  private packetsCapped = false;

  constructor(memory: CallMemory) {
    this.memory = memory;
    this.row = memory.take();
    this.clearRow();
  }

  begin(
    id: number,
    hash: number,
    m: SipMessage,
    marks: MessageMarks,
    kind: CallKind,
    state: CallState,
  ): void {
    this.id = id;
    this.hash = hash;
    keepText(this, CALL_ID, m.data, m.callIdStart, m.callIdEnd);
    this.kind = kind;
    this.state = state;
    this.setParties(m);
    this.setCaller(marks.from);
    this.src = m.isRequest ? m.src : m.dst;
    this.dst = m.isRequest ? m.dst : m.src;
    this.first = m.src;
    this.second = sameEndpoint(m.src, m.dst) ? m.src : m.dst;
    const { doubles, ints } = this.memory;
    const at = this.row * ROW_DOUBLES;
    doubles[at + START_SECONDS] = doubles[at + LAST_SECONDS] = m.seconds;
    ints[2 * at + START_NANOSECONDS] = ints[2 * at + LAST_NANOSECONDS] = m.nanoseconds;
  }

  /** Ready to be another call, with the room this one took; what was handed on of it must not be asked any more. */
  clear(): void {
    this.messages = 0;
    this.clearRow();
    if (this.morePackets.length > MANY_PACKETS) this.morePackets = NO_PACKETS;
    this.carriers = 0;
    this.newest = null;
    this.highestCseq = -1;
    if (this.dialogs.length === 1) this.usedDialogs = this.dialogs;
    this.dialogs = NO_DIALOGS;
    this.responses = 0;
    this.confirmed = 0;
    this.transactionCount = 0;
    this.transactionsKept = 0;
    this.transactionLimit = PRUNE_FROM;
    this.attempt = null;
    this.openBranches = 0;
    this.partial = true;
    this.closed = false;
    this.id = 0;
    this.cause = null;
    this.retransmissions = 0;
    this.duplicates = 0;
    this.event = '';
    this.related = NO_RELATED;
    this.bindings = NO_BINDINGS;
    this.diagnostics = NO_DIAGNOSTICS;
    this.log = undefined;
    this.byeFrame = 0;
    this.granted = 0;
    this.subscription = 0;
    this.callerSession = null;
    this.calleeSession = null;
    this.dialogsCapped = false;
    this.roleNotes = NO_ROLES;
    this.others = NO_ENDPOINTS;
    this.packetsSorted = true;
    this.packetsCapped = false;
  }

  private clearRow(): void {
    const at = this.row * ROW_DOUBLES;
    for (let which = 0; which < START_SECONDS; which++) this.memory.doubles[at + which] = Number.NaN;
    this.memory.ints[2 * at + PACKET_COUNT] = 0;
    clearTexts(this);
  }

  /** A number made of what its next message will touch: it lies in the processor's cache then. */
  touch(): number {
    const { ints } = this.memory;
    const at = this.row * ROW_INTS;
    const { newest } = this;
    // One for each of the lines that hold moments, counts and the Call-ID.
    const row = ints[at] + ints[at + START_NANOSECONDS] + ints[at + TEXTS] + ints[at + FIRST_TEXT];
    return newest === null ? row : row + newest.cseq + newest.final;
  }

  get events(): readonly CallEvent[] | undefined {
    return this.log?.events;
  }

  letGoOfEvents(): void {
    this.log?.letGo();
  }

  get callId(): string {
    return textOf(this, CALL_ID);
  }

  get from(): string {
    return textOf(this, FROM);
  }

  get to(): string {
    return textOf(this, TO);
  }

  /** The Call-ID's octets, as text. */
  get key(): string {
    return octetsOf(this, CALL_ID);
  }

  isKey(data: Buffer, start: number, end: number): boolean {
    return isText(this, CALL_ID, data, start, end);
  }

  setParties(m: SipMessage): void {
    locateParty(m, m.fromRow);
    keepText(this, FROM, m.data, PARTY.start, PARTY.end);
    locateParty(m, m.toRow);
    keepText(this, TO, m.data, PARTY.start, PARTY.end);
  }

  get start(): Timestamp {
    return { seconds: this.startSeconds, nanoseconds: this.startNanoseconds };
  }

  get startSeconds(): number {
    return this.memory.doubles[this.row * ROW_DOUBLES + START_SECONDS];
  }

  get startNanoseconds(): number {
    return this.memory.ints[this.row * ROW_INTS + START_NANOSECONDS];
  }

  get end(): Timestamp {
    return { seconds: this.lastSeconds, nanoseconds: this.lastNanoseconds };
  }

  get lastSeconds(): number {
    return this.memory.doubles[this.row * ROW_DOUBLES + LAST_SECONDS];
  }

  get lastNanoseconds(): number {
    return this.memory.ints[this.row * ROW_INTS + LAST_NANOSECONDS];
  }

  /** A moment of timings.ts; NaN as long as it was not seen. */
  moment(which: number): number {
    return this.memory.doubles[this.row * ROW_DOUBLES + which];
  }

  setMoment(which: number, nanoseconds: number): void {
    this.memory.doubles[this.row * ROW_DOUBLES + which] = nanoseconds;
  }

  /** Notes that it is now, unless it was seen before. */
  firstNow(which: number): void {
    const { doubles } = this.memory;
    const at = this.row * ROW_DOUBLES;
    if (Number.isNaN(doubles[at + which])) doubles[at + which] = doubles[at + NOW];
  }

  /** Another attempt within the call, after one that failed: RFC 6076 measures sessions one by one. */
  attemptAnew(): void {
    this.setMoment(INVITED, this.now);
    for (let which = STATUS; which <= FINAL; which++) this.setMoment(which, Number.NaN);
  }

  /** Nanoseconds from the start to the message at hand. */
  get now(): number {
    return this.moment(NOW);
  }

  get endpoints(): readonly Endpoint[] {
    const { first, second, others } = this;
    return first === second ? [first, ...others] : [first, second, ...others];
  }

  get endpointCount(): number {
    return (this.first === this.second ? 1 : 2) + this.others.length;
  }

  endpointAt(index: number): Endpoint {
    if (index === 0) return this.first;
    const rest = this.first === this.second ? index : index - 1;
    return rest === 0 ? this.second : this.others[rest - 1];
  }

  /** Nothing is to be said of it that few calls have. */
  get isPlain(): boolean {
    return (
      this.related.length === 0 &&
      this.bindings.length === 0 &&
      this.event === '' &&
      this.kind !== 'message' &&
      this.diagnostics.length === 0
    );
  }

  get frames(): readonly number[] {
    const list: number[] = [];
    for (let i = 0; i < this.packetCount; i++) list.push(this.packetAt(i));
    return this.packetsSorted ? list : [...new Set(list)].sort((a, b) => a - b);
  }

  /** Packets noted so far; in order and each once while `packetsSorted`. */
  get packetCount(): number {
    return this.memory.ints[this.row * ROW_INTS + PACKET_COUNT];
  }

  packetAt(index: number): number {
    if (index >= ROW_PACKETS) return this.morePackets[index - ROW_PACKETS];
    return this.memory.ints[this.row * ROW_INTS + PACKETS + index] >>> 0;
  }

  get transports(): readonly Transport[] {
    return TRANSPORTS.filter((_, bit) => (this.carriers & (1 << bit)) !== 0);
  }

  /** The same, joined by commas. */
  get transport(): string {
    return this.carriers === 1 ? 'udp' : this.transports.join(',');
  }

  get timings(): Timings {
    return timingsOf(this.memory.doubles, this.row * ROW_DOUBLES);
  }

  get media(): readonly CallMedia[] {
    const { callerSession: caller, calleeSession: callee } = this;
    if (caller === null) return callee === null ? NO_MEDIA : callee.media('callee');
    return callee === null ? caller.media('caller') : [...caller.media('caller'), ...callee.media('callee')];
  }

  get roles(): readonly EndpointRole[] {
    return rolesOf(this.endpoints, this.roleNotes);
  }

  /** Counts a message in: packets, time, addresses. */
  count(m: SipMessage): void {
    this.messages++;
    const { seconds, nanoseconds } = m;
    const { doubles, ints } = this.memory;
    const at = this.row * ROW_DOUBLES;
    doubles[at + NOW] =
      (seconds - doubles[at + START_SECONDS]) * 1e9 + (nanoseconds - ints[2 * at + START_NANOSECONDS]);
    const last = doubles[at + LAST_SECONDS];
    if (seconds > last || (seconds === last && nanoseconds > ints[2 * at + LAST_NANOSECONDS])) {
      doubles[at + LAST_SECONDS] = seconds;
      ints[2 * at + LAST_NANOSECONDS] = nanoseconds;
    }
    if (m.frames === null) this.addPacket(m.frame);
    else for (const frame of m.frames) this.addPacket(frame);
    if (m.transport === 'udp') this.carriers |= 1;
    else this.carriers |= 1 << TRANSPORTS.indexOf(m.transport);
    this.addEndpoint(m.src);
    this.addEndpoint(m.dst);
  }

  /** Another dialog, formed by who wrote From. */
  addDialog(m: SipMessage, marks: MessageMarks): void {
    if (this.dialogs.length === 0) this.dialogs = this.usedDialogs ?? [new DialogRecord(this)];
    else this.dialogs.push(new DialogRecord(null));
    this.usedDialogs = null;
    this.dialogs[this.dialogs.length - 1].begin(m, marks);
  }

  /** The caller is whose requests have this From tag. */
  setCaller(tag: Mark): void {
    this.tagFirst = tag.first;
    this.tagSecond = tag.second;
    this.tagLength = tag.length;
  }

  isCaller(tag: Mark): boolean {
    return tag.is(this.tagFirst, this.tagSecond, this.tagLength);
  }

  /** Whether the caller sent the request of a transaction. */
  isFromCaller(tx: Transaction): boolean {
    return tx.hasTag(this.tagFirst, this.tagSecond, this.tagLength);
  }

  /** The side a message was sent from: by the tag of its sender. */
  sentByCaller(m: SipMessage, dialog: DialogRecord | undefined): boolean {
    if (dialog !== undefined) return dialog.fromLocal(m) === m.isRequest;
    SENDER.read(m.data, m.fromTagStart, m.fromTagEnd);
    return this.isCaller(SENDER) === m.isRequest;
  }

  setSession(caller: boolean, session: Session): void {
    if (caller) this.callerSession = session;
    else this.calleeSession = session;
  }

  relate(related: RelatedCall): void {
    if (this.related.length >= MAX_RELATED) return;
    if (this.related.some((one) => one.relation === related.relation && one.callId === related.callId))
      return;
    if (this.related === NO_RELATED) this.related = [];
    this.related.push(related);
  }

  says(endpoint: Endpoint, role: Role, evidence: string): void {
    if (this.roleNotes === NO_ROLES) this.roleNotes = [];
    noteRole(this.roleNotes, endpoint, role, evidence);
  }

  note(code: string, severity: Severity, message: string, frame: number): void {
    if (this.diagnostics === NO_DIAGNOSTICS) this.diagnostics = [];
    // A cap is told of once.
    if (severity === 'warning' && this.diagnostics.some((one) => one.code === code)) return;
    if (this.diagnostics.length < MAX_DIAGNOSTICS) {
      this.diagnostics.push({ code, severity, message, frames: [frame] });
    }
  }

  private addPacket(frame: number): void {
    const { ints } = this.memory;
    const at = this.row * ROW_INTS;
    const count = ints[at + PACKET_COUNT];
    const last = count === 0 ? 0 : this.packetAt(count - 1);
    if (frame === last) return;
    if (count >= MAX_PACKETS) {
      if (!this.packetsCapped) {
        this.packetsCapped = true;
        this.note(
          'dialog/frames-capped',
          'warning',
          `Only the first ${MAX_PACKETS} packets of the call are listed`,
          frame,
        );
      }
      return;
    }
    if (frame < last) this.packetsSorted = false;
    ints[at + PACKET_COUNT] = count + 1;
    if (count < ROW_PACKETS) ints[at + PACKETS + count] = frame;
    else {
      if (this.morePackets === NO_PACKETS) this.morePackets = [];
      this.morePackets[count - ROW_PACKETS] = frame;
    }
  }

  private addEndpoint(endpoint: Endpoint): void {
    const { first, second } = this;
    if (endpoint === first || endpoint === second) return;
    // The same address may be another object once the table of endpoints has forgotten it.
    if (sameEndpoint(endpoint, first) || sameEndpoint(endpoint, second)) return;
    if (this.others === NO_ENDPOINTS) this.others = [];
    const { others } = this;
    for (let i = 0; i < others.length; i++) if (sameEndpoint(others[i], endpoint)) return;
    if (others.length < MAX_ENDPOINTS) others.push(endpoint);
  }
}

const FIRST_TEXT = TEXT_START / 4;
const SENDER = new Mark();
const NO_PACKETS: number[] = [];
/** Room that is not kept for another call. */
const MANY_PACKETS = 64;
const NO_ENDPOINTS: Endpoint[] = [];
const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'sctp', 'tls', 'ws', 'wss'];
const NO_MEDIA: readonly CallMedia[] = [];
const NO_DIALOGS: DialogRecord[] = [];
const NO_RELATED: RelatedCall[] = [];
const NO_ROLES: RoleNote[] = [];
const NO_BINDINGS: Binding[] = [];
const NO_DIAGNOSTICS: Diagnostic[] = [];
const PRUNE_FROM = 64;
const MAX_RELATED = 16;
const MAX_DIAGNOSTICS = 16;
const MAX_PACKETS = 1 << 20;
const MAX_ENDPOINTS = 64;
