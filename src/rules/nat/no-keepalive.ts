// RFC 5626 §3.5, RFC 3581 §3: a phone behind a NAT that is silent longer than the NAT remembers cannot be called.

import { normalHost } from '../../policy/address-range.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence } from '../evidence.ts';
import { RecentMap } from '../facts/recent-map.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'nat/no-keepalive',
    severity: 'info',
    scope: 'registration',
    tier: 2,
    since: '0.2.0',
    needsPackets: true,
    summary: 'A phone behind a NAT sends something more often than the NAT forgets it.',
    why: 'The registrar says that the phone is there, and calls to it ring nowhere.',
    exceptions: [
      'Anything the phone sent counts: short registrations, answers to OPTIONS, CRLF or STUN.',
      'The phone answered: then the NAT remembers longer.',
    ],
    fix: 'Turn on keep-alives (RFC 5626, RFC 6223), or register more often.',
    sources: [
      { document: 'RFC 5626', section: '3.5', says: 'keep-alives of a flow' },
      { document: 'RFC 3581', section: '3', says: 'how long a NAT remembers UDP' },
    ],
    messages: {
      silent:
        '{phone} had been silent for {seconds} s behind its NAT when {method} was sent to it, unanswered',
    },
  },
  create({ policy, report, media }) {
    const { udpKeepaliveMs, tcpKeepaliveMs } = policy.thresholds;
    /** Frame of a request to a phone → how long it had been silent, in seconds. */
    const silent = new RecentMap<number, number>(MOST);
    return {
      live(m) {
        if (!m.isRequest) {
          if (m.cseqMethodId !== METHOD.REGISTER || m.status < 200 || m.status > 299) return;
          const via = m.vias[0];
          const received = via?.received;
          // RFC 3581 §4: received that differs from sent-by shows the NAT.
          if (via === undefined || received === undefined || normalHost(received) === normalHost(via.host))
            return;
          media.watchAddress(m.dst.text, m.seconds);
          return;
        }
        const last = media.lastFrom(m.dst.text);
        if (last === undefined) return;
        const seconds = m.seconds - last;
        if (seconds * 1000 <= (m.transport === 'udp' ? udpKeepaliveMs : tcpKeepaliveMs)) return;
        silent.set(m.frame, seconds);
      },
      transaction({ request, responses, leg }) {
        if (request === undefined || request.method === 'ACK' || responses.length > 0) return;
        const seconds = silent.get(request.frame);
        // RFC 3261 §17.1.1.2, §17.1.2.2: 64*T1.
        if (seconds === undefined || !leg.call.covers(request, 32_000)) return;
        const data = { phone: request.sip.dst.text, seconds: Math.round(seconds), method: request.method };
        const evidence = [factEvidence(request.frame, 'time', 'silence', `${data.seconds} s`)];
        report({ message: 'silent', data, at: request, evidence });
      },
    };
  },
});

const MOST = 10_000;
