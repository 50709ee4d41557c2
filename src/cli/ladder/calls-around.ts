// Which calls have to be kept whole to draw the chosen ones: in a large capture not all, but those beside them in time.
import { countWhile } from '../../capture/count-while.ts';
import type { Call } from '../../dialog/call.ts';
import type { FilterOption } from '../filter-option.ts';
import type { CallChoice, CommonOptions } from '../options.ts';
import { Output } from '../output/output.ts';
import { read } from '../read.ts';

export interface Choice {
  readonly filter: FilterOption | null;
  readonly isWanted: (id: number, callId: string) => boolean;
  /** The other legs of the chosen calls are wanted, too. */
  readonly merged: boolean;
}

/**
 * A test of a call by its number: whether it is chosen or, with `merged`, may be another leg of one that is. It takes a
 * reading of its own; where that cannot be (standard input) or would not help (nothing is left out), all calls pass it.
 */
export async function callsAround(
  captures: readonly string[],
  options: CommonOptions & CallChoice,
  choice: Choice,
): Promise<(id: number) => boolean> {
  const all = (): boolean => true;
  const choosesNone = choice.filter === null && options.index === undefined && options.callId === undefined;
  // The clocks of two captures may be far apart: what is beside a call in time is not known there.
  if (choosesNone || captures.includes('-') || (choice.merged && captures.length > 1)) return all;
  const spans: Span[] = [];
  const chosen: Span[] = [];
  await read(captures, options, {
    output: new Output(),
    silent: true,
    reuseCalls: true,
    ...(choice.filter !== null && { onMessage: choice.filter.collect }),
    onCall(call) {
      const span = spanOf(call);
      spans.push(span);
      const matches = choice.filter === null || choice.filter.call(call);
      if (matches && choice.isWanted(call.id, call.callId)) chosen.push(span);
    },
  });
  if (!choice.merged) return among(chosen);
  if (spans.length <= FEW) return all;
  const times = joined(chosen);
  return among(spans.filter((span) => isBeside(span, times)));
}

/** A call, and from when to when it lasted, in seconds. */
interface Span {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

function spanOf({ id, start, end }: Call): Span {
  return { id, start: start.seconds, end: end.seconds };
}

function among(spans: readonly Span[]): (id: number) => boolean {
  const ids = new Set(spans.map(({ id }) => id));
  return (id) => ids.has(id);
}

/** The times of calls as few spans, in order; those that touch are one. */
function joined(spans: readonly Span[]): Span[] {
  const times: Span[] = [];
  for (const { id, start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = times.at(-1);
    if (last === undefined || start > last.end + 2 * ASIDE) times.push({ id, start, end });
    else times[times.length - 1] = { ...last, end: Math.max(last.end, end) };
  }
  return times;
}

function isBeside({ start, end }: Span, times: readonly Span[]): boolean {
  const begun = countWhile(times, (one) => one.start <= end + ASIDE);
  return begun > 0 && times[begun - 1]!.end >= start - ASIDE;
}

/** Up to as many calls none is left out: what is learnt of boxes is learnt from them. */
const FEW = 2000;
/** Seconds by which two legs of a session may miss each other, and around which boxes are learnt from. */
const ASIDE = 15;
