// A recording and a core → what the core would have sent. The messages that reached the SBC go in at their recorded times,
// timers fire when they are due between them, and questions of the resolver are answered from where the recorded ones went.

import type { Policy } from '../policy/policy.ts';
import type { Command, SendCommand } from '../sbc/command.ts';
import type { SbcEvent } from '../sbc/event.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import { messageOf } from '../sip/parse.ts';
import type { CoreMaker } from './core.ts';
import { FarSide } from './far-side.ts';
import { later } from './moment.ts';
import { Peers } from './peers.ts';
import type { CoreRemark, PredictedMessage, Prediction } from './prediction.ts';
import { RecordedIdentifiers } from './recorded-identifiers.ts';
import type { RecordedMessage } from './recorded-message.ts';
import { recordedTargets } from './recorded-targets.ts';
import type { Recording } from './recording.ts';
import { TimerQueue } from './timer-queue.ts';
import { transactionKey } from './transaction-key.ts';

/** `policy`: that of the recording, or another (what if). */
export function predict(recording: Recording, policy: Policy, makeCore: CoreMaker): Prediction {
  return new Run(recording, policy, makeCore).run();
}

class Run {
  private readonly recording: Recording;
  private readonly timers = new TimerQueue();
  private readonly identifiers: RecordedIdentifiers;
  private readonly core: ReturnType<CoreMaker>;
  private readonly recordedOf = new WeakMap<SipMessage, RecordedMessage>();
  private readonly messages: PredictedMessage[] = [];
  private readonly remarks: CoreRemark[] = [];
  /** By transaction, peer and status, so that what is sent again counts as one; each fork says the same by itself. */
  private readonly sent = new Map<string, PredictedMessage[]>();
  private readonly peers: Peers;
  private readonly farSide: FarSide;
  private readonly withheld: RecordedMessage[] = [];
  private readonly given: { readonly recorded: RecordedMessage; readonly message: SipMessage }[] = [];
  private reflected = 0;
  private events = 0;

  constructor(recording: Recording, policy: Policy, makeCore: CoreMaker) {
    this.recording = recording;
    this.peers = new Peers(recording);
    this.farSide = new FarSide(recording);
    this.identifiers = new RecordedIdentifiers((message) => this.recordedOf.get(message));
    this.core = makeCore({ policy, identifiers: this.identifiers });
  }

  run(): Prediction {
    for (const one of this.recording.messages) {
      this.passUntil(one.at);
      if (one.way === 'in') this.receive(one);
      else {
        const reflected = this.farSide.reflected(one);
        if (reflected !== null) {
          this.reflected++;
          this.give(reflected, reflected.message);
        }
      }
    }
    return {
      messages: this.messages,
      remarks: this.remarks,
      madeUp: this.identifiers.madeUp,
      events: this.events,
      given: this.given,
      withheld: this.withheld,
      reflected: this.reflected,
      parted: this.peers.parted,
    };
  }

  private receive(one: RecordedMessage): void {
    const message = this.peers.received(one);
    if (message === null) this.withheld.push(one);
    else this.give(one, message);
  }

  private give(one: RecordedMessage, message: SipMessage): void {
    this.recordedOf.set(message, one);
    this.given.push({ recorded: one, message });
    this.handle({ kind: 'received', at: one.at, flow: one.flow, message }, one);
    // All messages are kept: what was parsed of them is not.
    message.forget();
  }

  /** Timers that are due before this moment fire first; what is due after the last message is beyond the recording. */
  private passUntil(moment: number): void {
    for (let due = this.timers.takeBefore(moment); due !== undefined; due = this.timers.takeBefore(moment))
      this.handle({ kind: 'timer-fired', at: due.at, timer: due.timer }, null);
  }

  private handle(event: SbcEvent, cause: RecordedMessage | null): void {
    const answers: SbcEvent[] = [];
    this.events++;
    for (const command of this.core.handle(event)) this.carryOut(command, event.at, cause, answers);
    for (const answer of answers) this.handle(answer, cause);
  }

  private carryOut(command: Command, at: number, cause: RecordedMessage | null, answers: SbcEvent[]): void {
    switch (command.kind) {
      case 'send':
        this.send(command, at);
        break;
      case 'set-timer':
        this.timers.set(command.timer, command.at);
        break;
      case 'clear-timer':
        this.timers.clear(command.timer);
        break;
      case 'resolve': {
        const { query, hop, adjacency } = command;
        const { adjacencies, usualHops } = this.recording;
        const usual = usualHops.get(adjacency);
        const targets = recordedTargets(cause, hop, adjacencies.named(adjacency), usual);
        answers.push({ kind: 'resolved', at, query, targets });
        break;
      }
      case 'finding':
        this.remark(at, command.cause, 'finding', command.rule, command.message);
        break;
      case 'log':
        if (command.level === 'debug') break;
        this.remark(at, null, 'log', command.code, fieldsText(command.fields));
        break;
      default: // `store`: nothing of a replay outlives it
    }
  }

  private send({ octets, flow, cause }: SendCommand, at: number): void {
    const message = messageOf(octets)?.keep();
    // Octets without a start line are a keep-alive (RFC 5626 §4.4.1).
    if (message === undefined) return;
    const key = sendingKey(message, flow.remote.text);
    const alike = this.sent.get(key) ?? [];
    // RFC 3261 §17.2.3: a request of the same transaction is the same request.
    const before = message.isRequest ? alike[0] : alike.find((one) => one.message.bytes().equals(octets));
    if (before !== undefined) {
      before.again++;
      return;
    }
    const { adjacencies, start } = this.recording;
    const { local, remote, transport } = flow;
    Object.assign(message, { ...later(start, at), src: local, dst: remote, transport });
    const owner =
      adjacencies.between(local.ip, local.port, remote.ip, transport) ??
      adjacencies.local(local.ip, local.port, transport);
    const adjacency = owner?.name ?? '';
    const why = cause === null ? null : (this.recordedOf.get(cause) ?? null);
    const one = { index: this.messages.length, message, flow, adjacency, at, cause: why, again: 0 };
    this.sent.set(key, [...alike, one]);
    this.messages.push(one);
    this.peers.sent(one);
    this.farSide.sent(one);
    message.forget();
  }

  private remark(
    at: number,
    cause: SipMessage | null,
    kind: CoreRemark['kind'],
    code: string,
    text: string,
  ): void {
    const why = cause === null ? null : (this.recordedOf.get(cause) ?? null);
    // A replay of a flood says enough with so many.
    if (this.remarks.length < MOST_REMARKS) this.remarks.push({ at, cause: why, kind, code, text });
  }
}

/** The same for what is sent again: an ACK to a 2xx is one, whatever its branch (RFC 3261 §13.2.2.4). */
function sendingKey(message: SipMessage, remote: string): string {
  const { isRequest, methodId, status, callId, cseqNumber, fromTag, toTag } = message;
  if (isRequest && methodId === METHOD.ACK)
    return `ACK ${callId} ${cseqNumber} ${fromTag} ${toTag} ${remote}`;
  return `${transactionKey(message, remote)} ${isRequest ? '' : status}`;
}

function fieldsText(fields: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

const MOST_REMARKS = 10_000;
