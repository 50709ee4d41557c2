// Scripts of two captures (see ../dialog/scenario.ts) → what differs, in short; and what a whole comparison gives.

import { Correlator } from '../../src/dialog/correlator.ts';
import { type CallDifference, callDifference, type MatchedBy } from '../../src/diff/call-difference.ts';
import type { MatchWish } from '../../src/diff/call-matching.ts';
import {
  CaptureDifference,
  type DifferenceSummary,
  type LoneCall,
} from '../../src/diff/capture-difference.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { callOf } from '../dialog/scenario.ts';

export interface Compared {
  readonly pairs: CallDifference[];
  readonly alone: LoneCall[];
  readonly summary: DifferenceSummary;
}

export interface Wishes {
  readonly by?: MatchWish;
  readonly all?: boolean;
  readonly ignored?: readonly string[];
  readonly room?: number;
}

/** Compares two lists of messages, as the command does. */
export function compared(
  before: readonly SipMessage[],
  after: readonly SipMessage[],
  { by = 'auto', all = false, ignored = [], ...room }: Wishes = {},
): Compared {
  const pairs: CallDifference[] = [];
  const alone: LoneCall[] = [];
  const difference = new CaptureDifference({
    ...{ by, all, ignored: new Set(ignored), ...room },
    onPair: (pair) => pairs.push(pair),
    onAlone: (lone) => alone.push(lone),
  });
  for (const [side, messages] of [
    ['before', before],
    ['after', after],
  ] as const) {
    const correlator = new Correlator({
      keepMessages: difference[side].keeps,
      onMessage: (message, info) => difference[side].message(message, info),
      onCall: (call) => difference.call(call, side),
      onDiagnostic: () => {},
    });
    for (const message of messages) correlator.message(message);
    correlator.end();
  }
  return { pairs, alone, summary: difference.end() };
}

/** Of two scripts of a call each: `INVITE (1) 1=1`, `BYE (2) 5≠4 Via`, `180 Ringing (1 INVITE) 3-`, `… -3`. */
export function messagesCompared(before: string, after: string, by: MatchedBy): string[] {
  return short(callDifference(callOf(before), callOf(after), by, { all: false, ignored: new Set() }));
}

export function short({ messages }: CallDifference): string[] {
  return messages.map(({ kind, label, before, after, changes }) => {
    if (kind === 'only-before') return `${label} ${before}-`;
    if (kind === 'only-after') return `${label} -${after}`;
    const names = changes.map(({ name }) => name).join(', ');
    return `${label} ${before}${kind === 'same' ? '=' : '≠'}${after} ${names}`.trimEnd();
  });
}

/** The same comparison, seen from the other capture. */
export function mirrored(difference: CallDifference): CallDifference {
  const swap = <T extends { before: unknown; after: unknown }>(one: T): T => ({
    ...one,
    before: one.after,
    after: one.before,
  });
  const change = { gone: 'added', added: 'gone', changed: 'changed', reordered: 'reordered' } as const;
  const kind = {
    'only-before': 'only-after',
    'only-after': 'only-before',
    same: 'same',
    changed: 'changed',
  } as const;
  return {
    ...swap(difference),
    facts: difference.facts.map(swap),
    delays: difference.delays.map(swap),
    messages: difference.messages.map((message) => ({
      ...swap(message),
      kind: kind[message.kind],
      transit: message.transit === null ? null : 0 - message.transit,
      changes: message.changes.map((one) => ({ ...swap(one), change: change[one.change] })),
    })),
  };
}
