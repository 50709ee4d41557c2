// A dialog as a simulated user agent holds it (RFC 3261 §12).
import type { ServerTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import type { Described } from './descriptions.ts';

export interface UaDialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** Values of From and To without tags. */
  readonly localParty: string;
  readonly remoteParty: string;
  target: string;
  routes: readonly string[];
  localNumber: number;
  remoteNumber: number;
  /** An INVITE made it. */
  readonly isCall: boolean;
  confirmed: boolean;
  /** A BYE came out of order, and was refused as it must be (§12.2.2): the caller thinks that it is over. */
  missedBye: boolean;
  over: boolean;
  /** What the session is about; '' until it is known. */
  media: string;
  /** Lines of media in the session. */
  lines: number;
  /** Its own description. */
  described: Described;
  /** A MESSAGE waits for its answer (RFC 3428 §8). */
  messaging: boolean;
  /** An INVITE or UPDATE of its own, and an INVITE of the other side, that wait for their answers. */
  inviting: boolean;
  updating: boolean;
  invited: ServerTransaction | null;
  /** It made an offer in a 2xx, and the ACK with the answer has not come. */
  offered: boolean;
  /** After a 491 no INVITE goes before this time (RFC 3261 §14.1). */
  glaring: number;
  /** By CSeq number: the ACK that was sent to a 2xx. */
  readonly acks: Map<number, Buffer>;
  /** By CSeq number: stops the 2xx that is sent until its ACK comes. */
  readonly awaitedAcks: Map<number, () => void>;
  /** Reliable provisional responses: RSeq → stops. */
  readonly awaitedPracks: Map<number, () => void>;
  /** Highest RSeq seen. */
  responseNumber: number;
  /** Subscriptions that go on in it. */
  subscriptions: number;
}

export function newDialog(
  parts: Pick<UaDialog, 'callId' | 'localTag' | 'remoteTag' | 'localParty' | 'remoteParty' | 'isCall'> &
    Partial<UaDialog>,
): UaDialog {
  return {
    target: '',
    routes: [],
    localNumber: 0,
    remoteNumber: 0,
    confirmed: false,
    missedBye: false,
    over: false,
    media: '',
    lines: 0,
    described: { version: 0, rest: '' },
    messaging: false,
    inviting: false,
    updating: false,
    invited: null,
    offered: false,
    glaring: 0,
    acks: new Map(),
    awaitedAcks: new Map(),
    awaitedPracks: new Map(),
    responseNumber: 0,
    subscriptions: 0,
    ...parts,
  };
}
