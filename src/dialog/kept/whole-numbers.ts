// Whole numbers as few octets: seven bits of each octet are of the number, the lowest first, the eighth says whether more follow.
// Most that is kept of a message is small.

/** Writes to a buffer of its own, which grows. */
export class NumberWriter {
  octets = Buffer.from(new ArrayBuffer(FIRST_ROOM));
  used = 0;

  clear(): void {
    this.used = 0;
  }

  /** Not below 0, and whole. */
  write(value: number): void {
    if (this.used + LONGEST > this.octets.length) this.grow();
    const { octets } = this;
    let at = this.used;
    let rest = value;
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) octets[at++] = (rest % 128) | 128;
    for (; rest > 127; rest >>>= 7) octets[at++] = (rest & 127) | 128;
    octets[at++] = rest;
    this.used = at;
  }

  /** Whole, also below 0. */
  writeSigned(value: number): void {
    this.write(value < 0 ? -2 * value - 1 : 2 * value);
  }

  writeDouble(value: number): void {
    if (this.used + LONGEST > this.octets.length) this.grow();
    this.used = this.octets.writeDoubleLE(value, this.used);
  }

  private grow(): void {
    const larger = Buffer.from(new ArrayBuffer(2 * this.octets.length));
    this.octets.copy(larger, 0, 0, this.used);
    this.octets = larger;
  }
}

/** Reads what was written, in the same order. */
export class NumberReader {
  at: number;
  private readonly octets: Buffer;

  constructor(octets: Buffer, at: number) {
    this.octets = octets;
    this.at = at;
  }

  read(): number {
    const { octets } = this;
    let octet = octets[this.at++];
    let value = octet & 127;
    for (let shift = 7; octet > 127; shift += 7) {
      if (shift === LOW_BITS) return this.readRest(value);
      octet = octets[this.at++];
      value |= (octet & 127) << shift;
    }
    return value;
  }

  readSigned(): number {
    const value = this.read();
    if (value <= 0x7fffffff) return (value >>> 1) ^ -(value & 1);
    const half = Math.floor(value / 2);
    return whole(2 * half === value ? half : -half - 1);
  }

  /** The octets of a number beyond those of `low`. Apart, so that most reading knows 32 bits only. */
  private readRest(low: number): number {
    const { octets } = this;
    let high = 0;
    for (let shift = 0, octet = 128; octet > 127; shift += 7) {
      octet = octets[this.at++];
      high |= (octet & 127) << shift;
    }
    return high < 8 ? low | (high << LOW_BITS) : high * 2 ** LOW_BITS + low;
  }

  readDouble(): number {
    const value = this.octets.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }
}

/** To the engine a number that was a fraction on the way is one in eight octets of its own wherever it is kept, unless it is told. */
function whole(value: number): number {
  const small = value | 0;
  return small === value ? small : value;
}

const FIRST_ROOM = 1024;
/** Bits in as many octets as 32 bits hold whole. */
const LOW_BITS = 28;
/** Octets of the largest whole number. */
const LONGEST = 8;
