// Secrets of a TLS connection → its master secret, keys and IVs of its records: RFC 8446 §7.1 to §7.3 (TLS 1.3), RFC 5246 §5 and §6.3 (1.2),
// RFC 2246 §5 (1.0, and 1.1).
import type { CipherSuite, Hash } from './tls-cipher-suite.ts';
import { tlsCrypto } from './tls-crypto.ts';

export interface RecordKey {
  readonly key: Buffer;
  readonly iv: Buffer;
}

export const TLS_1_0 = 0x0301;
export const TLS_1_2 = 0x0303;
export const TLS_1_3 = 0x0304;

/** RFC 8446 §7.3: of one direction, from its traffic secret. */
export function trafficKey({ hash, keyLength }: CipherSuite, secret: Buffer): RecordKey {
  return {
    key: expandLabel(hash, secret, 'key', keyLength),
    iv: expandLabel(hash, secret, 'iv', 12),
  };
}

/** RFC 8446 §7.2: the traffic secret after a KeyUpdate. */
export function nextTrafficSecret({ hash }: CipherSuite, secret: Buffer): Buffer {
  return expandLabel(hash, secret, 'traffic upd', secret.length);
}

/** RFC 5246 §6.3: of the client, then of the server, from the master secret. */
export function connectionKeys(
  version: number,
  suite: CipherSuite,
  master: Buffer,
  clientRandom: Buffer,
  serverRandom: Buffer,
): readonly [RecordKey, RecordKey] {
  const { mode, keyLength, blockLength, tagLength, hash } = suite;
  const macLength = mode === 'cbc' ? tagLength : 0;
  // TLS 1.1 and 1.2 of CBC write the IV into each record; GCM and CCM have four octets of it here, ChaCha20 all.
  const ivLength = mode === 'cbc' ? blockLength : mode === 'chacha' ? 12 : 4;
  const seed = Buffer.concat([serverRandom, clientRandom]);
  const length = 2 * (macLength + keyLength + ivLength);
  const block = pseudorandom(version, hash, master, 'key expansion', seed, length);
  const keys = block.subarray(2 * macLength, 2 * macLength + 2 * keyLength);
  const ivs = block.subarray(2 * macLength + 2 * keyLength);
  return [
    { key: keys.subarray(0, keyLength), iv: ivs.subarray(0, ivLength) },
    { key: keys.subarray(keyLength), iv: ivs.subarray(ivLength) },
  ];
}

/** RFC 5246 §8.1; of a seed that is the hash of the handshake, RFC 7627 §4. */
export function masterSecret(
  version: number,
  hash: Hash,
  premaster: Buffer,
  label: 'master secret' | 'extended master secret',
  seed: Buffer,
): Buffer {
  return pseudorandom(version, hash, premaster, label, seed, 48);
}

/** RFC 5246 §5. */
function pseudorandom(
  version: number,
  hash: Hash,
  secret: Buffer,
  label: string,
  seed: Buffer,
  length: number,
): Buffer {
  const labelled = Buffer.concat([Buffer.from(label), seed]);
  if (version >= TLS_1_2) return expand(hash, secret, labelled, length);
  // RFC 2246 §5: each half of the secret has a hash of its own; an odd octet in the middle belongs to both.
  const half = (secret.length + 1) >> 1;
  const first = expand('md5', secret.subarray(0, half), labelled, length);
  const second = expand('sha1', secret.subarray(secret.length - half), labelled, length);
  return first.map((octet, index) => octet ^ second[index]!) as Buffer;
}

/** RFC 5246 §5: P_hash. */
function expand(hash: string, secret: Buffer, seed: Buffer, length: number): Buffer {
  const { createHmac } = tlsCrypto();
  const blocks: Buffer[] = [];
  let a = seed;
  for (let octets = 0; octets < length; ) {
    a = createHmac(hash, secret).update(a).digest();
    const block = createHmac(hash, secret).update(a).update(seed).digest();
    blocks.push(block);
    octets += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** RFC 8446 §7.1: HKDF-Expand-Label without a context; RFC 5869 §2.3. */
function expandLabel(hash: Hash, secret: Buffer, label: string, length: number): Buffer {
  const { createHmac } = tlsCrypto();
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([
    Buffer.from([length >> 8, length & 0xff, name.length]),
    name,
    Buffer.from([0]),
  ]);
  const blocks: Buffer[] = [];
  let block: Buffer = Buffer.alloc(0);
  for (let octets = 0; octets < length; octets += block.length) {
    const counter = Buffer.from([blocks.length + 1]);
    block = createHmac(hash, secret).update(block).update(info).update(counter).digest();
    blocks.push(block);
  }
  return Buffer.concat(blocks).subarray(0, length);
}
