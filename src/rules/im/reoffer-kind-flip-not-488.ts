// Cisco IM, SDP Handling: after the first negotiation a re-offer that makes an IM call something else, or the reverse, gets 488.
// RFC 3261 §13.3.1.3, §14.2; RFC 3311 §5.3: the failure leaves the session as it was.
import { startLineEvidence } from '../evidence.ts';
import type { CrossedRequest } from '../facts/crossed-request.ts';
import type { Crossing } from '../facts/crossing.ts';
import { mediaLineEvidence, mediaText, OTHER_REASONS, offerIn } from '../facts/im-offer.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { SdpFacts, SdpKind } from '../facts/sdp-facts.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/reoffer-kind-flip-not-488',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'A re-offer that turns an IM call into another, or another into IM, is refused with 488, and the session stays.',
    why: 'The controller admitted the call as what it was: without media relay or with it, charged or not. What it turns into does not work.',
    exceptions: [
      'Before the first negotiation is complete.',
      'One more m=message line is no other kind; a mix is judged by mixed-offer-not-488.',
      'An offer in a 2xx cannot be refused with 488 (Q17): told as info.',
      'The request failed for another reason: 491, 481, a challenge.',
    ],
    fix: 'Refuse the re-offer at the controller with 488; begin a dialog of its own for the other kind.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'SDP Handling for SIP Instant Messaging',
        says: 'a reoffer that changes IM to non-IM or the reverse is rejected with 488',
      },
      {
        document: 'RFC 3261',
        section: '14.2',
        says: 'a session description that is not acceptable gets 488',
      },
      { document: 'RFC 3311', section: '5.3', says: 'a failure leaves the session unchanged' },
    ],
    messages: {
      forwarded: '{method} offering {media} in a call of {kind} went on to {to}',
      answered: '{method} offering {media} in a call of {kind} was answered {status} instead of 488',
      'state-changed': 'after the 488 the controller offers {media} in a call of {kind}',
      'in-response': 'the {status} brings an offer of {media} in a call of {kind}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      const begun = firstAccepted(crossing);
      if (begun === undefined) return;
      let refused: { by: MessageFacts; kind: SdpKind } | undefined;
      for (const request of crossing.requests) {
        const { received, sent, fromCaller } = request;
        if (received.initial) continue;
        const first = negotiated(begun, received.request!);
        if (first === undefined) continue;
        const { kind } = first;
        const words = inWords(kind);
        const sdp = offerIn(request);
        const grade = graded('error', crossing.controller);
        if (sdp === undefined) {
          const offer = offerInResponse(request);
          if (offer !== undefined && isFlip(offer, kind))
            report({
              message: 'in-response',
              data: { status: offer.message.status, media: mediaText(offer), kind: words },
              at: [offer.message, first.sdp.message],
              evidence: mediaLineEvidence(offer),
              crossing,
              severity: 'info',
            });
          continue;
        }
        if (!isFlip(sdp, kind)) continue;
        const status = received.final?.status ?? 0;
        if (status === 488) refused ??= { by: received.final!, kind };
        const forwarded = sent?.request;
        if (forwarded === undefined && (status === 0 || status === 488 || OTHER_REASONS.has(status)))
          continue;
        const common = { method: received.method, media: mediaText(sdp), kind: words };
        report({
          message: forwarded === undefined ? 'answered' : 'forwarded',
          data: {
            ...common,
            ...(forwarded === undefined ? { status } : { to: crossing.out(fromCaller)!.peer.text }),
          },
          at: [forwarded ?? received.final!, received.request!, first.sdp.message],
          evidence: [
            ...mediaLineEvidence(sdp),
            ...(received.final === undefined ? [] : [startLineEvidence(received.final)]),
            ...mediaLineEvidence(first.sdp),
          ],
          crossing,
          ...grade,
        });
      }
      const changed = refused === undefined ? undefined : offeredBySelf(crossing, refused.by, begun);
      if (changed !== undefined)
        report({
          message: 'state-changed',
          data: { media: mediaText(changed), kind: inWords(refused!.kind) },
          at: [changed.message, refused!.by],
          evidence: mediaLineEvidence(changed),
          crossing,
          ...graded('error', crossing.controller),
        });
    },
  }),
});

interface Negotiation {
  readonly kind: SdpKind;
  readonly sdp: SdpFacts;
}

/** The first INVITE that was accepted. */
function firstAccepted({ requests }: Crossing): CrossedRequest | undefined {
  return requests.find(
    ({ received }) => received.method === 'INVITE' && received.initial && received.success !== undefined,
  );
}

/** What was offered to begin with, in the dialog of this message: in the request, else in the 2xx that made it, one of each fork. */
function negotiated({ received, sent }: CrossedRequest, { sip }: MessageFacts): Negotiation | undefined {
  const answers = [...received.responses, ...(sent?.responses ?? [])].filter(({ status }) => status >= 200);
  const own = answers.find(({ sip: { toTag } }) => toTag === sip.toTag || toTag === sip.fromTag);
  const sdp = received.request!.sdp ?? (own ?? received.success!).sdp;
  const kind = sdp?.kind() ?? 'none';
  return kind === 'im' || kind === 'media' ? { kind, sdp: sdp! } : undefined;
}

function inWords(kind: SdpKind): string {
  return kind === 'im' ? 'IM' : 'other media';
}

function offerInResponse({ received }: CrossedRequest): SdpFacts | undefined {
  return received.method === 'INVITE' && received.request!.sdp === undefined
    ? received.success?.sdp
    : undefined;
}

function isFlip(sdp: SdpFacts, kind: SdpKind): boolean {
  const asked = sdp.kind();
  return (asked === 'im' || asked === 'media') && asked !== kind;
}

/** What the box itself offers later of the kind it refused. */
function offeredBySelf(
  { near, far }: Crossing,
  refused: MessageFacts,
  begun: CrossedRequest,
): SdpFacts | undefined {
  for (const side of far === null ? [near] : [near, far]) {
    for (const message of side.leg.messages) {
      if (!message.isRequest || side.received(message) || refused.millisecondsTo(message) <= 0) continue;
      const first = message.sdp && negotiated(begun, message);
      if (first !== undefined && isFlip(message.sdp!, first.kind)) return message.sdp;
    }
  }
  return undefined;
}
