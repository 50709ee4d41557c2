// What the core would have sent: one message, with why, when and whither.
import type { Flow } from '../sbc/flow.ts';
import type { SipMessage } from '../sip/message.ts';
import type { RecordedMessage } from './recorded-message.ts';
import type { Scenario } from './scenario.ts';

export interface PredictedMessage {
  /** Position among the predicted messages, from 0. */
  readonly index: number;
  readonly message: SipMessage;
  readonly flow: Flow;
  /** Name of the adjacency it leaves by; '' where the policy has none there. */
  readonly adjacency: string;
  /** Milliseconds since the first message of the recording. */
  readonly at: number;
  /** The recorded message that it passes on or answers; null where the core had the thought itself. */
  readonly cause: RecordedMessage | null;
  /** How often it was sent again. */
  again: number;
}

/** What the core said beside its messages. */
export interface CoreRemark {
  readonly at: number;
  readonly cause: RecordedMessage | null;
  readonly kind: 'finding' | 'log';
  /** Rule of the catalogue, or code of the log: `sbc/unknown-source`. */
  readonly code: string;
  readonly text: string;
}

export interface Prediction {
  readonly messages: readonly PredictedMessage[];
  readonly remarks: readonly CoreRemark[];
  /** Identifiers that the recording did not have. */
  readonly madeUp: number;
  /** Events that the core was given. */
  readonly events: number;
  /** What the core was given, in order: as recorded, or as it would have come. */
  readonly given: readonly { readonly recorded: RecordedMessage; readonly message: SipMessage }[];
  /** What reached the box, but would not have reached it had it sent what was predicted. */
  readonly withheld: readonly RecordedMessage[];
  /** Messages that stand for a side that the capture does not show. */
  readonly reflected: number;
  /** Calls that went another way from there on, with the request whose fate differs. */
  readonly parted: ReadonlyMap<Scenario, RecordedMessage>;
}
