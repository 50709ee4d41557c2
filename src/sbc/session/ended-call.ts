// A call that is over, while the transaction of its INVITE stays: all that is kept of it to acknowledge its 2xx, should it come
// again, and to end what another fork takes for a call (RFC 3261 §13.2.2.4).
import type { Adjacency } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Parts } from '../parts.ts';
import type { ClientTransaction, ClientUser } from '../transaction/transaction-user.ts';
import { acknowledgeAgain, endUnwanted } from './unwanted-call.ts';

export class EndedCall implements ClientUser {
  private readonly parts: Parts;
  private readonly adjacency: Adjacency;
  private readonly acks: readonly EndedAck[];
  private readonly offered: boolean;

  /** `offered`: the INVITE brought an offer. */
  constructor(parts: Parts, adjacency: Adjacency, acks: readonly EndedAck[], offered: boolean) {
    this.parts = parts;
    this.adjacency = adjacency;
    this.acks = acks;
    this.offered = offered;
  }

  response(message: SipMessage, { flow }: ClientTransaction): void {
    const { parts, adjacency, acks, offered } = this;
    const ack = acks.find(({ tag }) => tag === message.toTag);
    if (ack === undefined) endUnwanted(parts, adjacency, message, flow, offered);
    else acknowledgeAgain(parts, adjacency, message, flow, { branch: ack.branch, offered });
  }

  failed(): void {}
}

/** Of a callee that took the call. */
export interface EndedAck {
  readonly tag: string;
  /** Of the ACK that it got; '' where it got none. */
  readonly branch: string;
}
