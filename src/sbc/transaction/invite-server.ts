// The server transaction of an INVITE: RFC 3261 §17.2.1 with RFC 6026 §7.1. Its moves are those of INVITE_SERVER. The 100
// is the user's to send.
import { INVITE_SERVER } from '../../dialog/transaction/states-invite-server.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Flow } from '../flow.ts';
import { hasCookie } from './request-key.ts';
import { ServerMachine, type ServerOwner } from './server-machine.ts';
import { T1, T2, T4, TIMEOUT } from './timer-values.ts';

export class InviteServer extends ServerMachine<
  (typeof INVITE_SERVER.states)[number],
  (typeof INVITE_SERVER.events)[number]
> {
  /** A CANCEL came and the user knows. */
  cancelled = false;
  private interval = T1;

  constructor(owner: ServerOwner, key: string, mergeKey: string, request: SipMessage, flow: Flow) {
    super(owner, key, mergeKey, INVITE_SERVER, request, flow);
  }

  override again(invite: SipMessage): void {
    if (!this.move(ON_INVITE)) return;
    // RFC 6026 §7.1: once accepted it is absorbed; the 2xx is sent again by the user alone.
    if (this.at !== ACCEPTED) this.resend(invite);
  }

  /** An ACK under the key of this INVITE. */
  acknowledge(ack: SipMessage, flow: Flow): void {
    // RFC 3261 §17.2.3: without the cookie, what tells an ACK to a 2xx from this one is the tag of the response.
    if (!hasCookie(ack) && ack.toTag !== this.toTag) {
      this.owner.user.ack(ack, flow);
      return;
    }
    const first = this.at === COMPLETED;
    if (!this.move(ON_ACK)) return;
    if (this.at === ACCEPTED) this.owner.user.ack(ack, flow);
    if (!first) return;
    this.stopTimers();
    // RFC 3261 §17.2.1: timer I is T4, and 0 over reliable transports.
    if (this.reliable) this.timerI();
    else this.endAfter('I', T4, () => this.timerI());
  }

  override respond(status: number, octets: Buffer, cause: SipMessage | null): void {
    const before = this.at;
    if (!this.move(status < 200 ? ON_SEND_1XX : status < 300 ? ON_SEND_2XX : ON_SEND_FAILURE)) return;
    this.send(octets, cause);
    if (this.at === before) return;
    // RFC 6026 §7.1: over every transport.
    if (this.at === ACCEPTED) this.endAfter('L', TIMEOUT, () => this.timerL());
    else {
      // RFC 3261 §17.2.1: a reliable transport needs no timer G.
      if (!this.reliable) this.repeatAfter('G', this.interval, () => this.timerG());
      this.endAfter('H', TIMEOUT, () => this.timerH());
    }
    this.answeredFinally();
  }

  override letGo(): void {
    super.letGo();
    // An INVITE that comes again is absorbed.
    if (this.at === ACCEPTED) this.forgetResponse();
  }

  protected override transportError(): boolean {
    return this.move(ON_TRANSPORT_ERROR);
  }

  private timerG(): void {
    if (!this.move(ON_TIMER_G)) return;
    this.resendForTimer();
    this.interval = Math.min(2 * this.interval, T2);
    this.repeatAfter('G', this.interval, () => this.timerG());
  }

  private timerH(): void {
    if (!this.move(ON_TIMER_H)) return;
    this.end();
    this.owner.user.unacknowledged?.(this);
  }

  private timerI(): void {
    if (this.move(ON_TIMER_I)) this.end();
  }

  private timerL(): void {
    if (this.move(ON_TIMER_L)) this.end();
  }
}

const COMPLETED = INVITE_SERVER.state('completed');
const ACCEPTED = INVITE_SERVER.state('accepted');
const ON_INVITE = INVITE_SERVER.event('INVITE');
const ON_ACK = INVITE_SERVER.event('ACK');
const ON_SEND_1XX = INVITE_SERVER.event('send 1xx');
const ON_SEND_2XX = INVITE_SERVER.event('send 2xx');
const ON_SEND_FAILURE = INVITE_SERVER.event('send 300-699');
const ON_TIMER_G = INVITE_SERVER.event('timer G');
const ON_TIMER_H = INVITE_SERVER.event('timer H');
const ON_TIMER_I = INVITE_SERVER.event('timer I');
const ON_TIMER_L = INVITE_SERVER.event('timer L');
const ON_TRANSPORT_ERROR = INVITE_SERVER.event('transport error');
