// TCP segments for tests: made from sequence numbers and octets, read by a reassembler whose ledger checks itself.
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import { Packet } from '../../src/capture/packet.ts';
import { EndpointTable } from '../../src/network/endpoint-table.ts';
import { OUTCOMES, OutcomeLedger, type OutcomeName } from '../../src/network/outcome.ts';
import { TcpReassembler } from '../../src/network/tcp/tcp.ts';
import type { OpenStream } from '../../src/network/tcp/tcp-consumer.ts';
import type { TcpLimits } from '../../src/network/tcp/tcp-options.ts';

export interface Segment {
  readonly from?: number;
  readonly to?: number;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly seq: number;
  readonly ack?: number;
  /** Of `S` `A` `F` `R`. */
  readonly flags?: string;
  readonly data?: Buffer | string;
  readonly missing?: number;
  readonly id?: number;
  readonly seconds?: number;
  readonly frames?: readonly number[];
  readonly version?: 4 | 6;
}

export class TcpWire {
  readonly outcomes: (OutcomeName | undefined)[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly ledger = new OutcomeLedger((frame, outcome) => {
    if (this.outcomes[frame] !== undefined) throw new Error(`packet ${frame} settles twice`);
    this.outcomes[frame] = OUTCOMES[outcome]!;
  });
  readonly onDiagnostic = (diagnostic: Diagnostic): void => {
    this.diagnostics.push(diagnostic);
  };
  private readonly tcp: TcpReassembler;
  private frame = 0;
  private id = 0;

  constructor(open: (wire: TcpWire) => OpenStream, limits: Partial<TcpLimits> = {}) {
    this.tcp = new TcpReassembler({
      ledger: this.ledger,
      onDiagnostic: this.onDiagnostic,
      endpoints: new EndpointTable(),
      openStream: open(this),
      limits,
    });
  }

  /** Sends segments, each in a packet of its own; A (192.0.2.1:5060) to B (192.0.2.2:5060) unless they say otherwise. */
  send(...segments: Segment[]): this {
    for (const segment of segments) this.one(segment);
    return this;
  }

  end(): this {
    this.tcp.end();
    return this;
  }

  tick(seconds: number): this {
    this.tcp.tick(seconds);
    return this;
  }

  /** The outcomes of all packets, in order. */
  get fates(): (OutcomeName | undefined)[] {
    return Array.from({ length: this.frame }, (_, index) => this.outcomes[index + 1]);
  }

  get codes(): string[] {
    return this.diagnostics.map(({ code }) => code);
  }

  /** So many packets that are fragments of the next segment. */
  skip(packets: number): this {
    this.frame += packets;
    this.ledger.read += packets;
    return this;
  }

  /** A segment of `size` octets whose data offset is `offset`, all else 0. */
  header(offset: number, size = 20, missing = 0): this {
    const data = Buffer.alloc(8 + size);
    if (size > 12) data[8 + 12] = offset;
    const packet = new Packet();
    packet.frame = ++this.frame;
    this.ledger.read++;
    this.tcp.segment(packet, data, 4, 0, 4, 8, data.length, missing, 0, null);
    return this;
  }

  private one(segment: Segment): void {
    const { version = 4, seq, ack, flags = '', missing = 0, frames } = segment;
    const size = version === 4 ? 4 : 16;
    const payload = Buffer.from(segment.data ?? '');
    // Octets around the segment show whether anything is read outside of it.
    const data = Buffer.alloc(
      AROUND + 2 * size + 20 + payload.length + AROUND,
      'INVITE sip:out@side SIP/2.0\r\n\r\n',
    );
    const address = (at: number, host: number): void => {
      data.fill(0, at, at + size);
      data.writeUInt32BE(0xc0000200 + host, at + size - 4);
    };
    address(AROUND, segment.from ?? 1);
    address(AROUND + size, segment.to ?? 2);
    const start = AROUND + 2 * size;
    data.fill(0, start, start + 20);
    data.writeUInt16BE(segment.fromPort ?? 5060, start);
    data.writeUInt16BE(segment.toPort ?? 5060, start + 2);
    data.writeUInt32BE(seq >>> 0, start + 4);
    data.writeUInt32BE((ack ?? 0) >>> 0, start + 8);
    data[start + 12] = 5 << 4;
    for (const flag of flags + (ack === undefined ? '' : 'A')) data[start + 13] |= FLAGS[flag]!;
    payload.copy(data, start + 20);
    const packet = new Packet();
    this.frame++;
    packet.frame = this.frame;
    packet.seconds = segment.seconds ?? 0;
    packet.nanoseconds = this.frame;
    packet.data = data;
    this.ledger.read++;
    const id = segment.id ?? ++this.id & 0xffff;
    this.tcp.segment(
      packet,
      data,
      version,
      AROUND,
      AROUND + size,
      start,
      start + 20 + payload.length,
      missing,
      id,
      frames ?? null,
    );
  }
}

const AROUND = 32;
const FLAGS: Record<string, number> = { F: 1, S: 2, R: 4, A: 16 };
