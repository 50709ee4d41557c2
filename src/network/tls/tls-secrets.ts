// Secrets of TLS beside and inside of captures → those of one connection. Key logs are what SSLKEYLOGFILE holds
// (draft-ietf-tls-keylogfile), in a file of their own or in decryption secrets blocks of pcapng (draft-ietf-opsawg-pcapng §4.7).
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { DecryptionSecrets } from '../../capture/pcapng-annotation.ts';
import { PRIVATE_KEYS, TLS_KEY_LOG } from '../../capture/pcapng-block.ts';
import { TlsPrivateKeys } from './tls-private-keys.ts';
import { TlsSessions } from './tls-sessions.ts';

/** Secrets of one connection by their label, such as `CLIENT_TRAFFIC_SECRET_0`. */
export type ConnectionSecrets = ReadonlyMap<string, Buffer>;

/** Where secrets come from. */
export interface SecretsSource {
  /** Those there are by now: the list only grows. */
  readonly secrets: readonly DecryptionSecrets[];
  /** Tries to find more. */
  lookAhead(): void;
  /** What is not known yet may be later. */
  readonly secretsGrow: boolean;
}

export class TlsSecrets {
  /** Of connections that were opened with a private key. */
  readonly sessions = new TlsSessions();
  /** By client random. */
  private readonly connections = new Map<string, Map<string, Buffer>>();
  /** By the first octets of what the client sent. */
  private readonly premasters = new Map<string, Buffer>();
  private readonly privateKeys: TlsPrivateKeys;
  private readonly source: SecretsSource;
  private blocksRead = 0;
  private saidForwardSecrecy = false;
  private readonly onDiagnostic: DiagnosticSink;

  constructor(source: SecretsSource, onDiagnostic: DiagnosticSink) {
    this.source = source;
    this.onDiagnostic = onDiagnostic;
    this.privateKeys = new TlsPrivateKeys(onDiagnostic);
  }

  /**
   * Of the connection that a ClientHello with this random began, the one of this label among them where it can be found; undefined
   * when nothing is known of it.
   */
  of(clientRandom: Buffer, label: string): ConnectionSecrets | undefined {
    this.readBlocks();
    const key = clientRandom.toString('hex');
    if (this.connections.get(key)?.has(label) !== true) this.lookAhead();
    return this.connections.get(key);
  }

  /** What is not known yet may be later. */
  get mayGrow(): boolean {
    return this.source.secretsGrow;
  }

  /** What a client sent under a server's RSA key; null when it is not known. */
  premaster(encrypted: Buffer): Buffer | null {
    this.readBlocks();
    const logged = this.premasters.get(encrypted.toString('hex', 0, 8));
    return logged ?? this.privateKeys.premaster(encrypted);
  }

  /** Something is known by which handshakes under RSA keys are opened. */
  get opensRsa(): boolean {
    this.readBlocks();
    return this.privateKeys.size > 0 || this.premasters.size > 0;
  }

  /** Nothing can be decrypted (yet). */
  get isEmpty(): boolean {
    if (this.opensRsa || this.connections.size > 0) return false;
    this.lookAhead();
    return this.connections.size === 0 && !this.mayGrow;
  }

  /** A connection of which nothing is known agreed its keys by Diffie-Hellman. */
  metForwardSecrecy(): void {
    if (this.saidForwardSecrecy || this.privateKeys.size === 0) return;
    this.saidForwardSecrecy = true;
    this.onDiagnostic({
      code: 'tls/forward-secrecy',
      severity: 'warning',
      message:
        'A private key opens no TLS connection whose keys are agreed by Diffie-Hellman, as one here is: that takes a key log',
    });
  }

  private lookAhead(): void {
    this.source.lookAhead();
    this.readBlocks();
  }

  private readBlocks(): void {
    const blocks = this.source.secrets;
    for (; this.blocksRead < blocks.length; this.blocksRead++) {
      const { type, data } = blocks[this.blocksRead]!;
      if (type === TLS_KEY_LOG) this.add(data.toString('latin1'));
      else if (type === PRIVATE_KEYS) this.privateKeys.add(data.toString('latin1'));
    }
  }

  private add(keyLog: string): void {
    for (const [, label, random, secret] of keyLog.matchAll(LINE)) {
      const key = random!.toLowerCase();
      let connection = this.connections.get(key);
      if (connection === undefined) {
        if (this.connections.size === MOST_CONNECTIONS) break;
        connection = new Map();
        this.connections.set(key, connection);
      }
      connection.set(label!, Buffer.from(secret!, 'hex'));
    }
    for (const [, encrypted, premaster] of keyLog.matchAll(RSA_LINE)) {
      if (this.premasters.size === MOST_CONNECTIONS) break;
      this.premasters.set(encrypted!.toLowerCase(), Buffer.from(premaster!, 'hex'));
    }
  }
}

/** Label, client random, secret: of SHA-384 at most. */
const LINE =
  /^(CLIENT_RANDOM|(?:CLIENT|SERVER)_HANDSHAKE_TRAFFIC_SECRET|(?:CLIENT|SERVER)_TRAFFIC_SECRET_0|CLIENT_EARLY_TRAFFIC_SECRET)[ \t]+([0-9a-f]{64})[ \t]+([0-9a-f]{64}|[0-9a-f]{96})[ \t]*\r?$/gim;
/** As old versions of NSS wrote it: the first octets of the encrypted premaster secret, and that secret. */
const RSA_LINE = /^RSA[ \t]+([0-9a-f]{16})[ \t]+([0-9a-f]{96})[ \t]*\r?$/gim;
const MOST_CONNECTIONS = 1 << 20;
