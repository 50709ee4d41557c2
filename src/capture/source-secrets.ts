// Input: secrets for decryption that are not known when the packets come that they are for: those that a pcapng file holds further
// on, since programs that get at keys while they capture write them behind their packets; those that are added to a key log.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { Annotations, type DecryptionSecrets } from './pcapng-annotation.ts';
import { BLOCK, BYTE_ORDER_MAGIC, TLS_KEY_LOG } from './pcapng-block.ts';
import { padded } from './pcapng-option.ts';

/** Of all other blocks no more than the head is looked at. */
export class SecretsAhead {
  private readonly path: string;
  private readonly annotations = new Annotations(() => {});
  /** Where the next block begins that was not looked at, and the byte order there. */
  private offset = 0;
  private littleEndian = true;
  private ended = false;

  /** A regular file, not compressed. */
  constructor(path: string) {
    this.path = path;
  }

  /** Looks on from the block at `offset`, where it has not yet, and says what it found there. Never throws. */
  look(offset: number, littleEndian: boolean): readonly DecryptionSecrets[] {
    if (this.offset < offset) {
      this.offset = offset;
      this.littleEndian = littleEndian;
    }
    if (this.ended || this.offset > offset + FAR / 2) return [];
    const known = this.annotations.secrets.length;
    try {
      const file = openSync(this.path, 'r');
      try {
        this.walk(file, offset + FAR);
      } finally {
        closeSync(file);
      }
    } catch {
      // What cannot be read is said by who reads the capture.
      this.ended = true;
    }
    return this.annotations.secrets.slice(known);
  }

  private walk(file: number, to: number): void {
    const block = Buffer.allocUnsafe(WINDOW);
    while (this.offset < to && !this.ended) {
      const length = readSync(file, block, 0, block.length, this.offset);
      const next = this.blocks(block.subarray(0, length), file);
      if (next === 0) return;
      this.offset += next;
    }
  }

  /** Goes past the blocks that begin in `data`; says where the next one does. 0 when it begins with less than the head of one. */
  private blocks(data: Buffer, file: number): number {
    let at = 0;
    while (at + HEAD <= data.length && !this.ended) {
      const type = this.uint32(data, at);
      if (type === BLOCK.section) this.littleEndian = data.readUInt32LE(at + 8) === BYTE_ORDER_MAGIC;
      const total = padded(this.uint32(data, at + 4));
      if (total < HEAD || total > LONGEST) this.ended = true;
      else if (type === BLOCK.decryptionSecrets) this.secrets(total, this.offset + at, file);
      at += total;
    }
    return at;
  }

  private secrets(total: number, offset: number, file: number): void {
    const data = Buffer.alloc(total);
    const view = new DataView(data.buffer, data.byteOffset, total);
    if (readSync(file, data, 0, total, offset) === total)
      this.annotations.addSecrets(data, view, 8, total - 4, this.littleEndian);
  }

  private uint32(data: Buffer, at: number): number {
    return this.littleEndian ? data.readUInt32LE(at) : data.readUInt32BE(at);
  }
}

/** A key log that other programs still write to. */
export class KeyLogTail {
  private readonly path: string;
  private size: number;
  private taken = 0;

  /** A regular file, not compressed, of which the first `size` octets were read. */
  constructor(path: string, size: number) {
    this.path = path;
    this.size = size;
  }

  /** What was added since; null when nothing was. Never throws. */
  look(): DecryptionSecrets | null {
    try {
      const { size } = statSync(this.path);
      if (size <= this.size) return null;
      // A line may have been half written.
      const from = Math.max(0, this.size - LONGEST_LINE);
      const data = Buffer.alloc(Math.min(size - from, MOST_TAKEN - this.taken));
      this.size = size;
      this.taken += data.length;
      if (data.length === 0) return null;
      const file = openSync(this.path, 'r');
      try {
        return { type: TLS_KEY_LOG, data: data.subarray(0, readSync(file, data, 0, data.length, from)) };
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  }
}

/** Octets: a label, a random, and a secret of SHA-384. */
const LONGEST_LINE = 256;
const MOST_TAKEN = 64 << 20;

/** Octets: as far as secrets are behind their packets. */
const FAR = 64 << 20;
const WINDOW = 256 << 10;
const HEAD = 12;
const LONGEST = 64 << 20;
