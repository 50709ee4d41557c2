// RFC 3903 §4.1, §6, §11.3: a publication is known by its entity-tag, which changes with each success.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence } from '../evidence.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/publish-rules',
    severity: 'warning',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'A PUBLISH that refreshes, changes or removes names the entity-tag of the last 2xx, and each 2xx gives a new one.',
    why: 'State piles up under old tags: a phone shows busy or offline long after that has changed.',
    exceptions: [
      'An initial publication, which has no entity-tag yet.',
      'A removal, whose 2xx has nothing left to name.',
      'Entity-tags given before the capture.',
    ],
    fix: 'Have the client send SIP-If-Match with the last SIP-ETag, and the server return SIP-ETag and Expires with each 2xx.',
    sources: [
      { document: 'RFC 3903', section: '4.1', says: 'SIP-If-Match when updating; table 1' },
      {
        document: 'RFC 3903',
        section: '6',
        says: 'Expires and a new SIP-ETag in the 200, 412 for unknown tags',
      },
      { document: 'RFC 3903', section: '11.3', says: 'the two headers' },
    ],
    messages: {
      'no-tag': 'PUBLISH without a body has no SIP-If-Match',
      'answer-without': '{status} to PUBLISH has no {header}',
      'old-tag': '{status} accepts the entity-tag {tag}, which {current} had replaced',
      'same-tag': '{status} returns the entity-tag {tag} again',
    },
  },
  create({ report }) {
    return {
      leg(leg) {
        if (leg.transactions.some(({ request }) => request?.sip.methodId === METHOD.PUBLISH)) judge(leg);
      },
    };

    function judge(leg: LegFacts): void {
      /** Entity-tags given in the call, with what came in their place. */
      const given = new Map<string, string | undefined>();
      for (const { request, success } of leg.transactions) {
        if (request?.sip.methodId !== METHOD.PUBLISH || request.truncated) continue;
        const { sip } = request;
        const match = sip.value(HEADER['SIP-If-Match']);
        if (match === undefined && sip.bodyStart === sip.bodyEnd && sip.headersComplete) {
          const evidence = headerEvidence(request, HEADER['SIP-If-Match'], 'SIP-If-Match');
          report({ message: 'no-tag', at: request, evidence });
        }
        if (success !== undefined && !success.truncated) judgeAnswer(request, success, match, given);
      }
    }

    function judgeAnswer(
      request: MessageFacts,
      success: MessageFacts,
      match: string | undefined,
      given: Map<string, string | undefined>,
    ): void {
      const { sip, status } = success;
      const removal = Number(request.sip.value(HEADER.Expires) ?? sip.value(HEADER.Expires)) === 0;
      const at = [success, request];
      const tag = sip.value(HEADER['SIP-ETag']);
      for (const header of ['SIP-ETag', 'Expires'] as const) {
        if (removal || sip.find(HEADER[header]) >= 0) continue;
        const evidence = headerEvidence(success, HEADER[header], header);
        report({ message: 'answer-without', data: { status, header }, at, evidence, severity: 'error' });
      }
      const current = match === undefined ? undefined : given.get(match);
      if (match !== undefined && current !== undefined) {
        const evidence = headerEvidence(request, HEADER['SIP-If-Match'], 'SIP-If-Match');
        report({ message: 'old-tag', data: { status, tag: match, current }, at, evidence });
      }
      if (tag === undefined) return;
      if (!removal && (given.has(tag) || tag === match)) {
        const evidence = headerEvidence(success, HEADER['SIP-ETag'], 'SIP-ETag');
        report({ message: 'same-tag', data: { status, tag }, at, evidence });
      }
      if (match !== undefined && match !== tag) given.set(match, tag);
      given.set(tag, undefined);
    }
  },
});
