// Sessions of TLS 1.2 and before that a later connection may resume → their master secrets: by session ID (RFC 5246 §7.3), or by the
// ticket that the server gave the client (RFC 5077).
import { tlsCrypto } from './tls-crypto.ts';

export class TlsSessions {
  /** By a hash: names are of any length. The oldest is forgotten first. */
  private readonly masters = new Map<string, Buffer>();

  /** `name` is a session ID or a ticket; an empty one names nothing. */
  remember(name: Buffer, master: Buffer): void {
    if (name.length === 0) return;
    const key = keyOf(name);
    this.masters.delete(key);
    this.masters.set(key, master);
    if (this.masters.size > MOST_SESSIONS) this.masters.delete(this.masters.keys().next().value!);
  }

  master(name: Buffer): Buffer | undefined {
    return name.length === 0 ? undefined : this.masters.get(keyOf(name));
  }
}

function keyOf(name: Buffer): string {
  return tlsCrypto().createHash('sha256').update(name).digest('base64');
}

const MOST_SESSIONS = 1 << 16;
