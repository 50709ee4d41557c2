// Messages one by one → how many there are of each method, status and transport.
import type { SipMessage } from '../../sip/message.ts';
import { METHODS } from '../../sip/method.ts';

export interface Counted {
  readonly methods: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<number, number>;
  readonly transports: ReadonlyMap<string, number>;
  readonly messages: number;
  readonly retransmissions: number;
}

export class MessageTally {
  private messages = 0;
  private retransmissions = 0;
  private readonly methods = new Float64Array(METHODS.length);
  private readonly otherMethods = new Map<string, number>();
  private readonly statuses = new Float64Array(1000);
  private readonly transports = new Map<string, number>();
  /** Most messages come over one transport: it is counted before it goes into the map. */
  private transport = '';
  private overIt = 0;

  add(message: SipMessage, isRetransmission: boolean): void {
    this.messages++;
    if (isRetransmission) this.retransmissions++;
    if (message.transport !== this.transport) this.turnTo(message.transport);
    this.overIt++;
    // RFC 3261 §7.2: three digits.
    if (!message.isRequest) this.statuses[message.status % 1000]!++;
    else if (message.methodId > 0) this.methods[message.methodId]!++;
    else count(this.otherMethods, message.method, 1);
  }

  get counted(): Counted {
    const { messages, retransmissions } = this;
    this.turnTo(this.transport);
    const methods = new Map(this.otherMethods);
    for (const [id, times] of this.methods.entries()) if (times > 0) methods.set(METHODS[id]!, times);
    const statuses = new Map<number, number>();
    for (const [status, times] of this.statuses.entries()) if (times > 0) statuses.set(status, times);
    return { methods, statuses, transports: this.transports, messages, retransmissions };
  }

  private turnTo(transport: string): void {
    if (this.overIt > 0) count(this.transports, this.transport, this.overIt);
    this.transport = transport;
    this.overIt = 0;
  }
}

function count(tally: Map<string, number>, name: string, times: number): void {
  const before = tally.get(name);
  if (before !== undefined || tally.size < MOST_NAMES) tally.set(name, (before ?? 0) + times);
}

const MOST_NAMES = 1000;
