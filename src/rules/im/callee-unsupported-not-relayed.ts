// Cisco IM, Transcoding: where the callee does not support the media type the call fails; the controller repairs nothing.
import { startLineEvidence } from '../evidence.ts';
import type { CrossedRequest } from '../facts/crossed-request.ts';
import { mediaLineEvidence, mediaText, offerIn } from '../facts/im-offer.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/callee-unsupported-not-relayed',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'When the callee refuses the media of an IM offer, the controller relays the failure.',
    why: 'A controller that answers for the callee leaves the caller writing to nobody.',
    exceptions: [
      'The request goes on to another target with the same description.',
      'Another status of failure goes back: info.',
    ],
    fix: 'Relay 415, 488 and 606 as they come; take no transcoder into an IM dialog.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Miscellaneous SDP Handling',
        says: 'if the callee does not support the media type, the call fails',
      },
    ],
    messages: {
      answered: 'the far side refused the IM offer with {status}, and the caller got {answer}',
      altered: 'after {status} the offer was tried again with {media} at {to}',
      mapped: 'the {status} of the far side went back as {answer}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      if (!crossing.judged || crossing.far === null) return;
      let crossed: ReadonlySet<TransactionFacts | undefined> | undefined;
      for (const request of crossing.requests) {
        const sdp = offerIn(request);
        if (sdp === undefined || sdp.kind() !== 'im' || request.sent === undefined) continue;
        const refusal = refusalOf(request.sent);
        const answer = request.received.final;
        if (refusal === undefined || answer === undefined) continue;
        crossed ??= new Set(crossing.requests.map(({ sent }) => sent));
        const again = altered(request, refusal, crossed);
        if (again !== undefined)
          report({
            message: 'altered',
            data: { status: refusal.status, media: mediaText(again.sdp!), to: again.sip.dst.text },
            at: [again, refusal],
            evidence: [...mediaLineEvidence(again.sdp!), startLineEvidence(refusal)],
            crossing,
            ...graded('warning', crossing.controller),
          });
        const accepted =
          answer.status < 300 && answer.sdp?.messageLines.some(({ rejected }) => !rejected) === true;
        const mapped = refusal.status >= 300 && answer.status >= 400 && answer.status !== refusal.status;
        if (!accepted && (!mapped || (crossing.pair?.group ?? 'single') !== 'single')) continue;
        if (mapped && answer.status === 487) continue;
        const common = {
          data: { status: refusal.status, answer: answer.status },
          at: [answer, refusal],
          evidence: [startLineEvidence(answer), startLineEvidence(refusal)],
          crossing,
        };
        if (accepted) report({ message: 'answered', ...common, ...graded('warning', crossing.controller) });
        else report({ message: 'mapped', ...common, severity: 'info' });
      }
    },
  }),
});

/** A failure for its media, or an answer that refuses every line. */
function refusalOf({ final }: TransactionFacts): MessageFacts | undefined {
  if (final === undefined) return undefined;
  if (final.status === 415 || final.status === 488 || final.status === 606) return final;
  const lines = final.status < 300 ? (final.sdp?.media ?? []) : [];
  return lines.length > 0 && lines.every(({ rejected }) => rejected) ? final : undefined;
}

/** Another request of the box at this hop, soon after, with another description: not what the caller sent. */
function altered(
  { sent, received }: CrossedRequest,
  refusal: MessageFacts,
  crossed: ReadonlySet<TransactionFacts | undefined>,
): MessageFacts | undefined {
  const { leg } = sent!;
  for (const invite of leg.invites) {
    const { request } = invite;
    if (request === undefined || crossed.has(invite)) continue;
    const delay = refusal.millisecondsTo(request);
    if (delay < 0 || delay > SOON || request.sip.src.ip !== sent!.request!.sip.src.ip) continue;
    const before = received.request!.sdp;
    if (request.sdp !== undefined && before !== undefined && !request.sdp.octets.equals(before.octets))
      return request;
  }
  return undefined;
}

/** Milliseconds after the refusal in which another try belongs to it. */
const SOON = 5000;
