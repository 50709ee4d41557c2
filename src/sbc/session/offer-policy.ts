// What the SBC makes of session descriptions: instant messages are taken alone, stay what they are, and are hidden where the
// call is private (rules.md SBC-1…13, SBC-40…46; Cisco IM, "SDP Handling for SIP Instant Messaging").
import type { Policy } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { SideName } from '../dialog/side-name.ts';
import type { Flow } from '../flow.ts';
import type { Draft } from '../message/draft.ts';
import type { Parts } from '../parts.ts';
import { repairCollapsedAnswer } from '../sdp/collapsed-lines.ts';
import { countedVersion } from '../sdp/counted-version.ts';
import { hiddenSession } from '../sdp/hidden-session.ts';
import { type OfferKind, offerKind } from '../sdp/offer-kind.ts';
import { editSessionBodies, sessionBody } from '../sdp/session-body.ts';
import type { CallMedia } from './call-media.ts';
import { hidesMessages, hidesSession, type Treatment } from './treatment.ts';

/** The id of the rule that an initial offer would break; null: it may pass. */
export function refusalOfOffer(
  policy: Policy,
  treatment: Treatment,
  kind: OfferKind,
  isMsrpOffer: boolean,
): string | null {
  // SBC-8.
  if (kind === 'mixed') return 'im/mixed-offer-not-488';
  if (kind !== 'im') return null;
  // SBC-13.
  if (treatment.inbound.h323 || treatment.outbound.h323) return 'im/interworking-not-488';
  // Q13: what cannot be hidden.
  const isPrivate = treatment.hidesCaller || treatment.hidesCallee;
  const refusesMsrp = isPrivate && policy.decisions.msrpUnderPrivacy === 'refuse';
  return refusesMsrp && isMsrpOffer ? 'privacy/im-mline-not-anonymised' : null;
}

/** SBC-9, SBC-10: what a later offer would make of the call. */
export function refusalOfReoffer(media: CallMedia, kind: OfferKind): string | null {
  if (kind === 'none' || media.kind === null || kind === media.kind) return null;
  return 'im/reoffer-kind-flip-not-488';
}

/** The id of the rule that an answer, or an offer in a response, breaks (SBC-12, §16 Q17); null: it may pass. */
export function refusalOfAnswer(
  { decisions, interworking }: Policy,
  { treatment, media }: Dialog,
  kind: OfferKind,
): string | null {
  if (kind === 'none') return null;
  if (media.kind !== null)
    return kind === media.kind || decisions.kindFlipInResponse === 'pass'
      ? null
      : 'im/reoffer-kind-flip-not-488';
  if (kind === 'mixed') return 'im/mixed-offer-not-488';
  if (kind !== 'im') return null;
  const { inbound, outbound } = treatment;
  if (inbound.h323 || outbound.h323) return 'im/interworking-not-488';
  // The INVITE brought no offer: what would be late on the one side is to be early on the other.
  const late = interworking.lateEarly.some(([from, to]) => from === inbound.name && to === outbound.name);
  return late ? 'im/interworking-not-488' : null;
}

export function kindOf(message: SipMessage, { decisions }: Policy): OfferKind {
  if (message.bodyStart === message.bodyEnd) return 'none';
  const description = sessionBody(message);
  if (description === undefined) return 'none';
  // Without a line of instant messages there is nothing to weigh.
  if (!description.includes('message')) return description.includes('m=') ? 'other' : 'none';
  return offerKind(description, decisions);
}

/** Puts the description that may be seen into a message that goes out. `from`: the side that said it. */
export function passMedia(
  parts: Parts,
  draft: Draft,
  media: CallMedia,
  treatment: Treatment,
  from: SideName,
  { local }: Flow,
): void {
  const { message } = draft;
  const { policy } = parts.configured;
  const { decisions } = policy;
  const repairs = decisions.collapsedLines === 'repair' && hidesMessages(treatment);
  if (repairs) media.lines.note(message, from);
  if (message.bodyStart === message.bodyEnd) return;
  const other =
    decisions.collapsedLines === 'repair' ? media.received[from === 'caller' ? 'callee' : 'caller'] : null;
  const hides = hidesSession(treatment, from, () => kindOf(message, policy));
  if (!hides && !repairs) return;
  const fitted = (received: Buffer, going: Buffer): Buffer =>
    repairs ? media.lines.fit(message, from, received, going) : going;
  const { sealed } = editSessionBodies(draft, (received) => {
    // SBC-46: the offer that this one answers went out with fewer lines.
    if (!hides) {
      const repaired = fitted(received, other === null ? received : repairCollapsedAnswer(other, received));
      const counted = countedVersion(repaired, media.sent[from]);
      media.sent[from] = counted;
      return counted.octets;
    }
    const hidden = hiddenSession(received, media.sent[from], {
      address: local.ip,
      imPort: decisions.imPrivacyPort,
      attributes: decisions.privacyAttributes,
      constantVersion: decisions.originVersion === 'constant',
      ...(other === null ? {} : { repairFor: other }),
    });
    media.sent[from] = hidden;
    media.received[from] = received;
    return fitted(received, hidden.octets);
  });
  if (hides && sealed > 0) parts.outbox.log('warn', 'sbc/sealed-body', { callId: message.callId });
}
