// Captures built octet by octet, for tests: both byte orders, every block.

export interface Endian {
  u16(...values: number[]): Buffer;
  u32(...values: number[]): Buffer;
  u64(...values: bigint[]): Buffer;
}

function endian(isLittle: boolean): Endian {
  const numbers = (width: number, values: readonly (number | bigint)[]): Buffer => {
    const octets = Buffer.alloc(width * values.length);
    values.forEach((value, index) => {
      let rest = BigInt.asUintN(64, BigInt(value));
      for (let i = 0; i < width; i++, rest >>= 8n) {
        octets[index * width + (isLittle ? i : width - 1 - i)] = Number(rest & 0xffn);
      }
    });
    return octets;
  };
  return {
    u16: (...values) => numbers(2, values),
    u32: (...values) => numbers(4, values),
    u64: (...values) => numbers(8, values),
  };
}

export const LE = endian(true);
export const BE = endian(false);

export interface PcapOptions {
  readonly e?: Endian;
  readonly magic?: number;
  readonly major?: number;
  readonly minor?: number;
  readonly snapLength?: number;
  readonly link?: number;
}

export function pcapHeader({
  e = LE,
  magic = 0xa1b2c3d4,
  major = 2,
  minor = 4,
  snapLength = 65535,
  link = 1,
}: PcapOptions = {}): Buffer {
  return Buffer.concat([e.u32(magic), e.u16(major, minor), e.u32(0, 0, snapLength, link)]);
}

export function pcapRecord(
  data: Buffer,
  { e = LE, seconds = 1_700_000_000, fraction = 0, original = data.length, extra = Buffer.alloc(0) } = {},
): Buffer {
  return Buffer.concat([e.u32(seconds, fraction, data.length, original), extra, data]);
}

export function pad(octets: Buffer): Buffer {
  return Buffer.concat([octets, Buffer.alloc(-octets.length & 3)]);
}

export function block(type: number, body: Buffer, e: Endian = LE): Buffer {
  const total = e.u32(12 + body.length);
  return Buffer.concat([e.u32(type), total, body, total]);
}

export function option(code: number, value: Buffer | string, e: Endian = LE): Buffer {
  const octets = Buffer.from(value);
  return Buffer.concat([e.u16(code, octets.length), pad(octets)]);
}

/** Options with their end marker; nothing when there are none. */
export function options(list: readonly Buffer[]): Buffer {
  return list.length === 0 ? Buffer.alloc(0) : Buffer.concat([...list, Buffer.alloc(4)]);
}

export function section(e: Endian = LE, list: readonly Buffer[] = [], length = -1n): Buffer {
  return block(0x0a0d0d0a, Buffer.concat([e.u32(0x1a2b3c4d), e.u16(1, 0), e.u64(length), options(list)]), e);
}

export function iface(
  e: Endian = LE,
  { link = 1, snapLength = 0, list = [] }: { link?: number; snapLength?: number; list?: Buffer[] } = {},
): Buffer {
  return block(1, Buffer.concat([e.u16(link, 0), e.u32(snapLength), options(list)]), e);
}

export function enhanced(
  data: Buffer,
  {
    e = LE,
    id = 0,
    time = 1_700_000_000_000_000n,
    original = data.length,
    list = [],
  }: { e?: Endian; id?: number; time?: bigint; original?: number; list?: Buffer[] } = {},
): Buffer {
  const high = Number(time >> 32n);
  const low = Number(time & 0xffffffffn);
  const fields = e.u32(id, high, low, data.length, original);
  return block(6, Buffer.concat([fields, pad(data), options(list)]), e);
}
