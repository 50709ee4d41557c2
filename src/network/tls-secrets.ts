// Key logs → the secrets of TLS connections by their client random. Text is what SSLKEYLOGFILE holds (draft-ietf-tls-keylogfile),
// given beside the captures or in decryption secrets blocks of pcapng (draft-ietf-opsawg-pcapng §4.7).
import type { DecryptionSecrets } from '../capture/pcapng-annotation.ts';
import { TLS_KEY_LOG } from '../capture/pcapng-block.ts';

/** Secrets of one connection by their label, such as `CLIENT_TRAFFIC_SECRET_0`. */
export type ConnectionSecrets = ReadonlyMap<string, Buffer>;

export class TlsSecrets {
  private readonly connections = new Map<string, Map<string, Buffer>>();
  private readonly blocks: () => readonly DecryptionSecrets[];
  private blocksRead = 0;

  /** Those of the captures, as far as they were read. */
  constructor(blocks: () => readonly DecryptionSecrets[]) {
    this.blocks = blocks;
  }

  /** Of the connection that a ClientHello with this random began; undefined when nothing is known of it. */
  of(clientRandom: Buffer): ConnectionSecrets | undefined {
    this.readBlocks();
    return this.connections.get(clientRandom.toString('hex'));
  }

  /** Nothing can be decrypted (yet). */
  get isEmpty(): boolean {
    this.readBlocks();
    return this.connections.size === 0;
  }

  private readBlocks(): void {
    const blocks = this.blocks();
    for (; this.blocksRead < blocks.length; this.blocksRead++) {
      const { type, data } = blocks[this.blocksRead]!;
      if (type === TLS_KEY_LOG) this.add(data.toString('latin1'));
    }
  }

  private add(keyLog: string): void {
    for (const [, label, random, secret] of keyLog.matchAll(LINE)) {
      const key = random!.toLowerCase();
      let connection = this.connections.get(key);
      if (connection === undefined) {
        if (this.connections.size === MOST_CONNECTIONS) return;
        connection = new Map();
        this.connections.set(key, connection);
      }
      connection.set(label!, Buffer.from(secret!, 'hex'));
    }
  }
}

/** Label, client random, secret: of SHA-384 at most. Other lines (comments, RSA) say nothing of a client random. */
const LINE =
  /^(CLIENT_RANDOM|(?:CLIENT|SERVER)_HANDSHAKE_TRAFFIC_SECRET|(?:CLIENT|SERVER)_TRAFFIC_SECRET_0|CLIENT_EARLY_TRAFFIC_SECRET)[ \t]+([0-9a-f]{64})[ \t]+([0-9a-f]{64}|[0-9a-f]{96})[ \t]*\r?$/gim;
const MOST_CONNECTIONS = 1 << 20;
