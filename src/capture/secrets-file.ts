// Secrets of TLS in a file of their own among the captures: a key log (what SSLKEYLOGFILE names: draft-ietf-tls-keylogfile) or private
// keys in PEM (RFC 7468). Octets in, its text out. It holds no packets; its secrets are for those of the captures it is given with.
import type { ByteWindow } from './byte-window.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import type { DecryptionSecrets } from './pcapng-annotation.ts';
import { PRIVATE_KEYS, TLS_KEY_LOG } from './pcapng-block.ts';

export type SecretsFormat = 'key-log' | 'pem';

/** What text begins as: a line of a key log, or of PEM, perhaps behind others that say nothing; null for neither. */
export function secretsFormat(octets: Buffer): SecretsFormat | null {
  const text = octets.toString('latin1');
  return KEY_LOG.test(text) ? 'key-log' : PEM.test(text) ? 'pem' : null;
}

/** Octets that show it, when there are as many. */
export const SECRETS_BEGINNING = 4096;

/** The first octet of such text: others need not be waited for. */
export function maybeSecrets(octet: number): boolean {
  return FIRST.test(String.fromCharCode(octet));
}

export class SecretsFile {
  readonly secrets: DecryptionSecrets[] = [];
  ended = false;

  private readonly window: ByteWindow;
  private readonly format: SecretsFormat;
  private readonly onDiagnostic: DiagnosticSink;

  constructor(window: ByteWindow, format: SecretsFormat, onDiagnostic: DiagnosticSink) {
    this.window = window;
    this.format = format;
    this.onDiagnostic = onDiagnostic;
  }

  /** Takes what there is, once it is all of it. No packet comes of it. */
  read(): false {
    const { window, format } = this;
    const [type, longest] = KINDS[format];
    if (this.ended || (!window.need(longest) && !window.closed)) return false;
    const end = Math.min(window.end, window.pos + longest);
    if (end < window.end || !window.closed) {
      this.onDiagnostic({
        code: 'capture/secrets-cut',
        severity: 'warning',
        message: `${NAMES[format]} of more than ${longest} octets: what is behind those is not used`,
        at: window.base + end,
      });
    }
    this.secrets.push({ type, data: Buffer.from(window.data.subarray(window.pos, end)) });
    window.pos = end;
    this.ended = true;
    return false;
  }
}

/** Each line before it is read in one way only: a text of line ends has no others to try. */
const KEY_LOG =
  /^(?:[^\S\n]*(?:#[^\n]*)?\n)*(?:(?:CLIENT|SERVER)_[A-Z_]+(?:_0)?|EXPORTER_SECRET|RSA) [0-9a-fA-F]{16,64} /;
/** Programs write of whom a key or certificate is before it. */
const PEM = /^-----BEGIN [A-Z0-9 ]+-----\r?$/m;
const FIRST = /[#A-Za-z\s-]/;

const KINDS = { 'key-log': [TLS_KEY_LOG, 64 << 20], pem: [PRIVATE_KEYS, 1 << 20] } as const;
const NAMES = { 'key-log': 'a key log', pem: 'PEM' } as const;
