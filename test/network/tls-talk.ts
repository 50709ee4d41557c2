// Connections of a real TLS implementation (Node's OpenSSL), end to end in memory: what each end put on the wire, in order, and
// the key log of the connection.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  type SecureContextOptions,
  TLSSocket,
} from 'node:tls';

export interface Flight {
  readonly fromClient: boolean;
  readonly octets: Buffer;
}

export interface Talk {
  readonly flights: Flight[];
  readonly keyLog: string;
  /** For another connection that resumes this one. */
  readonly session: Buffer | undefined;
}

export interface Turn {
  readonly fromClient: boolean;
  readonly text: string | Buffer;
  /** The client negotiates anew before it. */
  readonly renegotiates?: boolean;
}

/** The turns one after the other: each is read by the other end before the next. */
export async function talk(
  { requestCert = false, ...context }: SecureContextOptions & { requestCert?: boolean },
  turns: readonly Turn[],
  options: ConnectionOptions = {},
): Promise<Talk> {
  const flights: Flight[] = [];
  const [near, far] = pair(flights);
  const server = new TLSSocket(far, {
    ...{ isServer: true, requestCert, rejectUnauthorized: false },
    secureContext: createSecureContext(context),
  });
  const { minVersion, maxVersion, ciphers } = context;
  const client = connect({
    ...{ socket: near, rejectUnauthorized: false, minVersion, maxVersion, ciphers },
    ...options,
  } as ConnectionOptions);
  let keyLog = '';
  client.on('keylog', (line: Buffer) => {
    keyLog += line;
  });
  let session: Buffer | undefined;
  client.on('session', (one) => {
    session = one;
  });
  await new Promise<void>((done, failed) => {
    client.on('secureConnect', done).on('error', failed);
    server.on('error', failed);
  });
  for (const { fromClient, text, renegotiates } of turns) {
    const [from, to] = fromClient ? [client, server] : [server, client];
    if (renegotiates)
      await new Promise<void>((done, failed) =>
        client.renegotiate({}, (error) => (error ? failed(error) : done())),
      );
    const read = whole(to, Buffer.byteLength(text));
    from.write(text);
    await read;
  }
  client.destroy();
  server.destroy();
  return { flights, keyLog, session };
}

/** A key and a certificate of its own for it, of `rsa` or `ec`. */
export function selfSigned(folder: string, kind: 'rsa' | 'ec'): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(folder, `${kind}.key`), join(folder, `${kind}.crt`)];
  const algorithm = kind === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const options = ['-nodes', '-days', '2', '-subj', '/CN=sip.example.com', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', ...algorithm, ...options], { stdio: 'pipe' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** Resolves once `length` octets were read. */
function whole(socket: TLSSocket, length: number): Promise<void> {
  let left = length;
  return new Promise((done) => {
    const onData = (octets: Buffer): void => {
      left -= octets.length;
      if (left > 0) return;
      socket.off('data', onData);
      done();
    };
    socket.on('data', onData);
  });
}

/** The client's end of a wire, and the server's. */
function pair(flights: Flight[]): [Duplex, Duplex] {
  const end = (fromClient: boolean): Duplex =>
    new Duplex({
      read() {},
      write(octets: Buffer, _, done) {
        flights.push({ fromClient, octets: Buffer.from(octets) });
        (fromClient ? far : near).push(octets);
        done();
      },
    });
  const near = end(true);
  const far = end(false);
  return [near, far];
}
