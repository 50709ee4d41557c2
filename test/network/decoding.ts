// Packets → all that the network stage makes of them, in plain objects that compare whole.
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import { Packet } from '../../src/capture/packet.ts';
import { NetworkDecoder } from '../../src/network/decoder.ts';
import { OUTCOMES, OutcomeLedger } from '../../src/network/outcome.ts';
import type { HepFacts } from '../../src/network/passage.ts';
import type { StreamConsumer } from '../../src/network/tcp/tcp-consumer.ts';
import { OPTIONS } from './octets.ts';

export interface Sent {
  readonly octets: Uint8Array;
  readonly linkType?: number;
  readonly fcsLength?: number;
  /** Milliseconds of capture time. */
  readonly at?: number;
  readonly originalLength?: number;
}

export interface Seen {
  readonly text: string;
  readonly transport: string;
  readonly src: string;
  readonly dst: string;
  readonly frame: number;
  readonly frames: readonly number[] | null;
  readonly duplicateOf: number;
  readonly truncated: boolean;
  readonly tunnel: string | null;
  readonly hep: HepFacts | null;
  /** Milliseconds of capture time. */
  readonly at: number;
}

export class Decoding {
  readonly datagrams: Seen[] = [];
  /** What the streams of TCP gave, in one text. */
  stream = '';
  /** Outcome names by frame, from 1 on. */
  readonly outcomes: string[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly ledger = new OutcomeLedger((frame, outcome) => {
    if (this.outcomes[frame - 1] !== undefined) throw new Error(`packet ${frame} settled twice`);
    this.outcomes[frame - 1] = OUTCOMES[outcome];
  });
  private readonly packet = new Packet();
  private readonly decoder = new NetworkDecoder(
    {
      datagram: (payload) => {
        this.datagrams.push({
          text: payload.data.toString('latin1', payload.start, payload.end),
          transport: payload.transport,
          src: payload.src.text,
          dst: payload.dst.text,
          frame: payload.frame,
          frames: payload.frames === null ? null : [...payload.frames],
          duplicateOf: payload.duplicateOf,
          truncated: payload.truncated,
          tunnel: payload.passage?.tunnel ?? null,
          hep: payload.passage?.hep ?? null,
          at: payload.seconds * 1000 + payload.nanoseconds / 1e6,
        });
        return !payload.data.toString('latin1', payload.start, payload.end).includes('unusable');
      },
      openStream: () => this.consumer(),
    },
    { ledger: this.ledger, onDiagnostic: (diagnostic) => this.diagnostics.push(diagnostic) },
  );

  /** The packet's buffer is overwritten afterwards, as a capture reader does. */
  send({ octets, linkType = 1, fcsLength = 0, at = 0, originalLength = octets.length }: Sent): this {
    const { packet } = this;
    const margin = 5;
    packet.data = Buffer.alloc(octets.length + 2 * margin, 0x49);
    packet.data.set(octets, margin);
    packet.frame++;
    packet.start = margin;
    packet.end = margin + octets.length;
    packet.originalLength = originalLength;
    packet.seconds = Math.floor(at / 1000);
    packet.nanoseconds = Math.round((at % 1000) * 1e6);
    packet.iface = { id: 0, linkType, snapLength: 0, fcsLength };
    this.decoder.packet(packet);
    packet.data.fill(0xee);
    return this;
  }

  end(): this {
    this.decoder.end();
    return this;
  }

  get codes(): string[] {
    return this.diagnostics.map(({ code }) => code);
  }

  private consumer(): StreamConsumer {
    return {
      data: (payload, more) => {
        this.stream += payload.data.toString('latin1', payload.start, payload.end);
        if (!more) for (const frame of payload.frames ?? [payload.frame]) this.ledger.settle(frame, 0);
        return true;
      },
      gap() {},
      end() {},
    };
  }
}

/** All packets, then the end. */
export function decode(...packets: (Sent | Uint8Array)[]): Decoding {
  const decoding = new Decoding();
  for (const packet of packets) decoding.send(packet instanceof Uint8Array ? { octets: packet } : packet);
  return decoding.end();
}

/** What one packet that carries OPTIONS from octets.ts gives. */
export function seenOptions(over: Partial<Seen> = {}): Seen {
  return {
    text: OPTIONS_TEXT,
    transport: 'udp',
    src: '10.0.0.1:5060',
    dst: '10.0.0.2:5060',
    frame: 1,
    frames: null,
    duplicateOf: 0,
    truncated: false,
    tunnel: null,
    hep: null,
    at: 0,
    ...over,
  };
}

const OPTIONS_TEXT = OPTIONS.toString('latin1');
