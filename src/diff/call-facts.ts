// What is known of a call as a whole, and in which of it two calls differ: how they ended, their media, their delays.
import type { Timestamp } from '../capture/timestamp.ts';
import type { Call, CallMedia, Timings } from '../dialog/call.ts';
import type { CallKind } from '../dialog/call-kind.ts';
import type { CallState } from '../dialog/call-state.ts';
import { causeText } from '../ladder/from-call.ts';

/** A call as differences name it. */
export interface CallFacts {
  /** Its number in `calls`. */
  readonly id: number;
  readonly callId: string;
  readonly kind: CallKind;
  readonly method: string;
  readonly from: string;
  readonly to: string;
  readonly state: CallState;
  /** Why it ended, in words; '' where there is nothing to say. */
  readonly cause: string;
  readonly start: Timestamp;
  /** What the capture shows twice is counted once. */
  readonly messages: number;
  /** Its first packet. */
  readonly frame: number;
}

export interface FactChange {
  /** `kind`, `state`, `cause`, `media of the caller`, `media of the callee`. */
  readonly name: string;
  /** '' where there is none. */
  readonly before: string;
  readonly after: string;
}

export interface DelayChange {
  readonly name: keyof Timings;
  /** Milliseconds; null where only the other call has it. */
  readonly before: number | null;
  readonly after: number | null;
}

export function callFacts(call: Call): CallFacts {
  const { id, callId, kind, method, from, to, state, start } = call;
  const cause = call.cause === null ? '' : causeText(call.cause);
  const messages = call.messages - call.duplicates;
  return { id, callId, kind, method, from, to, state, cause, start, messages, frame: call.frames[0] ?? 0 };
}

export function factChanges(before: Call, after: Call): FactChange[] {
  const [one, other] = [factsCompared(before), factsCompared(after)];
  return Object.entries(one)
    .map(([name, value]) => ({ name, before: value, after: other[name]! }))
    .filter((fact) => fact.before !== fact.after);
}

/** Delays that both calls have, and that differ by more than a fifth and a tenth of a second. */
export function delayChanges(before: Timings, after: Timings): DelayChange[] {
  return DELAYS.map((name) => ({ name, before: before[name], after: after[name] })).filter(
    (delay) =>
      delay.before !== null &&
      delay.after !== null &&
      Math.abs(delay.after - delay.before) > LEAST &&
      Math.abs(delay.after - delay.before) > SHARE * Math.min(delay.before, delay.after),
  );
}

function factsCompared(call: Call): Record<string, string> {
  return {
    kind: call.kind,
    state: call.state,
    cause: endOf(call),
    'media of the caller': mediaText(call.media, 'caller'),
    'media of the callee': mediaText(call.media, 'callee'),
  };
}

/** Without the address that said so: a box between two captures has two. */
function endOf({ cause }: Call): string {
  return cause === null ? '' : causeText({ ...cause, endpoint: '' }).replace(/ from (?=,|$)/, '');
}

/** `audio PCMU,PCMA; video H264`. */
function mediaText(media: readonly CallMedia[], side: CallMedia['side']): string {
  const own = media.filter((one) => one.side === side);
  return own.map(({ media, codecs }) => `${media} ${codecs.join(',')}`.trimEnd()).join('; ');
}

const DELAYS = [
  'sessionRequestDelay',
  'setupTime',
  'sessionDuration',
  'registrationRequestDelay',
  'responseDelay',
] as const;
/** Milliseconds. */
const LEAST = 100;
const SHARE = 0.2;
