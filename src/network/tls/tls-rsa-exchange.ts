// A handshake of TLS 1.2 or before whose client sends the premaster secret under the server's RSA key, or resumes a session that was
// agreed so → the master secret. RFC 5246 §7.3, §7.4.7.1, §8.1; RFC 7627; RFC 5077.
import { agreesByRsa, cipherSuite } from './tls-cipher-suite.ts';
import { HANDSHAKE, type HandshakeMessage, type TlsSide } from './tls-handshake.ts';
import type { ClientHello, ServerHello } from './tls-hello.ts';
import { masterSecret } from './tls-key-schedule.ts';
import type { TlsSecrets } from './tls-secrets.ts';
import { TlsTranscript } from './tls-transcript.ts';

/** The messages that it has to see. */
export const RSA_EXCHANGE: ReadonlySet<number> = new Set(Object.values(HANDSHAKE));

export class RsaExchange {
  private readonly secrets: TlsSecrets;
  private readonly clientHello: ClientHello;
  private serverHello: ServerHello | null = null;
  private readonly transcript = new TlsTranscript();
  /** A session begins, none is resumed: the server shows its certificate. */
  private isNew = false;
  private encrypted: Buffer | null = null;
  /** What the server names the session by from now on. */
  private ticket: Buffer | null = null;
  /** Undefined until it was looked for. */
  private found: Buffer | null | undefined;

  constructor(secrets: TlsSecrets, clientHello: ClientHello, octets: Buffer) {
    this.secrets = secrets;
    this.clientHello = clientHello;
    this.transcript.fromClient(octets);
  }

  /** Octets. */
  get held(): number {
    return this.transcript.held;
  }

  answered(hello: ServerHello, octets: Buffer): void {
    this.serverHello = hello;
    const suite = cipherSuite(hello.cipherSuite);
    if (suite === undefined || !agreesByRsa(hello.cipherSuite)) this.transcript.breaks();
    else this.transcript.hello(octets, hello.version, suite.hash);
  }

  took({ type, body, octets }: HandshakeMessage, side: TlsSide): void {
    if (type === HANDSHAKE.newSessionTicket) {
      if (side === 'server' && body.length > 6) this.ticket = Buffer.from(body.subarray(6));
      this.remember();
    } else if (side === 'server') {
      if (type === HANDSHAKE.certificate) this.isNew = true;
      this.transcript.fromServer(octets, type === HANDSHAKE.serverHelloDone);
    } else {
      this.transcript.fromClient(octets);
      if (type === HANDSHAKE.clientKeyExchange && body.length > 2)
        this.encrypted = Buffer.from(body.subarray(2));
    }
  }

  /** Octets of the handshake are missing. */
  missed(): void {
    this.transcript.breaks();
  }

  /** As it is known when a side goes over to it; undefined while the other direction may yet say more, null when it never does. */
  master(side: TlsSide): Buffer | null | undefined {
    if (this.found !== undefined) return this.found;
    const hello = this.serverHello;
    if (hello === null || !agreesByRsa(hello.cipherSuite)) return null;
    const master = this.encrypted === null ? this.resumed(side, hello) : this.agreed(this.encrypted, hello);
    if (master === undefined) return undefined;
    this.found = master;
    this.remember();
    return master;
  }

  private resumed(side: TlsSide, { sessionId }: ServerHello): Buffer | null | undefined {
    const { sessions } = this.secrets;
    const { clientHello } = this;
    if (!this.isNew) {
      const master = sessions.master(clientHello.ticket);
      if (master !== undefined) return master;
      if (sessionId.equals(clientHello.sessionId)) {
        const known = sessions.master(sessionId);
        if (known !== undefined) return known;
      }
    }
    // The client would have sent the key before.
    return side === 'client' ? null : undefined;
  }

  private agreed(encrypted: Buffer, hello: ServerHello): Buffer | null | undefined {
    const { version, random, extendedMasterSecret } = hello;
    const { hash } = cipherSuite(hello.cipherSuite)!;
    const session = extendedMasterSecret ? this.transcript.digest() : null;
    if (session === undefined) return undefined;
    if (extendedMasterSecret && session === null) return null;
    const premaster = this.secrets.premaster(encrypted);
    if (premaster === null) return null;
    if (session !== null) return masterSecret(version, hash, premaster, 'extended master secret', session);
    const seed = Buffer.concat([this.clientHello.random, random]);
    return masterSecret(version, hash, premaster, 'master secret', seed);
  }

  /** For connections that resume the session. */
  private remember(): void {
    const { found, ticket, serverHello } = this;
    if (found === undefined || found === null) return;
    const { sessions } = this.secrets;
    sessions.remember(serverHello!.sessionId, found);
    if (ticket !== null) sessions.remember(ticket, found);
  }
}
