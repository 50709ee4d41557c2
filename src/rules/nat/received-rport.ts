// RFC 3261 §18.2.1, §18.2.2; RFC 3581 §4: the server notes where a request came from, and answers there.
import { normalHost } from '../../policy/address-range.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { Via } from '../../sip/header/via.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'nat/received-rport',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'A server writes received where the source differs from sent-by, fills in rport where it was asked to, and answers to that address.',
    why: 'Behind a NAT the answer goes to an address that does not exist, and the request times out though it was handled.',
    exceptions: [
      'sent-by is the source address and no rport was asked for.',
      'The answer holds another address than the capture shows: a NAT stands between them.',
      'maddr names where answers go.',
      'The request came over a connection: answers go back over it.',
      'Over WebSocket a server may leave received out: the host in sent-by names nothing.',
      'A server may be older than RFC 3581; that it ignores rport is only told.',
    ],
    fix: 'Have the server (or the proxy that adds the next Via) write received and rport, and send the answer there.',
    sources: [
      {
        document: 'RFC 3261',
        section: '18.2.1',
        says: 'received is added where sent-by is a name or another address',
      },
      { document: 'RFC 3261', section: '18.2.2', says: 'where an answer is sent' },
      {
        document: 'RFC 3581',
        section: '4',
        says: 'rport and received are filled in together; the answer goes to both',
      },
      { document: 'RFC 7118', section: '5.3', says: 'a WebSocket server need not add received' },
    ],
    messages: {
      received: 'Sent from {source}, but sent-by is {sentBy} and the answer has no received',
      rport: 'rport was asked for; the answer says "{rport}" instead of {port}',
      'received-with-rport': 'rport was filled in without received',
      ignored: 'rport was asked for, and the server does not know it',
      forwarded: 'Forwarded without received, though it came from {source} and sent-by is {sentBy}',
      destination: 'Answered to {destination} instead of {expected}',
    },
  },
  create({ report }) {
    const judge = (request: MessageFacts, answer: MessageFacts): void => {
      const asked = request.sip.vias[0];
      const given = answer.sip.vias[0];
      if (
        asked === undefined ||
        given === undefined ||
        asked.branch !== given.branch ||
        asked.host !== given.host
      )
        return;
      const source = request.sip.src;
      const at = [answer, request];
      // Nearly all answers are right: what proves the others is put together for them.
      const proof = () => [
        ...headerEvidence(request, HEADER.Via, 'Via').slice(0, 1),
        ...headerEvidence(answer, HEADER.Via, 'Via').slice(0, 1),
      ];
      const differs = normalHost(asked.host) !== source.ip;
      if (differs && given.received === undefined) {
        const data = { source: source.text, sentBy: sentBy(asked) };
        report({ message: 'received', data, at, evidence: proof() });
        return;
      }
      // RFC 3581 §3: over UDP.
      if (answer.sip.transport !== 'udp') return;
      const translated = given.received !== undefined && normalHost(given.received) !== source.ip;
      if (asked.rport === '' && !translated) {
        const { rport, received } = given;
        if ((rport ?? '') === '' && received === undefined)
          report({ message: 'ignored', at, evidence: proof(), severity: 'info' });
        else if (Number(rport) !== source.port)
          report({
            message: 'rport',
            data: { rport: rport ?? '', port: source.port },
            at,
            evidence: proof(),
          });
        else if (received === undefined) report({ message: 'received-with-rport', at, evidence: proof() });
      }
      if (asked.maddr !== undefined || translated) return;
      const to = answer.sip.dst;
      // Without rport: to the port in sent-by (RFC 3261 §18.2.2); to the source port is what NATs need, and common.
      const wanted = asked.rport === undefined ? (asked.port ?? 5060) : source.port;
      const right =
        to.ip === source.ip && (to.port === wanted || (asked.rport === undefined && to.port === source.port));
      if (!right) {
        const expected = source.text.replace(/\d+$/, String(wanted));
        const data = { destination: to.text, expected };
        report({ message: 'destination', data, at, evidence: proof() });
      }
    };
    const forwarded = (request: MessageFacts, next: MessageFacts): void => {
      const asked = request.sip.vias[0];
      const below = next.sip.vias.find(({ branch }) => branch === asked?.branch && branch !== '');
      if (asked === undefined || below === undefined || below.received !== undefined) return;
      if (normalHost(asked.host) === request.sip.src.ip || below.host !== asked.host) return;
      const data = { source: request.sip.src.text, sentBy: sentBy(asked) };
      report({
        message: 'forwarded',
        data,
        at: [next, request],
        evidence: headerEvidence(next, HEADER.Via, 'Via'),
      });
    };
    return {
      transaction({ request, responses, downstream }) {
        if (request === undefined || request.truncated || overWebSocket(request)) return;
        const answer = responses[0];
        if (answer !== undefined && !answer.truncated) judge(request, answer);
        for (const { request: next } of downstream)
          if (next !== undefined && !next.truncated) forwarded(request, next);
      },
    };
  },
});

/** RFC 7118 §5.3: answers can only go back over the connection. */
function overWebSocket({ sip }: MessageFacts): boolean {
  return sip.transport === 'ws' || sip.transport === 'wss';
}

function sentBy({ host, port }: Via): string {
  return port === undefined ? host : `${host}:${port}`;
}
