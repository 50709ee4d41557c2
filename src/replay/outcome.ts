// A prediction against the recording, or against another prediction → what is to be said, scenario by scenario.
import type { Policy } from '../policy/policy.ts';
import { match, type Sent } from './matching.ts';
import { type MessageOutcome, matters } from './message-outcome.ts';
import { PairJudge } from './pair-judge.ts';
import type { CoreRemark, PredictedMessage, Prediction } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';
import type { Recording } from './recording.ts';
import type { Scenario } from './scenario.ts';
import { isInitial } from './transaction-key.ts';

export interface ScenarioOutcome<Other extends Sent = RecordedMessage> {
  readonly scenario: Scenario;
  readonly verdict: 'as-predicted' | 'differs' | 'not-judged';
  /** Of one that is not judged: why. */
  readonly why: string;
  /** What was sent, in the order of the prediction, what is extra at its time. */
  readonly messages: readonly MessageOutcome<Other>[];
  /** What the core found wrong in what came, and what it logged. */
  readonly remarks: readonly CoreRemark[];
}

export interface Compared<Other extends Sent> {
  readonly recording: Recording;
  readonly policy: Policy;
  readonly prediction: Prediction;
  /** What it is compared with, in order of time. */
  readonly others: readonly Other[];
  readonly scenarioOf: (other: Other) => Scenario | null;
  /** Why the compared side cannot show a predicted message; null where it would. */
  readonly hides?: (predicted: PredictedMessage) => string | null;
  /** What one of both sides was never given: what came of it is no difference of its own. */
  readonly withheld: ReadonlySet<RecordedMessage>;
}

/** Scenarios in order; those in which the SBC received and sent nothing are left out. */
export function outcomes<Other extends Sent>(compared: Compared<Other>): ScenarioOutcome<Other>[] {
  const { recording, prediction } = compared;
  const byScenario = new Map<Scenario, Gathered<Other>>();
  const at = (scenario: Scenario): Gathered<Other> => {
    let gathered = byScenario.get(scenario);
    if (gathered === undefined) {
      gathered = { received: [], predicted: [], others: [], remarks: [] };
      byScenario.set(scenario, gathered);
    }
    return gathered;
  };
  for (const one of recording.messages)
    if (one.way === 'in') at(recording.scenarios.of(one.call)).received.push(one);
  const ownOf = scenarioOfPredicted(recording);
  for (const one of prediction.messages) {
    const scenario = ownOf(one);
    if (scenario !== null) at(scenario).predicted.push(one);
  }
  for (const other of compared.others) {
    const scenario = compared.scenarioOf(other);
    if (scenario !== null) at(scenario).others.push(other);
  }
  for (const remark of prediction.remarks)
    if (remark.cause !== null) at(recording.scenarios.of(remark.cause.call)).remarks.push(remark);
  // Also by what stands for a side that the capture does not show.
  const driven = new Set(
    prediction.given.flatMap(({ recorded, message }) =>
      message.isRequest ? [recording.scenarios.of(recorded.call)] : [],
    ),
  );
  return [...byScenario]
    .sort(([one], [other]) => one.id - other.id)
    .map(([scenario, gathered]) => outcomeOf(scenario, gathered, compared, driven.has(scenario)));
}

interface Gathered<Other> {
  readonly received: RecordedMessage[];
  readonly predicted: PredictedMessage[];
  readonly others: Other[];
  readonly remarks: CoreRemark[];
}

/** By what caused it; what the core began itself by its Call-ID. */
export function scenarioOfPredicted(recording: Recording): (one: PredictedMessage) => Scenario | null {
  const byCallId = new Map<string, Scenario>();
  for (const { message, call } of recording.messages)
    byCallId.set(message.callId, recording.scenarios.of(call));
  return ({ cause, message }) =>
    cause === null ? (byCallId.get(message.callId) ?? null) : recording.scenarios.of(cause.call);
}

function outcomeOf<Other extends Sent>(
  scenario: Scenario,
  { received, predicted, others, remarks }: Gathered<Other>,
  { recording, policy, hides, withheld }: Compared<Other>,
  isDriven: boolean,
): ScenarioOutcome<Other> {
  const { pairs, missing, extra } = match(predicted, others);
  const first = received.find(({ message }) => isInitial(message)) ?? null;
  const judge = new PairJudge(policy, recording.adjacencies, first);
  const ruleOf = (cause: RecordedMessage | null): string | null =>
    remarks.find((one) => one.kind === 'finding' && one.cause === cause && cause !== null)?.code ?? null;
  const weight = (one: Sent): { readonly cosmetic: string | null; readonly rule: string | null } => {
    const reason = cosmetic(one);
    return { cosmetic: reason, rule: reason === null ? ruleOf(one.cause) : null };
  };
  const consequence = ({ cause }: Sent): string | null =>
    cause !== null && withheld.has(cause) ? CONSEQUENCE : null;
  const messages: MessageOutcome<Other>[] = [
    ...pairs.map((pair) => judge.judge(pair.predicted, pair.recorded, ruleOf(pair.predicted.cause))),
    ...missing.map((one): MessageOutcome<Other> => {
      const alone = { predicted: one, recorded: null, differences: [] };
      const unseen = hides?.(one) ?? consequence(one);
      if (unseen !== null) return { kind: 'unseen', ...alone, cosmetic: unseen, rule: null };
      return { kind: 'missing', ...alone, ...weight(one) };
    }),
    ...extra.map((one): MessageOutcome<Other> => {
      const alone = { predicted: null, recorded: one, differences: [] };
      const unseen = consequence(one);
      if (unseen !== null) return { kind: 'unseen', ...alone, cosmetic: unseen, rule: null };
      return { kind: 'extra', ...alone, ...weight(one) };
    }),
  ];
  messages.sort((a, b) => momentOf(a) - momentOf(b));
  const why = isDriven ? doubtful(scenario, received) : notDriven(received, others);
  const verdict = why !== '' ? 'not-judged' : messages.some(matters) ? 'differs' : 'as-predicted';
  return { scenario, verdict, why, messages, remarks };
}

function momentOf({ predicted, recorded }: MessageOutcome<Sent>): number {
  return (predicted ?? recorded)!.at;
}

/** RFC 3261 §17.2.1: a 100 may be left out where an answer comes soon. */
function cosmetic({ message }: Sent): string | null {
  return message.status === 100 ? TRYING : null;
}

function notDriven(received: readonly RecordedMessage[], others: readonly Sent[]): string {
  if (received.length === 0) return 'nothing of it reached the SBC in this capture';
  return others.length > 0 ? 'what the SBC sent there came of nothing that the capture shows' : '';
}

function doubtful({ calls }: Scenario, received: readonly RecordedMessage[]): string {
  if (calls.some(({ partial }) => partial)) return 'it began before the capture';
  return received.some(({ message }) => message.truncated) ? 'messages are cut short in the capture' : '';
}

const CONSEQUENCE = 'it came of what would not have reached the SBC, had all before been as predicted';
const TRYING = 'a 100 may be left out where another answer comes within 200 ms (RFC 3261 §17.2.1)';
