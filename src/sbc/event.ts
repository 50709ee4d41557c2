// What happens to the SBC core. Time comes with each event: the core has no clock.
import type { Policy } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Flow } from './flow.ts';
import type { StoredRecord } from './stored-record.ts';

/** `at`: milliseconds since any fixed moment, never less than in the event before. */
export type SbcEvent =
  /** A message, framed and read. The core may hold it: it owns its octets (`keep()`). */
  | { readonly kind: 'received'; readonly at: number; readonly flow: Flow; readonly message: SipMessage }
  | { readonly kind: 'timer-fired'; readonly at: number; readonly timer: number }
  /** What a `send` command asked for could not be done: no connection, no route, ICMP. */
  | { readonly kind: 'send-failed'; readonly at: number; readonly send: number; readonly reason: string }
  /** The answer to a `resolve` command, the first to be tried first; empty when there is none. */
  | {
      readonly kind: 'resolved';
      readonly at: number;
      readonly query: number;
      readonly targets: readonly Target[];
    }
  | { readonly kind: 'connection-closed'; readonly at: number; readonly connection: number }
  /** Calls that are up go on as they began; what is new goes by the new policy. */
  | { readonly kind: 'policy-changed'; readonly at: number; readonly policy: Policy }
  /** What `store` commands said before a restart; before any other event. */
  | { readonly kind: 'restored'; readonly at: number; readonly records: readonly StoredRecord[] }
  /** Nothing new is taken from now on (503 with Retry-After); what is up goes on to its end. */
  | { readonly kind: 'draining'; readonly at: number };

/** A place to send to, as DNS gave it (RFC 3263 §4). */
export interface Target {
  readonly transport: Flow['transport'];
  readonly ip: string;
  readonly port: number;
}
