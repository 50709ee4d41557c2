// A private address in Contact or SDP of a message that public addresses exchange: nobody there can answer to it.
// RFC 3581 §4 and RFC 5626 repair the signalling where both sides take part; RFC 8445 (ICE) repairs media.

import { isInstantMessaging, isMsrp } from '../../sdp/instant-message.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { rowEvidence, sdpEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { NetworkClass } from '../facts/network-class.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'nat/private-address-exposed',
    severity: 'warning',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'A message on the public side carries no private address in Contact or in its session description.',
    why: 'Requests inside the dialog, or media, are sent to an address that does not exist out there: calls drop after the answer, or one side hears nothing.',
    exceptions: [
      'The endpoint uses outbound (RFC 5626) or asked for rport, and its Contact is only reached through the flow.',
      'The session description offers ICE candidates.',
      'The description is for instant messages over SIP: no media flows to its address.',
      'The private range is reachable by agreement: name it in networks.public of the policy.',
    ],
    fix: 'Have the device, or the SBC at the border, write the public address into Contact and SDP; or use outbound, rport and ICE.',
    sources: [
      { document: 'RFC 3581', section: '4', says: 'how a response finds its way through a NAT' },
      { document: 'RFC 5853', section: '3.4', says: 'SBCs rewrite addresses for devices behind NATs' },
    ],
    messages: {
      contact: 'Contact {address} is private, but the message is on the public side',
      media: 'The session description asks for media at the private address {address}',
    },
  },
  create({ policy, report }) {
    const networks = new NetworkClass(policy);
    const contact = (message: MessageFacts): void => {
      const { sip } = message;
      if (sip.contacts === '*' || !carriesTarget(message)) return;
      // RFC 5626 §4.3, RFC 3581: the flow is what the peer answers to.
      if (sip.vias[0]?.rport !== undefined || sip.vias[0]?.received !== undefined) return;
      for (const { uri, params } of sip.contacts) {
        if (!networks.isPrivate(uri.host) || uri.params.has('ob') || params.has('reg-id')) continue;
        const evidence = [rowEvidence(message, sip.find(HEADER.Contact))];
        report({ message: 'contact', data: { address: uri.hostPort }, at: message, evidence });
      }
    };
    const media = (message: MessageFacts): void => {
      const { sdp } = message;
      if (sdp === undefined) return;
      const seen = new Set<string>();
      for (const one of sdp.media) {
        const { address } = one;
        if (one.port === 0 || seen.has(address) || !networks.isPrivate(address)) continue;
        if (isInstantMessaging(one.media) && !isMsrp(one)) continue;
        if (one.has('candidate') || one.has('ice-ufrag') || sdp.description.has('ice-ufrag')) continue;
        seen.add(address);
        const line =
          one.lines.find(({ type }) => type === 'c') ??
          sdp.description.lines.find(({ type }) => type === 'c');
        const evidence = line === undefined ? [] : [sdpEvidence(sdp, line)];
        report({ message: 'media', data: { address }, at: message, evidence });
      }
    };
    return {
      message(message) {
        const { src, dst } = message.sip;
        // Both ends private: it did not cross. A message from a private source may still be translated on its way.
        if (!networks.isPublic(src.ip)) return;
        if (!networks.isPublic(dst.ip) && !networks.isPrivate(dst.ip)) return;
        contact(message);
        media(message);
      },
    };
  },
});

/** A request that makes a dialog or a binding, or a 2xx: later requests go to its Contact (RFC 3261 §12.1, §10). */
function carriesTarget({ isRequest, status, transaction, method }: MessageFacts): boolean {
  if (isRequest) return method === 'REGISTER' || transaction?.createsDialog === true;
  return status >= 200 && status < 300 && transaction?.createsDialog === true;
}
