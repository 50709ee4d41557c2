// The traffic of an SBC, as messages: calls, IM dialogs, page-mode MESSAGEs and registrations, each on two legs.
// Every scenario is a list of steps [seconds after its start, from, to, text]; the parties are 'caller', 'sbcA', 'sbcB', 'callee'.
import { hex } from './random.mjs';

/** What phones behind an SBC are granted, so that their bindings in the NAT stay open. */
export const REGISTRATION_SECONDS = 120;

/** An audio call through a B2BUA, or an IM dialog when `im`. */
export function session(random, parties, im) {
  const a = leg(random, parties.caller, parties.sbcA, parties);
  const b = leg(random, parties.sbcB, parties.callee, parties);
  const offer = (host) => (im ? imSdp(parties, host) : audioSdp(random, host));
  const offerA = offer(parties.caller.ip);
  const offerB = im ? offerA : offer(parties.sbcB.ip);
  const answerB = offer(parties.callee.ip);
  const answerA = im ? answerB : offer(parties.sbcA.ip);
  const steps = [];
  const at = (time, from, to, text) => steps.push([time, from, to, text]);
  const kind = random();
  const ring = 0.2 + random() * 3.5;
  const answer = ring + 1 + random() * 8;
  const hold = answer + (im ? 5 + random() * 60 : -Math.log(1 - random()) * 90);

  at(0, 'caller', 'sbcA', request(a, 'INVITE', 1, offerA));
  at(0.001, 'sbcA', 'caller', response(a, 100, 'Trying', 'INVITE', 1, false));
  at(0.003, 'sbcB', 'callee', request(b, 'INVITE', 1, offerB));
  // A retransmission: none over a connection (RFC 3261 §17.1.1.2).
  if (random() < 0.02 && parties.caller.transport === 'UDP')
    at(0.503, 'sbcB', 'callee', request(b, 'INVITE', 1, offerB));
  at(0.02, 'callee', 'sbcB', response(b, 100, 'Trying', 'INVITE', 1, false));
  at(ring, 'callee', 'sbcB', response(b, 180, 'Ringing', 'INVITE', 1, true));
  at(ring + 0.002, 'sbcA', 'caller', response(a, 180, 'Ringing', 'INVITE', 1, true));
  if (kind < 0.08) {
    at(answer, 'callee', 'sbcB', response(b, 486, 'Busy Here', 'INVITE', 1, true));
    at(answer + 0.001, 'sbcB', 'callee', ack(b, 1, true));
    at(answer + 0.002, 'sbcA', 'caller', response(a, 486, 'Busy Here', 'INVITE', 1, true));
    at(answer + 0.01, 'caller', 'sbcA', ack(a, 1, true));
    return steps;
  }
  if (kind < 0.14) {
    at(answer, 'caller', 'sbcA', request(a, 'CANCEL', 1));
    at(answer + 0.001, 'sbcA', 'caller', response(a, 200, 'OK', 'CANCEL', 1, true));
    at(answer + 0.002, 'sbcB', 'callee', request(b, 'CANCEL', 1));
    at(answer + 0.02, 'callee', 'sbcB', response(b, 200, 'OK', 'CANCEL', 1, true));
    at(answer + 0.021, 'callee', 'sbcB', response(b, 487, 'Request Terminated', 'INVITE', 1, true));
    at(answer + 0.022, 'sbcB', 'callee', ack(b, 1, true));
    at(answer + 0.023, 'sbcA', 'caller', response(a, 487, 'Request Terminated', 'INVITE', 1, true));
    at(answer + 0.04, 'caller', 'sbcA', ack(a, 1, true));
    return steps;
  }
  at(answer, 'callee', 'sbcB', response(b, 200, 'OK', 'INVITE', 1, true, answerB));
  at(answer + 0.001, 'sbcB', 'callee', ack(b, 1, false));
  at(answer + 0.002, 'sbcA', 'caller', response(a, 200, 'OK', 'INVITE', 1, true, answerA));
  at(answer + 0.012, 'caller', 'sbcA', ack(a, 1, false));
  let cseq = 2;
  if (im) {
    for (let time = answer + 1; time < hold; time += 2 + random() * 10, cseq++) {
      const text = `message ${cseq} of ${a.callId}`;
      at(time, 'caller', 'sbcA', request(a, 'MESSAGE', cseq, text, 'text/plain'));
      at(time + 0.002, 'sbcB', 'callee', request(b, 'MESSAGE', cseq, text, 'text/plain'));
      at(time + 0.02, 'callee', 'sbcB', response(b, 200, 'OK', 'MESSAGE', cseq, true));
      at(time + 0.022, 'sbcA', 'caller', response(a, 200, 'OK', 'MESSAGE', cseq, true));
    }
  } else if (random() < 0.15 && hold > answer + 10) {
    at(answer + 5, 'caller', 'sbcA', request(a, 'INVITE', cseq, offerA));
    at(answer + 5.003, 'sbcB', 'callee', request(b, 'INVITE', cseq, offerB));
    at(answer + 5.05, 'callee', 'sbcB', response(b, 200, 'OK', 'INVITE', cseq, true, answerB));
    at(answer + 5.051, 'sbcB', 'callee', ack(b, cseq, false));
    at(answer + 5.052, 'sbcA', 'caller', response(a, 200, 'OK', 'INVITE', cseq, true, answerA));
    at(answer + 5.06, 'caller', 'sbcA', ack(a, cseq, false));
    cseq++;
  }
  at(hold, 'caller', 'sbcA', request(a, 'BYE', cseq));
  at(hold + 0.002, 'sbcB', 'callee', request(b, 'BYE', cseq));
  at(hold + 0.02, 'callee', 'sbcB', response(b, 200, 'OK', 'BYE', cseq, true));
  at(hold + 0.022, 'sbcA', 'caller', response(a, 200, 'OK', 'BYE', cseq, true));
  return steps;
}

/** A page-mode MESSAGE on both legs. */
export function pageMessage(random, parties) {
  const a = leg(random, parties.caller, parties.sbcA, parties);
  const b = leg(random, parties.sbcB, parties.callee, parties);
  const text = `See you at ${(random() * 24) | 0} o'clock, ${hex(random, 12)}`;
  return [
    [0, 'caller', 'sbcA', request(a, 'MESSAGE', 1, text, 'text/plain')],
    [0.002, 'sbcB', 'callee', request(b, 'MESSAGE', 1, text, 'text/plain')],
    [0.03, 'callee', 'sbcB', response(b, 200, 'OK', 'MESSAGE', 1, true)],
    [0.032, 'sbcA', 'caller', response(a, 200, 'OK', 'MESSAGE', 1, true)],
  ];
}

/**
 * A registration with a digest challenge, relayed to the registrar. `known` holds what a subscriber keeps from one
 * registration to the next: a refresh has the same Call-ID and goes on with the CSeq (RFC 3261 §10.2.4).
 */
export function registration(random, parties, known = new Map()) {
  const key = `${parties.user} ${parties.caller.transport}`;
  let kept = known.get(key);
  if (kept === undefined) {
    kept = {
      a: leg(random, parties.caller, parties.sbcA, parties),
      b: leg(random, parties.sbcB, parties.callee, parties),
      cseq: 0,
    };
    known.set(key, kept);
  }
  const nonce = hex(random, 32);
  const authorization = `Authorization: Digest username="${parties.user}", realm="example.net", nonce="${nonce}", uri="sip:example.net", response="${hex(random, 64)}", algorithm=SHA-256, cnonce="${hex(random, 8)}", qop=auth, nc=00000001\r\n`;
  const challenge = `WWW-Authenticate: Digest realm="example.net", nonce="${nonce}", algorithm=SHA-256, qop="auth"\r\n`;
  const steps = [];
  for (const time of [0, 0.06]) {
    const cseq = ++kept.cseq;
    const { a, b } = kept;
    const extra = `${time > 0 ? authorization : ''}Expires: ${REGISTRATION_SECONDS}\r\n`;
    const code = time > 0 ? 200 : 401;
    const reason = time > 0 ? 'OK' : 'Unauthorized';
    const answer = time > 0 ? `Expires: ${REGISTRATION_SECONDS}\r\n` : challenge;
    steps.push(
      [time, 'caller', 'sbcA', request(a, 'REGISTER', cseq, '', '', extra)],
      [time + 0.002, 'sbcB', 'callee', request(b, 'REGISTER', cseq, '', '', extra)],
      [time + 0.02, 'callee', 'sbcB', response(b, code, reason, 'REGISTER', cseq, true, '', answer)],
      [time + 0.022, 'sbcA', 'caller', response(a, code, reason, 'REGISTER', cseq, true, '', answer)],
    );
  }
  return steps;
}

function leg(random, near, far, parties) {
  return {
    near,
    far,
    callId: `${hex(random, 24)}@${near.ip}`,
    fromTag: hex(random, 10),
    toTag: hex(random, 10),
    branch: `z9hG4bK${hex(random, 14)}`,
    user: parties.user,
    peer: parties.peer,
  };
}

function request(leg, method, cseq, body = '', type = 'application/sdp', extra = '') {
  const established = cseq > 1 && method !== 'REGISTER';
  const tag = established || method === 'BYE' ? `;tag=${leg.toTag}` : '';
  const transport = established || method === 'BYE' ? `;transport=${leg.far.transport.toLowerCase()}` : '';
  const uri =
    method === 'REGISTER' ? 'sip:example.net' : `sip:${leg.peer}@${leg.far.ip}:${leg.far.port}${transport}`;
  const suffix = method === 'CANCEL' ? 'INVITE' : method;
  return `${method} ${uri} SIP/2.0\r
Via: SIP/2.0/${leg.near.transport} ${leg.near.ip}:${leg.near.port};branch=${leg.branch}${suffix}${cseq};rport\r
Max-Forwards: 70\r
From: "User ${leg.user}" <sip:${leg.user}@example.net>;tag=${leg.fromTag}\r
To: <sip:${method === 'REGISTER' ? leg.user : leg.peer}@example.net>${tag}\r
Call-ID: ${leg.callId}\r
CSeq: ${cseq} ${method}\r
${WITH_CONTACT.has(method) ? `Contact: <sip:${leg.user}@${leg.near.ip}:${leg.near.port};transport=${leg.near.transport.toLowerCase()}>\r\n` : ''}User-Agent: Generated Phone 1.0\r
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, UPDATE, PRACK, INFO\r
Supported: timer, path\r
${extra}${content(body, type)}`;
}

/** RFC 3261 Table 2: where Contact belongs. Of a registration it is the binding that was asked for. */
function contactOf(leg, code, method) {
  if (method === 'REGISTER' && code === 200)
    return `Contact: <sip:${leg.user}@${leg.near.ip}:${leg.near.port};transport=${leg.near.transport.toLowerCase()}>;expires=${REGISTRATION_SECONDS}\r\n`;
  if (method !== 'INVITE' || code <= 100 || code >= 300) return '';
  const contact = `Contact: <sip:${leg.peer}@${leg.far.ip}:${leg.far.port};transport=${leg.far.transport.toLowerCase()}>\r\n`;
  return code < 200
    ? contact
    : `${contact}Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE, UPDATE, PRACK, INFO\r\nSupported: timer\r\n`;
}

const WITH_CONTACT = new Set(['INVITE', 'REGISTER']);

function ack(leg, cseq, failed) {
  const branch = failed ? `${leg.branch}INVITE${cseq}` : `${leg.branch}ACK${cseq}`;
  const transport = failed ? '' : `;transport=${leg.far.transport.toLowerCase()}`;
  return `ACK sip:${leg.peer}@${leg.far.ip}:${leg.far.port}${transport} SIP/2.0\r
Via: SIP/2.0/${leg.near.transport} ${leg.near.ip}:${leg.near.port};branch=${branch};rport\r
Max-Forwards: 70\r
From: "User ${leg.user}" <sip:${leg.user}@example.net>;tag=${leg.fromTag}\r
To: <sip:${leg.peer}@example.net>;tag=${leg.toTag}\r
Call-ID: ${leg.callId}\r
CSeq: ${cseq} ACK\r
Content-Length: 0\r
\r
`;
}

function response(leg, code, reason, method, cseq, tagged, body = '', extra = '') {
  const suffix = method === 'CANCEL' ? 'INVITE' : method;
  return `SIP/2.0 ${code} ${reason}\r
Via: SIP/2.0/${leg.near.transport} ${leg.near.ip}:${leg.near.port};branch=${leg.branch}${suffix}${cseq};rport=${leg.near.port};received=${leg.near.ip}\r
From: "User ${leg.user}" <sip:${leg.user}@example.net>;tag=${leg.fromTag}\r
To: <sip:${method === 'REGISTER' ? leg.user : leg.peer}@example.net>${tagged ? `;tag=${leg.toTag}` : ''}\r
Call-ID: ${leg.callId}\r
CSeq: ${cseq} ${method}\r
${contactOf(leg, code, method)}Server: Generated Border 2.1\r
${extra}${content(body, 'application/sdp')}`;
}

function content(body, type) {
  if (body === '') return 'Content-Length: 0\r\n\r\n';
  return `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function audioSdp(random, host) {
  const port = 10000 + 2 * ((random() * 20000) | 0);
  return `v=0\r
o=- ${(random() * 1e9) | 0} 1 IN IP4 ${host}\r
s=-\r
c=IN IP4 ${host}\r
t=0 0\r
m=audio ${port} RTP/AVP 0 8 101\r
a=rtpmap:0 PCMU/8000\r
a=rtpmap:8 PCMA/8000\r
a=rtpmap:101 telephone-event/8000\r
a=fmtp:101 0-16\r
a=sendrecv\r
`;
}

function imSdp(parties, host) {
  return `v=0\r
o=- 0 0 IN IP4 ${host}\r
s=session\r
c=IN IP4 ${host}\r
t=0 0\r
m=message 5060 sip sip:${parties.user}@example.net\r
`;
}
