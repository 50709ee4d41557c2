// What is to be said of a call → one JSON object, as `replay --json` prints it.
import type { Sent } from './matching.ts';
import { type JudgedDifference, type MessageOutcome, matters } from './message-outcome.ts';
import type { ScenarioOutcome } from './outcome.ts';
import { severitiesOf, severityOf, worstOf } from './severity.ts';

export function replayRecord(outcome: ScenarioOutcome<Sent>): Record<string, unknown> {
  const { scenario, verdict, why, messages, remarks } = outcome;
  const [first] = scenario.calls;
  return {
    v: 1,
    call: scenario.id,
    callIds: scenario.calls.map(({ callId }) => callId),
    ...{ kind: first!.kind, from: first!.from, to: first!.to, verdict, why, severity: worstOf(outcome) },
    asPredicted: messages.filter((one) => one.kind === 'pair' && !matters(one)).length,
    messages: messages
      .filter((one) => severitiesOf(one).length > 0 || one.kind === 'unseen')
      .map(messageRecord),
    remarks: remarks.map(({ kind, code, text, cause }) => {
      return { kind, code, text, frame: cause?.message.frame ?? 0 };
    }),
  };
}

function messageRecord(one: MessageOutcome<Sent>): Record<string, unknown> {
  const { kind, predicted, recorded, differences, cosmetic, rule } = one;
  const { message } = (predicted ?? recorded)!;
  const cause = (predicted ?? recorded)!.cause;
  return {
    kind,
    ...{ method: message.isRequest ? message.method : message.cseqMethod, status: message.status },
    cause: cause?.message.frame ?? 0,
    predicted: predicted && { at: predicted.at, to: predicted.flow.remote.text },
    recorded: recorded && { frame: recorded.message.frame, at: recorded.at, to: recorded.flow.remote.text },
    differences: differences.map(differenceRecord),
    ...(kind !== 'pair' && { severity: severitiesOf(one)[0] ?? null, rule, cosmetic }),
  };
}

function differenceRecord(one: JudgedDifference): Record<string, unknown> {
  const { part, name, predicted, recorded, reordered, cosmetic, rule } = one;
  const severity = cosmetic !== null ? 'info' : severityOf(rule, 'warning');
  return { part, name, predicted, recorded, reordered, severity, rule, cosmetic };
}
