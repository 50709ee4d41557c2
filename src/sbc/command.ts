// What the SBC core wants done. Commands of one event are carried out in their order.
import type { NextHop } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Flow } from './flow.ts';
import type { StoredRecord } from './stored-record.ts';

export type Command =
  | SendCommand
  /** `at`: on the clock of the events. */
  | { readonly kind: 'set-timer'; readonly timer: number; readonly name: TimerName; readonly at: number }
  | { readonly kind: 'clear-timer'; readonly timer: number }
  /** Find where to send to (RFC 3263 §4); answered by a `resolved` event. */
  | { readonly kind: 'resolve'; readonly query: number; readonly hop: NextHop; readonly adjacency: string }
  /** Keep a record past a restart (`record` null: forget it). */
  | { readonly kind: 'store'; readonly key: string; readonly record: StoredRecord | null }
  /** Something came that a rule of the catalogue forbids, and how the core met it. */
  | {
      readonly kind: 'finding';
      readonly rule: string;
      readonly message: string;
      readonly cause: SipMessage | null;
    }
  | {
      readonly kind: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      /** Stable: `sbc/unknown-source`. */
      readonly code: string;
      readonly fields: Readonly<Record<string, string | number | boolean>>;
    };

export interface SendCommand {
  readonly kind: 'send';
  /** Named by `send-failed`. */
  readonly send: number;
  readonly flow: Flow;
  readonly octets: Buffer;
  /** The message that is passed on or answered by it; null where the core itself had the thought. */
  readonly cause: SipMessage | null;
  /** Sent before, the same octets. */
  readonly again: boolean;
}

/** Of RFC 3261 §17 (Table 4) and RFC 6026, and the core's own. */
export type TimerName =
  | 'A'
  | 'B'
  | 'C'
  | 'D'
  | 'E'
  | 'F'
  | 'G'
  | 'H'
  | 'I'
  | 'J'
  | 'K'
  | 'L'
  | 'M'
  | 'cancel' // 64*T1 after a CANCEL its INVITE is given up (RFC 3261 §9.1)
  | 'trying' // 200 ms until a 100 is sent (RFC 3261 §17.2.1)
  | '2xx' // a 2xx to INVITE is sent again until its ACK comes (§13.3.1.4)
  | 'ack' // 64*T1 until that is given up
  | 'own-ack' // 64*T1 after a 2xx that the SBC acknowledges itself came first (§13.3.1.4)
  | 'late-offer' // an INVITE without an offer that nobody answered may be accepted yet (§13.2.1)
  | 'reliable 1xx' // RFC 3262 §3
  | 'session' // RFC 4028
  | 'binding' // a registration runs out
  | 'subscription' // RFC 6665
  | 'dialog' // nothing was heard of a dialog for too long
  | 'hop'; // a next hop that failed may be tried again
