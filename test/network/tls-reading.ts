// Talks over TLS on a wire of TCP, and what is read of them.
import { expect } from 'vitest';
import type { DecryptionSecrets } from '../../src/capture/pcapng-annotation.ts';
import { TLS_KEY_LOG } from '../../src/capture/pcapng-block.ts';
import type { OutcomeName } from '../../src/network/outcome.ts';
import type { OpenStream } from '../../src/network/tcp/tcp-consumer.ts';
import { tlsStreams } from '../../src/network/tls/tls.ts';
import { TlsSecrets } from '../../src/network/tls/tls-secrets.ts';
import { webSockets } from '../../src/network/web-socket/web-socket.ts';
import { sipStreams } from '../../src/sip/framing/framing.ts';
import { SipMessage } from '../../src/sip/message.ts';
import { type Segment, TcpWire } from './tcp-wire.ts';
import type { Flight, Talk, Turn } from './tls-talk.ts';

export interface Said {
  /** `MESSAGE m1 30`: what, Call-ID, octets of the body. */
  readonly seen: string[];
  readonly transports: string[];
  /** Of packets with octets, all that occurred, in their own order. */
  readonly outcomes: OutcomeName[];
  readonly codes: string[];
}

export interface ReadingOptions {
  /** Else each flight is cut into segments of 1,460 octets. */
  readonly segments?: readonly Segment[];
  readonly heldInAll?: number;
  /** Else the key log of the talk. */
  readonly secrets?: readonly DecryptionSecrets[];
  /** Those that are found one by one, when more are looked for; there may always be more. */
  readonly later?: readonly string[];
}

export function read({ flights, keyLog }: Talk, options: ReadingOptions = {}): Said {
  const { segments = segmentsOf(flights, 1460), heldInAll = 1 << 20 } = options;
  const logged = (text: string): DecryptionSecrets => ({ type: TLS_KEY_LOG, data: Buffer.from(text) });
  const { later } = options;
  const blocks = [...(options.secrets ?? (later === undefined ? [logged(keyLog)] : []))];
  const left = [...(later ?? [])];
  const source = {
    secrets: blocks,
    lookAhead: () => void (left.length > 0 && blocks.push(logged(left.shift()!))),
    secretsGrow: later !== undefined,
  };
  const seen: string[] = [];
  const transports = new Set<string>();
  const message = new SipMessage();
  const wire = new TcpWire((self) => {
    const { ledger, onDiagnostic } = self;
    const common = { ledger, onDiagnostic };
    const onMessage = (payload: Parameters<SipMessage['read']>[0]): boolean => {
      if (!message.read(payload)) return false;
      seen.push(`${message.method || message.status} ${message.callId} ${message.body.length}`);
      transports.add(message.transport);
      return true;
    };
    const sip = sipStreams({ ...common, onMessage });
    const webSocket = webSockets({ ...common, onMessage });
    const open: OpenStream = (direction, carrier) =>
      carrier === 'tls'
        ? tls(direction, carrier)
        : carrier === 'web-socket'
          ? webSocket(direction)
          : sip(direction, carrier);
    const secrets = new TlsSecrets(source, onDiagnostic);
    const tls = tlsStreams({ ...common, openContent: open, secrets, heldInAll });
    return open;
  });
  for (const port of new Set(
    segments.map(({ from, fromPort, toPort }) => (from === 1 ? fromPort : toPort)!),
  )) {
    wire.send({ ...clientEnd(port), seq: 0, flags: 'S' }, { ...serverEnd(port), seq: 0, ack: 1, flags: 'S' });
  }
  wire.send(...segments).end();
  expect([wire.ledger.settled, wire.fates.includes(undefined)]).toEqual([wire.ledger.read, false]);
  const outcomes = wire.ledger.occurred().flatMap(([name]) => (name === 'empty' ? [] : [name]));
  return { seen, transports: [...transports], outcomes, codes: [...new Set(wire.codes)] };
}

/** The octets of each flight in segments of at most `size` octets, each acknowledging what came before it. */
export function segmentsOf(flights: readonly Flight[], size: number, port = 40_000): Segment[] {
  const segments: Segment[] = [];
  const next = { client: 1, server: 1 };
  for (const { fromClient, octets } of flights) {
    const [own, other] = fromClient ? (['client', 'server'] as const) : (['server', 'client'] as const);
    const ends = fromClient ? clientEnd(port) : serverEnd(port);
    for (let at = 0; at < octets.length; at += size) {
      const data = octets.subarray(at, at + size);
      segments.push({ ...ends, seq: next[own], ack: next[other], data });
      next[own] += data.length;
    }
  }
  return segments;
}

/** Copies of them, with octets changed: which segment, where in it, to what. */
export function damaged(
  segments: readonly Segment[],
  damage: readonly (readonly [index: number, at: number, octet: number])[],
): Segment[] {
  const copies = segments.map((segment) => ({ ...segment, data: Buffer.from(segment.data ?? '') }));
  for (const [index, at, octet] of damage) {
    const data = copies[index]?.data;
    if (data !== undefined && data.length > 0) data[at % data.length] = octet;
  }
  return copies;
}

function clientEnd(port: number): Omit<Segment, 'seq'> {
  return { from: 1, to: 2, fromPort: port, toPort: 5061 };
}

function serverEnd(port: number): Omit<Segment, 'seq'> {
  return { from: 2, to: 1, fromPort: 5061, toPort: port };
}

export function message(id: string, length: number): string {
  const head = [
    'MESSAGE sip:bob@example.com SIP/2.0',
    'Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1',
    'From: <sip:alice@example.com>;tag=1',
    'To: <sip:bob@example.com>',
    `Call-ID: m${id}`,
    'CSeq: 1 MESSAGE',
    `Content-Length: ${length}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${'x'.repeat(length)}`;
}

export function answer(id: string): string {
  return message(id, 0).replace('MESSAGE sip:bob@example.com SIP/2.0', 'SIP/2.0 200 OK');
}

export const TURNS: Turn[] = [
  { fromClient: true, text: message('1', 30) },
  { fromClient: false, text: answer('1') },
  { fromClient: true, text: message('2', 40_000) },
  { fromClient: false, text: answer('2') },
];
export const EXPECTED = ['MESSAGE m1 30', '200 m1 0', 'MESSAGE m2 40000', '200 m2 0'];
