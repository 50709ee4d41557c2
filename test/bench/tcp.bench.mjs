// What the TCP reassembler and the framing of SIP and of WebSocket do a second: `node test/bench/tcp.bench.mjs [megabytes]`.
// Segments are made beforehand, of a block that is read again and again; figures are of payload octets and processor time.
import { Packet } from '../../src/capture/packet.ts';
import { EndpointTable } from '../../src/network/endpoint-table.ts';
import { OutcomeLedger } from '../../src/network/outcome.ts';
import { TcpReassembler } from '../../src/network/tcp/tcp.ts';
import { webSockets } from '../../src/network/web-socket/web-socket.ts';
import { sipStreams } from '../../src/sip/framing/framing.ts';

const MEGABYTES = Number(process.argv[2] ?? 256);
const HEAD = 40;
const MASK = [0x37, 0xfa, 0x21, 0x3d];

report('SIP, one message a segment', segmentsOf(messages(700, 1000), 0), 1);
report('SIP, two messages a segment', segmentsOf(messages(700, 1000), 2), 1);
report('SIP, messages of two segments', segmentsOf(messages(1900, 400), 1448), 1);
report('SIP, many connections', segmentsOf(messages(700, 1000), 0), 1000);
report('WebSocket, one message a segment', segmentsOf(messages(700, 1000).map(maskedFrame), 0), 1);
report('WebSocket, messages of two segments', segmentsOf(messages(1900, 400).map(maskedFrame), 1448), 1);
report('bulk that is not SIP', bulk(1448, 700), 1);
report('bulk that is not SIP, many connections', bulk(1448, 700), 20_000);
report('bulk joined in its middle', bulk(1448, 700), 1, false);

/** Messages of about `size` octets with bodies. */
function messages(size, count) {
  const made = [];
  for (let index = 0; index < count; index++) {
    const body = `v=0\r\no=- ${index} 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n`.padEnd(
      Math.round(size * 0.3),
      'a=x\r\n',
    );
    const head = `INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK${index}\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.com>;tag=${index}\r\nTo: <sip:bob@example.com>\r\nCall-ID: ${index}@192.0.2.1\r\nCSeq: 1 INVITE\r\n`;
    const rest = `Content-Type: application/sdp\r\nContent-Length: ${body.length}\r\n\r\n`;
    const fill = Math.max(0, size - head.length - rest.length - body.length - 9);
    let subject = '';
    while (subject.length < fill) subject += `X-Field: ${'y'.repeat(40)}\r\n`;
    made.push(head + subject + rest + body);
  }
  return made;
}

/** What a client sends (RFC 6455 §5.2). */
function maskedFrame(text) {
  const header = Buffer.from([0x81, 0xfe, text.length >> 8, text.length & 255, ...MASK]);
  return Buffer.concat([header, Buffer.from(text).map((octet, index) => octet ^ MASK[index & 3])]);
}

/** `how`: 0 = a message a segment, 2 = two, else segments of so many octets. */
function segmentsOf(texts, how) {
  if (how === 0) return texts.map((text) => Buffer.from(text));
  if (how === 2)
    return texts.flatMap((text, index) => (index % 2 ? [] : [Buffer.from(text + texts[index + 1])]));
  const whole = Buffer.concat(texts.map((text) => Buffer.from(text)));
  const cut = [];
  for (let at = 0; at < whole.length; at += how) cut.push(whole.subarray(at, at + how));
  return cut;
}

function bulk(size, count) {
  return Array.from({ length: count }, (_, index) => Buffer.alloc(size, (index % 100) + 0x90));
}

function report(name, payloads, connections, syn = true) {
  const size = payloads.reduce((sum, payload) => sum + payload.length + HEAD, 0);
  const block = Buffer.alloc(size);
  let to = 0;
  const at = payloads.map((payload) => {
    const from = to;
    payload.copy(block, from + HEAD);
    to += HEAD + payload.length;
    return from;
  });
  const ledger = new OutcomeLedger();
  let framed = 0;
  const onMessage = () => {
    framed++;
    return true;
  };
  const onDiagnostic = ({ message }) => console.log('  diagnostic:', message);
  const sip = sipStreams({ ledger, onDiagnostic, onMessage });
  const webSocket = webSockets({ ledger, onDiagnostic, onMessage });
  const openStream = (direction, carrier) => (carrier === 'web-socket' ? webSocket : sip)(direction, carrier);
  const tcp = new TcpReassembler({ ledger, onDiagnostic, endpoints: new EndpointTable(), openStream });
  const packet = new Packet();
  packet.data = block;
  const sequence = new Int32Array(connections);
  const one = (connection, from, length, flags) => {
    block.writeInt32BE(0x0a000000 + connection, from);
    block.writeInt32BE(0x0b000000, from + 4);
    block.writeUInt32BE(0x13c413c4, from + 20);
    block.writeInt32BE(sequence[connection], from + 24);
    block[from + 32] = 0x50;
    block[from + 33] = flags;
    packet.frame++;
    ledger.read++;
    tcp.segment(
      packet,
      block,
      4,
      from,
      from + 4,
      from + 20,
      from + HEAD + length,
      0,
      packet.frame & 0xffff,
      null,
    );
    sequence[connection] += length + (flags & 2 ? 1 : 0);
  };
  if (syn) for (let connection = 0; connection < connections; connection++) one(connection, 0, 0, 2);
  let octets = 0;
  let connection = 0;
  let began = process.threadCpuUsage().user;
  for (let round = 0; octets < MEGABYTES * 1e6; round++) {
    if (round === 2) {
      octets = 0;
      began = process.threadCpuUsage().user;
    }
    for (let index = 0; index < payloads.length; index++) {
      one(connection, at[index], payloads[index].length, 0x18);
      octets += payloads[index].length;
      if (connections > 1) connection = (connection + 7) % connections;
    }
    // A message of several segments must stay on its connection: there is one only.
  }
  const seconds = (process.threadCpuUsage().user - began) / 1e6;
  tcp.end();
  if (ledger.settled !== ledger.read) throw new Error('packets are not accounted for');
  console.log(
    `${name.padEnd(42)} ${(octets / 1e6 / seconds).toFixed(0).padStart(6)} MB/s  ${framed} messages`,
  );
}
