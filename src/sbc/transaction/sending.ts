// What transactions send, so that a failure finds the transaction it is about: by the number of its last send, and by
// the connection it relies on (RFC 3261 §17.1.4, §17.2.4, §18.4).
import type { SipMessage } from '../../sip/message.ts';
import type { Flow } from '../flow.ts';
import type { Outbox } from '../outbox.ts';

export interface Sender {
  /** Number of its last send; 0 before. Kept by Sending. */
  lastSend: number;
  /** The connection it is listed under, 0 for none. Kept by Sending. */
  connection: number;
  sendFailed(reason: string): void;
  connectionClosed(): void;
}

export class Sending {
  readonly outbox: Outbox;
  private readonly bySend = new Map<number, Sender>();
  private readonly byConnection = new Map<number, Set<Sender>>();

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  send(sender: Sender, flow: Flow, octets: Buffer, cause: SipMessage | null, again: boolean): void {
    if (sender.lastSend !== 0) this.bySend.delete(sender.lastSend);
    sender.lastSend = this.outbox.send(flow, octets, cause, again);
    this.bySend.set(sender.lastSend, sender);
  }

  /** `sender` is told when this connection closes, and of no other; 0: of none. */
  relyOn(sender: Sender, connection: number): void {
    if (sender.connection === connection) return;
    this.leave(sender);
    sender.connection = connection;
    if (connection === 0) return;
    const others = this.byConnection.get(connection);
    if (others === undefined) this.byConnection.set(connection, new Set([sender]));
    else others.add(sender);
  }

  /** The transaction is over. */
  forget(sender: Sender): void {
    if (sender.lastSend !== 0) this.bySend.delete(sender.lastSend);
    this.leave(sender);
  }

  failed(send: number, reason: string): void {
    const sender = this.bySend.get(send);
    // One that was sent again since, or whose transaction is over.
    if (sender === undefined) return;
    this.bySend.delete(send);
    sender.lastSend = 0;
    sender.sendFailed(reason);
  }

  closed(connection: number): void {
    const senders = this.byConnection.get(connection);
    if (senders === undefined) return;
    this.byConnection.delete(connection);
    for (const sender of senders) {
      sender.connection = 0;
      sender.connectionClosed();
    }
  }

  private leave(sender: Sender): void {
    const others = this.byConnection.get(sender.connection);
    if (others === undefined) return;
    others.delete(sender);
    if (others.size === 0) this.byConnection.delete(sender.connection);
    sender.connection = 0;
  }
}
