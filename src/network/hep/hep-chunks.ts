// The chunks of a HEP3 packet → where the value of each type lies; one object is used again for every packet. Of a type that
// comes twice the first counts; those of vendors (other than 0, which the specification keeps to itself) are skipped.

export class HepChunks {
  data: Buffer = Buffer.alloc(0);
  /** Of each type where its value begins and ends, and where it would end had the capture not cut it; 0 when absent. */
  private readonly table = new Int32Array(TYPES * FIELDS);

  /** Notes those of `data[at, limit)`, of which there is as much as `end` allows. False: a length cannot be. */
  read(data: Buffer, at: number, limit: number, end: number): boolean {
    const { table } = this;
    this.data = data;
    table.fill(0);
    for (let chunk = at; chunk < limit; ) {
      if (chunk + HEADER > limit) return false;
      if (chunk + HEADER > end) return true;
      const length = (data[chunk + 4] << 8) | data[chunk + 5];
      const next = chunk + length;
      if (length < HEADER || next > limit) return false;
      const type = (data[chunk + 2] << 8) | data[chunk + 3];
      const isGeneric = data[chunk] === 0 && data[chunk + 1] === 0 && type < TYPES;
      if (isGeneric && table[type * FIELDS] === 0) {
        table[type * FIELDS] = chunk + HEADER;
        table[type * FIELDS + 1] = Math.min(next, end);
        table[type * FIELDS + 2] = next;
      }
      chunk = next;
    }
    return true;
  }

  start(type: number): number {
    return this.table[type * FIELDS];
  }

  /** Octets of the value that are there; -1 without such a chunk. */
  size(type: number): number {
    const start = this.start(type);
    return start === 0 ? -1 : this.table[type * FIELDS + 1] - start;
  }

  isCut(type: number): boolean {
    return this.table[type * FIELDS + 1] < this.table[type * FIELDS + 2];
  }

  /** The value as an unsigned number of `size` octets; `absent` when it has another size. */
  number(type: number, size: number, absent: number): number {
    return this.size(type) === size ? this.data.readUIntBE(this.start(type), size) : absent;
  }

  /** The value as text, of a long one the beginning: what is missing of it, or was cut, is a `…`. '' without such a chunk. */
  text(type: number): string {
    const size = this.size(type);
    if (size < 0) return '';
    const start = this.start(type);
    if (size <= LONGEST && !this.isCut(type)) return this.data.toString('utf8', start, start + size);
    let end = start + Math.min(size, LONGEST);
    // Not in the middle of a character: its further octets begin with the bits 10.
    for (let back = 0; back < 3 && end > start && (this.data[end] & 0xc0) === 0x80; back++) end--;
    return `${this.data.toString('utf8', start, end)}…`;
  }

  copy(type: number, to: Buffer, at: number): void {
    this.data.copy(to, at, this.start(type), this.table[type * FIELDS + 1]);
  }
}

const HEADER = 6;
/** Beyond the types that are asked for. */
const TYPES = 20;
const FIELDS = 3;
/** Octets of a text: identifiers of calls and names are shorter. */
const LONGEST = 256;
