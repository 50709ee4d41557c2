// Messages and calls to put filters to, made here.
import type { Call, CallEvent, MessageInfo } from '../../src/dialog/call.ts';
import type { Endpoint } from '../../src/network/endpoint.ts';
import { Payload } from '../../src/network/payload.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { parseMessage } from '../../src/sip/parse.ts';

export interface Seen {
  readonly src?: string;
  readonly dst?: string;
  readonly transport?: Payload['transport'];
  readonly frame?: number;
  readonly seconds?: number;
}

/** A message of these lines (start line first), as one of alice's at 192.0.2.1:5060 seen at 2026-11-21T03:40:00.5Z. */
export function message(
  startLine: string,
  headers: readonly string[] = [],
  body = '',
  seen: Seen = {},
): SipMessage {
  const text = [
    startLine,
    ...COMMON,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
  const payload = new Payload();
  payload.data = Buffer.from(text);
  payload.end = payload.data.length;
  payload.frame = seen.frame ?? 1;
  payload.src = endpoint(seen.src ?? '192.0.2.1', 5060);
  payload.dst = endpoint(seen.dst ?? '198.51.100.2', 5080);
  payload.transport = seen.transport ?? 'udp';
  payload.seconds = seen.seconds ?? Date.UTC(2026, 10, 21, 3, 40, 0) / 1000;
  payload.nanoseconds = 500_000_000;
  const parsed = parseMessage(payload);
  if (parsed === null) throw new Error(`no message: ${startLine}`);
  return parsed;
}

export function endpoint(ip: string, port: number): Endpoint {
  const version = ip.includes(':') ? 6 : 4;
  return { ip, port, text: version === 6 ? `[${ip}]:${port}` : `${ip}:${port}`, version };
}

/** A call with the fields given, and those of an ordinary one otherwise. */
export function call(fields: Partial<Call> = {}, messages: readonly SipMessage[] = []): Call {
  return { ...ORDINARY, events: messages.map(event), ...fields };
}

export function info(fields: Partial<MessageInfo> = {}): MessageInfo {
  return { call: ORDINARY, retransmissionOf: 0, duplicateOf: 0, delay: null, ...fields } as MessageInfo;
}

function event(one: SipMessage): CallEvent {
  return { message: one, ...info() } as unknown as CallEvent;
}

export const INVITE = 'INVITE sip:bob@biloxi.example.com;user=phone SIP/2.0';
export const OK = 'SIP/2.0 200 OK';
export const SDP = `${['v=0', 'o=alice 1 2 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', 'm=audio 49170 RTP/AVP 0 97', 'a=rtpmap:97 opus/48000/2', 'a=sendonly'].join('\r\n')}\r\n`;

const COMMON = [
  'Via: SIP/2.0/UDP proxy.example.com:5061;branch=z9hG4bKp;rport, SIP/2.0/TCP alice.example.com;branch=z9hG4bKa',
  'f: "Alice Liddell" <sip:alice@atlanta.example.com:5070;transport=udp>;tag=a1',
  'To: <sip:bob@biloxi.example.com>;tag=b1',
  'Call-ID: 3848276298220188511@atlanta.example.com',
  'CSeq: 314 INVITE',
  'Contact: <sip:alice@192.0.2.1>;q=0.5',
  'Max-Forwards: 70',
];

const ORDINARY: Call = {
  id: 7,
  kind: 'call',
  callId: '3848276298220188511@atlanta.example.com',
  from: 'sip:alice@atlanta.example.com',
  to: 'sip:bob@biloxi.example.com',
  src: endpoint('192.0.2.1', 5060),
  dst: endpoint('198.51.100.2', 5080),
  endpoints: [endpoint('192.0.2.1', 5060), endpoint('198.51.100.2', 5080)],
  transports: ['udp'],
  method: 'INVITE',
  start: { seconds: 1_795_232_400, nanoseconds: 0 },
  end: { seconds: 1_795_232_460, nanoseconds: 0 },
  state: 'completed',
  cause: {
    by: 'caller',
    endpoint: '192.0.2.1:5060',
    method: 'BYE',
    status: 0,
    reason: '',
    frame: 9,
    reasons: [{ protocol: 'Q.850', cause: 16, text: '' }],
  },
  messages: 7,
  retransmissions: 0,
  duplicates: 0,
  frames: [1, 2, 3],
  timings: {
    sessionRequestDelay: 120,
    ringTime: 3000,
    setupTime: 3500,
    sessionDuration: 42_000,
    sessionDisconnectDelay: 15,
    registrationRequestDelay: null,
    responseDelay: 3500,
  },
  media: [
    {
      side: 'caller',
      media: 'audio',
      protocol: 'RTP/AVP',
      codecs: ['PCMU/8000'],
      address: '192.0.2.1',
      port: 49170,
      direction: 'sendrecv',
      im: false,
    },
  ],
  roles: [],
  partial: false,
  dialogs: [],
  related: [],
  bindings: [],
  event: '',
  diagnostics: [],
  events: undefined,
};
