// What both directions of a TLS connection say of it → the keys of its records. RFC 8446 §7 (TLS 1.3), RFC 5246 §6.3 (1.2 and
// before).
import type { TcpConversation } from '../tcp/tcp-consumer.ts';
import { agreesByRsa, type CipherSuite, cipherSuite } from './tls-cipher-suite.ts';
import { HANDSHAKE, type HandshakeMessage, type TlsSide } from './tls-handshake.ts';
import {
  type ClientHello,
  isRetryRequest,
  readClientHello,
  readServerHello,
  type ServerHello,
} from './tls-hello.ts';
import { connectionKeys, nextTrafficSecret, TLS_1_3, trafficKey } from './tls-key-schedule.ts';
import { type RecordCipher, recordCipher } from './tls-record-cipher.ts';
import { RSA_EXCHANGE, RsaExchange } from './tls-rsa-exchange.ts';
import type { ConnectionSecrets, TlsSecrets } from './tls-secrets.ts';

export class TlsConnection {
  /** Set with the ServerHello. */
  hello: ServerHello | null = null;
  /** What is said cannot be decrypted: there are no secrets of it, or it uses what is not read. */
  locked = false;
  /** Of what is said in it. */
  readonly conversation: TcpConversation = { sip: false, tls: null };
  /** Types of the handshake messages that it has to be shown. */
  readonly kept: ReadonlySet<number>;

  private readonly secrets: TlsSecrets;
  private clientHello: ClientHello | null = null;
  private exchange: RsaExchange | null = null;
  private retried = false;
  /** Who waits for the other direction. */
  private readonly waiting = new Set<() => void>();

  constructor(secrets: TlsSecrets) {
    this.secrets = secrets;
    this.kept = secrets.opensRsa ? RSA_EXCHANGE : HELLOS;
  }

  /** Octets of handshake messages. */
  get held(): number {
    return this.exchange?.held ?? 0;
  }

  /** A message of the handshake, and the side it is from, if that is known; says which side it is from. */
  took(message: HandshakeMessage, side: TlsSide | null): TlsSide | null {
    const { type, body, octets } = message;
    if (type === HANDSHAKE.clientHello) {
      this.clientHello = readClientHello(body);
      const follows = this.kept === RSA_EXCHANGE && this.clientHello !== null;
      this.exchange = follows ? new RsaExchange(this.secrets, this.clientHello!, octets) : null;
      return 'client';
    }
    if (type === HANDSHAKE.serverHello) {
      this.answered(body, octets);
      return 'server';
    }
    if (side === null) return null;
    this.exchange?.took(message, side);
    this.news();
    return side;
  }

  /** Octets of the handshake are missing. */
  missed(): void {
    this.exchange?.missed();
    this.news();
  }

  /** Calls back, once, when the other direction has said more. */
  onNews(walk: () => void): void {
    this.waiting.add(walk);
  }

  /** Known from the ServerHello on, or from a HelloRetryRequest, which only TLS 1.3 has. */
  get isTls13(): boolean {
    return this.hello === null ? this.retried : this.hello.version === TLS_1_3;
  }

  /**
   * The ciphers that the records of a side may use, in the order in which they come into use: none when there are no secrets, null
   * while the other direction may yet say more, or secrets may be added.
   */
  ciphers(side: TlsSide): Iterator<RecordCipher> | null {
    const { hello, clientHello } = this;
    const suite = hello === null || hello.compressed ? undefined : cipherSuite(hello.cipherSuite);
    if (suite === undefined || clientHello === null) return NONE;
    const label = this.isTls13 ? trafficSecret(side) : 'CLIENT_RANDOM';
    const secrets = this.secrets.of(clientHello.random, label);
    if (this.isTls13) {
      // Those of the handshake are logged before those of what is said.
      const isWhole = secrets?.has(label) === true || !this.secrets.mayGrow;
      if (secrets !== undefined && isWhole) return trafficCiphers(suite, side, secrets);
      this.secrets.metForwardSecrecy();
    } else {
      const master = secrets?.get(label) ?? this.agreedMaster(side);
      if (master === undefined) return null;
      if (master !== null) return this.connectionCiphers(suite, side, master);
    }
    return this.secrets.mayGrow ? null : NONE;
  }

  private answered(body: Buffer, octets: Buffer): void {
    if (isRetryRequest(body)) {
      this.retried = true;
      return;
    }
    const hello = readServerHello(body);
    if (hello === null) return;
    this.hello = hello;
    this.exchange?.answered(hello, octets);
    this.news();
  }

  private agreedMaster(side: TlsSide): Buffer | null | undefined {
    if (!agreesByRsa(this.hello!.cipherSuite)) this.secrets.metForwardSecrecy();
    return this.exchange === null ? null : this.exchange.master(side);
  }

  private connectionCiphers(suite: CipherSuite, side: TlsSide, master: Buffer): Iterator<RecordCipher> {
    const { version, random, encryptThenMac } = this.hello!;
    const [client, server] = connectionKeys(version, suite, master, this.clientHello!.random, random);
    const cipher = recordCipher(version, suite, side === 'client' ? client : server, encryptThenMac);
    return [cipher].values();
  }

  private news(): void {
    if (this.waiting.size === 0) return;
    // Some may have to wait for more.
    const waiting = [...this.waiting];
    this.waiting.clear();
    for (const walk of waiting) walk();
  }
}

/** RFC 8446 §7.1: of early data, of the handshake, of application data, and of that after each KeyUpdate (§7.2). */
function* trafficCiphers(
  suite: CipherSuite,
  side: TlsSide,
  secrets: ConnectionSecrets,
): Generator<RecordCipher> {
  const names = side === 'client' ? ['CLIENT_EARLY', 'CLIENT_HANDSHAKE'] : ['SERVER_HANDSHAKE'];
  const before = names.flatMap((name) => secrets.get(`${name}_TRAFFIC_SECRET`) ?? []);
  for (const secret of before) yield cipherOf(suite, secret);
  let secret = secrets.get(trafficSecret(side));
  for (let updates = 0; secret !== undefined && updates < MOST_UPDATES; updates++) {
    yield cipherOf(suite, secret);
    secret = nextTrafficSecret(suite, secret);
  }
}

/** Label of the first secret of application data. */
function trafficSecret(side: TlsSide): string {
  return side === 'client' ? 'CLIENT_TRAFFIC_SECRET_0' : 'SERVER_TRAFFIC_SECRET_0';
}

function cipherOf(suite: CipherSuite, secret: Buffer): RecordCipher {
  return recordCipher(TLS_1_3, suite, trafficKey(suite, secret), false);
}

const HELLOS: ReadonlySet<number> = new Set([HANDSHAKE.clientHello, HANDSHAKE.serverHello]);
const NONE: Iterator<RecordCipher> = { next: () => ({ done: true, value: undefined }) };
const MOST_UPDATES = 1 << 16;
