// One call as predicted and as recorded → two drawings with a row for each moment: what reached the SBC in both, what it sent
// beside what it was predicted to send, and an empty row where only one of both has it.
import { Aliases } from '../ladder/alias.ts';
import { draw } from '../ladder/draw.ts';
import type { Drawing, Row } from '../ladder/drawing.ts';
import type { Flow, FlowMessage } from '../ladder/flow.ts';
import { flowMessageOf, flowOf } from '../ladder/from-call.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Sent } from './matching.ts';
import { matters } from './message-outcome.ts';
import type { ScenarioOutcome } from './outcome.ts';
import type { Prediction } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';
import type { Recording } from './recording.ts';

export interface TwoLadders {
  /** Both have as many rows. */
  readonly predicted: Drawing;
  readonly recorded: Drawing;
  /** Row by row: whether the side has a message there, and whether both are the same. */
  readonly rows: readonly {
    readonly predicted: boolean;
    readonly recorded: boolean;
    readonly changed: boolean;
  }[];
}

export function twoLadders(
  recording: Recording,
  prediction: Prediction,
  /** What is compared with: another prediction, or null for what was recorded. */
  other: Prediction | null,
  { scenario, messages }: ScenarioOutcome<Sent>,
): TwoLadders {
  const others = new Map(other?.given.map(({ recorded, message }) => [recorded.index, message]));
  const moments: Moment[] = [
    ...prediction.given
      .filter(({ recorded }) => recording.scenarios.of(recorded.call) === scenario)
      .map(({ recorded, message }) => ({
        at: recorded.at,
        left: seen(message, recorded, 'in'),
        right: rightOf(recorded, other === null ? recorded.message : others.get(recorded.index)),
        changed: false,
      })),
    ...prediction.withheld
      .filter(({ call }) => recording.scenarios.of(call) === scenario)
      .map((one) => ({ at: one.at, left: null, right: seen(one.message, one, 'in'), changed: true })),
    ...messages.map((one) => ({
      at: (one.recorded ?? one.predicted)!.at,
      left: one.predicted && {
        ...seen(one.predicted.message, one.predicted, 'out'),
        frame: one.recorded?.message.frame ?? 0,
      },
      right: one.recorded && seen(one.recorded.message, one.recorded, 'out'),
      changed: matters(one) || one.kind === 'unseen',
    })),
  ].sort((a, b) => a.at - b.at);
  const names = new Aliases().add({
    name: 'SBC',
    addresses: recording.policy.adjacencies.flatMap(({ local }) => local.map(({ host }) => host)),
  });
  const first = flowOf(scenario.calls[0]!);
  const locals = recording.policy.adjacencies.flatMap(({ local }) => local.map(({ host }) => host));
  const box = recording.messages.flatMap(({ flow }) =>
    locals.includes(flow.local.ip) ? [[flow.local.text, 'b2bua'] as const] : [],
  );
  const flow = { ...first, roles: new Map([...first.roles, ...box]) };
  return {
    predicted: drawingOf(
      flow,
      names,
      moments.map(({ left }) => left),
    ),
    recorded: drawingOf(
      flow,
      names,
      moments.map(({ right }) => right),
    ),
    rows: moments.map(({ left, right, changed }) => {
      return { predicted: left !== null, recorded: right !== null, changed };
    }),
  };
}

/** Nothing where the message stands for a side that is not seen. */
function rightOf(recorded: RecordedMessage, message: SipMessage | undefined): FlowMessage | null {
  return message === undefined || recorded.index < 0 ? null : seen(message, recorded, 'in');
}

interface Moment {
  readonly at: number;
  readonly left: FlowMessage | null;
  readonly right: FlowMessage | null;
  readonly changed: boolean;
}

function seen(message: SipMessage, { flow }: Pick<Sent, 'flow'>, way: 'in' | 'out'): FlowMessage {
  const event = { message, retransmissionOf: 0, duplicateOf: 0, delay: null };
  const [src, dst] = way === 'in' ? [flow.remote, flow.local] : [flow.local, flow.remote];
  return { ...flowMessageOf(event, new Map()), src, dst, media: [], marks: [], body: '' };
}

function drawingOf(flow: Flow, aliases: Aliases, messages: readonly (FlowMessage | null)[]): Drawing {
  const present = messages.filter((message) => message !== null);
  const whole = { ...flow, messages: present, state: '', cause: '', unkept: 0, partial: false };
  const drawing = draw(whole, { aliases, silence: Number.POSITIVE_INFINITY });
  const arrows = drawing.rows.filter(({ kind }) => kind === 'arrow');
  let next = 0;
  const rows = messages.map((message): Row => {
    return (message === null ? undefined : arrows[next++]) ?? { kind: 'remark', text: '' };
  });
  return { ...drawing, rows };
}
