// What the SDP parser found wrong with the description in a message, of some codes, with the line that shows it.
import type { Diagnostic } from '../../capture/diagnostic.ts';
import { type Evidence, sdpEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';

/** Empty for a message without a body, the quick way, and for a body that is no session description at all. */
export function sdpDiagnostics(message: MessageFacts, codes: ReadonlySet<string>): readonly Diagnostic[] {
  const { sip } = message;
  if (sip.bodyStart === sip.bodyEnd) return NONE;
  const { sdp } = message;
  // What Content-Length cut off is message/content-length's.
  if (sdp === undefined || !message.bodyWhole) return NONE;
  const { diagnostics } = sdp.description;
  if (diagnostics.length === 0 || !looksLikeSdp(sdp)) return NONE;
  return diagnostics.filter(({ code }) => codes.has(code));
}

/** The line a diagnostic is about, or what stands at the start of the description. */
export function diagnosticEvidence(sdp: SdpFacts, { at = 0 }: Diagnostic): Evidence[] {
  const { allLines } = sdp.description;
  const line = allLines.find(({ end }) => end - sdp.start > at) ?? allLines.at(-1);
  return line === undefined ? [] : [sdpEvidence(sdp, line)];
}

/** An o= or an m= line: what has neither is another kind of body under the wrong name (message/content-type). */
export function looksLikeSdp({ description }: SdpFacts): boolean {
  return description.allLines.some(({ type }) => type === 'o' || type === 'm');
}

const NONE: readonly Diagnostic[] = [];
