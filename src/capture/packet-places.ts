// Numbers of packets over a set of captures → which capture each came from, and its number there. An octet a packet (two beyond
// 256 captures), and a count now and then, since a set may have millions.

export interface PacketPlace {
  /** Index of the capture in the set. */
  readonly source: number;
  /** 1-based, as other programs number the packets of that capture. */
  readonly frame: number;
}

export class PacketPlaces {
  private readonly counts: number[];
  private sources: Uint8Array | Uint16Array;
  private size = 0;
  /** How many packets of each capture came before every so many. */
  private readonly marks: Uint32Array[] = [];

  constructor(captures: number) {
    this.counts = new Array<number>(captures).fill(0);
    this.sources = captures > 256 ? new Uint16Array(FIRST) : new Uint8Array(FIRST);
  }

  /** The next packet of the set. */
  add(source: number): void {
    if (this.size === this.sources.length) this.grow();
    if (this.size % EVERY === 0) this.marks.push(Uint32Array.from(this.counts));
    this.sources[this.size++] = source;
    this.counts[source]++;
  }

  /** `frame`: 1-based, over the set. Undefined for what did not come. */
  of(frame: number): PacketPlace | undefined {
    if (!(frame >= 1 && frame <= this.size)) return undefined;
    const at = frame - 1;
    const source = this.sources[at];
    const mark = Math.floor(at / EVERY);
    let count = this.marks[mark][source];
    for (let i = mark * EVERY; i <= at; i++) if (this.sources[i] === source) count++;
    return { source, frame: count };
  }

  private grow(): void {
    const { sources } = this;
    const more =
      sources instanceof Uint8Array ? new Uint8Array(2 * this.size) : new Uint16Array(2 * this.size);
    more.set(sources);
    this.sources = more;
  }
}

const FIRST = 1024;
const EVERY = 4096;
