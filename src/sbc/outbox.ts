// Commands of one event gathered in their order, with the running numbers of sends, timers and queries. Every part of the
// core speaks to the world through it; the core hands on what it gathered.
import type { NextHop } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Command, TimerName } from './command.ts';
import type { Target } from './event.ts';
import type { Flow } from './flow.ts';
import type { StoredRecord } from './stored-record.ts';

export class Outbox {
  /** Milliseconds, of the event that is being handled. */
  now = 0;
  private commands: Command[] = [];
  private sends = 0;
  private timerCount = 0;
  private queryCount = 0;
  private readonly timers = new Map<number, () => void>();
  private readonly queries = new Map<number, (targets: readonly Target[]) => void>();

  /** What was gathered since the last call. */
  take(): readonly Command[] {
    const { commands } = this;
    this.commands = [];
    return commands;
  }

  /** Gives the number of the send. */
  send(flow: Flow, octets: Buffer, cause: SipMessage | null, again = false): number {
    const send = ++this.sends;
    this.commands.push({ kind: 'send', send, flow, octets, cause, again });
    return send;
  }

  /** `fire` is called once, `delay` milliseconds from now, unless the timer is cleared. */
  setTimer(name: TimerName, delay: number, fire: () => void): number {
    const timer = ++this.timerCount;
    this.timers.set(timer, fire);
    this.commands.push({ kind: 'set-timer', timer, name, at: this.now + delay });
    return timer;
  }

  /** 0, and timers that fired or were cleared, are let be. */
  clearTimer(timer: number): void {
    if (this.timers.delete(timer)) this.commands.push({ kind: 'clear-timer', timer });
  }

  fired(timer: number): void {
    const fire = this.timers.get(timer);
    // A timer that was cleared while its event was on the way.
    if (fire === undefined) return;
    this.timers.delete(timer);
    fire();
  }

  resolve(hop: NextHop, adjacency: string, found: (targets: readonly Target[]) => void): void {
    const query = ++this.queryCount;
    this.queries.set(query, found);
    this.commands.push({ kind: 'resolve', query, hop, adjacency });
  }

  resolved(query: number, targets: readonly Target[]): void {
    const found = this.queries.get(query);
    this.queries.delete(query);
    found?.(targets);
  }

  store(record: StoredRecord): void {
    this.commands.push({ kind: 'store', key: record.key, record });
  }

  forget(key: string): void {
    this.commands.push({ kind: 'store', key, record: null });
  }

  finding(rule: string, message: string, cause: SipMessage | null): void {
    this.commands.push({ kind: 'finding', rule, message, cause });
  }

  log(
    level: 'debug' | 'info' | 'warn' | 'error',
    code: string,
    fields: Readonly<Record<string, string | number | boolean>> = {},
  ): void {
    this.commands.push({ kind: 'log', level, code, fields });
  }

  /** How much is pending, for limits and for tests that nothing is left. */
  get pending(): { readonly timers: number; readonly queries: number } {
    return { timers: this.timers.size, queries: this.queries.size };
  }
}
