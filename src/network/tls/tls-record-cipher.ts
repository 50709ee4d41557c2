// A protected TLS record → its content, for one direction and one key. RFC 8446 §5.2 (TLS 1.3), RFC 5246 §6.2.3 (1.2 and before),
// RFC 5288 §3 (GCM), RFC 6655 §3 (CCM), RFC 7905 §2 (ChaCha20), RFC 7366 §3 (encrypt-then-MAC).
import type { CipherSuite } from './tls-cipher-suite.ts';
import { type SecretKey, tlsCrypto } from './tls-crypto.ts';
import { type RecordKey, TLS_1_0, TLS_1_3 } from './tls-key-schedule.ts';

export interface OpenedRecord {
  /** Content type: 22 is the handshake, 23 application data. */
  readonly type: number;
  readonly content: Buffer;
}

export interface RecordCipher {
  /**
   * What is in the record, header included, when as many records as `ahead` were lost before it; null when it cannot be opened so.
   * One that opens counts.
   */
  open(record: Buffer, ahead: number): OpenedRecord | null;
}

export function recordCipher(
  version: number,
  suite: CipherSuite,
  key: RecordKey,
  encryptThenMac: boolean,
): RecordCipher {
  return suite.mode === 'cbc'
    ? new CbcCipher(version, suite, key, encryptThenMac)
    : new AeadCipher(version, suite, key);
}

/** Its tag shows whether the key and the number of the record are right. */
class AeadCipher implements RecordCipher {
  private number = 0;
  private readonly version: number;
  private readonly suite: CipherSuite;
  /** Octets given as they are would be made a key of with each record, which takes five times as long as all else. */
  private readonly key: SecretKey;
  private readonly iv: Buffer;
  /** Octets of the nonce that stand in the record. */
  private readonly explicit: number;

  constructor(version: number, suite: CipherSuite, { key, iv }: RecordKey) {
    this.version = version;
    this.suite = suite;
    this.key = tlsCrypto().createSecretKey(key);
    this.iv = iv;
    this.explicit = version === TLS_1_3 || suite.mode === 'chacha' ? 0 : 8;
  }

  open(record: Buffer, ahead: number): OpenedRecord | null {
    const { version, explicit } = this;
    const { tagLength } = this.suite;
    const start = HEADER + explicit;
    const length = record.length - start - tagLength;
    if (length < 0) return null;
    const number = this.number + ahead;
    const content = this.decrypt(
      explicit > 0 ? Buffer.concat([this.iv, record.subarray(HEADER, start)]) : xored(this.iv, number),
      version === TLS_1_3 ? record.subarray(0, HEADER) : additionalData(record, number, length),
      record.subarray(start, start + length),
      record.subarray(start + length),
    );
    if (content === null) return null;
    this.number = number + 1;
    return version === TLS_1_3 ? innerContent(content) : { type: record[0]!, content };
  }

  private decrypt(nonce: Buffer, data: Buffer, sealed: Buffer, tag: Buffer): Buffer | null {
    const { cipher, tagLength } = this.suite;
    // The names of all modes are let pass; what CCM needs besides is harmless for the others.
    const options = { authTagLength: tagLength };
    const decipher = tlsCrypto().createDecipheriv(cipher as 'aes-128-gcm', this.key, nonce, options);
    try {
      decipher.setAuthTag(tag).setAAD(data, { plaintextLength: sealed.length });
      const content = decipher.update(sealed);
      decipher.final();
      return content;
    } catch {
      return null;
    }
  }
}

/** Whether padding is right shows, roughly, whether the key is. The MAC is left out: what a peer took is what was said. */
class CbcCipher implements RecordCipher {
  private readonly suite: CipherSuite;
  private readonly key: SecretKey;
  private readonly encryptThenMac: boolean;
  /** Of TLS 1.0, the last block of the record before; null where each record has its own. */
  private iv: Buffer | null;

  constructor(version: number, suite: CipherSuite, { key, iv }: RecordKey, encryptThenMac: boolean) {
    this.suite = suite;
    this.key = tlsCrypto().createSecretKey(key);
    this.encryptThenMac = encryptThenMac;
    this.iv = version === TLS_1_0 ? iv : null;
  }

  open(record: Buffer): OpenedRecord | null {
    const { blockLength, tagLength, cipher } = this.suite;
    const end = record.length - (this.encryptThenMac ? tagLength : 0);
    const start = HEADER + (this.iv === null ? blockLength : 0);
    if (end - start < blockLength || (end - start) % blockLength !== 0) return null;
    const decipher = tlsCrypto().createDecipheriv(
      cipher,
      this.key,
      this.iv ?? record.subarray(HEADER, start),
    );
    decipher.setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(record.subarray(start, end)), decipher.final()]);
    const padding = plain[plain.length - 1]!;
    const length = plain.length - padding - 1 - (this.encryptThenMac ? 0 : tagLength);
    if (length < 0) return null;
    for (let at = plain.length - padding - 1; at < plain.length; at++) if (plain[at] !== padding) return null;
    if (this.iv !== null) this.iv = Buffer.from(record.subarray(end - blockLength, end));
    return { type: record[0]!, content: plain.subarray(0, length) };
  }
}

/** RFC 8446 §5.3: the number of the record, as a number of eight octets, over the end of the IV. */
function xored(iv: Buffer, number: number): Buffer {
  const nonce = Buffer.from(iv);
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ number) >>> 0, 8);
  nonce.writeUInt32BE((nonce.readUInt32BE(4) ^ Math.floor(number / 2 ** 32)) >>> 0, 4);
  return nonce;
}

/** RFC 5246 §6.2.3.3. */
function additionalData(record: Buffer, number: number, length: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(Math.floor(number / 2 ** 32), 0);
  data.writeUInt32BE(number >>> 0, 4);
  record.copy(data, 8, 0, 3);
  data.writeUInt16BE(length, 11);
  return data;
}

/** RFC 8446 §5.2: the content, its type, and zeros. */
function innerContent(plain: Buffer): OpenedRecord | null {
  let end = plain.length;
  while (end > 0 && plain[end - 1] === 0) end--;
  return end === 0 ? null : { type: plain[end - 1]!, content: plain.subarray(0, end - 1) };
}

const HEADER = 5;
