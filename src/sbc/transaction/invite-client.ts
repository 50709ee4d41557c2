// The client transaction of an INVITE: RFC 3261 §17.1.1 with RFC 6026 §7.2. Its moves are those of INVITE_CLIENT.
import { INVITE_CLIENT } from '../../dialog/transaction/states-invite-client.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Flow } from '../flow.ts';
import { ClientMachine, type ClientOwner } from './client-machine.ts';
import { makeAck, makeCancel } from './hop-request.ts';
import { T1, TIMEOUT } from './timer-values.ts';
import type { ClientRequest } from './transaction-user.ts';

export class InviteClient extends ClientMachine<
  (typeof INVITE_CLIENT.states)[number],
  (typeof INVITE_CLIENT.events)[number]
> {
  private interval = T1;
  /** To a final response other than 2xx. */
  private ack: Buffer | null = null;
  /** Headers of a CANCEL that waits for a provisional response. */
  private cancelHeaders: readonly (readonly [name: string, value: string])[] | null = null;
  private cancelSent = false;

  constructor(owner: ClientOwner, key: string, sent: ClientRequest) {
    super(owner, key, INVITE_CLIENT, sent);
  }

  override start(): void {
    this.sendRequest(false);
    // RFC 3261 §17.1.1.2: nothing is sent again where the transport does that.
    if (!this.reliable) this.repeatAfter('A', this.interval, () => this.timerA());
    this.endAfter('B', TIMEOUT, () => this.timerB());
  }

  override cancel(extraHeaders: readonly (readonly [name: string, value: string])[] = []): void {
    if (this.cancelSent || this.isOver) return;
    // RFC 3261 §9.1: not before a provisional response, and of no effect after a final one.
    if (this.at === CALLING) this.cancelHeaders ??= extraHeaders;
    else if (this.at === PROCEEDING) this.sendCancel(extraHeaders);
  }

  protected override responseCame(response: SipMessage, flow: Flow): void {
    const { status } = response;
    if (status < 200) this.provisional(response);
    else if (status < 300) this.accepted(response, flow);
    else this.failure(response);
  }

  private provisional(response: SipMessage): void {
    const first = this.at === CALLING;
    if (!this.move(ON_1XX)) return;
    if (first) this.stopTimers();
    this.user?.response(response, this);
    if (this.cancelHeaders !== null) this.sendCancel(this.cancelHeaders);
  }

  private accepted(response: SipMessage, flow: Flow): void {
    const first = this.at !== ACCEPTED;
    if (!this.move(ON_2XX)) return;
    if (first) {
      this.stopTimers();
      this.answered();
      // RFC 6026 §7.2: over every transport.
      this.endAfter('M', TIMEOUT, () => this.timerM());
    }
    if (this.user !== null) this.user.response(response, this);
    else this.owner.stray(response, flow);
  }

  private failure(response: SipMessage): void {
    const first = this.at !== COMPLETED;
    if (!this.move(ON_FAILURE)) return;
    // RFC 3261 §17.1.1.3: the one ACK there is, again for each retransmission.
    this.ack ??= makeAck(this.octets, response);
    this.sending.send(this, this.flow, this.ack, response, !first);
    if (!first) return;
    this.stopTimers();
    this.answered();
    // RFC 3261 §17.1.1.2: timer D is 32 s at least, and 0 over reliable transports.
    if (this.reliable) this.timerD();
    else this.endAfter('D', TIMEOUT, () => this.timerD());
    this.user?.response(response, this);
  }

  protected override transportError(): void {
    const unanswered = this.at === CALLING;
    if (!this.move(ON_TRANSPORT_ERROR)) return;
    if (unanswered) this.fail('transport');
    else this.end();
  }

  private sendCancel(extraHeaders: readonly (readonly [name: string, value: string])[]): void {
    this.cancelSent = true;
    this.cancelHeaders = null;
    this.owner.request({
      method: 'CANCEL',
      branch: this.branch,
      octets: makeCancel(this.octets, extraHeaders),
      flow: this.flow,
      cause: this.cause,
      user: NOBODY,
    });
    // RFC 3261 §9.1: a server of RFC 2543 may never answer an INVITE that was cancelled.
    this.endAfter('cancel', TIMEOUT, () => this.fail('timeout'));
  }

  private timerA(): void {
    if (!this.move(ON_TIMER_A)) return;
    this.sendRequest(true);
    this.interval *= 2;
    this.repeatAfter('A', this.interval, () => this.timerA());
  }

  private timerB(): void {
    if (this.move(ON_TIMER_B)) this.fail('timeout');
  }

  private timerD(): void {
    if (this.move(ON_TIMER_D)) this.end();
  }

  private timerM(): void {
    if (this.move(ON_TIMER_M)) this.end();
  }
}

const NOBODY = { response: () => {}, failed: () => {} };
const CALLING = INVITE_CLIENT.state('calling');
const PROCEEDING = INVITE_CLIENT.state('proceeding');
const COMPLETED = INVITE_CLIENT.state('completed');
const ACCEPTED = INVITE_CLIENT.state('accepted');
const ON_1XX = INVITE_CLIENT.event('1xx');
const ON_2XX = INVITE_CLIENT.event('2xx');
const ON_FAILURE = INVITE_CLIENT.event('300-699');
const ON_TIMER_A = INVITE_CLIENT.event('timer A');
const ON_TIMER_B = INVITE_CLIENT.event('timer B');
const ON_TIMER_D = INVITE_CLIENT.event('timer D');
const ON_TIMER_M = INVITE_CLIENT.event('timer M');
const ON_TRANSPORT_ERROR = INVITE_CLIENT.event('transport error');
