// A state machine as a table: each row is one move and the clause it comes from. Looked up by small integers, so that
// following millions of messages costs an array access each. A move that has no row is evidence, never an exception.

export interface Move<State extends string, Event extends string> {
  readonly from: State;
  readonly on: Event;
  readonly to: State;
  /** RFC and section. */
  readonly clause: string;
}

export class StateTable<State extends string, Event extends string> {
  readonly states: readonly State[];
  readonly events: readonly Event[];
  readonly moves: readonly Move<State, Event>[];
  private readonly next: Int8Array;

  constructor(
    states: readonly State[],
    events: readonly Event[],
    rows: readonly (readonly [from: State, on: Event, to: State, clause: string])[],
  ) {
    this.states = states;
    this.events = events;
    this.moves = rows.map(([from, on, to, clause]) => ({ from, on, to, clause }));
    this.next = new Int8Array(states.length * events.length).fill(ILLEGAL);
    for (const { from, on, to } of this.moves) {
      this.next[this.state(from) * events.length + this.event(on)] = this.state(to);
    }
  }

  /** The state after `event` in `state`, both as indexes; ILLEGAL when no clause allows it. */
  after(state: number, event: number): number {
    return this.next[state * this.events.length + event];
  }

  state(name: State): number {
    return this.states.indexOf(name);
  }

  event(name: Event): number {
    return this.events.indexOf(name);
  }
}

export const ILLEGAL = -1;
