// Where branches, tags, Call-IDs and the like come from: random ones for traffic, the recorded ones for a replay.
import type { SipMessage } from '../sip/message.ts';

export interface IdentifierSource {
  next(asked: AskedIdentifier): string;
}

export interface AskedIdentifier {
  readonly kind:
    | 'branch' // begins with z9hG4bK (RFC 3261 §8.1.1.7)
    | 'tag'
    | 'call-id'
    | 'contact-user'; // user part of a Contact that names the SBC
  /** The message for whose sake it is needed; null: the core itself begins something. */
  readonly cause: SipMessage | null;
  /** The adjacency on whose side it will be seen. */
  readonly adjacency: string;
}
