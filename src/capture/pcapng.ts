// pcapng: octets in, packets out. Walks blocks, keeps the sections with their interfaces, hands on every packet block.
// The first block whose length cannot be believed ends the reading with one diagnostic. draft-ietf-opsawg-pcapng.
import type { ByteWindow } from './byte-window.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import { longestPacket } from './link-type.ts';
import type { Packet } from './packet.ts';
import { Annotations } from './pcapng-annotation.ts';
import { BLOCK, BYTE_ORDER_MAGIC } from './pcapng-block.ts';
import { MICROSECONDS, PcapngInterface, readInterface } from './pcapng-interface.ts';
import { OPT_COMMENT, OPT_END, OPT_EPB_FLAGS, padded } from './pcapng-option.ts';

/** A block that is no packet, as it stands in the file: `data[start, end)`, valid during the call. */
export interface PcapngBlock {
  readonly type: number;
  readonly littleEndian: boolean;
  readonly data: Buffer;
  readonly start: number;
  readonly end: number;
  /** The interface that an Interface Description Block describes or an Interface Statistics Block is about. */
  readonly iface: PcapngInterface | undefined;
}

/** What must be known of a section to read one of its packets alone. */
export interface PcapngSection {
  /** Byte offset of the section header. */
  readonly offset: number;
  readonly littleEndian: boolean;
  readonly interfaces: PcapngInterface[];
}

export class PcapngBlocks {
  readonly annotations: Annotations;
  /** In the order of the file; the last is the one being read. */
  readonly sections: PcapngSection[] = [];
  ended = false;
  littleEndian = true;

  private readonly window: ByteWindow;
  private readonly onDiagnostic: DiagnosticSink;
  private readonly onBlock: ((block: PcapngBlock) => void) | undefined;
  private readonly said = new Set<string>();
  private interfaces: PcapngInterface[] = [];
  /** Of all the sections that are kept. */
  private keptInterfaces = 0;
  private lastSeconds = 0;
  private lastNanoseconds = 0;

  constructor(window: ByteWindow, onDiagnostic: DiagnosticSink, onBlock?: (block: PcapngBlock) => void) {
    this.window = window;
    this.onDiagnostic = onDiagnostic;
    this.onBlock = onBlock;
    this.annotations = new Annotations(onDiagnostic);
  }

  /** Goes on at `offset`, inside a section that was read before. */
  resume(section: PcapngSection, offset: number): void {
    this.interfaces = section.interfaces.filter((iface) => iface.offset < offset);
    this.littleEndian = section.littleEndian;
  }

  /** Fills `packet` with the next packet block; false when more octets are needed or there are no more packets. */
  next(packet: Packet): boolean {
    const window = this.window;
    for (;;) {
      if (!window.need(SMALLEST_BLOCK)) return this.wait(SMALLEST_BLOCK);
      const type = window.view.getUint32(window.pos, this.littleEndian);
      if (type === BLOCK.section && !this.readByteOrder()) return false;
      const littleEndian = this.littleEndian;
      let total = window.view.getUint32(window.pos + 4, littleEndian);
      if (total < SMALLEST_BLOCK || total > LONGEST_BLOCK) {
        if (!this.believes(type, total)) return this.refuse(total);
      }
      // Some writers leave the padding out of the length, but not out of the block.
      total = padded(total);
      if (!window.need(total)) return this.wait(total);
      const at = window.pos;
      const trailing = window.view.getUint32(at + total - 4, littleEndian);
      if (trailing !== total && padded(trailing) !== total) return this.mismatch(total, trailing);
      const isPacket =
        type === BLOCK.enhancedPacket
          ? this.readPacket(packet, at, total, window.view.getUint32(at + 8, littleEndian))
          : this.readOther(type, packet, at, total);
      window.pos = at + total;
      if (isPacket) return true;
      if (this.ended) return false;
    }
  }

  /** The fields of an Enhanced Packet Block, §4.3, and of its obsolete forerunner, which differ only in the interface. */
  private readPacket(packet: Packet, at: number, total: number, interfaceId: number): boolean {
    const { view, data } = this.window;
    const littleEndian = this.littleEndian;
    if (total < 32) return this.tooShort(at, total);
    const iface = this.interfaces[interfaceId] ?? this.unknownInterface(interfaceId);
    const captured = view.getUint32(at + 20, littleEndian);
    const blockEnd = at + total - 4;
    let end = at + 28 + captured;
    if (end > blockEnd) {
      this.packetTooLong(captured);
      end = blockEnd;
    }
    iface.stamp(packet, view.getUint32(at + 12, littleEndian), view.getUint32(at + 16, littleEndian));
    this.lastSeconds = packet.seconds;
    this.lastNanoseconds = packet.nanoseconds;
    packet.data = data;
    packet.start = at + 28;
    packet.end = end;
    packet.originalLength = view.getUint32(at + 24, littleEndian);
    packet.iface = iface;
    packet.offset = this.window.base + at;
    packet.recordStart = at;
    packet.recordEnd = at + total;
    const options = at + 28 + padded(end - at - 28);
    if (options + 4 <= blockEnd) this.readPacketOptions(packet, iface, options, blockEnd);
    return true;
  }

  private readPacketOptions(packet: Packet, iface: PcapngInterface, start: number, end: number): void {
    const { view, data } = this.window;
    const littleEndian = this.littleEndian;
    for (let at = start; at + 4 <= end; ) {
      const code = view.getUint16(at, littleEndian);
      const length = view.getUint16(at + 2, littleEndian);
      if (code === OPT_END || at + 4 + length > end) return;
      if (code === OPT_EPB_FLAGS && length === 4) {
        // §4.3.1: bits 5 to 8 are the octets of FCS, 0 when not said.
        const fcsLength = (view.getUint32(at + 4, littleEndian) >>> 5) & 0xf;
        if (fcsLength !== 0) packet.iface = iface.withFcsLength(fcsLength);
      } else if (code === OPT_COMMENT) {
        const commentEnd = at + 4 + padded(length);
        this.annotations.addComments('packet', packet.offset, data, view, at, commentEnd, littleEndian);
      }
      at += 4 + padded(length);
    }
  }

  /** §4.4: no time, no interface, no captured length: the first interface, and the time of the packet before. */
  private readSimplePacket(packet: Packet, at: number, total: number): boolean {
    const { view, data } = this.window;
    if (total < 16) return this.tooShort(at, total);
    const iface = this.interfaces[0] ?? this.unknownInterface(0);
    const original = view.getUint32(at + 8, this.littleEndian);
    const snapped = iface.snapLength === 0 ? original : Math.min(original, iface.snapLength);
    if (snapped > total - 16) this.packetTooLong(snapped);
    packet.seconds = this.lastSeconds;
    packet.nanoseconds = this.lastNanoseconds;
    packet.data = data;
    packet.start = at + 12;
    packet.end = at + 12 + Math.min(snapped, total - 16);
    packet.originalLength = original;
    packet.iface = iface;
    packet.offset = this.window.base + at;
    packet.recordStart = at;
    packet.recordEnd = at + total;
    return true;
  }

  /** Whatever is no Enhanced Packet Block; true when it is a packet all the same. */
  private readOther(type: number, packet: Packet, at: number, total: number): boolean {
    const { view, data } = this.window;
    const { annotations, littleEndian } = this;
    const offset = this.window.base + at;
    const body = at + 8;
    const end = at + total - 4;
    let iface: PcapngInterface | undefined;
    switch (type) {
      case BLOCK.simplePacket:
        return this.readSimplePacket(packet, at, total);
      case BLOCK.packet:
        return total < 32
          ? this.tooShort(at, total)
          : this.readPacket(packet, at, total, view.getUint16(at + 8, littleEndian));
      case BLOCK.section:
        if (!this.startSection(at, total)) return false;
        annotations.addComments('section', offset, data, view, at + 24, end, littleEndian);
        break;
      case BLOCK.interface:
        if (end - body < 8) return this.tooShort(at, total);
        iface = readInterface(data, view, body, end, littleEndian, this.interfaces.length, offset);
        this.addInterface(iface);
        annotations.addComments('interface', offset, data, view, body + 8, end, littleEndian);
        break;
      case BLOCK.nameResolution:
        annotations.addNames(data, view, body, end, littleEndian);
        break;
      case BLOCK.decryptionSecrets:
        annotations.addSecrets(data, view, body, end, littleEndian);
        break;
      case BLOCK.interfaceStatistics:
        annotations.addStatistics(view, body, end, littleEndian);
        if (end - body >= 4) iface = this.interfaces[view.getUint32(body, littleEndian)];
        break;
    }
    this.onBlock?.({ type, littleEndian, data, start: at, end: at + total, iface });
    return false;
  }

  /** §4.1: the byte-order magic behind the length tells the byte order of all that follows, the length included. */
  private readByteOrder(): boolean {
    const { view, pos } = this.window;
    const isLittle = view.getUint32(pos + 8, true) === BYTE_ORDER_MAGIC;
    if (isLittle || view.getUint32(pos + 8, false) === BYTE_ORDER_MAGIC) {
      this.littleEndian = isLittle;
      return true;
    }
    return this.stop(
      'byte-order',
      `the section header at byte ${this.window.offset} has no byte-order magic`,
    );
  }

  private startSection(at: number, total: number): boolean {
    if (total < 28) return this.tooShort(at, total);
    const major = this.window.view.getUint16(at + 12, this.littleEndian);
    const minor = this.window.view.getUint16(at + 14, this.littleEndian);
    if (major !== 1) {
      const where = `the section at byte ${this.window.offset}`;
      return this.stop('version', `${where} is of version ${major}.${minor}, which is not known`);
    }
    this.interfaces = [];
    this.forgetSections();
    this.sections.push({
      offset: this.window.base + at,
      littleEndian: this.littleEndian,
      interfaces: this.interfaces,
    });
    return true;
  }

  /** The oldest sections go when there are too many to keep: their packets cannot be read again one by one. */
  private forgetSections(): void {
    while (this.sections.length >= MOST_SECTIONS || this.keptInterfaces > MOST_INTERFACES) {
      this.keptInterfaces -= this.sections.shift()!.interfaces.length;
      this.sayOnce(
        'sections-forgotten',
        `more sections than can be kept for reading again (${MOST_SECTIONS})`,
      );
    }
  }

  private addInterface(iface: PcapngInterface): void {
    if (this.interfaces.length < MOST_INTERFACES) {
      this.interfaces.push(iface);
      this.keptInterfaces++;
    } else this.sayOnce('too-many-interfaces', `a section describes more than ${MOST_INTERFACES} interfaces`);
  }

  private unknownInterface(id: number): PcapngInterface {
    const message = `the packet at byte ${this.window.offset} is of interface ${id}, which its section does not describe`;
    this.sayOnce('unknown-interface', message);
    return UNKNOWN_INTERFACE;
  }

  private packetTooLong(captured: number): void {
    const message = `the packet at byte ${this.window.offset} claims ${captured} octets, more than its block holds`;
    this.sayOnce('packet-too-long', message);
  }

  private tooShort(at: number, total: number): false {
    const message = `the block at byte ${this.window.base + at} is too short for what it should hold (${total} octets)`;
    this.sayOnce('block-too-short', message);
    return false;
  }

  /** Only blocks of packets from link types with long packets may be longer than any other block. */
  private believes(type: number, total: number): boolean {
    if (type !== BLOCK.enhancedPacket || total < SMALLEST_BLOCK) return false;
    const iface = this.interfaces[this.window.view.getUint32(this.window.pos + 8, this.littleEndian)];
    return iface !== undefined && total <= longestPacket(iface.linkType) + LONGEST_BLOCK;
  }

  private refuse(total: number): false {
    const where = `the block at byte ${this.window.offset}`;
    return this.stop(
      'block-length',
      `${where} claims ${total} octets, which cannot be: what follows was not read`,
    );
  }

  private mismatch(total: number, trailing: number): false {
    const where = `the block at byte ${this.window.offset}`;
    const lengths = `its length is ${total} at its start and ${trailing} at its end`;
    return this.stop('block-length-mismatch', `${where} is damaged: ${lengths}; what follows was not read`);
  }

  private wait(needed: number): false {
    const window = this.window;
    if (!window.closed) return false;
    const left = window.end - window.pos;
    this.ended = true;
    if (left === 0) return false;
    const where = `the block at byte ${window.offset} is cut short by the end of the file`;
    return this.stop('truncated-block', `${where}: ${left} of ${needed} octets are there`);
  }

  private stop(what: string, message: string): false {
    this.ended = true;
    this.sayOnce(what, message);
    return false;
  }

  /** Damage that can come again with every block is said when it comes first. */
  private sayOnce(what: string, message: string): void {
    if (this.said.has(what)) return;
    this.said.add(what);
    this.onDiagnostic({ code: `pcapng/${what}`, severity: 'warning', message, at: this.window.offset });
  }
}

const SMALLEST_BLOCK = 12;
const LONGEST_BLOCK = 16 * 1024 * 1024;
const MOST_SECTIONS = 1000;
const MOST_INTERFACES = 65_536;
/** For packets whose interface is not described: no link type has this number, so nothing is guessed. */
const UNKNOWN_INTERFACE = new PcapngInterface({
  id: -1,
  linkType: -1,
  snapLength: 0,
  fcsLength: 0,
  resolution: MICROSECONDS,
  offsetSeconds: 0,
  offset: 0,
});
