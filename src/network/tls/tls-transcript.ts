// The messages of a handshake, in the order in which both sides count them → the hash that its master secret is bound to (RFC 7627
// §3): the ClientHello, all of the server up to its ServerHelloDone, then those of the client up to its key exchange. The octets of
// the two directions may come in another order.
import type { Hash } from './tls-cipher-suite.ts';
import { tlsCrypto } from './tls-crypto.ts';
import { TLS_1_2 } from './tls-key-schedule.ts';

export class TlsTranscript {
  /** Octets that wait for others before them. */
  held = 0;
  /** Something is missing, or was longer than a handshake is. */
  broken = false;
  private hashes: import('node:crypto').Hash[] | null = null;
  private serverDone = false;
  /** Of the client: before the ServerHello, then before the ServerHelloDone. */
  private waiting: Buffer[] = [];

  fromClient(message: Buffer): void {
    if (this.serverDone) {
      this.add(message);
      return;
    }
    this.held += message.length;
    if (this.held > MOST_HELD) this.breaks();
    else if (!this.broken) this.waiting.push(Buffer.from(message));
  }

  /** The ServerHello: it says how is hashed. */
  hello(message: Buffer, version: number, hash: Hash): void {
    const { createHash } = tlsCrypto();
    this.hashes = (version >= TLS_1_2 ? [hash] : ['md5', 'sha1']).map((name) => createHash(name));
    const clientHello = this.waiting.shift();
    if (clientHello === undefined) this.breaks();
    else this.release(clientHello);
    this.add(message);
  }

  fromServer(message: Buffer, isLast: boolean): void {
    this.add(message);
    if (!isLast) return;
    this.serverDone = true;
    for (const waiting of this.waiting) this.release(waiting);
    this.waiting = [];
  }

  breaks(): void {
    this.broken = true;
    this.waiting = [];
    this.held = 0;
  }

  /** Undefined while messages of the server are to come; null when it cannot be known. Asked for once. */
  digest(): Buffer | null | undefined {
    if (this.broken || this.hashes === null) return null;
    return this.serverDone ? Buffer.concat(this.hashes.map((hash) => hash.digest())) : undefined;
  }

  private release(message: Buffer): void {
    this.held -= message.length;
    this.add(message);
  }

  private add(message: Buffer): void {
    for (const hash of this.hashes ?? []) hash.update(message);
  }
}

/** Octets: a ClientHello, or a chain of certificates and a key. */
const MOST_HELD = 32 << 10;
