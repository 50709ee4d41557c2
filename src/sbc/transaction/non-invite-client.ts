// The client transaction of every method but INVITE and ACK: RFC 3261 §17.1.2. Its moves are those of NON_INVITE_CLIENT.
import { NON_INVITE_CLIENT } from '../../dialog/transaction/states-non-invite-client.ts';
import type { SipMessage } from '../../sip/message.ts';
import { ClientMachine, type ClientOwner } from './client-machine.ts';
import { T1, T2, T4, TIMEOUT } from './timer-values.ts';
import type { ClientRequest } from './transaction-user.ts';

export class NonInviteClient extends ClientMachine<
  (typeof NON_INVITE_CLIENT.states)[number],
  (typeof NON_INVITE_CLIENT.events)[number]
> {
  private interval = T1;

  constructor(owner: ClientOwner, key: string, sent: ClientRequest) {
    super(owner, key, NON_INVITE_CLIENT, sent);
  }

  override start(): void {
    this.sendRequest(false);
    // RFC 3261 §17.1.2.2: nothing is sent again where the transport does that.
    if (!this.reliable) this.repeatAfter('E', this.interval, () => this.timerE());
    this.endAfter('F', TIMEOUT, () => this.timerF());
  }

  protected override responseCame(response: SipMessage): void {
    if (response.status < 200) {
      if (this.move(ON_1XX)) this.user?.response(response, this);
      return;
    }
    const first = this.at !== COMPLETED;
    if (!this.move(ON_FINAL) || !first) return;
    this.stopTimers();
    this.answered();
    // RFC 3261 §17.1.2.2: timer K is T4, and 0 over reliable transports.
    if (this.reliable) this.timerK();
    else this.endAfter('K', T4, () => this.timerK());
    const { user } = this;
    this.user = null;
    user?.response(response, this);
  }

  protected override transportError(): void {
    if (this.move(ON_TRANSPORT_ERROR)) this.fail('transport');
  }

  private timerE(): void {
    if (!this.move(ON_TIMER_E)) return;
    this.sendRequest(true);
    this.interval = this.at === PROCEEDING ? T2 : Math.min(2 * this.interval, T2);
    this.repeatAfter('E', this.interval, () => this.timerE());
  }

  private timerF(): void {
    if (this.move(ON_TIMER_F)) this.fail('timeout');
  }

  private timerK(): void {
    if (this.move(ON_TIMER_K)) this.end();
  }
}

const PROCEEDING = NON_INVITE_CLIENT.state('proceeding');
const COMPLETED = NON_INVITE_CLIENT.state('completed');
const ON_1XX = NON_INVITE_CLIENT.event('1xx');
const ON_FINAL = NON_INVITE_CLIENT.event('200-699');
const ON_TIMER_E = NON_INVITE_CLIENT.event('timer E');
const ON_TIMER_F = NON_INVITE_CLIENT.event('timer F');
const ON_TIMER_K = NON_INVITE_CLIENT.event('timer K');
const ON_TRANSPORT_ERROR = NON_INVITE_CLIENT.event('transport error');
