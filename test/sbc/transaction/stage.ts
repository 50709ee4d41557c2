// A transaction layer on a virtual clock. All that it does is written down in order, one line each:
//
//   0 > 192.0.2.1:5060 200 INVITE     sent (`again`: the same octets as before; `#7`: over connection 7)
//   0 + A 500                          a timer set, for so many milliseconds from then
//   0 - A                              a timer cleared
//   0 ! warn sbc/transactions-full     logged
//   0 request INVITE                   told to the user: request, cancelled, ack, stray, response, failed …
import type { Endpoint } from '../../../src/network/endpoint.ts';
import type { TransportName } from '../../../src/policy/policy.ts';
import type { Command, TimerName } from '../../../src/sbc/command.ts';
import type { Flow } from '../../../src/sbc/flow.ts';
import { Outbox } from '../../../src/sbc/outbox.ts';
import type { ClientTransaction, ServerTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import { Transactions, type TransactionsOptions } from '../../../src/sbc/transaction/transactions.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { statusName } from '../../../src/sip/status.ts';

export class Stage {
  readonly outbox = new Outbox();
  readonly transactions: Transactions;
  /** Requests that the user was given, in their order. */
  readonly requests: ServerTransaction[] = [];
  /** What was sent, in its order. */
  readonly sent: (Command & { kind: 'send' })[] = [];
  /** What the user does with a new request, besides keeping it. */
  onRequest: (transaction: ServerTransaction) => void = () => {};
  onResponse: (message: SipMessage, transaction: ClientTransaction) => void = () => {};
  /** A final response, or the failure, that the user of a request hears of. */
  onEnd: (transaction: ClientTransaction, end: string) => void = () => {};
  private readonly timers = new Map<number, { name: string; at: number }>();
  private lines: string[] = [];

  constructor(options: TransactionsOptions = {}) {
    this.transactions = new Transactions(
      this.outbox,
      {
        request: (transaction) => {
          this.note(`request ${transaction.method}`);
          this.requests.push(transaction);
          this.onRequest(transaction);
        },
        cancelled: (transaction) => this.note(`cancelled ${transaction.request.branch}`),
        ack: (message) => this.note(`ack ${message.branch}`),
        strayResponse: (message) => this.note(`stray ${message.status} ${message.cseqMethod}`),
        responseFailed: (transaction, reason) => this.note(`unsent ${transaction.state} ${reason}`),
        unacknowledged: (transaction) => this.note(`unacknowledged ${transaction.state}`),
      },
      options,
    );
  }

  /** What was done since the last call. */
  take(): string[] {
    this.drain();
    const { lines } = this;
    this.lines = [];
    return lines;
  }

  receive(text: string | Buffer, flow: Flow = UDP): void {
    const message = messageOf(text);
    if (message === null) throw new Error(`no message: ${text}`);
    this.transactions.receive(message, flow);
    this.drain();
  }

  /** The same with octets that may be no message at all. */
  tryToReceive(octets: Buffer, flow: Flow): void {
    const message = messageOf(octets);
    if (message !== null) this.transactions.receive(message, flow);
    this.drain();
  }

  /** A request of the core's own. */
  request(
    method: string,
    flow: Flow = UDP,
    headers: readonly string[] = [],
    branch = BRANCH,
  ): ClientTransaction {
    const transaction = this.transactions.request({
      method,
      branch,
      octets: Buffer.from(requestText(method, { headers, branch, via: 'SIP/2.0/UDP 198.51.100.1' })),
      flow,
      cause: null,
      user: {
        response: (message, of) => {
          this.note(`response ${message.status} ${message.cseqMethod}`);
          if (message.status >= 200) this.onEnd(of, message.status < 300 ? '2xx' : 'failure');
          this.onResponse(message, of);
        },
        failed: (reason, of) => {
          this.note(`failed ${reason} ${of.state}`);
          this.onEnd(of, reason);
        },
      },
    });
    this.drain();
    return transaction;
  }

  respond(transaction: ServerTransaction, status: number, toTag = 'b'): void {
    transaction.respond(status, responseOctets(transaction, status, toTag), null);
    this.drain();
  }

  sendFailed(which = this.sent.length - 1): void {
    this.transactions.sendFailed(this.sent[which].send, 'unreachable');
    this.drain();
  }

  connectionClosed(connection: number): void {
    this.transactions.connectionClosed(connection);
    this.drain();
  }

  /** Lets time go on, firing what falls due. */
  run(milliseconds = Number.POSITIVE_INFINITY): void {
    this.drain();
    const end = this.outbox.now + milliseconds;
    for (;;) {
      let next: [number, number] | null = null;
      for (const [timer, { at }] of this.timers) if (next === null || at < next[1]) next = [timer, at];
      if (next === null || next[1] > end) break;
      this.timers.delete(next[0]);
      this.outbox.now = next[1];
      this.outbox.fired(next[0]);
      this.drain();
    }
    if (end !== Number.POSITIVE_INFINITY) this.outbox.now = end;
  }

  /** Lets the timer of this name go off now; an error when it does not run. */
  fire(name: TimerName): void {
    const found = [...this.timers].find(([, timer]) => timer.name === name);
    if (found === undefined) throw new Error(`timer ${name} does not run`);
    this.timers.delete(found[0]);
    this.outbox.fired(found[0]);
    this.drain();
  }

  /** Timers that run, transactions that are not over. */
  get left(): { timers: number; transactions: number; pending: number } {
    return {
      timers: this.timers.size,
      transactions: this.transactions.size,
      pending: this.outbox.pending.timers,
    };
  }

  private note(line: string): void {
    this.drain();
    this.lines.push(`${this.outbox.now} ${line}`);
  }

  private drain(): void {
    const { now } = this.outbox;
    for (const command of this.outbox.take()) {
      if (command.kind === 'send') {
        this.sent.push(command);
        this.lines.push(`${now} > ${sendLine(command)}`);
      } else if (command.kind === 'set-timer') {
        this.timers.set(command.timer, { name: command.name, at: command.at });
        this.lines.push(`${now} + ${command.name} ${command.at - now}`);
      } else if (command.kind === 'clear-timer') {
        this.lines.push(`${now} - ${this.timers.get(command.timer)?.name}`);
        this.timers.delete(command.timer);
      } else if (command.kind === 'log') this.lines.push(`${now} ! ${command.level} ${command.code}`);
      else throw new Error(`unexpected ${command.kind}`);
    }
  }
}

export interface RequestParts {
  readonly branch?: string;
  /** Sent-protocol and sent-by of the Via. */
  readonly via?: string;
  readonly viaParams?: string;
  readonly uri?: string;
  readonly toTag?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly headers?: readonly string[];
}

export function requestText(method: string, parts: RequestParts = {}): string {
  const { branch = BRANCH, via = 'SIP/2.0/UDP 192.0.2.1:5060', uri = 'sip:bob@example.com' } = parts;
  const { toTag = '', callId = 'call@example.com', cseq = 7, headers = [], viaParams = '' } = parts;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: ${via}${branch === '' ? '' : `;branch=${branch}`}${viaParams}`,
    'Max-Forwards: 70',
    'From: <sip:alice@example.com>;tag=a',
    `To: <sip:bob@example.com>${toTag === '' ? '' : `;tag=${toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** A response to a request of the core's own. */
export function responseText(
  status: number,
  method: string,
  { branch = BRANCH, toTag = 'b', vias = 1 }: { branch?: string; toTag?: string; vias?: number } = {},
): string {
  return [
    `SIP/2.0 ${status} ${statusName(status)}`,
    ...Array.from({ length: vias }, () => `Via: SIP/2.0/UDP 198.51.100.1;branch=${branch}`),
    'From: <sip:alice@example.com>;tag=a',
    `To: <sip:bob@example.com>;tag=${toTag}`,
    'Call-ID: call@example.com',
    `CSeq: 7 ${method}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

export function responseOctets(transaction: ServerTransaction, status: number, toTag: string): Buffer {
  const { request } = transaction;
  return Buffer.from(
    [
      `SIP/2.0 ${status} ${statusName(status)}`,
      ...transaction.vias,
      'From: <sip:alice@example.com>;tag=a',
      `To: <sip:bob@example.com>${status === 100 ? '' : `;tag=${toTag}`}`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${request.cseqNumber} ${request.method}`,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );
}

function sendLine({ flow, octets, again }: Command & { kind: 'send' }): string {
  const message = messageOf(octets);
  if (message === null) throw new Error('what was sent is no message');
  const what = message.isRequest ? message.method : `${message.status} ${message.cseqMethod}`;
  const way = `${flow.remote.text}${flow.connection === 0 ? '' : `#${flow.connection}`}`;
  return `${way} ${what}${again ? ' again' : ''}`;
}

export function endpoint(ip: string, port: number): Endpoint {
  const version = ip.includes(':') ? 6 : 4;
  return { ip, port, text: version === 6 ? `[${ip}]:${port}` : `${ip}:${port}`, version };
}

export function flow(transport: TransportName, connection = 0, remote = endpoint('192.0.2.1', 5060)): Flow {
  return { transport, local: endpoint('198.51.100.1', 5060), remote, connection };
}

export const BRANCH = 'z9hG4bK1';
export const UDP = flow('udp');
export const TCP = flow('tcp', 7);
/** `Stage.left` when all is over. */
export const NOTHING_LEFT = { timers: 0, transactions: 0, pending: 0 };
