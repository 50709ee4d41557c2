// All client transactions: makes them, and finds the one that a response belongs to (RFC 3261 §17.1.3).
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { Flow } from '../flow.ts';
import type { ClientMachine, ClientOwner } from './client-machine.ts';
import { InviteClient } from './invite-client.ts';
import { NonInviteClient } from './non-invite-client.ts';
import type { Sending } from './sending.ts';
import type { ClientRequest, ClientTransaction, TransactionUser } from './transaction-user.ts';

export class ClientTransactions implements ClientOwner {
  readonly sending: Sending;
  private readonly user: TransactionUser;
  /** By branch; a CANCEL has that of its INVITE (§9.1), so its key says more. */
  private readonly byKey = new Map<string, ClientMachine>();

  constructor(sending: Sending, user: TransactionUser) {
    this.sending = sending;
    this.user = user;
  }

  get size(): number {
    return this.byKey.size;
  }

  request(sent: ClientRequest): ClientTransaction {
    const { method, branch } = sent;
    const key = method === 'CANCEL' ? cancelKey(branch) : branch;
    const made =
      method === 'INVITE' ? new InviteClient(this, key, sent) : new NonInviteClient(this, key, sent);
    this.byKey.set(key, made);
    made.start();
    return made;
  }

  receive(response: SipMessage, flow: Flow): void {
    const { status, viaRow, cseqMethodId } = response;
    // §8.1.3.3: with several Vias it has gone astray. §7.2: there are no other codes.
    if (viaRow < 0 || status < 100 || status > 699 || response.find(HEADER.Via, viaRow + 1) >= 0) {
      this.sending.outbox.log('debug', 'sbc/response-dropped', { from: flow.remote.text, status });
      return;
    }
    const { branch } = response;
    const found = this.byKey.get(cseqMethodId === METHOD.CANCEL ? cancelKey(branch) : branch);
    if (found !== undefined && found.method === response.cseqMethod) found.receive(response, flow);
    else this.stray(response, flow);
  }

  /** A response that nobody waits for. */
  stray(response: SipMessage, flow: Flow): void {
    this.user.strayResponse(response, flow);
  }

  remove(transaction: Pick<ClientMachine, 'key'>): void {
    const { key } = transaction;
    if (this.byKey.get(key) === transaction) this.byKey.delete(key);
  }
}

function cancelKey(branch: string): string {
  return `${branch}\nCANCEL`;
}
