// A recording and a core → what the core would have sent, against what the box did, or against what it would have sent under another
// policy.
import type { Policy } from '../policy/policy.ts';
import type { CoreMaker } from './core.ts';
import type { Sent } from './matching.ts';
import { outcomes, type ScenarioOutcome, scenarioOfPredicted } from './outcome.ts';
import { predict } from './predict.ts';
import type { PredictedMessage, Prediction } from './prediction.ts';
import type { Recording } from './recording.ts';

export interface Replay {
  readonly prediction: Prediction;
  readonly scenarios: readonly ScenarioOutcome[];
}

export function replay(recording: Recording, makeCore: CoreMaker): Replay {
  const { policy, messages, scenarios } = recording;
  const prediction = predict(recording, policy, makeCore);
  const sent = messages.filter(({ way, repeats }) => way === 'out' && repeats === null);
  const captured = new Set(messages.map(({ adjacency }) => adjacency.name));
  const end = messages[messages.length - 1]?.at ?? 0;
  return {
    prediction,
    scenarios: outcomes({
      ...{ recording, policy, prediction, others: sent },
      scenarioOf: ({ call }) => scenarios.of(call),
      hides: ({ adjacency, at }) => (at >= end ? LATE : captured.has(adjacency) ? null : OTHER_SIDE),
      withheld: new Set(prediction.withheld),
    }),
  };
}

export interface WhatIf {
  readonly now: Prediction;
  readonly then: Prediction;
  /** In each pair `predicted` is what would be sent under the other policy, `recorded` what is under this one. */
  readonly scenarios: readonly ScenarioOutcome<PredictedMessage>[];
}

export function whatIf(recording: Recording, other: Policy, makeCore: CoreMaker): WhatIf {
  const now = predict(recording, recording.policy, makeCore);
  const then = predict(recording, other, makeCore);
  const scenarios = outcomes({
    ...{ recording, policy: other, prediction: then, others: now.messages },
    scenarioOf: scenarioOfPredicted(recording),
    withheld: new Set([...now.withheld, ...then.withheld]),
  });
  return { now, then, scenarios: scenarios.map(unjudged) };
}

/** Under another policy the SBC does otherwise: it breaks nothing. */
function unjudged<Other extends Sent>(outcome: ScenarioOutcome<Other>): ScenarioOutcome<Other> {
  const messages = outcome.messages.map((one) => {
    return { ...one, rule: null, differences: one.differences.map((each) => ({ ...each, rule: null })) };
  });
  return { ...outcome, messages };
}

const LATE = 'the capture ends before it';
const OTHER_SIDE = 'the capture does not show that side';
