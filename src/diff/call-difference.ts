// Two calls that belong together → all in which they differ: how they ended, their delays, each message with its counterpart.
import { millisecondsBetween } from '../capture/timestamp.ts';
import type { Call } from '../dialog/call.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import { type AlignedMessage, withUnmatched } from './aligned-message.ts';
import { matchByCourse } from './by-course.ts';
import { matchByIdentity } from './by-identity.ts';
import {
  type CallFacts,
  callFacts,
  type DelayChange,
  delayChanges,
  type FactChange,
  factChanges,
} from './call-facts.ts';
import { type Comparison, type FieldChange, fieldChanges } from './field-changes.ts';
import { callerTag, carriesTag, type SeenMessage, seenMessages, sharedCallerTag } from './seen-message.ts';

/** By what two calls were found to belong together. */
export type MatchedBy = 'call-id' | 'parties';

export interface CallDifference {
  readonly by: MatchedBy;
  readonly before: CallFacts;
  readonly after: CallFacts;
  readonly facts: readonly FactChange[];
  /** Only of calls matched by their parties: in one call at two places they are not the same delays. */
  readonly delays: readonly DelayChange[];
  /** All messages of both; empty where `compared` is false. */
  readonly messages: readonly MessageDifference[];
  /** False where the messages of one of them were not kept. */
  readonly compared: boolean;
  /** How many messages of the longer of both are beyond those that are kept of one call: they are not compared. */
  readonly beyond: number;
}

export interface MessageDifference {
  readonly kind: 'same' | 'changed' | 'only-before' | 'only-after';
  /** `INVITE (1)`, `180 Ringing (1 INVITE)`. */
  readonly label: string;
  /** Packets; 0 where the other capture alone has it. */
  readonly before: number;
  readonly after: number;
  /** From the caller's side to the callee's. */
  readonly fromCaller: boolean;
  /**
   * Milliseconds from `before` to `after`, by the clocks of the captures; null unless it is one message in both: a box between them
   * that forwards requests answers CANCEL by itself.
   */
  readonly transit: number | null;
  readonly changes: readonly FieldChange[];
  /** The capture cut one of the two short: only what both show was compared. */
  readonly cut: boolean;
}

export interface CallComparison {
  /** Show what is new with every call, too. */
  readonly all: boolean;
  /** As of Comparison. */
  readonly ignored: ReadonlySet<string>;
}

export function callDifference(
  before: Call,
  after: Call,
  by: MatchedBy,
  { all, ignored }: CallComparison,
): CallDifference {
  const compared = before.events !== undefined && after.events !== undefined;
  const how = { masked: by === 'parties' && !all, ignored };
  return {
    by,
    before: callFacts(before),
    after: callFacts(after),
    facts: factChanges(before, after),
    delays: by === 'parties' ? delayChanges(before.timings, after.timings) : [],
    messages: compared ? messageDifferences(aligned(before, after, by), by, how) : [],
    compared,
    beyond: compared ? Math.max(beyondOf(before), beyondOf(after)) : 0,
  };
}

function beyondOf({ events, messages, duplicates }: Call): number {
  const kept = events?.filter(({ duplicateOf }) => duplicateOf === 0).length ?? 0;
  return Math.max(0, messages - duplicates - kept);
}

/** Nothing differs, as far as it was compared. */
export function isSame({ facts, delays, messages }: CallDifference): boolean {
  return facts.length === 0 && delays.length === 0 && messages.every(({ kind }) => kind === 'same');
}

function aligned(before: Call, after: Call, by: MatchedBy): AlignedMessage[] {
  const shared = by === 'call-id' ? sharedCallerTag(before, after) : null;
  const seen = (call: Call): SeenMessage[] =>
    seenMessages(call, shared !== null && carriesTag(call, shared) ? shared : callerTag(call));
  const [ours, theirs] = [seen(before), seen(after)];
  const match = by === 'call-id' ? matchByIdentity : matchByCourse;
  return withUnmatched(ours, theirs, match(ours, theirs));
}

function messageDifferences(
  rows: readonly AlignedMessage[],
  by: MatchedBy,
  how: Comparison,
): MessageDifference[] {
  const invited = new Set<string>();
  for (const { before } of rows)
    if (before?.message.methodId === METHOD.INVITE) invited.add(before.message.branch);
  return rows.map(({ before, after }) => {
    const { message, fromCaller } = (before ?? after)!;
    const frames = { before: before?.message.frame ?? 0, after: after?.message.frame ?? 0 };
    const row = { label: labelOf(message), ...frames, fromCaller };
    if (before === null || after === null) {
      const kind = before === null ? 'only-after' : 'only-before';
      return { ...row, kind, transit: null, changes: [], cut: false };
    }
    const [one, other] = [before.message, after.message];
    const changes = fieldChanges(one, other, how);
    const isOne = by === 'call-id' && !isMadeAnew(one, other, invited);
    return {
      ...row,
      kind: changes.length === 0 ? 'same' : 'changed',
      transit: isOne ? millisecondsBetween(one, other) : null,
      changes,
      cut: one.truncated || other.truncated,
    };
  });
}

/** Whether a box between the two captures made it by itself: what it forwards has another branch, and some is for one hop only. */
function isMadeAnew(one: SipMessage, other: SipMessage, invited: ReadonlySet<string>): boolean {
  if (one.branch === other.branch) return false;
  // RFC 3261 §17.1.1.3: the ACK for a failure has the branch of its INVITE.
  if (one.methodId === METHOD.ACK) return invited.has(one.branch);
  // RFC 3261 §8.2.6.1, §9.1.
  return one.status === 100 || one.cseqMethodId === METHOD.CANCEL;
}

function labelOf({ isRequest, method, status, reason, cseqNumber, cseqMethod }: SipMessage): string {
  const number = cseqNumber < 0 ? '' : `${cseqNumber}`;
  if (isRequest) return number === '' ? method : `${method} (${number})`;
  const answered = `${number} ${cseqMethod}`.trim();
  return `${status} ${reason}`.trimEnd() + (answered === '' ? '' : ` (${answered})`);
}
