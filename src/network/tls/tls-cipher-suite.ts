// Cipher suites of TLS by number → how their records are protected. IANA's TLS Cipher Suites registry; RFC 5246 §A.5,
// RFC 5288, RFC 5289, RFC 6655, RFC 7251, RFC 7905, RFC 8446 §B.4.

export type Hash = 'sha256' | 'sha384';

export interface CipherSuite {
  readonly mode: 'gcm' | 'ccm' | 'chacha' | 'cbc';
  /** As node:crypto names it. */
  readonly cipher: string;
  readonly keyLength: number;
  /** Octets of the tag of an AEAD, or of the MAC behind the content of CBC. */
  readonly tagLength: number;
  /** Of CBC: octets of a block. */
  readonly blockLength: number;
  /** Of the key schedule, of TLS 1.2 and later. */
  readonly hash: Hash;
}

/** Undefined for those that are not read: without encryption, RC4, Camellia, ARIA, GOST. */
export function cipherSuite(number: number): CipherSuite | undefined {
  return SUITES.get(number);
}

/** Whether the client sends the premaster secret under the RSA key of the server (RFC 5246 §7.4.7.1). */
export function agreesByRsa(number: number): boolean {
  return BY_RSA.has(number);
}

const BY_RSA = new Set([
  ...[0x000a, 0x002f, 0x0035, 0x003c, 0x003d, 0x009c, 0x009d],
  ...[0xc09c, 0xc09d, 0xc0a0, 0xc0a1],
]);

const SUITES = new Map<number, CipherSuite>();

add(gcm(16, 'sha256'), 0x1301, 0x009c, 0x009e, 0x00a8, 0xc02b, 0xc02f);
add(gcm(32, 'sha384'), 0x1302, 0x009d, 0x009f, 0x00a9, 0xc02c, 0xc030);
add(chacha(), 0x1303, 0xcca8, 0xcca9, 0xccaa, 0xccab, 0xccac);
add(ccm(16, 16), 0x1304, 0xc09c, 0xc09e, 0xc0ac);
add(ccm(16, 8), 0x1305, 0xc0a0, 0xc0a2, 0xc0ae);
add(ccm(32, 16), 0xc09d, 0xc09f, 0xc0ad);
add(ccm(32, 8), 0xc0a1, 0xc0a3, 0xc0af);
// RFC 3261 §26.2.1 wants it of proxies that are to work with old ones.
add(cbc('des-ede3-cbc', 24, 8, 20), 0x000a, 0x0016, 0xc008, 0xc012);
add(cbc('aes-128-cbc', 16, 16, 20), 0x002f, 0x0033, 0xc009, 0xc013, 0x008c);
add(cbc('aes-256-cbc', 32, 16, 20), 0x0035, 0x0039, 0xc00a, 0xc014, 0x008d);
add(cbc('aes-128-cbc', 16, 16, 32), 0x003c, 0x0067, 0xc023, 0xc027);
add(cbc('aes-256-cbc', 32, 16, 32), 0x003d, 0x006b);
add(cbc('aes-256-cbc', 32, 16, 48, 'sha384'), 0xc024, 0xc028);

function add(suite: CipherSuite, ...numbers: number[]): void {
  for (const number of numbers) SUITES.set(number, suite);
}

function gcm(keyLength: number, hash: Hash): CipherSuite {
  return { mode: 'gcm', cipher: `aes-${keyLength * 8}-gcm`, keyLength, tagLength: 16, blockLength: 0, hash };
}

function chacha(): CipherSuite {
  const sizes = { keyLength: 32, tagLength: 16, blockLength: 0 };
  return { mode: 'chacha', cipher: 'chacha20-poly1305', ...sizes, hash: 'sha256' };
}

function ccm(keyLength: number, tagLength: number): CipherSuite {
  const cipher = `aes-${keyLength * 8}-ccm`;
  return { mode: 'ccm', cipher, keyLength, tagLength, blockLength: 0, hash: 'sha256' };
}

function cbc(
  cipher: string,
  keyLength: number,
  blockLength: number,
  tagLength: number,
  hash: Hash = 'sha256',
): CipherSuite {
  return { mode: 'cbc', cipher, keyLength, tagLength, blockLength, hash };
}
