// A call between two adjacencies → how the SBC treats it: Record-Route passthrough, whom it hides (rules.md §15; Cisco
// "SIP Instant Messaging": Record-Route Passthrough, Privacy; RFC 3323 §4.2).

import { emergencyMark } from '../../dialog/emergency-mark.ts';
import { privacyFor } from '../../policy/cac-privacy.ts';
import type { Adjacency, Policy } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import {
  asksToHide,
  asksToHideSession,
  NOTHING_ASKED,
  type PrivacyAsked,
  privacyLevels,
} from '../privacy/levels.ts';
import type { OfferKind } from '../sdp/offer-kind.ts';

export interface Treatment {
  readonly inbound: Adjacency;
  readonly outbound: Adjacency;
  /** Record-Route values are passed on, with the SBC's own added. */
  readonly recordRoutes: boolean;
  /** Contact goes on as it came, and so does the Request-URI within the dialog. */
  readonly contacts: boolean;
  /** Call-ID, tags, From and To go on as they came. */
  readonly identifiers: boolean;
  /** The configuration hides this party (CAC entry). */
  readonly hidesCaller: boolean;
  readonly hidesCallee: boolean;
  readonly hidesTopology: boolean;
  /** What the caller asked for (RFC 3323 §4.2). */
  readonly asked: PrivacyAsked;
}

/** `registered`: the caller or the callee is a registered subscriber. */
export function treatmentOf(
  policy: Policy,
  inbound: Adjacency,
  outbound: Adjacency,
  request: SipMessage,
  registered: boolean,
): Treatment {
  const privacy = privacyFor(
    policy,
    inbound,
    outbound,
    request.from?.uri.address ?? '',
    request.uri.address || (request.to?.uri.address ?? ''),
  );
  // RFC 6443 §16, RFC 6881 §9.2: privacy is waived where help is called for.
  const isEmergency = emergencyMark(request, policy) !== 'none';
  const hidesCaller = privacy.caller === true && !isEmergency;
  const hidesCallee = privacy.callee === true;
  const hidesTopology = !isEmergency && (inbound.topologyHiding === true || outbound.topologyHiding === true);
  const asked = isEmergency ? NOTHING_ASKED : privacyLevels(request);
  const isPrivate = hidesCaller || hidesCallee || hidesTopology || asksToHide(asked);
  // The inbound adjacency decides, whatever is set on the outbound one; registered subscribers are exempt.
  const wanted = inbound.recordRoutePassthrough === true && !registered;
  const passthrough = wanted && !isPrivate;
  const { decisions } = policy;
  return {
    inbound,
    outbound,
    recordRoutes: passthrough,
    contacts: passthrough || (wanted && decisions.privacyContact === 'keep'),
    identifiers: passthrough && decisions.passthroughIdentifiers === 'keep',
    hidesCaller,
    hidesCallee,
    hidesTopology,
    asked,
  };
}

/**
 * Whether session descriptions of this party are rewritten. Topology hiding alone leaves instant messages as they are (rules.md
 * SBC-11: unchanged unless privacy is configured).
 */
export function hidesSession(
  { hidesCaller, hidesCallee, hidesTopology, asked }: Treatment,
  from: 'caller' | 'callee',
  /** Asked only where it matters: it is found by reading the body. */
  kind: () => OfferKind,
): boolean {
  if (from === 'caller' ? hidesCaller || asksToHideSession(asked) : hidesCallee) return true;
  return hidesTopology && kind() === 'other';
}

/** Whether lines of instant messages of either side are collapsed (SBC-42). */
export function hidesMessages({ hidesCaller, hidesCallee, asked }: Treatment): boolean {
  return hidesCaller || hidesCallee || asksToHideSession(asked);
}
