// a=crypto (RFC 4568 §9): `1 AES_CM_128_HMAC_SHA1_80 inline:<key||salt>|2^20|1:4 KDR=0`.

export interface Crypto {
  readonly tag: number;
  readonly suite: string;
  readonly keys: readonly CryptoKey[];
  readonly sessionParameters: readonly string[];
}

export interface CryptoKey {
  readonly method: string;
  /** A secret: key and salt in base64. Never printed unless asked for. */
  readonly key: string;
  /** `2^20` or digits; '' when not said. */
  readonly lifetime: string;
  /** `value:length`; '' when not said. */
  readonly mki: string;
}

export function parseCrypto(value: string): Crypto | undefined {
  const [tag, suite, keys, ...sessionParameters] = value.trim().split(/[ \t]+/);
  if (!/^\d{1,9}$/.test(tag) || suite === undefined || keys === undefined) return undefined;
  return { tag: Number(tag), suite, keys: keys.split(';').map(parseKey), sessionParameters };
}

function parseKey(text: string): CryptoKey {
  const colon = text.indexOf(':');
  const [key, ...rest] = text.slice(colon + 1).split('|');
  return {
    method: colon < 0 ? '' : text.slice(0, colon),
    key,
    lifetime: rest.find((part) => !part.includes(':')) ?? '',
    mki: rest.find((part) => part.includes(':')) ?? '',
  };
}
