// What both directions of a TLS connection say of it → the keys of its records. RFC 8446 §7 (TLS 1.3), RFC 5246 §6.3 (1.2 and before).
import type { TcpConversation } from './tcp-consumer.ts';
import { type CipherSuite, cipherSuite } from './tls-cipher-suite.ts';
import {
  clientHelloRandom,
  HANDSHAKE,
  isRetryRequest,
  readServerHello,
  type ServerHello,
} from './tls-handshake.ts';
import { connectionKeys, nextTrafficSecret, TLS_1_3, trafficKey } from './tls-key-schedule.ts';
import { type RecordCipher, recordCipher } from './tls-record-cipher.ts';
import type { ConnectionSecrets, TlsSecrets } from './tls-secrets.ts';

export type TlsSide = 'client' | 'server';

export class TlsConnection {
  /** Set with the ServerHello. */
  hello: ServerHello | null = null;
  /** What is said cannot be decrypted: there are no secrets of it, or it uses what is not read. */
  locked = false;
  /** Who waits for the ServerHello of the other direction. */
  onHello: () => void = () => {};
  /** Of what is said in it. */
  readonly conversation: TcpConversation = { sip: false, tls: null };

  private readonly secrets: TlsSecrets;
  private clientRandom: Buffer | null = null;
  private retried = false;

  constructor(secrets: TlsSecrets) {
    this.secrets = secrets;
  }

  /** A hello of the handshake; says which side it is from. */
  took(type: number, body: Buffer): TlsSide {
    if (type === HANDSHAKE.clientHello) {
      this.clientRandom = clientHelloRandom(body);
      return 'client';
    }
    if (isRetryRequest(body)) {
      this.retried = true;
      return 'server';
    }
    const hello = readServerHello(body);
    if (hello !== null) {
      this.hello = hello;
      this.onHello();
    }
    return 'server';
  }

  /** Known from the ServerHello on, or from a HelloRetryRequest, which only TLS 1.3 has. */
  get isTls13(): boolean {
    return this.hello === null ? this.retried : this.hello.version === TLS_1_3;
  }

  /**
   * The ciphers that the records of a side may use, in the order in which they come into use; none when there are no secrets.
   */
  ciphers(side: TlsSide): Iterator<RecordCipher> {
    const { hello, clientRandom } = this;
    const suite = hello === null || hello.compressed ? undefined : cipherSuite(hello.cipherSuite);
    const secrets = clientRandom === null ? undefined : this.secrets.of(clientRandom);
    const ciphers =
      hello === null || suite === undefined || secrets === undefined
        ? []
        : this.isTls13
          ? trafficCiphers(suite, side, secrets)
          : this.connectionCiphers(suite, side, secrets.get('CLIENT_RANDOM'));
    return ciphers[Symbol.iterator]();
  }

  private connectionCiphers(suite: CipherSuite, side: TlsSide, master: Buffer | undefined): RecordCipher[] {
    if (master === undefined) return [];
    const { version, random, encryptThenMac } = this.hello!;
    const [client, server] = connectionKeys(version, suite, master, this.clientRandom!, random);
    return [recordCipher(version, suite, side === 'client' ? client : server, encryptThenMac)];
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
  let secret = secrets.get(`${side === 'client' ? 'CLIENT' : 'SERVER'}_TRAFFIC_SECRET_0`);
  for (let updates = 0; secret !== undefined && updates < MOST_UPDATES; updates++) {
    yield cipherOf(suite, secret);
    secret = nextTrafficSecret(suite, secret);
  }
}

function cipherOf(suite: CipherSuite, secret: Buffer): RecordCipher {
  return recordCipher(TLS_1_3, suite, trafficKey(suite, secret), false);
}

const MOST_UPDATES = 1 << 16;
