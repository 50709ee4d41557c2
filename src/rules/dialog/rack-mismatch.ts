// RFC 3262 §7.2: RAck repeats RSeq, CSeq number and method of the response that a PRACK acknowledges; §3: a PRACK that
// matches is answered 2xx, another 481.
import { HEADER } from '../../sip/header/header-names.ts';
import { parseRAck } from '../../sip/header/rack.ts';
import { METHOD } from '../../sip/method.ts';
import { type Evidence, headerEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import {
  acknowledgedBy,
  pracksTo,
  type ReliableResponse,
  reliableResponses,
} from '../facts/reliable-response.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/rack-mismatch',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'The RAck of a PRACK names a reliable provisional response of its dialog, and the answer says whether it does.',
    why: 'A PRACK that matches nothing leaves the response unacknowledged, and the call cannot be answered.',
    exceptions: [
      'The capture lacks the INVITE or its responses.',
      'A second PRACK for the same response: 481 is right.',
      'A PRACK challenged with 401 or 407, or answered after the INVITE has failed, or another fork has accepted it.',
    ],
    fix: 'Copy RSeq, then CSeq number and method of the 1xx into RAck.',
    sources: [
      { document: 'RFC 3262', section: '7.2', says: 'what RAck holds' },
      { document: 'RFC 3262', section: '3', says: 'what matches, 2xx and 481' },
    ],
    messages: {
      malformed: 'RAck {value} is not a sequence number, a CSeq number and a method',
      'no-match': 'RAck {value} names no reliable response of the dialog',
      accepted: 'PRACK with RAck {value}, which names nothing, was answered {status}',
      refused: 'PRACK with RAck {value} matches and was answered {status}',
    },
  },
  create: ({ report }) => ({
    transaction(prack) {
      const { methodId, request, final, leg } = prack;
      if (methodId !== METHOD.PRACK || request === undefined || request.truncated) return;
      const value = request.sip.value(HEADER.RAck);
      // Its absence is told by message/mandatory-header.
      if (value === undefined) return;
      const evidence = headerEvidence(request, HEADER.RAck, 'RAck');
      if (parseRAck(value) === undefined) {
        report({ message: 'malformed', data: { value }, at: request, evidence });
        return;
      }
      const { fromTag } = request.sip;
      const invites = leg.invites.filter((one) => one.request?.sip.fromTag === fromTag);
      if (leg.partial || !invites.some(({ responses }) => responses.length > 0)) return;
      const reliable = invites.flatMap(reliableResponses);
      const match = acknowledgedBy(request, reliable);
      if (match === undefined) {
        // Accepted without any reliable response to be seen: that is what the capture lacks.
        if (reliable.length === 0 && final !== undefined && final.status < 300) return;
        const those = reliable.slice(-SHOWN);
        report({
          message: 'no-match',
          data: { value },
          at: [request, ...messagesOf(those)],
          evidence: [...evidence, ...those.flatMap(rseqOf)],
        });
        if (final === undefined || final.status >= 300) return;
        const data = { value, status: final.status };
        report({
          message: 'accepted',
          data,
          at: [final, request],
          evidence: [startLineEvidence(final), ...evidence],
        });
        return;
      }
      if (final === undefined || final.status < 300 || final.status === 401 || final.status === 407) return;
      // Of another fork a 2xx is as good as a failure of this one: it is cancelled where the call was forked (RFC 3261 §16.7).
      const { toTag } = match.message.sip;
      const end = match.message.transaction?.responses.find(({ status, sip }) => {
        return status >= 300 || (status >= 200 && sip.toTag !== toTag);
      });
      if (end !== undefined && end.millisecondsTo(final) >= 0) return;
      // RFC 3261 §9.2: a CANCEL ends what the PRACK is about; its failure may come after it.
      const cancel = match.message.transaction?.cancelledBy?.request;
      if (cancel !== undefined && cancel.millisecondsTo(final) >= 0) return;
      const again = pracksTo(match).some((one) => {
        return (
          one !== request &&
          one.leg === leg &&
          one.millisecondsTo(request) >= 0 &&
          acknowledgedBy(one, [match]) !== undefined
        );
      });
      if (again) return;
      const data = { value, status: final.status };
      const shown = [startLineEvidence(final), ...evidence, ...rseqOf(match)];
      report({ message: 'refused', data, at: [final, request, match.message], evidence: shown });
    },
  }),
});

function rseqOf({ message }: ReliableResponse): Evidence[] {
  return headerEvidence(message, HEADER.RSeq, 'RSeq');
}

function messagesOf(responses: readonly ReliableResponse[]): MessageFacts[] {
  return responses.map(({ message }) => message);
}

/** Of the responses that a RAck does not name: the latest. */
const SHOWN = 8;
