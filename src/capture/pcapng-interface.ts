// An interface of a pcapng section: Interface Description Block in, how its packets' time stamps are read.
// draft-ietf-opsawg-pcapng §4.2.
import type { CaptureInterface, Packet } from './packet.ts';
import { optionText, readOptions } from './pcapng-option.ts';

export class PcapngInterface implements CaptureInterface {
  readonly id: number;
  readonly linkType: number;
  readonly snapLength: number;
  readonly fcsLength: number;
  readonly name?: string;
  readonly description?: string;
  /** Units of the time stamps in a second, as if_tsresol says: 10^n, or 2^n with the top bit set. */
  readonly resolution: number;
  /** Seconds to add to every time stamp. */
  readonly offsetSeconds: number;
  /** Byte offset of the block that describes it. */
  readonly offset: number;
  /** The interface as its block describes it; itself, unless a packet said another FCS length. */
  readonly described: PcapngInterface;

  private readonly divisor: number;
  private readonly nanosecondsPerUnit: number;
  private readonly variants = new Map<number, PcapngInterface>();

  constructor(fields: InterfaceFields) {
    this.id = fields.id;
    this.linkType = fields.linkType;
    this.snapLength = fields.snapLength;
    this.fcsLength = fields.fcsLength;
    if (fields.name !== undefined) this.name = fields.name;
    if (fields.description !== undefined) this.description = fields.description;
    this.resolution = fields.resolution;
    this.offsetSeconds = fields.offsetSeconds;
    this.offset = fields.offset;
    this.described = fields.described ?? this;
    const exponent = fields.resolution & 0x7f;
    const isBinary = (fields.resolution & 0x80) !== 0;
    const exact = isBinary ? exponent <= MOST_BINARY : exponent <= 9;
    this.divisor = exact ? (isBinary ? 2 : 10) ** exponent : 0;
    this.nanosecondsPerUnit = isBinary ? 0 : 10 ** (9 - exponent);
  }

  /** Sets the packet's time from the two halves of a time stamp; exact to the nanosecond, what is finer is cut off. */
  stamp(packet: Packet, high: number, low: number): void {
    const divisor = this.divisor;
    if (divisor === 0) {
      this.stampSlowly(packet, high, low);
      return;
    }
    // Long division with 16-bit digits: no intermediate value reaches 2^53.
    const first = Math.floor(high / divisor);
    const upper = (high - first * divisor) * 65536 + (low >>> 16);
    const second = Math.floor(upper / divisor);
    const lower = (upper - second * divisor) * 65536 + (low & 0xffff);
    const third = Math.floor(lower / divisor);
    const rest = lower - third * divisor;
    packet.seconds = first * 4294967296 + second * 65536 + third + this.offsetSeconds;
    packet.nanoseconds =
      this.nanosecondsPerUnit === 0 ? Math.floor((rest * 1e9) / divisor) : rest * this.nanosecondsPerUnit;
  }

  /** epb_flags can say another FCS length for one packet: the interface as that packet sees it. */
  withFcsLength(fcsLength: number): PcapngInterface {
    if (fcsLength === this.fcsLength) return this;
    let variant = this.variants.get(fcsLength);
    if (variant === undefined) {
      variant = new PcapngInterface({ ...this, fcsLength });
      this.variants.set(fcsLength, variant);
    }
    return variant;
  }

  private stampSlowly(packet: Packet, high: number, low: number): void {
    const units = (BigInt(high) << 32n) | BigInt(low);
    const base = (this.resolution & 0x80) !== 0 ? 2n : 10n;
    const divisor = base ** BigInt(this.resolution & 0x7f);
    packet.seconds = Number(units / divisor) + this.offsetSeconds;
    packet.nanoseconds = Number(((units % divisor) * 1_000_000_000n) / divisor);
  }
}

/** Reads the body `view[start, end)` of the block at `offset`: link type, snap length, options. */
export function readInterface(
  data: Buffer,
  view: DataView,
  start: number,
  end: number,
  littleEndian: boolean,
  id: number,
  offset: number,
): PcapngInterface {
  let fcsLength = 0;
  let resolution = MICROSECONDS;
  let offsetSeconds = 0;
  const text: { name?: string; description?: string } = {};
  for (const option of readOptions(view, start + 8, end, littleEndian)) {
    const length = option.end - option.start;
    if (option.code === IF_NAME) text.name = optionText(data, option);
    else if (option.code === IF_DESCRIPTION) text.description = optionText(data, option);
    else if (option.code === IF_TSRESOL && length === 1) resolution = data[option.start];
    else if (option.code === IF_FCSLEN && length === 1) fcsLength = octetsOfFcs(data[option.start]);
    else if (option.code === IF_TSOFFSET && length === 8)
      offsetSeconds = safeNumber(view.getBigInt64(option.start, littleEndian));
  }
  return new PcapngInterface({
    id,
    linkType: view.getUint16(start, littleEndian),
    snapLength: view.getUint32(start + 4, littleEndian),
    fcsLength,
    resolution,
    offsetSeconds,
    offset,
    ...text,
  });
}

interface InterfaceFields extends CaptureInterface {
  readonly described?: PcapngInterface;
  readonly resolution: number;
  readonly offsetSeconds: number;
  readonly offset: number;
}

/** The draft has said bits and octets at different times: 16 and 32 can only be bits. */
function octetsOfFcs(value: number): number {
  return value === 16 || value === 32 ? value / 8 : value;
}

/** An offset beyond any time there is is no offset. */
function safeNumber(value: bigint): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : 0;
}

/** if_tsresol when it is not given. */
export const MICROSECONDS = 6;

const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_FCSLEN = 13;
const IF_TSOFFSET = 14;
/** Up to here the fraction times 10^9 stays below 2^53. */
const MOST_BINARY = 23;
