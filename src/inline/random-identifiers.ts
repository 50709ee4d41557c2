// Branches, tags, Call-IDs and user parts that nobody can guess: RFC 3261 §8.1.1.7, §19.3 (at least 32 bits of randomness),
// §8.1.1.4. They name neither host nor time.
import { randomFillSync } from 'node:crypto';
import type { AskedIdentifier, IdentifierSource } from '../sbc/identifier-source.ts';

export class RandomIdentifiers implements IdentifierSource {
  private readonly pool = Buffer.alloc(POOL);
  private used = POOL;

  next({ kind }: AskedIdentifier): string {
    switch (kind) {
      case 'branch':
        return `z9hG4bK${this.hex(12)}`;
      case 'call-id':
        return this.hex(16);
      case 'tag':
      case 'contact-user':
        return this.hex(8);
    }
  }

  // A system call for each identifier would cost more than the identifier.
  private hex(octets: number): string {
    if (this.used + octets > POOL) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    const from = this.used;
    this.used += octets;
    return this.pool.toString('hex', from, this.used);
  }
}

const POOL = 8192;
