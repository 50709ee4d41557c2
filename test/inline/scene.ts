// What the tests of the driver share: a policy on loopback, a core that answers 200 to everything, sockets of peers, and
// certificates made for the run.
import { execFileSync } from 'node:child_process';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/inline/clock.ts';
import type { Core } from '../../src/inline/core.ts';
import { type DriverOptions, InlineDriver } from '../../src/inline/driver.ts';
import { listenerPlans, planKey } from '../../src/inline/listener-plan.ts';
import { NO_LOG } from '../../src/inline/log.ts';
import { RandomIdentifiers } from '../../src/inline/random-identifiers.ts';
import { statelessAnswer } from '../../src/inline/stateless-answer.ts';
import type { TlsMaterial } from '../../src/inline/tls-files.ts';
import { Transports } from '../../src/inline/transports.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Command } from '../../src/sbc/command.ts';
import type { SbcEvent } from '../../src/sbc/event.ts';

/** Answers every request 200 by the way it came; tells what happened. */
export class EchoCore implements Core {
  readonly pending = {};
  readonly events: SbcEvent[] = [];
  /** What to do besides, for an event. */
  more: (event: SbcEvent) => readonly Command[] = () => [];
  private sends = 1000;

  handle(event: SbcEvent): readonly Command[] {
    this.events.push(event);
    const more = this.more(event);
    if (event.kind !== 'received') return more;
    const answer = statelessAnswer(event.message, event.flow, 200, 'echo');
    if (answer === null) return more;
    return [...more, { kind: 'send', send: ++this.sends, ...answer, cause: event.message, again: false }];
  }

  /** Kinds of events so far, in short. */
  get story(): string[] {
    return this.events.map((event) =>
      event.kind === 'received'
        ? `${event.flow.transport} ${event.message.method || event.message.status}`
        : event.kind === 'send-failed'
          ? `send-failed ${event.send} ${event.reason}`
          : event.kind,
    );
  }
}

export interface Running {
  readonly core: EchoCore;
  readonly driver: InlineDriver;
  readonly transports: Transports;
  close(): Promise<void>;
}

/** The driver on the addresses of a policy. */
export async function run(
  policy: Policy,
  more: Partial<DriverOptions> & {
    readonly tls?: (key: string) => TlsMaterial | null;
    readonly hopName?: string;
  } = {},
): Promise<Running> {
  const core = new EchoCore();
  const clock = more.clock ?? systemClock();
  const driver = new InlineDriver({
    ...{ policy, core, clock, log: NO_LOG, identifiers: new RandomIdentifiers(), resolve: () => [] },
    ...more,
  });
  const transports = new Transports({
    user: driver,
    clock,
    limits: policy.inline.limits,
    tlsAt: more.tls ?? (() => null),
    hopName: () => more.hopName,
  });
  driver.carrier = transports;
  for (const plan of listenerPlans(policy).plans) await transports.listen(plan);
  return {
    ...{ core, driver, transports },
    async close() {
      driver.close();
      await transports.close();
    },
  };
}

export function policyOf(text: string): Policy {
  const { policy, errors } = parsePolicy(text, 'sbc.yaml');
  if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return policy;
}

/** A port that is free for UDP and TCP at the moment. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    const isFree = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(port, host, () => resolve(true));
    });
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    server.close();
    await once(server, 'close');
    if (isFree) return port;
  }
}

/** A peer on UDP: what it got, in order. */
export class UdpPeer {
  readonly socket: UdpSocket;
  readonly got: string[] = [];
  private wake: () => void = () => {};

  static async open(host = '127.0.0.1', port = 0): Promise<UdpPeer> {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.bind(port, host);
    await once(socket, 'listening');
    return new UdpPeer(socket);
  }

  private constructor(socket: UdpSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.got.push(data.toString('latin1'));
      this.wake();
    });
  }

  get port(): number {
    return this.socket.address().port;
  }

  send(text: string | Buffer, port: number, host = '127.0.0.1'): void {
    this.socket.send(text, port, host);
  }

  /** The n-th datagram, once it is there. */
  async nth(n: number): Promise<string> {
    while (this.got.length < n) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.got[n - 1]!;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }
}

/** A peer on a stream: all that it got. */
export class StreamPeer {
  readonly socket: Socket;
  got = '';
  ended = false;
  private wake: () => void = () => {};

  static async connect(port: number, host = '127.0.0.1', localAddress?: string): Promise<StreamPeer> {
    const socket = connect({ port, host, ...(localAddress !== undefined && { localAddress }) });
    await once(socket, 'connect');
    return new StreamPeer(socket);
  }

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (data) => {
      this.got += data.toString('latin1');
      this.wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.ended = true;
      this.wake();
    });
  }

  /** Once it got so much that it matches. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.got)) {
      if (this.ended) throw new Error(`closed, with: ${this.got}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.got;
  }

  async end(): Promise<string> {
    while (!this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.got;
  }

  close(): void {
    this.socket.destroy();
  }
}

export function request(
  method: string,
  options: {
    readonly transport?: string;
    readonly by?: string;
    readonly callId?: string;
    readonly headers?: readonly string[];
    readonly body?: string;
    readonly toTag?: string;
    readonly length?: string | null;
    readonly rport?: boolean;
  } = {},
): string {
  const { transport = 'UDP', by = '127.0.0.1:5099', callId = 'c1', headers = [], body = '' } = options;
  const length = options.length === undefined ? String(body.length) : options.length;
  return [
    `${method} sip:bob@example.com SIP/2.0`,
    `Via: SIP/2.0/${transport} ${by};branch=z9hG4bK1${options.rport === false ? '' : ';rport'}`,
    'Max-Forwards: 70',
    'From: <sip:alice@example.com>;tag=a',
    `To: <sip:bob@example.com>${options.toTag === undefined ? '' : `;tag=${options.toTag}`}`,
    `Call-ID: ${callId}`,
    `CSeq: 1 ${method}`,
    ...headers,
    ...(length === null ? [] : [`Content-Length: ${length}`]),
    '',
    body,
  ].join('\r\n');
}

/** Waits until it holds, asking again each few milliseconds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

export function folder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sipspect-inline-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Makes `<name>.crt` and `<name>.key` in the folder, signed by `ca`, or by themselves. */
export function certificate(path: string, name: string, ca: string | null): void {
  const file = (end: string): string => join(path, end);
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name},IP:127.0.0.1`];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`), ...subject],
      ...(ca === null ? [] : ['-CA', file(`${ca}.crt`), '-CAkey', file(`${ca}.key`)]),
    ],
    { stdio: 'pipe' },
  );
}

export { planKey };
