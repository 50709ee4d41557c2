// The columns of all calls → how many there are of each kind and state, and how long they took.
import type { CallRows } from './call-rows.ts';

export interface RowSummary {
  readonly kinds: ReadonlyMap<string, number>;
  /** By kind and state: `call completed`. */
  readonly states: ReadonlyMap<string, number>;
  /** Milliseconds, ascending: set-up delays, and durations of what is a call. */
  readonly setups: Float64Array;
  readonly durations: Float64Array;
}

export function summaryOf(rows: CallRows): RowSummary {
  rows.refreshAll();
  const kinds = new Map<string, number>();
  const states = new Map<string, number>();
  const setups = new Float64Array(rows.count);
  const durations = new Float64Array(rows.count);
  let setUp = 0;
  let lasted = 0;
  const { kind: kindNames, state: stateNames } = rows.names;
  const width = stateNames.texts.length;
  const counts = new Float64Array(kindNames.texts.length * width);
  for (let id = 1; id <= rows.count; id++) {
    counts[rows.shared(id, 'kind') * width + rows.shared(id, 'state')]!++;
    const setup = rows.number(id, 'setup');
    if (!Number.isNaN(setup)) setups[setUp++] = setup;
    if (rows.name(id, 'kind') === 'call') durations[lasted++] = rows.number(id, 'duration');
  }
  for (const [at, count] of counts.entries()) {
    if (count === 0) continue;
    const kind = kindNames.texts[Math.floor(at / width)]!;
    kinds.set(kind, (kinds.get(kind) ?? 0) + count);
    states.set(`${kind} ${stateNames.texts[at % width]}`, count);
  }
  return {
    kinds,
    states,
    setups: setups.subarray(0, setUp).sort(),
    durations: durations.subarray(0, lasted).sort(),
  };
}
