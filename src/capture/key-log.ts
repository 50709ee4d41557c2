// A key log of TLS (what SSLKEYLOGFILE names: draft-ietf-tls-keylogfile) among the captures: octets in, its text out. It holds no
// packets; its secrets are for those of the captures it is given with.
import type { ByteWindow } from './byte-window.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import type { DecryptionSecrets } from './pcapng-annotation.ts';
import { TLS_KEY_LOG } from './pcapng-block.ts';

/** Whether text begins as a key log does: with a line of one, perhaps behind comments and empty lines. */
export function beginsKeyLog(octets: Buffer): boolean {
  return BEGINNING.test(octets.toString('latin1'));
}

/** Octets that show it, when there are as many. */
export const KEY_LOG_BEGINNING = 4096;

export class KeyLog {
  readonly secrets: DecryptionSecrets[] = [];
  ended = false;

  private readonly window: ByteWindow;
  private readonly onDiagnostic: DiagnosticSink;

  constructor(window: ByteWindow, onDiagnostic: DiagnosticSink) {
    this.window = window;
    this.onDiagnostic = onDiagnostic;
  }

  /** Takes what there is, once it is all of it. No packet comes of it. */
  read(): false {
    const { window } = this;
    if (this.ended || (!window.need(LONGEST) && !window.closed)) return false;
    const end = Math.min(window.end, window.pos + LONGEST);
    if (end < window.end || !window.closed) {
      this.onDiagnostic({
        code: 'capture/key-log-cut',
        severity: 'warning',
        message: `the key log is longer than ${LONGEST} octets: its secrets behind those are not used`,
        at: window.base + end,
      });
    }
    this.secrets.push({ type: TLS_KEY_LOG, data: Buffer.from(window.data.subarray(window.pos, end)) });
    window.pos = end;
    this.ended = true;
    return false;
  }
}

/** Each line before it is read in one way only: a text of line ends has no others to try. */
const BEGINNING =
  /^(?:[^\S\n]*(?:#[^\n]*)?\n)*(?:(?:CLIENT|SERVER)_[A-Z_]+(?:_0)?|EXPORTER_SECRET|RSA) [0-9a-fA-F]{16,64} /;
const LONGEST = 64 << 20;
