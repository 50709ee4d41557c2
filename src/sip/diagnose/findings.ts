// Collects the diagnostics of one message.
import type { Diagnostic } from '../../capture/diagnostic.ts';
import type { SipMessage } from '../message.ts';
import { SIP_DIAGNOSTICS, type SipDiagnosticCode } from './diagnostic-codes.ts';

export class Findings {
  readonly message: SipMessage;
  readonly list: Diagnostic[] = [];

  private readonly frames: readonly number[];

  constructor(message: SipMessage) {
    this.message = message;
    this.frames = message.frames ?? (message.frame > 0 ? [message.frame] : []);
  }

  /** Adds one; `at` is an offset in `data` as the scan gives it. Past the cap only a last one says that there is more. */
  add(code: SipDiagnosticCode, detail: string, at: number = this.message.start): void {
    if (this.list.length > MAX_FINDINGS) return;
    const full = this.list.length === MAX_FINDINGS;
    const used = full ? 'sip/too-many-diagnostics' : code;
    const { severity, meaning } = SIP_DIAGNOSTICS[used];
    const message = full || detail === '' ? meaning : printable(detail);
    this.list.push({ code: used, severity, message, frames: this.frames, at: at - this.message.start });
  }
}

/** What came from the wire, fit for a terminal: of bounded length, control characters as escapes. */
function printable(text: string): string {
  const bounded = text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL)}…` : text;
  return bounded.replace(
    CONTROL,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

const MAX_FINDINGS = 100;
const MAX_DETAIL = 100;
const CONTROL = /[\x00-\x1f\x7f-\x9f]/g;
