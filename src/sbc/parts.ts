// What the parts of the SBC core share: the tables, the way out, and the configuration as it is now.

import { Adjacencies } from '../policy/adjacency-lookup.ts';
import type { Policy } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';
import { parseUri } from '../sip/uri/uri.ts';
import type { Dialog } from './dialog/dialog.ts';
import type { DialogTable } from './dialog/dialog-table.ts';
import type { Flow } from './flow.ts';
import type { IdentifierSource } from './identifier-source.ts';
import type { SbcLimits } from './limits.ts';
import type { Outbox } from './outbox.ts';
import { addressOfRecord, type BindingTable } from './registration/binding-table.ts';
import type { IdentifierMemory } from './relay/identifier-memory.ts';
import type { HopHealth } from './routing/hop-health.ts';
import type { Transactions } from './transaction/transactions.ts';

export interface Parts {
  readonly outbox: Outbox;
  readonly identifiers: IdentifierSource;
  readonly limits: SbcLimits;
  readonly transactions: Transactions;
  readonly dialogs: DialogTable;
  readonly bindings: BindingTable;
  readonly hops: HopHealth;
  /** Call-IDs and tags that were given to requests which are to come again with credentials. */
  readonly memory: IdentifierMemory;
  /** Requests outside dialogs that make one and are not settled yet, by `setupKey`. */
  readonly setups: Map<string, UnsettledRequest>;
  /** Branches of ACKs of the SBC's own, by the callee of a call and CSeq number of the 2xx: see `acknowledge`. */
  readonly ownAcks: Map<string, Map<number, string>>;
  /** INVITEs without an offer that were given up unanswered: a 2xx that comes yet brings the offer. By `setupKey`; see `awaitLateOffer`. */
  readonly lateOffers: Set<string>;
  /** Numbers of the connections that messages came by and that are not closed. */
  readonly connections: Set<number>;
  /** Records of calls are worth making. */
  readonly persists: boolean;
  /** Replaced when the policy changes; calls that are up keep what they took from it. */
  configured: Configured;
}

/** A request that is to make a dialog. */
export interface UnsettledRequest {
  readonly method: string;
  /** The dialog that a NOTIFY makes which comes before the response (RFC 6665 §4.1.2.4); undefined: there are too many. */
  dialogOf(notify: SipMessage, flow: Flow): Dialog | undefined;
}

export interface Configured {
  readonly policy: Policy;
  readonly adjacencies: Adjacencies;
  /** Addresses of record that the policy says are registered. */
  readonly registered: ReadonlySet<string>;
}

export function configured(policy: Policy): Configured {
  const registered = new Set(policy.registered.map((text) => addressOfRecord(parseUri(text))));
  return { policy, adjacencies: new Adjacencies(policy), registered };
}
