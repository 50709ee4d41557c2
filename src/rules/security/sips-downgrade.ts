// RFC 3261 §8.1.1.8, §26.2.2; RFC 5630 §3, §4: a sips target is reached over TLS all the way, and stays sips.

import { anyHas } from '../../policy/address-range.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import { isClear } from '../facts/clear-text.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'security/sips-downgrade',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary: 'A request to a sips URI goes over TLS, and the Contacts of its dialog are sips too.',
    why: 'The caller asked for a call that nobody can read on the way, and gets one that anybody can.',
    exceptions: [
      'The topmost Via says TLS: the capture shows what was decrypted.',
      'A box that ends TLS hands the request on inside the site: name it in networks.tls-terminators of the policy.',
    ],
    fix: 'Send the request over TLS; write sips Contacts; have the SBC refuse (480 or 416) what it cannot carry on securely.',
    sources: [
      {
        document: 'RFC 3261',
        section: '8.1.1.8',
        says: 'Contact is sips where the Request-URI or the topmost Route is',
      },
      { document: 'RFC 3261', section: '26.2.2', says: 'each hop to a sips target uses TLS' },
      { document: 'RFC 5630', section: '4', says: 'what sips promises' },
    ],
    messages: {
      transport: '{method} to {target} goes over {transport}',
      parameter: '{method} to {target}, which asks for TLS, goes over {transport}',
      contact: 'Contact {contact} is not sips, though the request is for {target}',
      crossed: 'Received for {target}, sent on for {onward}',
    },
  },
  create({ policy, report }) {
    const { tlsTerminators } = policy.networks;
    return {
      transaction({ request, createsDialog, success }) {
        if (request === undefined || request.truncated) return;
        const { sip, method } = request;
        const route = sip.routes[0]?.uri;
        const secure = sip.uri.scheme === 'sips' || route?.scheme === 'sips';
        const target = route?.scheme === 'sips' ? route.text : sip.requestUri;
        const clear = isClear(sip);
        const trusted = anyHas(tlsTerminators, sip.src.ip) || anyHas(tlsTerminators, sip.dst.ip);
        const transport = sip.transport.toUpperCase();
        const evidence = [startLineEvidence(request)];
        if (secure && clear && !trusted)
          report({ message: 'transport', data: { method, target, transport }, at: request, evidence });
        const next = route ?? sip.uri;
        if (!secure && clear && !trusted && next.params.get('transport')?.toLowerCase() === 'tls')
          report({
            message: 'parameter',
            data: { method, target: next.text, transport },
            at: request,
            evidence,
          });
        if (!secure || !createsDialog) return;
        for (const message of success === undefined ? [request] : [request, success]) {
          const { contacts } = message.sip;
          if (contacts === '*') continue;
          const wrong = contacts.find(({ uri }) => uri.scheme !== 'sips');
          if (wrong === undefined) continue;
          const proof = headerEvidence(message, HEADER.Contact, 'Contact');
          report({
            message: 'contact',
            data: { contact: wrong.uri.text, target },
            at: message,
            evidence: proof,
          });
        }
      },
      crossing(crossing) {
        const received = crossing.a.initial?.request;
        const sent = crossing.b?.initial?.request;
        if (received === undefined || sent === undefined) return;
        if (received.sip.uri.scheme !== 'sips' || sent.sip.uri.scheme === 'sips') return;
        const data = { target: received.sip.requestUri, onward: sent.sip.requestUri };
        const evidence = [startLineEvidence(received), startLineEvidence(sent)];
        report({ message: 'crossed', data, at: [sent, received], evidence, crossing });
      },
    };
  },
});
