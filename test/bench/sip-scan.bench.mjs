// How fast one message is scanned, and handed to another thread: `node test/bench/sip-scan.bench.mjs`. Prints ns a message
// and MB/s.
import { SipMessage } from '../../src/sip/message.ts';
import { readMessage, writeMessage } from '../../src/sip/message-row.ts';
import { ScannedMessage, scanMessage } from '../../src/sip/scan.ts';

const messages = ['udp', 'tcp', 'tls'].flatMap((transport, index) => [
  invite(`pc${index}.example.com`, `b${index}`, transport),
  response(`pc${index}.example.com`, `b${index}`, transport),
]);
const data = Buffer.concat(messages);
const octets = data.length / messages.length;

measure('scan', (message, start, end) => scanMessage(message, data, start, end), new ScannedMessage());
const payload = {
  data,
  start: 0,
  end: 0,
  transport: 'udp',
  frame: 1,
  frames: null,
  seconds: 0,
  nanoseconds: 0,
};
measure('read + callId', readWithCallId, new SipMessage());
measure('read + keep', readAndKeep, new SipMessage());
const words = new Int32Array(1000);
const other = new SipMessage();
other.data = data;
measure('read + hand over', readAndHandOver, new SipMessage());

function readWithCallId(message, start, end) {
  payload.start = start;
  payload.end = end;
  return message.read(payload) && message.callId.length > 0;
}

function readAndKeep(message, start, end) {
  payload.start = start;
  payload.end = end;
  return message.read(payload) && message.keep().headerCount > 0;
}

function readAndHandOver(message, start, end) {
  payload.start = start;
  payload.end = end;
  if (!message.read(payload)) return false;
  writeMessage(words, 0, message, 0, 0, 0);
  return readMessage(words, 0, other, []) > 0;
}

function measure(name, work, message) {
  const rounds = 100_000;
  let best = Number.POSITIVE_INFINITY;
  let done = 0;
  for (let run = 0; run < 7; run++) {
    const begin = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) {
      let at = 0;
      for (const { length } of messages) {
        if (work(message, at, at + length)) done++;
        at += length;
      }
    }
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / (rounds * messages.length));
  }
  const rate = (octets / best) * 1000;
  console.log(
    `${name}: ${best.toFixed(0)} ns a message of ${octets.toFixed(0)} octets, ${rate.toFixed(0)} MB/s (${done})`,
  );
}

function invite(host, branch, transport) {
  const body =
    'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n';
  return Buffer.from(
    `INVITE sip:bob@biloxi.example.com SIP/2.0\r\nVia: SIP/2.0/${transport.toUpperCase()} ${host}:5060;branch=z9hG4bK${branch}\r\n` +
      'Max-Forwards: 70\r\nFrom: "Alice" <sip:alice@atlanta.example.com>;tag=1928301774\r\n' +
      `To: Bob <sip:bob@biloxi.example.com>\r\nCall-ID: a84b4c76e66710@${host}\r\nCSeq: 314159 INVITE\r\n` +
      `Contact: <sip:alice@${host}>\r\nUser-Agent: bench/1.0\r\nX-Note: nobody knows this one\r\nAllow: INVITE, ACK, BYE, CANCEL\r\n` +
      `Content-Type: application/sdp\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

function response(host, branch, transport) {
  return Buffer.from(
    `SIP/2.0 180 Ringing\r\nVia: SIP/2.0/${transport.toUpperCase()} server10.example.com:5060;branch=z9hG4bK4b43c2ff8.1\r\n` +
      `Via: SIP/2.0/${transport.toUpperCase()} ${host}:5060;branch=z9hG4bK${branch};received=192.0.2.1\r\n` +
      'Record-Route: <sip:server10.example.com;lr>\r\n' +
      'From: "Alice" <sip:alice@atlanta.example.com>;tag=1928301774\r\nTo: Bob <sip:bob@biloxi.example.com>;tag=a6c85cf\r\n' +
      `Call-ID: a84b4c76e66710@${host}\r\nCSeq: 314159 INVITE\r\nContact: <sip:bob@192.0.2.4>\r\nServer: bench/1.0\r\n` +
      'Allow: INVITE, ACK, BYE, CANCEL\r\nContent-Length: 0\r\n\r\n',
  );
}
