// A call while it is followed: what is gathered message by message, and the view of it that later stages get. The hot
// fields are small integers; what is costly (media, roles, timings) is worked out when asked for.
import type { Diagnostic } from '../capture/diagnostic.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { Transport } from '../network/payload.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Binding, Call, CallEvent, CallMedia, EndpointRole, RelatedCall, ReleaseCause } from './call.ts';
import type { CallKind } from './call-kind.ts';
import type { CallState } from './call-state.ts';
import { setCaller } from './caller-tag.ts';
import { carrierOf, transportsOf, transportText } from './carriers.ts';
import { DialogRecord } from './dialog.ts';
import { NO_DIAGNOSTICS, NO_RELATED, NO_ROLES } from './evidence.ts';
import { addAddress, addressesOf, NO_OTHERS } from './kept/address-list.ts';
import type { ContactList } from './kept/contact-list.ts';
import type { EventLog } from './kept/event-log.ts';
import { addPacket, NO_PACKETS, packetsOf } from './kept/packet-list.ts';
import type { MessageMarks } from './marks.ts';
import { CallRow } from './record/call-row.ts';
import { type RoleNote, rolesOf } from './roles/roles.ts';
import type { Session } from './session/session.ts';
import { sameEndpoint, type Transaction } from './transaction/transaction.ts';
import { pruneFrom } from './transaction/transaction-prune.ts';

export class OpenCall extends CallRow implements Call {
  /** Of the Call-ID; and where the call stands in the table of open calls. */
  hash = 0;
  place = 0;
  messages = 0;
  /** See carriers.ts. */
  private carriers = 0;
  /** Packets that the row has no room for. */
  morePackets: number[] = NO_PACKETS;
  /** See address-list.ts. */
  first!: Endpoint;
  second!: Endpoint;
  state: CallState = 'pending';
  kind: CallKind = 'other';
  newest: Transaction | null = null;
  /** The highest CSeq number of its transactions so far. */
  highestCseq = -1;
  dialogs: DialogRecord[] = NO_DIALOGS;
  /** A list of one dialog that another call had here before. */
  private usedDialogs: DialogRecord[] | null = null;
  /** The From tag of the first request, as a mark. */
  tagFirst = 0;
  tagSecond = 0;
  tagLength = 0;
  /** Responses to what the call's kind is about. */
  responses = 0;
  /** Dialogs that keep an INVITE call up. */
  confirmed = 0;
  deadline = 0;
  /** Transactions so far, and those of them that are kept. */
  transactionCount = 0;
  transactionsKept = 0;
  /** How many are kept before finished ones are dropped. */
  transactionLimit = 0;
  /** The newest INVITE outside a dialog at its first hop, and how many branches of it are open. */
  attempt: Transaction | null = null;
  openBranches = 0;
  /** A branch of it failed, while others were waited for. */
  branchFailure: ReleaseCause | null = null;
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
  others: Endpoint[] = NO_OTHERS;
  packetsSorted = true;
  packetsCapped = false;

  begin(
    id: number,
    hash: number,
    m: SipMessage,
    marks: MessageMarks,
    kind: CallKind,
    state: CallState,
  ): void {
    this.beginRow(m);
    this.id = id;
    this.hash = hash;
    this.kind = kind;
    this.state = state;
    this.transactionLimit = pruneFrom(kind);
    setCaller(this, marks.from);
    this.src = m.isRequest ? m.src : m.dst;
    this.dst = m.isRequest ? m.dst : m.src;
    this.first = m.src;
    this.second = sameEndpoint(m.src, m.dst) ? m.src : m.dst;
  }

  /** Ready to be another call, with the room this one took; what was handed on of it must not be asked any more. */
  clear(): void {
    this.messages = 0;
    this.clearRow();
    this.morePackets = NO_PACKETS;
    this.carriers = 0;
    this.newest = null;
    this.highestCseq = -1;
    if (this.dialogs.length === 1) this.usedDialogs = this.dialogs;
    this.dialogs = NO_DIALOGS;
    this.responses = 0;
    this.confirmed = 0;
    this.transactionCount = 0;
    this.transactionsKept = 0;
    this.attempt = null;
    this.openBranches = 0;
    this.branchFailure = null;
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
    this.others = NO_OTHERS;
    this.packetsSorted = true;
    this.packetsCapped = false;
  }

  /** Counts a message in: packets, time, addresses. */
  count(m: SipMessage): void {
    this.messages++;
    this.heard(m);
    if (m.frames === null) addPacket(this, m.frame);
    else for (const frame of m.frames) addPacket(this, frame);
    this.carriers |= carrierOf(m.transport);
    addAddress(this, m.src);
    addAddress(this, m.dst);
  }

  /** Another dialog, formed by who wrote From. */
  addDialog(m: SipMessage, marks: MessageMarks): void {
    if (this.dialogs.length === 0) this.dialogs = this.usedDialogs ?? [new DialogRecord(this)];
    else this.dialogs.push(new DialogRecord(null));
    this.usedDialogs = null;
    this.dialogs[this.dialogs.length - 1].begin(m, marks);
  }

  setSession(caller: boolean, session: Session): void {
    if (caller) this.callerSession = session;
    else this.calleeSession = session;
  }

  /** A number made of what its next message will touch: it lies in the processor's cache then. */
  touch(): number {
    const { newest, dialogs } = this;
    // One of each line of memory that this object takes.
    let touched = this.touchRow() + this.place + this.highestCseq + this.responses + this.openBranches;
    touched += this.retransmissions + this.granted;
    if (newest !== null) touched += newest.cseq + newest.final;
    return dialogs.length === 0 ? touched : touched + dialogs[0].frame;
  }

  /** The same of what is touched when it is over. */
  touchAll(): number {
    const { cause, src, dst, callerSession, calleeSession, transactionsKept } = this;
    let touched = this.touch() + this.touchTexts() + src.text.length + dst.text.length + transactionsKept;
    if (cause !== null) touched += cause.frame;
    if (callerSession !== null) touched += callerSession.port;
    return calleeSession === null ? touched : touched + calleeSession.port;
  }

  get events(): readonly CallEvent[] | undefined {
    return this.log?.events;
  }

  letGoOfEvents(): void {
    this.log?.letGo();
  }

  get endpoints(): readonly Endpoint[] {
    return addressesOf(this);
  }

  get frames(): readonly number[] {
    return packetsOf(this);
  }

  get transports(): readonly Transport[] {
    return transportsOf(this.carriers);
  }

  get transport(): string {
    return transportText(this.carriers);
  }

  get media(): readonly CallMedia[] {
    const { callerSession: caller, calleeSession: callee } = this;
    return [...(caller?.media('caller') ?? NO_MEDIA), ...(callee?.media('callee') ?? NO_MEDIA)];
  }

  get roles(): readonly EndpointRole[] {
    return rolesOf(addressesOf(this), this.roleNotes);
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
}

const NO_MEDIA: readonly CallMedia[] = [];
const NO_DIALOGS: DialogRecord[] = [];
const NO_BINDINGS: Binding[] = [];
