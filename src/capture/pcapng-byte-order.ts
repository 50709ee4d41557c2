// A pcapng block of a big-endian section in, the same block for a little-endian section out. Numbers are turned round,
// text and octets stay; unknown options are taken for octets. draft-ietf-opsawg-pcapng §3.5, §4.
import { BLOCK } from './pcapng-block.ts';
import { padded, readOptions } from './pcapng-option.ts';

/** A copy of the block `data[start, end)` in little endian; undefined where its fields are not known or not all there. */
export function blockInLittleEndian(
  data: Buffer,
  start: number,
  end: number,
  littleEndian: boolean,
): Buffer | undefined {
  const block = Buffer.from(data.subarray(start, end));
  if (littleEndian) return block;
  const layout = LAYOUTS.get(block.readUInt32BE(0));
  if (layout === undefined || block.length < 12 + sum(layout.fields)) return undefined;
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const bodyEnd = block.length - 4;
  const optionsAt = layout.optionsAt(view, bodyEnd);
  for (const { code, start: from, end: to } of readOptions(view, optionsAt, bodyEnd, false)) {
    const widths = CUSTOM_OPTIONS.has(code) ? ENTERPRISE_NUMBER : layout.options.get(code);
    if (widths !== undefined) turn(block, from, Math.min(to, bodyEnd), widths);
  }
  // Heads are turned after they have led to the values.
  turnHeads(view, optionsAt, bodyEnd);
  layout.records?.(view, bodyEnd);
  turn(block, 8, bodyEnd, layout.fields);
  turn(block, 0, 8, [4, 4]);
  turn(block, bodyEnd, block.length, [4]);
  return block;
}

interface Layout {
  /** Widths of the numbers at the beginning of the body. */
  readonly fields: readonly number[];
  readonly optionsAt: (view: DataView, end: number) => number;
  /** Widths of the numbers in options that hold numbers. */
  readonly options: ReadonlyMap<number, readonly number[]>;
  readonly records?: (view: DataView, end: number) => void;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

function turn(block: Buffer, start: number, end: number, widths: readonly number[]): void {
  let at = start;
  for (const width of widths) {
    if (at + width > end) return;
    block.subarray(at, at + width).reverse();
    at += width;
  }
}

/** Turns the type and length before each value, up to an end marker. */
function turnHeads(view: DataView, start: number, end: number): void {
  for (let at = start; at + 4 <= end; ) {
    const type = view.getUint16(at, false);
    const length = view.getUint16(at + 2, false);
    if (at + 4 + length > end) return;
    view.setUint16(at, type, true);
    view.setUint16(at + 2, length, true);
    if (type === 0) return;
    at += 4 + padded(length);
  }
}

function endOfNames(view: DataView, end: number): number {
  for (let at = 8; at + 4 <= end; ) {
    const type = view.getUint16(at, false);
    at += 4 + padded(view.getUint16(at + 2, false));
    if (type === 0) return at;
  }
  return end;
}

const afterPacket = (view: DataView): number => 28 + padded(view.getUint32(20, false));

const NO_OPTIONS: ReadonlyMap<number, readonly number[]> = new Map();
const PACKET_OPTIONS: ReadonlyMap<number, readonly number[]> = new Map([
  [2, [4]], // epb_flags
  [4, [8]], // epb_dropcount
  [5, [8]], // epb_packetid
  [6, [4]], // epb_queue
]);
const INTERFACE_OPTIONS: ReadonlyMap<number, readonly number[]> = new Map([
  [8, [8]], // if_speed
  [10, [4]], // if_tzone
  [14, [8]], // if_tsoffset
  [16, [8]], // if_txspeed
  [17, [8]], // if_rxspeed
]);
const STATISTICS_OPTIONS: ReadonlyMap<number, readonly number[]> = new Map([
  [2, [4, 4]], // isb_starttime, high and low
  [3, [4, 4]], // isb_endtime
  [4, [8]],
  [5, [8]],
  [6, [8]],
  [7, [8]],
  [8, [8]],
]);

const LAYOUTS: ReadonlyMap<number, Layout> = new Map<number, Layout>([
  [BLOCK.interface, { fields: [2, 2, 4], optionsAt: () => 16, options: INTERFACE_OPTIONS }],
  [BLOCK.enhancedPacket, { fields: [4, 4, 4, 4, 4], optionsAt: afterPacket, options: PACKET_OPTIONS }],
  [BLOCK.packet, { fields: [2, 2, 4, 4, 4, 4], optionsAt: afterPacket, options: PACKET_OPTIONS }],
  [BLOCK.interfaceStatistics, { fields: [4, 4, 4], optionsAt: () => 20, options: STATISTICS_OPTIONS }],
  [
    BLOCK.nameResolution,
    {
      fields: [],
      optionsAt: endOfNames,
      options: NO_OPTIONS,
      records: (view, end) => turnHeads(view, 8, end),
    },
  ],
  [
    BLOCK.decryptionSecrets,
    {
      fields: [4, 4],
      optionsAt: (view, end) => Math.min(16 + padded(view.getUint32(12, false)), end),
      options: NO_OPTIONS,
    },
  ],
]);
/** opt_custom in its four forms begins with a Private Enterprise Number. */
const CUSTOM_OPTIONS: ReadonlySet<number> = new Set([2988, 2989, 19372, 19373]);
const ENTERPRISE_NUMBER = [4];
