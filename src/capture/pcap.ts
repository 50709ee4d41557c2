// Classic pcap: octets in, packets out. Walks the records behind the file header; the first record that cannot be
// believed ends the reading with one diagnostic. draft-ietf-opsawg-pcap §5.
import type { ByteWindow } from './byte-window.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import { longestPacket } from './link-type.ts';
import type { Packet } from './packet.ts';
import type { PcapHeader } from './pcap-header.ts';

export class PcapRecords {
  readonly header: PcapHeader;
  ended = false;

  private readonly window: ByteWindow;
  private readonly onDiagnostic: DiagnosticSink;
  private readonly headerLength: number;
  private readonly littleEndian: boolean;
  private readonly units: number;
  private readonly nanosecondsPerUnit: number;
  private readonly longest: number;
  private readonly capturedAt: number;
  private readonly originalAt: number;
  private readonly smallerIsCaptured: boolean;
  private oddFractionSeen = false;

  constructor(header: PcapHeader, window: ByteWindow, onDiagnostic: DiagnosticSink) {
    this.header = header;
    this.window = window;
    this.onDiagnostic = onDiagnostic;
    this.headerLength = header.recordHeaderLength;
    this.littleEndian = header.littleEndian;
    this.units = header.unitsPerSecond;
    this.nanosecondsPerUnit = 1e9 / header.unitsPerSecond;
    this.longest = longestPacket(header.iface.linkType);
    this.capturedAt = header.lengthOrder === 'original-first' ? 12 : 8;
    this.originalAt = 20 - this.capturedAt;
    this.smallerIsCaptured = header.lengthOrder === 'smaller-is-captured';
  }

  /** Fills `packet` with the next record; false when more octets are needed or there are no more records. */
  next(packet: Packet): boolean {
    const window = this.window;
    const headerLength = this.headerLength;
    const littleEndian = this.littleEndian;
    if (!window.need(headerLength)) return this.wait(headerLength);
    let captured = window.view.getUint32(window.pos + this.capturedAt, littleEndian);
    let original = window.view.getUint32(window.pos + this.originalAt, littleEndian);
    if (this.smallerIsCaptured && captured > original) [captured, original] = [original, captured];
    if (captured > this.longest) return this.refuse(captured);
    if (!window.need(headerLength + captured)) return this.wait(headerLength + captured);

    const at = window.pos;
    const fraction = window.view.getUint32(at + 4, littleEndian);
    packet.seconds = window.view.getUint32(at, littleEndian);
    if (fraction < this.units) packet.nanoseconds = fraction * this.nanosecondsPerUnit;
    else this.carryFraction(packet, fraction);
    packet.data = window.data;
    packet.start = at + headerLength;
    packet.end = at + headerLength + captured;
    packet.originalLength = original;
    packet.iface = this.header.iface;
    packet.offset = window.base + at;
    packet.recordStart = at;
    packet.recordEnd = packet.end;
    window.pos = packet.end;
    return true;
  }

  private wait(needed: number): false {
    const window = this.window;
    if (!window.closed) return false;
    this.ended = true;
    const left = window.end - window.pos;
    if (left > 0) {
      this.onDiagnostic({
        code: 'pcap/truncated-record',
        severity: 'warning',
        message: `the record at byte ${window.offset} is cut short by the end of the file: ${left} of ${needed} octets are there`,
        at: window.offset,
      });
    }
    return false;
  }

  private refuse(captured: number): false {
    this.ended = true;
    const { linkType } = this.header.iface;
    this.onDiagnostic({
      code: 'pcap/record-too-long',
      severity: 'warning',
      message:
        `the record at byte ${this.window.offset} claims ${captured} octets, more than any packet of link type ` +
        `${linkType} has (${this.longest}): what follows was not read`,
      at: this.window.offset,
    });
    return false;
  }

  /** A fraction of a whole second and more is carried over into the seconds. */
  private carryFraction(packet: Packet, fraction: number): void {
    packet.seconds += Math.floor(fraction / this.units);
    packet.nanoseconds = (fraction % this.units) * this.nanosecondsPerUnit;
    if (this.oddFractionSeen) return;
    this.oddFractionSeen = true;
    this.onDiagnostic({
      code: 'pcap/fraction-out-of-range',
      severity: 'warning',
      message: `the record at byte ${this.window.offset} has ${fraction} units of 1/${this.units} s as the fraction of its second`,
      at: this.window.offset,
    });
  }
}
