// A flow as text → messages, for the cases of rules. Each message stands under a line that says when it was seen where:
//
//   === 0.000 192.0.2.10:5060 > 192.0.2.20:5060 udp
//   INVITE sip:bob@example.com SIP/2.0
//   …
//   Content-Length: *
//
//   v=0
//   …
//
// `… > … rtp 500` stands for 500 packets of media, one each 20 ms; they have no number.
// `… > … crlf 4` stands for a TCP segment of so many octets of line ends; it has no number either.
// `… > … udp in 2` came in that many IP fragments, of which those after the first are numbered from 1001.
// Seconds from the start of the capture; `udp` unless said. Line ends become CRLF, `Content-Length: *` the length of the
// body. Messages are numbered from 1: that is their frame. Lines before the first `===` are for people.
import { compareTimestamps } from '../../capture/timestamp.ts';
import type { PacketSummary } from '../../network/packet-summary.ts';
import { Payload, type Transport } from '../../network/payload.ts';
import type { SipMessage } from '../../sip/message.ts';
import { parseMessage } from '../../sip/parse.ts';

/** One message of a flow, as written. */
export interface FlowMessage {
  readonly seconds: number;
  readonly src: string;
  readonly dst: string;
  readonly transport: Transport;
  /** Its lines with `\n`, head and body; '' for media. */
  readonly text: string;
  /** Packets of media, one each 20 ms; 0 for a message. */
  readonly packets: number;
  /** Octets of a segment that is nothing but line ends; 0 for a message. */
  readonly lineEnds: number;
  /** IP fragments that carry it. */
  readonly fragments: number;
}

/** Throws what the author of a case can mend. */
export function parseFlow(text: string): FlowMessage[] {
  const blocks = text.split(/^=== /m).slice(1);
  return blocks.map((block) => {
    const end = block.indexOf('\n');
    const line = end < 0 ? block : block.slice(0, end);
    const match = SEEN.exec(line.trim());
    if (match === null) throw new Error(`not "seconds src > dst [transport]": ${line}`);
    const [, seconds, src, dst, transport = 'udp', fragments = '1', packets = '0', lineEnds = '0'] = match;
    return {
      seconds: Number(seconds),
      src: src!,
      dst: dst!,
      transport: transport as Transport,
      packets: Number(packets) || (lineEnds === '0' ? 0 : 1),
      lineEnds: Number(lineEnds),
      fragments: Number(fragments),
      text: end < 0 ? '' : block.slice(end + 1).replace(/\n+$/, '\n'),
    };
  });
}

/** The octets of a message. */
export function flowOctets({ text }: FlowMessage): Buffer {
  const gap = text.indexOf('\n\n');
  const head = (gap < 0 ? text.replace(/\n+$/, '') : text.slice(0, gap)).replaceAll('\n', '\r\n');
  const body = Buffer.from(gap < 0 ? '' : text.slice(gap + 2).replaceAll('\n', '\r\n'));
  const counted = head.replace(/^(Content-Length|l): \*$/im, `$1: ${body.length}`);
  return Buffer.concat([Buffer.from(`${counted}\r\n\r\n`), body]);
}

/** The messages as the SIP stage would give them; one that is no SIP throws. */
export function flowMessages(flow: readonly FlowMessage[]): SipMessage[] {
  const endpoints = new Map<string, Payload['src']>();
  const messages = flow.filter(({ packets }) => packets === 0);
  return messages.map((one, index) => {
    const payload = new Payload();
    payload.data = flowOctets(one);
    payload.end = payload.data.length;
    payload.transport = one.transport;
    payload.src = endpoint(endpoints, one.src);
    payload.dst = endpoint(endpoints, one.dst);
    payload.seconds = START + Math.floor(one.seconds);
    payload.nanoseconds = Math.round((one.seconds % 1) * 1e9);
    payload.frame = index + 1;
    if (one.fragments > 1) payload.frames = [index + 1, ...framesAfter(one.fragments)];
    const message = parseMessage(payload);
    if (message === null)
      throw new Error(`message ${index + 1} of the flow is no SIP: ${one.text.slice(0, 40)}`);
    return message.keep();
  });
}

/** The packets of media, in order; they count on where the messages end. */
export function flowMedia(flow: readonly FlowMessage[]): PacketSummary[] {
  const endpoints = new Map<string, Payload['src']>();
  const first = flow.filter(({ packets }) => packets === 0).length + 1;
  const packets = flow.flatMap(({ seconds, src, dst, packets: count, lineEnds }) =>
    Array.from({ length: count }, (_, index) => {
      const at = seconds + index * 0.02;
      return {
        frame: 0,
        seconds: START + Math.floor(at),
        nanoseconds: Math.round((at % 1) * 1e9),
        length: 214,
        src: endpoint(endpoints, src),
        dst: endpoint(endpoints, dst),
        transport: lineEnds > 0 ? ('tcp' as const) : ('udp' as const),
        protocol: lineEnds > 0 ? 'tcp' : 'udp',
        tunnel: null,
        ...(lineEnds > 0 && { lineEnds }),
      };
    }),
  );
  return packets.sort(compareTimestamps).map((packet, index) => ({ ...packet, frame: first + index }));
}

function framesAfter(fragments: number): number[] {
  return Array.from({ length: fragments - 1 }, (_, index) => 1001 + index);
}

function endpoint(known: Map<string, Payload['src']>, text: string): Payload['src'] {
  let found = known.get(text);
  if (found === undefined) {
    const colon = text.lastIndexOf(':');
    const ip = text.slice(0, colon).replace(/^\[|\]$/g, '');
    found = { ip, port: Number(text.slice(colon + 1)), text, version: ip.includes(':') ? 6 : 4 };
    known.set(text, found);
  }
  return found;
}

const SEEN =
  /^(\d+(?:\.\d+)?) (\S+:\d+) > (\S+:\d+)(?: (?:(udp|tcp|tls|sctp|ws|wss)(?: in (\d+))?|rtp (\d+)|crlf (\d)))?$/;
/** 2026-01-05T10:00:00Z. */
const START = 1767607200;
