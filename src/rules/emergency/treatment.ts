// RFC 6881 §9.2, RFC 6443 §9.2, §10: a call for help is let through at once, and can be called back.

import { emergencyMark } from '../../dialog/emergency-mark.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import { isClear } from '../facts/clear-text.ts';
import { NetworkClass } from '../facts/network-class.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'emergency/treatment',
    severity: 'error',
    scope: 'call',
    tier: 2,
    since: '0.2.0',
    summary:
      'A call for help is neither challenged nor refused on the way, and its caller can be called back.',
    why: 'Help comes late, or not at all when the line drops.',
    exceptions: [
      'The answering point itself refuses.',
      'It is a test call.',
      'A challenge that is answered within a second is a warning.',
      'Over WebSocket the host in Contact may be a made-up name: the caller is called back on the connection.',
    ],
    fix: 'Exempt urn:service:sos from authentication, admission control and identity stripping.',
    sources: [
      { document: 'RFC 6881', section: '9.2', says: 'what the call carries, Contact among it' },
      { document: 'RFC 6443', section: '9.2' },
      { document: 'RFC 6443', section: '10', says: 'calling back' },
      { document: 'RFC 7118', section: '8.1', says: 'a host that stands for the connection' },
    ],
    messages: {
      challenged: 'The call for help was challenged with {status}',
      refused: 'The call for help was refused with {status} {reason} on the way',
      contact: 'Contact {contact} of the call for help cannot be reached',
      identity: 'The identity of the caller did not go out with the call for help',
      unprotected: 'The call for help goes over {transport}',
    },
  },
  create({ policy, report }) {
    const networks = new NetworkClass(policy);
    return {
      leg(leg) {
        const { initial } = leg;
        const request = initial?.request;
        if (
          initial === undefined ||
          request === undefined ||
          request.method !== 'INVITE' ||
          request.truncated
        )
          return;
        const mark = emergencyMark(request.sip, policy);
        if (mark !== 'urn' && mark !== 'legacy') return;
        const { final, downstream, upstream } = initial;
        if (final !== undefined && (final.status === 401 || final.status === 407)) {
          const again = leg.transactions.find(
            ({ request: next, method }) =>
              method === 'INVITE' && next !== undefined && next.frame > final.frame,
          );
          const quick = again?.request !== undefined && final.millisecondsTo(again.request) < 1000;
          report({
            message: 'challenged',
            data: { status: final.status },
            at: [final, request],
            severity: quick ? 'warning' : 'error',
          });
        } else if (
          final !== undefined &&
          BLOCKS.has(final.status) &&
          downstream.length === 0 &&
          leg.call.legs.length > 1 &&
          upstream === undefined
        ) {
          report({
            message: 'refused',
            data: { status: final.status, reason: final.sip.reason },
            at: [final, request],
          });
        }
        const { contacts, transport, src, dst } = request.sip;
        const contact = contacts === '*' ? undefined : contacts[0]?.uri;
        const connected = transport === 'ws' || transport === 'wss';
        const lost =
          contact !== undefined &&
          ((contact.host.toLowerCase().endsWith('.invalid') && !connected) ||
            (networks.isPrivate(contact.host) && networks.isPublic(src.ip)));
        if (lost)
          report({
            message: 'contact',
            data: { contact: contact.text },
            at: request,
            evidence: headerEvidence(request, HEADER.Contact, 'Contact'),
          });
        if (isClear(request.sip) && (networks.isPublic(src.ip) || networks.isPublic(dst.ip)))
          report({
            message: 'unprotected',
            data: { transport: transport.toUpperCase() },
            at: request,
            evidence: [startLineEvidence(request)],
            severity: 'info',
          });
      },
      crossing(crossing) {
        const received = crossing.a.initial?.request;
        const sent = crossing.b?.initial?.request;
        if (received === undefined || received.method !== 'INVITE') return;
        const mark = emergencyMark(received.sip, policy);
        if (mark !== 'urn' && mark !== 'legacy') return;
        if (sent === undefined) {
          const final = crossing.a.initial?.final;
          if (final !== undefined && BLOCKS.has(final.status))
            report({
              message: 'refused',
              data: { status: final.status, reason: final.sip.reason },
              at: [final, received],
              crossing,
            });
          return;
        }
        const before = received.sip.find(HEADER['P-Asserted-Identity']) >= 0;
        const anonymous =
          /anonymous/i.test(sent.sip.from?.uri.text ?? '') &&
          !/anonymous/i.test(received.sip.from?.uri.text ?? '');
        if ((before && sent.sip.find(HEADER['P-Asserted-Identity']) < 0) || anonymous) {
          const evidence = [
            ...headerEvidence(received, HEADER['P-Asserted-Identity'], 'P-Asserted-Identity'),
            ...headerEvidence(sent, HEADER.From, 'From'),
          ];
          report({ message: 'identity', at: [sent, received], evidence, crossing });
        }
      },
    };
  },
});

/** What a box on the way refuses with; 480, 486 and 600 are the answering point's own. */
const BLOCKS: ReadonlySet<number> = new Set([403, 433, 483, 488, 503]);
