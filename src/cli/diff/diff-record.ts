// What `diff --json` prints: an object for each pair of calls and each call without a partner, then one of all together. Fields
// keep their names and meanings while `v` is 1.
import { formatTimestamp } from '../../capture/timestamp.ts';
import type { CallDifference } from '../../diff/call-difference.ts';
import { isSame } from '../../diff/call-difference.ts';
import type { CallFacts } from '../../diff/call-facts.ts';
import type { DifferenceSummary, LoneCall } from '../../diff/capture-difference.ts';

export function pairRecord(difference: CallDifference): object {
  const { by, before, after, facts, delays, messages, compared, beyond } = difference;
  return {
    v: 1,
    type: 'pair',
    by,
    same: isSame(difference),
    compared,
    beyond,
    before: callRecord(before),
    after: callRecord(after),
    facts,
    delays,
    messages: messages.map(({ kind, label, before, after, transit, changes, cut }) => ({
      kind,
      label,
      before: before || null,
      after: after || null,
      transit,
      cut,
      changes,
    })),
  };
}

export function loneRecord({ side, call, beside }: LoneCall): object {
  return { v: 1, type: `only-${side}`, call: callRecord(call), beside };
}

export function summaryRecord({ changes, ...rest }: DifferenceSummary): object {
  const shown = changes.map(({ name, change, messages }) => ({ name, change, messages }));
  return { v: 1, type: 'summary', ...rest, changes: shown };
}

function callRecord({ start, ...facts }: CallFacts): object {
  return { ...facts, start: formatTimestamp(start) };
}
