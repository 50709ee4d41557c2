// What it costs to pass a message on: `node test/bench/sbc-draft.bench.mjs`. Prints microseconds a message of 18 headers.
import { Draft } from '../../src/sbc/message/draft.ts';
import { makeResponse } from '../../src/sbc/message/response.ts';
import { withTag } from '../../src/sbc/message/tag.ts';
import { applyPrivacy } from '../../src/sbc/privacy/apply.ts';
import { privacyLevels } from '../../src/sbc/privacy/levels.ts';
import { hiddenSession } from '../../src/sbc/sdp/hidden-session.ts';
import { editSessionBodies } from '../../src/sbc/sdp/session-body.ts';
import { HEADER } from '../../src/sip/header/header-names.ts';
import { messageOf } from '../../src/sip/parse.ts';

const message = messageOf(invite());
const situation = {
  party: 'caller',
  asked: privacyLevels(message),
  hidden: false,
  topologyHidden: false,
  trustedSource: true,
  trustedNextHop: true,
  emergency: false,
  ownHost: '198.51.100.30',
  isOwn: () => false,
  sessionHidden: true,
};
const own = { address: '198.51.100.30', imPort: 5060, attributes: 'keep', constantVersion: false };

measure('as it came', () => new Draft(message).octets());
measure('six edits', () => {
  const draft = new Draft(message);
  draft.startLine = 'INVITE sip:bob@203.0.113.5 SIP/2.0';
  draft
    .replaceValues(HEADER.Via, ['SIP/2.0/UDP 198.51.100.30;branch=z9hG4bKown'])
    .set(HEADER['Max-Forwards'], '69')
    .set(HEADER.From, withTag(draft.value(HEADER.From), 'own'))
    .set(HEADER.Contact, '<sip:own@198.51.100.30>')
    .set(HEADER['Call-ID'], 'own-call')
    .remove(HEADER['Record-Route']);
  return draft.octets();
});
measure('edge of the trust domain', () => hide(situation));
measure('caller hidden', () => hide({ ...situation, hidden: true, trustedNextHop: false }));
measure('IM description hidden', () => {
  const draft = new Draft(message);
  editSessionBodies(draft, (received) => hiddenSession(received, null, own).octets);
  return draft.octets();
});
measure('100 Trying', () => makeResponse(message, ['Via: SIP/2.0/UDP pc.example.com;branch=z9hG4bKa'], 100));

function hide(where) {
  const draft = new Draft(message);
  applyPrivacy(draft, where);
  return draft.octets();
}

function measure(name, work) {
  const rounds = 20_000;
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 7; run++) {
    const begin = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) work();
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / rounds);
  }
  console.log(`${name}: ${(best / 1000).toFixed(2)} µs`);
}

function invite() {
  const body =
    'v=0\r\no=- 0 0 IN IP4 192.0.2.1\r\ns=session\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=message 5060 sip sip:alice@example.com\r\n';
  return (
    'INVITE sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/UDP pc.example.com;branch=z9hG4bKabcdefghijkl\r\n' +
    'Max-Forwards: 70\r\nRecord-Route: <sip:p1.example.com;lr>\r\nRecord-Route: <sip:p2.example.com;lr>\r\n' +
    'From: "Alice" <sip:alice@example.com>;tag=1928301774\r\nTo: <sip:bob@example.org>\r\n' +
    'Call-ID: a84b4c76e66710@pc.example.com\r\nCSeq: 1 INVITE\r\nContact: <sip:alice@192.0.2.1:5060>\r\n' +
    'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE\r\nSupported: timer, 100rel\r\nUser-Agent: bench/1.0\r\n' +
    'Session-Expires: 1800\r\nMin-SE: 90\r\nP-Asserted-Identity: <sip:alice@example.com>\r\n' +
    'Date: Sat, 13 Nov 2010 23:29:00 GMT\r\nContent-Type: application/sdp\r\n' +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
}
