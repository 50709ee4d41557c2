// The SBC core on sockets: what comes in becomes events, the commands that answer them are carried out. No SIP behaviour is
// here but the refusal of what the core is not to see.
import { Payload } from '../network/payload.ts';
import type { NextHop, Policy } from '../policy/policy.ts';
import type { Command, SendCommand } from '../sbc/command.ts';
import type { SbcEvent, Target } from '../sbc/event.ts';
import type { Flow } from '../sbc/flow.ts';
import type { IdentifierSource } from '../sbc/identifier-source.ts';
import type { StoredRecord } from '../sbc/stored-record.ts';
import { SipMessage } from '../sip/message.ts';
import { METHODS } from '../sip/method.ts';
import type { Clock } from './clock.ts';
import type { Core } from './core.ts';
import { Counters } from './counters.ts';
import { Gate, type Refusal } from './gate.ts';
import { LimitedLog, type Log } from './log.ts';
import { sentLabel, statusLabel } from './message-label.ts';
import { reachOf } from './reach.ts';
import type { Reach } from './resolver.ts';
import { statelessAnswer } from './stateless-answer.ts';
import type { Broken } from './stream-framer.ts';
import { Timers } from './timers.ts';
import type { Traffic } from './traffic.ts';
import type { TransportUser } from './transport-user.ts';
import { reasonOf } from './udp-listener.ts';

export interface DriverOptions {
  readonly policy: Policy;
  readonly core: Core;
  readonly clock: Clock;
  readonly log: Log;
  readonly identifiers: IdentifierSource;
  /** RFC 3263; at once where nothing has to be asked. */
  readonly resolve: (hop: NextHop, reach: Reach) => readonly Target[] | Promise<readonly Target[]>;
  readonly store?: (key: string, record: StoredRecord | null) => void;
  readonly traffic?: Traffic | undefined;
  readonly onFinding?: (rule: string, message: string) => void;
}

/** What carries messages; `Transports` is one. */
export interface Carrier {
  /** Gives the way that it took; null when it took none, which is told. */
  send(flow: Flow, octets: Buffer, send: number): Flow | null;
  alias(flow: Flow, port: number): void;
}

export class InlineDriver implements TransportUser {
  readonly counters = new Counters();
  policy: Policy;
  carrier: Carrier = NO_CARRIER;
  traffic: Traffic | undefined;
  private readonly options: DriverOptions;
  private readonly core: Core;
  private readonly clock: Clock;
  private readonly log: LimitedLog;
  private readonly timers: Timers;
  private gate: Gate;
  /** Events that came up while one was handled. */
  private readonly waiting: SbcEvent[] = [];
  private isHandling = false;
  private isOver = false;
  private readonly payload = new Payload();
  private readonly view = new SipMessage();

  constructor(options: DriverOptions) {
    this.options = options;
    this.core = options.core;
    this.clock = options.clock;
    this.policy = options.policy;
    this.traffic = options.traffic;
    this.log = new LimitedLog(options.log);
    this.timers = new Timers(options.clock, (timer) =>
      this.handle({ kind: 'timer-fired', at: this.clock.now(), timer }),
    );
    this.gate = new Gate(options.policy);
  }

  get pending(): Readonly<Record<string, number>> {
    return { ...this.core.pending };
  }

  get overloaded(): boolean {
    return this.gate.overloaded;
  }

  restore(records: readonly StoredRecord[]): void {
    this.handle({ kind: 'restored', at: this.clock.now(), records });
  }

  changePolicy(policy: Policy): void {
    this.policy = policy;
    const { overloaded } = this.gate;
    this.gate = new Gate(policy);
    this.gate.overloaded = overloaded;
    this.handle({ kind: 'policy-changed', at: this.clock.now(), policy });
  }

  drain(): void {
    this.handle({ kind: 'draining', at: this.clock.now() });
  }

  /** Once a second. `memory`: MiB in use, and what there can be at all. */
  look(memory: number, ceiling = Number.POSITIVE_INFINITY): void {
    this.log.tick();
    const most = Math.min(this.policy.inline.limits.memory, ceiling);
    const { gate } = this;
    // Some way below it, so that it does not come and go with every message.
    const overloaded = memory > (gate.overloaded ? 0.9 * most : most);
    if (overloaded === gate.overloaded) return;
    gate.overloaded = overloaded;
    this.log.write('warn', overloaded ? 'inline/memory-full' : 'inline/memory-back', {
      mebibytes: Math.round(memory),
    });
  }

  close(): void {
    this.isOver = true;
    this.timers.close();
  }

  // TransportUser

  isWelcome: TransportUser['isWelcome'] = (local, remote, transport) =>
    this.gate.isWelcome(local, remote, transport);

  admit(flow: Flow): boolean {
    const refusal = this.gate.admit(flow, this.clock.now());
    if (refusal === null) return true;
    this.counters.add('refused', refusal);
    return false;
  }

  isSlowed(flow: Flow): boolean {
    return this.gate.isSlowed(flow, this.clock.now());
  }

  received(flow: Flow, data: Buffer, start: number, end: number): void {
    if (this.isOver) return;
    try {
      this.receive(flow, data, start, end);
    } catch (error) {
      this.failed('received', error);
    }
  }

  broken(flow: Flow, why: Broken, data: Buffer, start: number, end: number): void {
    const message = end > start ? this.read(flow, this.clock.now(), data, start, end) : null;
    this.refuse(flow, message, why);
  }

  keepAlive(flow: Flow): void {
    this.counters.add('keepalives', flow.transport);
  }

  sendFailed(send: number, reason: string): void {
    this.counters.add('sends-failed', reason);
    if (send !== 0) this.handle({ kind: 'send-failed', at: this.clock.now(), send, reason });
  }

  opened(flow: Flow, incoming: boolean): void {
    this.counters.add('connections-opened', incoming ? 'incoming' : 'outgoing');
    this.traffic?.connected(this.clock.now(), flow, incoming);
  }

  closed(flow: Flow, reason: string, wasOpen: boolean): void {
    const at = this.clock.now();
    this.counters.add(wasOpen ? 'connections-closed' : 'connections-failed', reason);
    this.traffic?.closed(at, flow);
    if (!wasOpen) return;
    this.handle({ kind: 'connection-closed', at, connection: flow.connection });
  }

  refused(ip: string, why: string): void {
    this.counters.add('refused', why);
    this.log.write('warn', 'inline/connection-refused', { source: ip, why });
  }

  private receive(flow: Flow, data: Buffer, start: number, end: number): void {
    const at = this.clock.now();
    const message = this.read(flow, at, data, start, end);
    if (message === null) {
      this.refuse(flow, null, 'not-sip');
      return;
    }
    this.traffic?.message(at, flow, true, data, start, end);
    this.counters.add(
      'received',
      message.isRequest ? METHODS[message.methodId] || 'other' : statusLabel(message.status),
    );
    const refusal = this.gate.examine(message);
    if (refusal !== null) {
      this.refuse(flow, message, refusal);
      return;
    }
    if (flow.connection !== 0 && message.isRequest) this.alias(flow, message);
    this.handle({ kind: 'received', at, flow, message: message.keep() });
  }

  private read(flow: Flow, at: number, data: Buffer, start: number, end: number): SipMessage | null {
    const { payload } = this;
    payload.data = data;
    payload.start = start;
    payload.end = end;
    payload.transport = flow.transport;
    payload.src = flow.remote;
    payload.dst = flow.local;
    payload.seconds = Math.floor(at / 1000);
    payload.nanoseconds = Math.floor((at - payload.seconds * 1000) * 1e6);
    return this.view.read(payload) ? this.view : null;
  }

  private refuse(flow: Flow, message: SipMessage | null, why: Refusal | Broken): void {
    this.counters.add('refused', why);
    this.log.write('info', 'inline/refused', { why, source: flow.remote.text, transport: flow.transport });
    const answer = ANSWERS.get(why);
    if (answer === undefined || message === null) return;
    const [status, ...headers] = answer;
    const tag = this.options.identifiers.next({ kind: 'tag', cause: message, adjacency: '' });
    const { userAgent } = this.policy.inline;
    const all = userAgent === null ? headers : [...headers, `Server: ${userAgent}`];
    const made = statelessAnswer(message, flow, status, tag, all);
    if (made !== null) this.send(made.flow, made.octets, 0);
  }

  private alias(flow: Flow, message: SipMessage): void {
    if (flow.transport !== 'tls') return;
    const [via] = message.vias;
    if (via?.params.has('alias')) this.carrier.alias(flow, via.port ?? 5061);
  }

  private handle(event: SbcEvent): void {
    if (this.isOver) return;
    if (this.isHandling) {
      this.waiting.push(event);
      return;
    }
    this.isHandling = true;
    this.carryOut(event);
    // What is carried out may fail at once: that is an event as well.
    for (let i = 0; i < this.waiting.length; i++) this.carryOut(this.waiting[i]);
    if (this.waiting.length > 0) this.waiting.length = 0;
    this.isHandling = false;
  }

  // A programmer's error costs the message it happens with, not the calls of everybody else.
  private carryOut(event: SbcEvent): void {
    try {
      for (const command of this.core.handle(event)) this.command(command);
    } catch (error) {
      this.failed(event.kind, error);
    }
  }

  /** A programmer's error: it is logged, and the next message is taken. */
  failed(what: string, error: unknown): void {
    this.counters.add('core-failures');
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.log.write('error', 'inline/failed', { what, error: stack });
  }

  private command(command: Command): void {
    switch (command.kind) {
      case 'send':
        this.sendFor(command);
        return;
      case 'set-timer':
        this.timers.set(command.timer, command.at);
        return;
      case 'clear-timer':
        this.timers.clear(command.timer);
        return;
      case 'resolve':
        this.resolve(command.query, command.hop, command.adjacency);
        return;
      case 'store':
        this.options.store?.(command.key, command.record);
        return;
      case 'finding':
        this.counters.add('findings', command.rule);
        this.options.onFinding?.(command.rule, command.message);
        this.log.write('warn', 'inline/finding', { rule: command.rule, message: command.message });
        return;
      case 'log':
        this.log.write(command.level, command.code, command.fields);
    }
  }

  private sendFor({ flow, octets, send, again }: SendCommand): void {
    if (again) this.counters.add('sent-again', flow.transport);
    this.send(flow, octets, send);
  }

  private send(flow: Flow, octets: Buffer, send: number): void {
    this.counters.add('sent', sentLabel(octets));
    const way = this.carrier.send(flow, octets, send);
    if (way !== null) this.traffic?.message(this.clock.now(), way, false, octets, 0, octets.length);
  }

  private resolve(query: number, hop: NextHop, adjacency: string): void {
    const resolved = (targets: readonly Target[]): void =>
      this.handle({ kind: 'resolved', at: this.clock.now(), query, targets });
    const found = this.options.resolve(hop, reachOf(this.policy, adjacency));
    if (!(found instanceof Promise)) {
      resolved(found);
      return;
    }
    found.then(resolved, (error: unknown) => {
      this.log.write('warn', 'inline/resolve-failed', { host: hop.host, reason: reasonOf(error) });
      resolved([]);
    });
  }
}

/** Status and headers of what is answered; the rest gets no answer. */
const ANSWERS = new Map<Refusal | Broken, readonly [status: number, ...headers: string[]]>([
  ['too-large', [513]], // RFC 3261 §21.5.7
  ['message-too-long', [513]],
  ['no-content-length', [400]], // §18.3
  ['bad-content-length', [400]],
  ['incomplete', [400]],
  ['method', [405, `Allow: ${METHODS.slice(1).join(', ')}`]], // §8.2.1
  ['overload', [503, 'Retry-After: 10']], // §21.5.4
]);

const NO_CARRIER: Carrier = { send: () => null, alias() {} };
