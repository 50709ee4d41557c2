// What the four machines have in common: a place in their state table, timers, and an end.
import { ILLEGAL, type StateTable } from '../../dialog/transaction/state-table.ts';
import type { TimerName } from '../command.ts';
import type { Sender, Sending } from './sending.ts';

export abstract class Machine<State extends string, Event extends string> implements Sender {
  lastSend = 0;
  connection = 0;
  protected readonly sending: Sending;
  protected readonly table: StateTable<State, Event>;
  /** Index into the states of the table. */
  protected at = 0;
  /** Numbers of timers; 0 when none runs. At most two run at a time: the one that sends again, and the one that ends. */
  private repeating = 0;
  private ending = 0;

  constructor(sending: Sending, table: StateTable<State, Event>) {
    this.sending = sending;
    this.table = table;
  }

  get state(): State {
    return this.table.states[this.at];
  }

  abstract sendFailed(reason: string): void;
  abstract connectionClosed(): void;
  /** Out of the table of transactions. */
  protected abstract leave(): void;

  /** False when no clause allows the event in this state: then nothing happens. */
  protected move(event: number): boolean {
    const next = this.table.after(this.at, event);
    if (next === ILLEGAL) return false;
    this.at = next;
    return true;
  }

  protected get isOver(): boolean {
    return this.at === this.table.states.length - 1;
  }

  /** Timer A, E or G. */
  protected repeatAfter(name: TimerName, delay: number, fire: () => void): void {
    this.repeating = this.sending.outbox.setTimer(name, delay, fire);
  }

  /** The timer that ends this state. */
  protected endAfter(name: TimerName, delay: number, fire: () => void): void {
    this.ending = this.sending.outbox.setTimer(name, delay, fire);
  }

  /** What was sent may be sent again by a timer. */
  protected get repeats(): boolean {
    return this.repeating !== 0;
  }

  protected stopTimers(): void {
    const { outbox } = this.sending;
    outbox.clearTimer(this.repeating);
    outbox.clearTimer(this.ending);
  }

  /** RFC 3261 §17: once terminated, a transaction is destroyed at once. */
  protected end(): void {
    // `terminated` is the last state of each table.
    this.at = this.table.states.length - 1;
    this.stopTimers();
    this.sending.forget(this);
    this.leave();
  }
}
