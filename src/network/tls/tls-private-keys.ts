// Private RSA keys of TLS servers, in PEM (RFC 7468) → premaster secrets that clients sent under them (RFC 5246 §7.4.7.1).
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import { tlsCrypto } from './tls-crypto.ts';

export class TlsPrivateKeys {
  private readonly keys: import('node:crypto').KeyObject[] = [];
  /** Those that could not be read, too. */
  private met = 0;
  private readonly onDiagnostic: DiagnosticSink;

  constructor(onDiagnostic: DiagnosticSink) {
    this.onDiagnostic = onDiagnostic;
  }

  get size(): number {
    return this.keys.length;
  }

  /** All that the text holds beside certificates. */
  add(pem: string): void {
    let found = false;
    for (const piece of pem.split('-----BEGIN ').slice(1)) {
      if (!PRIVATE.test(piece)) continue;
      found = true;
      if (this.met++ === MOST_KEYS) {
        this.refuse(`more than ${MOST_KEYS} private keys: the others are not used`);
        return;
      }
      this.addKey(piece);
    }
    if (!found) this.refuse('there is no private key in it');
  }

  /** The 48 octets that were sent so; null when they were sent under another key. */
  premaster(encrypted: Buffer): Buffer | null {
    const { privateDecrypt, constants } = tlsCrypto();
    for (const key of this.keys) {
      if (key.asymmetricKeyDetails?.modulusLength !== encrypted.length * 8) continue;
      try {
        const padded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted);
        const premaster = unpadded(padded);
        if (premaster !== null) return premaster;
      } catch {
        // A number that the key's modulus does not allow.
      }
    }
    return null;
  }

  private addKey(piece: string): void {
    const end = piece.indexOf('-----END ');
    const label = piece.slice(0, piece.indexOf('-----'));
    if (ENCRYPTED.test(piece.slice(0, 200))) {
      this.refuse('the private key in it is encrypted: give it without its password');
      return;
    }
    try {
      const pem = `-----BEGIN ${piece.slice(0, Math.max(0, end))}-----END ${label}-----\n`;
      const key = tlsCrypto().createPrivateKey(pem);
      if (key.asymmetricKeyType === 'rsa') this.keys.push(key);
      else this.refuse(`a private key of ${key.asymmetricKeyType} opens no connection: only those of RSA do`);
    } catch {
      this.refuse('the private key in it cannot be read');
    }
  }

  private refuse(message: string): void {
    this.onDiagnostic({ code: 'tls/private-key', severity: 'warning', message: `PEM: ${message}` });
  }
}

/** RFC 8017 §7.2.2: behind 00 02, at least eight octets that are not zero, and a zero. */
function unpadded(padded: Buffer): Buffer | null {
  const start = padded.length - PREMASTER;
  const isRight = padded[0] === 0 && padded[1] === 2 && start >= 11 && padded.indexOf(0, 2) === start - 1;
  return isRight ? padded.subarray(start) : null;
}

const PRIVATE = /^[A-Z0-9 ]*PRIVATE KEY-----/;
/** RFC 7468 §11, and what OpenSSL wrote before. */
const ENCRYPTED = /^ENCRYPTED |^Proc-Type: *4, *ENCRYPTED/m;
const PREMASTER = 48;
const MOST_KEYS = 64;
