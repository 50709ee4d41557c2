// What the core would have sent: one message, with why, when and whither.
import type { Flow } from '../sbc/flow.ts';
import type { SipMessage } from '../sip/message.ts';
import type { RecordedMessage } from './recorded-message.ts';

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
}
