// RFC 3261 §8.2.2.3, §8.2.4, §21.4.16: what a request requires is understood or refused; answers use what was offered.
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/option-tags',
    severity: 'warning',
    scope: 'transaction',
    tier: 2,
    since: '0.2.0',
    summary:
      'A server refuses what it is required to support and does not, and uses in answers only what the client offered.',
    why: 'A call is set up on terms that one side does not know: no reliable ringing, no session timer, no precondition.',
    exceptions: [
      'A server that never says what it supports.',
      '100rel, timer and resource-priority, which dialog/100rel-misuse, dialog/session-timer and emergency/resource-priority judge.',
      'A 420 without Unsupported: message/mandatory-header.',
    ],
    fix: 'Have the server answer 420 with Unsupported, or list the option tag in Supported; have the client offer it in Supported.',
    sources: [
      { document: 'RFC 3261', section: '8.2.2.3', says: '420 for an option tag that is not understood' },
      { document: 'RFC 3261', section: '8.2.4', says: 'no extension that the request does not list' },
      { document: 'RFC 3261', section: '21.4.15', says: 'Unsupported in 420' },
      { document: 'RFC 3261', section: '21.4.16', says: 'Require in 421' },
    ],
    messages: {
      accepted: '{status} accepts a request that requires {tag}, which the server does not list in Supported',
      unoffered: '{status} requires {tag}, which the request does not offer',
      'no-require': '421 does not say in Require what it demands',
    },
  },
  create({ report }) {
    return {
      transaction(transaction) {
        const { request, success } = transaction;
        for (const response of transaction.responses) judgeResponse(transaction, response);
        if (request === undefined || success === undefined || request.sip.find(HEADER.Require) < 0) return;
        const able = supportedBy(transaction);
        if (able === undefined) return;
        for (const tag of tags(request, HEADER.Require)) {
          if (able.has(tag) || ELSEWHERE.has(tag)) continue;
          report({
            message: 'accepted',
            data: { status: success.status, tag },
            at: [success, request],
            evidence: [
              ...headerEvidence(request, HEADER.Require, 'Require'),
              ...headerEvidence(success, HEADER.Supported, 'Supported'),
            ],
          });
        }
      },
    };

    function judgeResponse({ request }: TransactionFacts, response: MessageFacts): void {
      const { status, sip } = response;
      if (status === 421) {
        if (sip.find(HEADER.Require) < 0 && !response.truncated) {
          report({ message: 'no-require', at: response, evidence: [startLineEvidence(response)] });
        }
        return;
      }
      if (request === undefined || request.truncated || sip.find(HEADER.Require) < 0) return;
      const offered = new Set([...tags(request, HEADER.Supported), ...tags(request, HEADER.Require)]);
      for (const tag of tags(response, HEADER.Require)) {
        if (offered.has(tag) || ELSEWHERE.has(tag)) continue;
        const evidence = headerEvidence(response, HEADER.Require, 'Require');
        report({ message: 'unoffered', data: { status, tag }, at: [response, request], evidence });
      }
    }
  },
});

/** All that the answering side said to support or require at this hop; undefined when it never said. */
function supportedBy({ leg, request }: TransactionFacts): Set<string> | undefined {
  const side = request!.sip.dst.text;
  let said = false;
  const able = new Set<string>();
  for (const message of leg.messages) {
    if (message.sip.src.text !== side) continue;
    if (message.sip.find(HEADER.Supported) >= 0) said = true;
    for (const tag of tags(message, HEADER.Supported)) able.add(tag);
    for (const tag of tags(message, HEADER.Require)) able.add(tag);
  }
  return said ? able : undefined;
}

function tags({ sip }: MessageFacts, id: HeaderId): string[] {
  return sip.find(id) < 0 ? [] : sip.values(id).map((tag) => tag.toLowerCase());
}

const ELSEWHERE: ReadonlySet<string> = new Set(['100rel', 'timer', 'resource-priority']);
