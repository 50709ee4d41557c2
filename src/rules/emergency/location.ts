// RFC 6442 §4, RFC 6881 §6: a call for help says where the caller is, by value in the body or by reference.

import { emergencyMark } from '../../dialog/emergency-mark.ts';
import { leafParts, partHeader } from '../../sip/body/multipart.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'emergency/location',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'A call for help carries a location that can be used: a Geolocation header, and the part of the body it names.',
    why: 'The call is routed to the wrong answering point, or nobody knows where to send help.',
    exceptions: [
      'The access network adds the location at a later hop.',
      'The header names a location server: what is kept there is not in the capture.',
    ],
    fix: 'Send Geolocation with cid: and the PIDF-LO part it names, and Geolocation-Routing: yes.',
    sources: [
      { document: 'RFC 6442', section: '4.1', says: 'the Geolocation header' },
      { document: 'RFC 6442', section: '4.2', says: 'Geolocation-Routing' },
      { document: 'RFC 6881', section: '6', says: 'location of a call for help' },
    ],
    messages: {
      missing: 'The call for help carries no location',
      'cid-without-part': 'Geolocation names {cid}, and no part of the body has it',
      'part-without-header': 'A location is in the body, and no Geolocation header names it',
      'routing-repeated': 'Geolocation-Routing is there {count} times',
      'routing-not-allowed': 'Geolocation-Routing does not allow the location to be used for routing',
      'error-unsaid': '424 without Geolocation-Error',
      removed: 'The location that came in did not go out',
    },
  },
  create({ policy, report }) {
    const judge = (message: MessageFacts): void => {
      const { sip } = message;
      const header = headerEvidence(message, HEADER.Geolocation, 'Geolocation');
      const urls = sip.addresses(HEADER.Geolocation).map(({ uri }) => uri.text);
      const located = locationParts(sip);
      if (urls.length === 0 && located.length === 0) {
        report({ message: 'missing', at: message, evidence: header, severity: 'warning' });
        return;
      }
      for (const url of urls) {
        if (!/^cid:/i.test(url)) continue;
        const cid = decoded(url.slice(4));
        if (!leafParts(sip.parts()).some((part) => idOf(part) === cid))
          report({ message: 'cid-without-part', data: { cid: url }, at: message, evidence: header });
      }
      if (urls.length === 0) report({ message: 'part-without-header', at: message, evidence: header });
      const routing = sip.values(HEADER['Geolocation-Routing']);
      const proof = headerEvidence(message, HEADER['Geolocation-Routing'], 'Geolocation-Routing');
      if (routing.length > 1)
        report({
          message: 'routing-repeated',
          data: { count: routing.length },
          at: message,
          evidence: proof,
        });
      // RFC 6442 §4.2: without the header the location is not to be used for routing.
      else if (routing[0]?.trim().toLowerCase() !== 'yes')
        report({ message: 'routing-not-allowed', at: message, evidence: proof, severity: 'warning' });
    };
    return {
      transaction({ request, initial, upstream, responses }) {
        const refused = responses.find(({ status }) => status === 424);
        if (refused !== undefined && refused.sip.find(HEADER['Geolocation-Error']) < 0) {
          const evidence = headerEvidence(refused, HEADER['Geolocation-Error'], 'Geolocation-Error');
          report({ message: 'error-unsaid', at: refused, evidence, severity: 'warning' });
        }
        if (request === undefined || !initial || request.truncated || request.method !== 'INVITE') return;
        const mark = emergencyMark(request.sip, policy);
        // Judged where it enters: the next hops repeat it.
        if (upstream === undefined && (mark === 'urn' || mark === 'legacy')) judge(request);
      },
      crossing(crossing) {
        const received = crossing.a.initial?.request;
        const sent = crossing.b?.initial?.request;
        if (received === undefined || sent === undefined || received.truncated || sent.truncated) return;
        const mark = emergencyMark(received.sip, policy);
        if (mark === 'none' || !isLocated(received.sip) || isLocated(sent.sip)) return;
        const evidence = headerEvidence(received, HEADER.Geolocation, 'Geolocation');
        report({ message: 'removed', at: [sent, received], evidence, crossing });
      },
    };
  },
});

function isLocated(sip: SipMessage): boolean {
  return sip.find(HEADER.Geolocation) >= 0 || locationParts(sip).length > 0;
}

function locationParts(sip: SipMessage) {
  return leafParts(sip.parts()).filter(({ contentType }) => contentType.name === 'application/pidf+xml');
}

function idOf(part: Parameters<typeof partHeader>[0]): string {
  return (partHeader(part, 'Content-ID') ?? '').trim().replace(/^<|>$/g, '');
}

/** RFC 2392 §2: in a cid URL the Content-ID is percent-encoded. */
function decoded(cid: string): string {
  try {
    return decodeURIComponent(cid);
  } catch {
    return cid;
  }
}
