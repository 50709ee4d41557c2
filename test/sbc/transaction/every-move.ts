// Drives a machine of the transaction layer through its state table: every row is reached and its event happens, and what
// is done is compared with what is expected. A row of the table without an expectation fails, and so does an expectation
// without a row; where the table has no row the event must change nothing.
import { describe, expect, test, vi } from 'vitest';
import type { StateTable } from '../../../src/dialog/transaction/state-table.ts';
import { Stage } from './stage.ts';

export interface Machine {
  readonly state: string;
}

export interface Drive<T extends Machine> {
  /** Brings a new machine into each state. */
  readonly reach: Readonly<Record<string, (stage: Stage) => T>>;
  /** Makes each event happen. Timers go off by themselves: `timer X` needs no entry. */
  readonly happen: Readonly<Record<string, (stage: Stage, machine: T) => void>>;
  /** `state, event`: what is done then. */
  readonly done: Readonly<Record<string, readonly string[]>>;
}

export function everyMove<T extends Machine>(
  name: string,
  table: StateTable<string, string>,
  { reach, happen, done }: Drive<T>,
): void {
  const event = (on: string): ((stage: Stage, machine: T) => void) => {
    const timer = /^timer (.)$/.exec(on)?.[1];
    return timer === undefined ? happen[on] : (stage) => stage.fire(timer as 'A');
  };

  describe(name, () => {
    test('each row has its expectation, and each expectation its row', () => {
      expect(Object.keys(done)).toEqual(table.moves.map(({ from, on }) => `${from}, ${on}`));
    });

    test.each(table.moves)('$from, $on: $to ($clause)', ({ from, on, to }) => {
      const stage = new Stage();
      const machine = reach[from](stage);
      expect(machine.state).toBe(from);
      stage.take();
      const asked = vi.spyOn(table, 'after');
      try {
        event(on)(stage, machine);
        expect(asked.mock.calls).toEqual([[table.state(from), table.event(on)]]);
      } finally {
        asked.mockRestore();
      }
      expect(machine.state).toBe(to);
      expect(stage.take()).toEqual(done[`${from}, ${on}`]);
      expect(stage.left.pending).toBe(stage.left.timers);
      if (to === 'terminated') expect(stage.left).toEqual({ timers: 0, transactions: 0, pending: 0 });
    });

    const others = table.states
      .filter((from) => from !== 'terminated')
      .flatMap((from) => table.events.map((on) => ({ from, on })))
      .filter(({ from, on }) => !on.startsWith('timer') && done[`${from}, ${on}`] === undefined);

    test.each(others)('$from, $on: nothing', ({ from, on }) => {
      const stage = new Stage();
      const machine = reach[from](stage);
      stage.take();
      const { left } = stage;
      event(on)(stage, machine);
      expect([machine.state, stage.take(), stage.left]).toEqual([from, [], left]);
    });
  });
}
