// What the session descriptions of a crossing show of a party's privacy (Cisco IM, Privacy for SIP Instant Messaging).
import type { Crossing } from './crossing.ts';
import { type ImPrivacyMode, imPrivacyMode } from './im-privacy-mode.ts';
import type { SdpFacts } from './sdp-facts.ts';

export interface ShownPrivacy {
  readonly mode: ImPrivacyMode;
  /** As the first description that tells came in, and left. */
  readonly received: SdpFacts;
  readonly sent: SdpFacts;
}

/** By the party's first IM description that crossed; null without any. */
export function shownPrivacy(crossing: Crossing, fromCaller: boolean): ShownPrivacy | null {
  const out = crossing.out(fromCaller);
  if (out === null) return null;
  for (const { received, sent, fromCaller: own } of crossing.descriptions) {
    if (own !== fromCaller || sent === undefined) continue;
    const mode = imPrivacyMode(received, sent, out);
    if (mode !== null) return { mode, received, sent };
  }
  return null;
}
