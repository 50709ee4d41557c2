// A call by number → the calls that are drawn with it: its other legs, and (extended) those that it names or that name it.
import type { Call } from '../../dialog/call.ts';
import { type CallGroup, CallGroups } from '../../legs/call-groups.ts';
import type { CallReading } from './call-reading.ts';
import type { WholeCalls } from './whole-calls.ts';

export class CallCompany {
  private readonly reading: CallReading;
  private readonly calls: WholeCalls;

  constructor(reading: CallReading, calls: WholeCalls) {
    this.reading = reading;
    this.calls = calls;
  }

  async of(id: number, extended: boolean): Promise<CallGroup> {
    const [call] = await this.calls.of([id]);
    if (!extended) return joined(call === undefined ? [] : [call], id, new Set());
    const named = this.withCallIds(new Set(call?.related.map(({ callId }) => callId)));
    const near = await this.calls.of([...new Set([...this.besides(id), ...named])]);
    return joined(near, id, namedBy(near, id));
  }

  private withCallIds(callIds: ReadonlySet<string>): number[] {
    const ids: number[] = [];
    if (callIds.size === 0) return ids;
    const { rows, count } = this.reading;
    for (let id = 1; id <= count; id++) if (callIds.has(rows.callId(id))) ids.push(id);
    return ids;
  }

  /** The call and those beside it in time, as many as are looked at. */
  private besides(id: number): number[] {
    const { rows, count } = this.reading;
    const { seconds } = this.reading.row(id).start;
    const near: { id: number; away: number }[] = [];
    // Numbers go with the times of first messages.
    for (const step of [-1, 1]) {
      for (let other = id + step; other >= 1 && other <= count; other += step) {
        rows.refresh(other);
        const away = Math.abs(rows.number(other, 'seconds') - seconds);
        if (away > BESIDE && step > 0) break;
        if (near.length > MOST_BESIDE * 2) break;
        if (away <= BESIDE || rows.number(other, 'endSeconds') >= seconds) near.push({ id: other, away });
        if (Math.abs(other - id) > MOST_LOOKED) break;
      }
    }
    near.sort((a, b) => a.away - b.away || Math.abs(a.id - id) - Math.abs(b.id - id));
    return [id, ...near.slice(0, MOST_BESIDE).map((one) => one.id)];
  }
}

/** Calls that a call of this one's group names, or that name it: transfers, replacements. */
function namedBy(calls: readonly Call[], id: number): Set<number> {
  const named = new Set<number>([id]);
  for (let before = -1; before !== named.size; ) {
    before = named.size;
    for (const call of calls) {
      for (const { callId } of call.related) {
        const other = calls.find((one) => one.callId === callId);
        if (other === undefined) continue;
        if (named.has(call.id)) named.add(other.id);
        if (named.has(other.id)) named.add(call.id);
      }
    }
  }
  return named;
}

/** The call's group among `calls`, with the groups of the calls in `named`. */
function joined(calls: readonly Call[], id: number, named: ReadonlySet<number>): CallGroup {
  const out: { calls: Call[]; pairs: CallGroup['pairs'][number][] } = { calls: [], pairs: [] };
  const groups = new CallGroups({
    least: LEAST,
    legHeaders: [],
    onGroup(group) {
      if (!group.calls.some((call) => call.id === id || named.has(call.id))) return;
      out.calls.push(...group.calls);
      out.pairs.push(...group.pairs);
    },
  });
  for (const call of calls) groups.add(call);
  groups.end();
  // The call itself comes first: it is what was asked for.
  out.calls.sort((a, b) => a.id - b.id);
  return out;
}

/** Confidence from which two calls are drawn as one. */
const LEAST = 0.7;
/** Seconds between the beginnings of two legs, and calls that are looked at for them. */
const BESIDE = 15;
const MOST_BESIDE = 80;
const MOST_LOOKED = 2000;
