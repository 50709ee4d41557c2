// The IM descriptions of a crossing that the policy wants made anonymous (Cisco IM, Privacy for SIP Instant Messaging). MSRP is not
// rewritten (rules.md §16 Q13).
import type { CrossedSdp } from './crossed-sdp.ts';
import type { Crossing } from './crossing.ts';
import type { Side } from './crossing-side.ts';
import { hasMsrp } from './im-privacy-mode.ts';
import type { SdpFacts } from './sdp-facts.ts';

export interface PrivateSdp {
  readonly crossed: CrossedSdp;
  readonly received: SdpFacts;
  readonly sent: SdpFacts;
  /** The side it leaves by: its addresses stand in for the user's. */
  readonly out: Side;
}

export function privateDescriptions(crossing: Crossing): PrivateSdp[] {
  if (!crossing.judged) return [];
  const found: PrivateSdp[] = [];
  for (const crossed of crossing.descriptions) {
    const { received, sent, fromCaller } = crossed;
    const privacy = crossing.privacy(fromCaller);
    // What is inferred from the same lines is told by privacy/mode-inferred.
    if (!privacy.known || !privacy.holds || sent === undefined) continue;
    if (received.kind() !== 'im' || hasMsrp(received)) continue;
    found.push({ crossed, received, sent, out: crossing.out(fromCaller)! });
  }
  return found;
}
