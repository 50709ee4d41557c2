// The server transaction of every method but INVITE and ACK: RFC 3261 §17.2.2. Its moves are those of NON_INVITE_SERVER.
import { NON_INVITE_SERVER } from '../../dialog/transaction/states-non-invite-server.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Flow } from '../flow.ts';
import { ServerMachine, type ServerOwner } from './server-machine.ts';
import { TIMEOUT } from './timer-values.ts';

export class NonInviteServer extends ServerMachine<
  (typeof NON_INVITE_SERVER.states)[number],
  (typeof NON_INVITE_SERVER.events)[number]
> {
  constructor(owner: ServerOwner, key: string, mergeKey: string, request: SipMessage, flow: Flow) {
    super(owner, key, mergeKey, NON_INVITE_SERVER, request, flow);
  }

  override again(request: SipMessage): void {
    if (this.move(ON_REQUEST)) this.resend(request);
  }

  override respond(status: number, octets: Buffer, cause: SipMessage | null): void {
    const first = this.at !== COMPLETED;
    // RFC 3261 §17.2.2: what follows the final response is discarded.
    if (!this.move(status < 200 ? ON_SEND_1XX : ON_SEND_FINAL) || !first) return;
    // RFC 4320 §4.2: a 408 would come too late to be of use, and MUST NOT be sent.
    if (status !== 408) this.send(octets, cause);
    if (status < 200) return;
    this.answeredFinally();
    this.letGo();
    // RFC 3261 §17.2.2: timer J is 64*T1, and 0 over reliable transports.
    if (this.reliable) this.timerJ();
    else this.endAfter('J', TIMEOUT, () => this.timerJ());
  }

  protected override transportError(): boolean {
    return this.move(ON_TRANSPORT_ERROR);
  }

  private timerJ(): void {
    if (this.move(ON_TIMER_J)) this.end();
  }
}

const COMPLETED = NON_INVITE_SERVER.state('completed');
const ON_REQUEST = NON_INVITE_SERVER.event('request');
const ON_SEND_1XX = NON_INVITE_SERVER.event('send 1xx');
const ON_SEND_FINAL = NON_INVITE_SERVER.event('send 200-699');
const ON_TIMER_J = NON_INVITE_SERVER.event('timer J');
const ON_TRANSPORT_ERROR = NON_INVITE_SERVER.event('transport error');
