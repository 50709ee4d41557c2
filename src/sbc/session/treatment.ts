// A call between two adjacencies → how the SBC treats it: Record-Route passthrough, whom it hides (rules.md §15; Cisco
// "SIP Instant Messaging": Record-Route Passthrough, Privacy; RFC 3323 §4.2).
import { privacyFor } from '../../policy/cac-privacy.ts';
import type { Adjacency, Policy } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import { asksToHide, asksToHideSession, type PrivacyAsked, privacyLevels } from '../privacy/levels.ts';

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
  const hidesCaller = privacy.caller === true;
  const hidesCallee = privacy.callee === true;
  const hidesTopology = inbound.topologyHiding === true || outbound.topologyHiding === true;
  const asked = privacyLevels(request);
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

/** Whether session descriptions of this party are rewritten. */
export function hidesSession(
  { hidesCaller, hidesCallee, hidesTopology, asked }: Treatment,
  from: 'caller' | 'callee',
): boolean {
  if (hidesTopology) return true;
  return from === 'caller' ? hidesCaller || asksToHideSession(asked) : hidesCallee;
}
