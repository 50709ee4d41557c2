// A TLS 1.2 connection written octet by octet: TLS_RSA_WITH_3DES_EDE_CBC_SHA, which current implementations no longer speak, without
// an extended master secret. RFC 5246 §5, §6.2.3.2, §6.3, §7.4, §8.1.
import { constants, createCipheriv, createHmac, publicEncrypt, X509Certificate } from 'node:crypto';
import { bytes, u16 } from './octets.ts';
import type { Flight } from './tls-talk.ts';

export interface HandMade {
  /** Of the server, in PEM: under its key the client sends the premaster secret. */
  readonly certificate: string | Buffer;
  readonly premaster: Buffer;
  readonly sessionId: Buffer;
  /** The session is resumed: no key is sent. */
  readonly resumed?: boolean;
  /** Makes the randoms of the connection. */
  readonly seed: number;
  readonly text: string;
}

/** What both ends say, the text last, of the client. */
export function connectionByHand({
  certificate,
  premaster,
  sessionId,
  resumed,
  seed,
  text,
}: HandMade): Flight[] {
  const [clientRandom, serverRandom] = [Buffer.alloc(32, seed), Buffer.alloc(32, seed + 1)];
  // The master secret is of the connection that began the session: its randoms are those of the seed 1.
  const first = Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]);
  const master = prf(
    premaster,
    'master secret',
    resumed === true ? first : bytes(clientRandom, serverRandom),
    48,
  );
  const keys = prf(master, 'key expansion', bytes(serverRandom, clientRandom), 2 * (20 + 24));
  const [clientMac, clientKey] = [keys.subarray(0, 20), keys.subarray(40, 64)];
  const [serverMac, serverKey] = [keys.subarray(20, 40), keys.subarray(64, 88)];

  const offered = resumed === true ? sessionId : Buffer.alloc(0);
  const clientHello = bytes(u16(0x0303), clientRandom, offered.length, offered, u16(2), u16(0x000a), 1, 0);
  const serverHello = bytes(u16(0x0303), serverRandom, sessionId.length, sessionId, u16(0x000a), 0);
  const encrypted = publicEncrypt({ key: certificate, padding: constants.RSA_PKCS1_PADDING }, premaster);
  const finished = handshake(20, Buffer.alloc(12, 9));
  const clientEnds = [CHANGE, sealed(22, finished, 0, clientMac, clientKey)];
  const serverEnds = [CHANGE, sealed(22, finished, 0, serverMac, serverKey)];
  const client = (...records: Buffer[]): Flight => ({ fromClient: true, octets: Buffer.concat(records) });
  const server = (...records: Buffer[]): Flight => ({ fromClient: false, octets: Buffer.concat(records) });
  const said = client(sealed(23, Buffer.from(text), 1, clientMac, clientKey));
  const hellos = [client(record(22, handshake(1, clientHello)))];
  if (resumed === true)
    return [
      ...hellos,
      server(record(22, handshake(2, serverHello)), ...serverEnds),
      client(...clientEnds),
      said,
    ];
  const { raw } = new X509Certificate(certificate);
  const shown = handshake(11, bytes(0, u16(raw.length + 3), 0, u16(raw.length), raw));
  return [
    ...hellos,
    server(record(22, handshake(2, serverHello)), record(22, bytes(shown, handshake(14, Buffer.alloc(0))))),
    client(record(22, handshake(16, bytes(u16(encrypted.length), encrypted))), ...clientEnds),
    server(...serverEnds),
    said,
  ];
}

/** RFC 5246 §5, with SHA-256. */
function prf(secret: Buffer, label: string, seed: Buffer, length: number): Buffer {
  const hmac = (data: Buffer): Buffer => createHmac('sha256', secret).update(data).digest();
  const labelled = bytes(label, seed);
  let output: Buffer = Buffer.alloc(0);
  for (let a = hmac(labelled); output.length < length; a = hmac(a))
    output = bytes(output, hmac(bytes(a, labelled)));
  return output.subarray(0, length);
}

function sealed(type: number, content: Buffer, number: number, mac: Buffer, key: Buffer): Buffer {
  const counted = bytes(Buffer.alloc(7), number, type, 3, 3, u16(content.length), content);
  const signed = bytes(content, createHmac('sha1', mac).update(counted).digest());
  const padding = 7 - (signed.length % 8);
  const iv = Buffer.alloc(8, number + 1);
  const cipher = createCipheriv('des-ede3-cbc', key, iv).setAutoPadding(false);
  const body = Buffer.alloc(padding + 1, padding);
  return record(type, bytes(iv, cipher.update(bytes(signed, body)), cipher.final()));
}

function record(type: number, content: Buffer): Buffer {
  return bytes(type, 3, 3, u16(content.length), content);
}

function handshake(type: number, body: Buffer): Buffer {
  return bytes(type, 0, u16(body.length), body);
}

const CHANGE = record(20, Buffer.from([1]));
