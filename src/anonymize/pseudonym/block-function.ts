// The pseudorandom function that pseudonyms are made with: a sequence of octets in, for each of them a number that depends on all
// before it and not on it. AES-128 over blocks of (kind, how many, these octets); what is longer than a block holds is chained.
import { tlsCrypto } from '../../network/tls/tls-crypto.ts';

export class BlockFunction {
  /** How many octets may be put before the next run. */
  readonly room = ROOM;
  private readonly cipher: import('node:crypto').Cipheriv;
  /** One more than there is room for: what a whole block of octets comes to is where the next one starts from. */
  private readonly blocks = Buffer.from(new ArrayBuffer(BLOCK * (ROOM + 1)));
  private readonly blockWords = new Int32Array(this.blocks.buffer);
  private readonly block = Buffer.from(new ArrayBuffer(BLOCK));
  private readonly words = new Int32Array(this.block.buffer);
  private numbered: Buffer = this.blocks;
  private count = 0;
  private kind = 0;

  /** 16 octets. */
  constructor(key: Buffer) {
    this.cipher = tlsCrypto().createCipheriv('aes-128-ecb', key, null);
    this.cipher.setAutoPadding(false);
  }

  /** A new sequence; sequences of different kinds (1 to 255) have nothing to do with one another. */
  begin(kind: number): void {
    this.kind = kind;
    this.words.fill(0);
    this.block[0] = kind;
    this.count = 0;
  }

  put(octet: number): void {
    const { block, count } = this;
    this.copyBlock(count);
    // How many there are is part of the block: a zero octet is not the same as none.
    block[1] ^= count ^ (count + 1);
    block[2 + count] ^= octet;
    this.count = count + 1;
  }

  /** Works out the numbers of what was put since the last run. Where there was no room for more, what is put next goes on from it. */
  run(): void {
    const { count } = this;
    const isWhole = count === ROOM;
    if (isWhole) this.copyBlock(count);
    this.numbered = this.cipher.update(this.blocks.subarray(0, (isWhole ? count + 1 : count) * BLOCK));
    if (!isWhole) return;
    this.numbered.copy(this.block, 0, count * BLOCK);
    this.block[0] ^= this.kind;
    this.count = 0;
  }

  /** Of the octet put as the `index`th since the run before: 0 to 2^32 - 1. */
  number(index: number): number {
    const { numbered } = this;
    const at = index * BLOCK;
    return (
      (numbered[at] | (numbered[at + 1] << 8) | (numbered[at + 2] << 16) | (numbered[at + 3] << 24)) >>> 0
    );
  }

  /** The numbers of a sequence. */
  numbers(kind: number, octets: ArrayLike<number>): number[] {
    const numbers: number[] = [];
    this.begin(kind);
    while (numbers.length < octets.length) {
      const from = numbers.length;
      const to = Math.min(octets.length, from + ROOM);
      for (let i = from; i < to; i++) this.put(octets[i]);
      this.run();
      for (let i = from; i < to; i++) numbers.push(this.number(i - from));
    }
    return numbers;
  }

  private copyBlock(index: number): void {
    const { words, blockWords } = this;
    const at = index * 4;
    blockWords[at] = words[0];
    blockWords[at + 1] = words[1];
    blockWords[at + 2] = words[2];
    blockWords[at + 3] = words[3];
  }
}

const BLOCK = 16;
const ROOM = BLOCK - 2;
