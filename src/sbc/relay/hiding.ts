// What the call's treatment, the caller's wish and the edge of the trust domain take out of a message that goes on (rules.md §14;
// RFC 3323, RFC 3325).
import { emergencyMark } from '../../dialog/emergency-mark.ts';
import type { Adjacency } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { SideName } from '../dialog/side-name.ts';
import type { Flow } from '../flow.ts';
import type { Draft } from '../message/draft.ts';
import type { Parts } from '../parts.ts';
import { applyPrivacy, type PrivacyDone, privacyFailure } from '../privacy/apply.ts';
import { asksToHideSession, NOTHING_ASKED, type PrivacyAsked, privacyLevels } from '../privacy/levels.ts';
import { isTrusted } from '../privacy/trust.ts';
import { kindOf } from '../session/offer-policy.ts';
import { hidesSession, type Treatment } from '../session/treatment.ts';

/** `from`: the side that said it; `source`: the way it came; `flow`: the way it goes. */
export function hide(
  parts: Parts,
  draft: Draft,
  treatment: Treatment,
  from: SideName,
  source: Flow,
  flow: Flow,
): PrivacyDone {
  const { message } = draft;
  const { policy, adjacencies } = parts.configured;
  const [near, far] = sidesOf(treatment, from);
  const asked = askedBy(message, treatment, from);
  return applyPrivacy(draft, {
    party: from,
    asked,
    hidden: from === 'caller' ? treatment.hidesCaller : treatment.hidesCallee,
    topologyHidden: treatment.hidesTopology,
    trustedSource: isTrusted(policy, near, source.remote.ip),
    trustedNextHop: isTrusted(policy, far, flow.remote.ip),
    emergency: message.isRequest && emergencyMark(message, policy) !== 'none',
    ownHost: flow.local.ip,
    isOwn: (host) => adjacencies.isLocalHost(host),
    sessionHidden: !asksToHideSession(asked) || isSessionHidden(parts, message, treatment, from),
  });
}

/** What a request is refused with when the caller's privacy cannot be had (RFC 3323 §5): the reason phrase; '' where it can. */
export function refusalForPrivacy(done: PrivacyDone): string {
  return done.mustFail ? privacyFailure(done) : '';
}

function sidesOf(
  { inbound, outbound }: Treatment,
  from: SideName,
): readonly [near: Adjacency, far: Adjacency] {
  return from === 'caller' ? [inbound, outbound] : [outbound, inbound];
}

/** In this message, or by the caller in the request that began the call. */
function askedBy(message: SipMessage, { asked }: Treatment, from: SideName): PrivacyAsked {
  const now = privacyLevels(message);
  return now === NOTHING_ASKED && from === 'caller' ? asked : now;
}

/** Instant messages can be hidden whole, other media cannot as long as it is not relayed. */
function isSessionHidden(parts: Parts, message: SipMessage, treatment: Treatment, from: SideName): boolean {
  const kind = kindOf(message, parts.configured.policy);
  return kind === 'none' || (kind === 'im' && hidesSession(treatment, from, () => kind));
}
