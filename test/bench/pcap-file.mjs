// Writes a classic pcap (little endian, microseconds, Ethernet) of UDP datagrams and TCP segments, in large blocks.
import { closeSync, openSync, writeSync } from 'node:fs';

export class PcapFile {
  #fd;
  #block = Buffer.alloc(8 << 20);
  #used = 0;
  #ipId = 1;
  bytes = 0;
  packets = 0;

  constructor(path) {
    this.#fd = openSync(path, 'w');
    const header = Buffer.alloc(24);
    header.writeUInt32LE(0xa1b2c3d4, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(262144, 16);
    header.writeUInt32LE(1, 20);
    header.copy(this.#block);
    this.#used = 24;
  }

  /** `time` in microseconds since the epoch; addresses as unsigned 32-bit numbers. */
  udp(time, src, srcPort, dst, dstPort, payload) {
    const at = this.#packet(time, 8 + payload.length, 17, src, dst);
    const block = this.#block;
    block.writeUInt16BE(srcPort, at);
    block.writeUInt16BE(dstPort, at + 2);
    block.writeUInt16BE(8 + payload.length, at + 4);
    block.writeUInt16BE(0, at + 6);
    payload.copy(block, at + 8);
  }

  /** One segment; `flags` as in the TCP header. */
  tcp(time, src, srcPort, dst, dstPort, sequence, acknowledgment, flags, payload) {
    const at = this.#packet(time, 20 + payload.length, 6, src, dst);
    const block = this.#block;
    block.writeUInt16BE(srcPort, at);
    block.writeUInt16BE(dstPort, at + 2);
    block.writeUInt32BE(sequence >>> 0, at + 4);
    block.writeUInt32BE(acknowledgment >>> 0, at + 8);
    block[at + 12] = 0x50;
    block[at + 13] = flags;
    block.writeUInt16BE(65535, at + 14);
    block.writeUInt32BE(0, at + 16);
    payload.copy(block, at + 20);
  }

  close() {
    this.#flush();
    closeSync(this.#fd);
  }

  #packet(time, length, protocol, src, dst) {
    const captured = 34 + length;
    if (this.#used + 16 + captured > this.#block.length) this.#flush();
    const block = this.#block;
    let at = this.#used;
    const seconds = Math.floor(time / 1e6);
    block.writeUInt32LE(seconds, at);
    block.writeUInt32LE(Math.floor(time - seconds * 1e6), at + 4);
    block.writeUInt32LE(captured, at + 8);
    block.writeUInt32LE(captured, at + 12);
    at += 16;
    block.fill(0, at, at + 14);
    block.writeUInt32BE(dst, at + 2);
    block.writeUInt32BE(src, at + 8);
    block.writeUInt16BE(0x0800, at + 12);
    at += 14;
    block.writeUInt16BE(0x4500, at);
    block.writeUInt16BE(20 + length, at + 2);
    block.writeUInt16BE(this.#ipId++ & 0xffff, at + 4);
    block.writeUInt16BE(0x4000, at + 6);
    block[at + 8] = 64;
    block[at + 9] = protocol;
    block.writeUInt16BE(0, at + 10);
    block.writeUInt32BE(src, at + 12);
    block.writeUInt32BE(dst, at + 16);
    this.#used = at + 20 + length;
    this.packets++;
    return at + 20;
  }

  #flush() {
    writeSync(this.#fd, this.#block, 0, this.#used);
    this.bytes += this.#used;
    this.#used = 0;
  }

  /** Octets written or waiting to be. */
  get size() {
    return this.bytes + this.#used;
  }
}
