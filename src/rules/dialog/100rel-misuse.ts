// RFC 3262 §3, §4: when a provisional response may be sent reliably, when it must be, and how its RSeq is numbered.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { listsTag } from '../facts/option-tag.ts';
import { reliableResponses } from '../facts/reliable-response.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/100rel-misuse',
    severity: 'error',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'A 1xx is reliable only where the INVITE allows it, always where it asks for it, and carries both Require: 100rel and RSeq.',
    why: 'A caller that did not ask for reliable responses sends no PRACK, and the callee gives the call up.',
    exceptions: [
      'Each To tag of a fork numbers its responses by itself.',
      'Retransmissions, which keep their RSeq.',
      'The INVITE is not in the capture.',
    ],
    fix: 'Send 1xx reliably only to an INVITE with 100rel in Supported or Require, with Require: 100rel and an RSeq that rises by one.',
    sources: [
      {
        document: 'RFC 3262',
        section: '3',
        says: 'the callee: never for 100, only if offered, RSeq rises by one',
      },
      { document: 'RFC 3262', section: '4', says: 'the caller: Require: 100rel in INVITE only' },
      { document: 'RFC 3262', section: '7.1', says: 'the range of RSeq' },
    ],
    messages: {
      trying: '100 carries {value}',
      'not-offered': '{status} is sent reliably, which its INVITE does not offer',
      elsewhere: '{method} requires 100rel, which is for INVITE',
      'no-require': '{status} carries RSeq without Require: 100rel',
      'no-rseq': '{status} requires 100rel without RSeq',
      range: 'RSeq {value} is out of its range',
      step: '{status} has RSeq {value} after {before}',
      unreliable: '{status} is not reliable, which its INVITE requires',
    },
  },
  create: ({ report }) => {
    function judgeResponse(message: MessageFacts, invite: MessageFacts | undefined): void {
      const { sip, status } = message;
      const rseq = sip.value(HEADER.RSeq);
      const requires = listsTag(message, HEADER.Require, '100rel');
      const data = { status };
      if (status === 100) {
        if (rseq === undefined && !requires) return;
        const value = rseq === undefined ? 'Require: 100rel' : 'RSeq';
        report({ message: 'trying', data: { value }, at: message });
        return;
      }
      const evidence = [
        startLineEvidence(message),
        ...headerEvidence(message, HEADER.Require, 'Require'),
        ...headerEvidence(message, HEADER.RSeq, 'RSeq'),
      ];
      const known = invite !== undefined && !invite.truncated ? invite : undefined;
      if (rseq === undefined && !requires) {
        if (known === undefined || !listsTag(known, HEADER.Require, '100rel')) return;
        const asked = [...evidence, ...headerEvidence(known, HEADER.Require, 'Require')];
        report({ message: 'unreliable', data, at: [message, known], evidence: asked });
        return;
      }
      if (message.truncated) return;
      if (!requires) report({ message: 'no-require', data, at: message, evidence });
      else if (rseq === undefined) report({ message: 'no-rseq', data, at: message, evidence });
      if (known === undefined || offers(known) || !requires) return;
      const offered = [...evidence, ...headerEvidence(known, HEADER.Supported, 'Supported')];
      report({ message: 'not-offered', data, at: [message, known], evidence: offered });
    }

    function judgeNumbers(invite: TransactionFacts): void {
      const last = new Map<string, number>();
      for (const { message, tag, rseq } of reliableResponses(invite)) {
        const before = last.get(tag);
        const { status } = message;
        const evidence = headerEvidence(message, HEADER.RSeq, 'RSeq');
        const highest = before === undefined ? FIRST_HIGHEST : HIGHEST;
        const value = evidence[0]!.value;
        if (!(rseq >= 1 && rseq <= highest))
          report({ message: 'range', data: { value }, at: message, evidence });
        else if (before !== undefined && rseq !== before + 1)
          report({ message: 'step', data: { status, value, before }, at: message, evidence });
        last.set(tag, rseq);
      }
    }

    return {
      transaction(transaction) {
        const { request, methodId, responses } = transaction;
        if (methodId !== METHOD.INVITE) {
          if (request === undefined || !listsTag(request, HEADER.Require, '100rel')) return;
          const evidence = headerEvidence(request, HEADER.Require, 'Require');
          report({ message: 'elsewhere', data: { method: request.method }, at: request, evidence });
          return;
        }
        for (const message of responses) if (message.status < 200) judgeResponse(message, request);
        judgeNumbers(transaction);
      },
    };
  },
});

function offers(invite: MessageFacts): boolean {
  return listsTag(invite, HEADER.Supported, '100rel') || listsTag(invite, HEADER.Require, '100rel');
}

/** §3: the first leaves room to count up; §7.1. */
const FIRST_HIGHEST = 2 ** 31 - 1;
const HIGHEST = 2 ** 32 - 1;
