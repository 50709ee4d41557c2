// Scenarios as scripts of messages, one a line:
//
//   <milliseconds> <from>><to> <METHOD or status> [key=value …] [| header | header …]
//
// Boxes are letters, `A` is 10.0.0.1:5060, `B` 10.0.0.2:5060 … Keys: cseq, of (the method a status answers), from and to
// (tags; `-` is none), branch, via (rows of Via), id (Call-ID), sdp (audio, hold, im, relayed, video, xms), dup (duplicate of that line),
// user (names of From and To: `alice,bob`), tcp. Lines are numbered from 1: that is their frame. What is left out is what
// a conforming user agent would write in the call of A's alice to B's bob.
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import type { Call, CallEvent, CorrelatorLimits, MessageInfo } from '../../src/dialog/call.ts';
import { Correlator } from '../../src/dialog/correlator.ts';
import type { Endpoint } from '../../src/network/endpoint.ts';
import { Payload } from '../../src/network/payload.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { parseMessage } from '../../src/sip/parse.ts';

export interface Played {
  calls: Call[];
  infos: Info[];
  diagnostics: Diagnostic[];
}

export type Info = Omit<MessageInfo, 'call'> & { id: number };

/** Plays a script and gives the calls by id. */
export function play(script: string, limits?: Partial<CorrelatorLimits>): Played {
  return playMessages(messagesOf(script), limits);
}

export function playMessages(messages: readonly SipMessage[], limits?: Partial<CorrelatorLimits>): Played {
  const calls: Call[] = [];
  const infos: Info[] = [];
  const diagnostics: Diagnostic[] = [];
  const correlator = new Correlator({
    keepMessages: true,
    onCall: (call) => calls.push(call),
    onMessage: (_, info) => {
      const { call, retransmissionOf, duplicateOf, transaction, upstream, dialog, delay, moment } = info;
      infos.push({
        id: call.id,
        retransmissionOf,
        duplicateOf,
        transaction,
        upstream,
        dialog,
        delay,
        moment,
      });
    },
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    ...(limits === undefined ? {} : { limits }),
  });
  for (const message of messages) correlator.message(message);
  correlator.end();
  calls.sort((a, b) => a.id - b.id);
  return { calls, infos, diagnostics };
}

/** The one call of a script. */
export function callOf(script: string): Call {
  const { calls } = play(script);
  if (calls.length !== 1) throw new Error(`${calls.length} calls, not one`);
  return calls[0];
}

/** `INVITE`, `100`, `200*3` (a retransmission of frame 3), `200=3` (a duplicate of it): the events of a call in short. */
export function shortEvents(events: readonly CallEvent[] | undefined): string {
  return (events ?? [])
    .map(({ message, retransmissionOf, duplicateOf }) => {
      const what = message.isRequest ? message.method : String(message.status);
      return `${what}${retransmissionOf > 0 ? `*${retransmissionOf}` : ''}${duplicateOf > 0 ? `=${duplicateOf}` : ''}`;
    })
    .join(' ');
}

export function messagesOf(script: string): SipMessage[] {
  return script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, index) => messageOf(line, index + 1));
}

function messageOf(line: string, frame: number): SipMessage {
  const [head, ...extra] = line.split('|').map((part) => part.trim());
  const [time, way, what, ...settings] = head.split(/\s+/);
  const keys = new Map(settings.map((setting) => setting.split(/=(.*)/s).slice(0, 2) as [string, string]));
  const [src, dst] = way.split('>');
  const payload = new Payload();
  const milliseconds = Number(time);
  payload.data = Buffer.from(textOf(src, dst, what, keys, extra));
  payload.end = payload.data.length;
  payload.frame = frame;
  payload.seconds = START + Math.floor(milliseconds / 1000);
  payload.nanoseconds = Math.round((milliseconds % 1000) * 1e6);
  payload.src = endpoint(src);
  payload.dst = endpoint(dst);
  payload.transport = keys.has('tcp') ? 'tcp' : 'udp';
  payload.duplicateOf = Number(keys.get('dup') ?? 0);
  const message = parseMessage(payload);
  if (message === null) throw new Error(`not a message: ${line}`);
  return message;
}

function textOf(src: string, dst: string, what: string, keys: Map<string, string>, extra: string[]): string {
  const status = /^\d+$/.test(what) ? Number(what) : 0;
  const method = status > 0 ? (keys.get('of') ?? 'INVITE') : what;
  const cseq = keys.get('cseq') ?? '1';
  const from = keys.get('from') ?? 'a';
  const to = keys.get('to') ?? (status > 100 ? 'b' : '-');
  const [client, server] = status > 0 ? [dst, src] : [src, dst];
  const branch =
    keys.get('branch') ?? `${method === 'CANCEL' ? 'INVITE' : method}-${cseq}-${client}${server}`;
  const [caller, callee] = (keys.get('user') ?? 'alice,bob').split(',');
  const [fromUser, toUser] = from.startsWith('b') ? [callee, caller] : [caller, callee];
  const sdp = keys.get('sdp');
  const body = sdp === undefined ? (keys.get('text') ?? '') : SESSIONS[sdp](endpoint(src).ip);
  const lines = [
    status > 0
      ? `SIP/2.0 ${status} ${PHRASES[status] ?? 'Whatever'}`
      : `${what} sip:${toUser}@example.com SIP/2.0`,
    ...vias(client, branch, Number(keys.get('via') ?? 1)),
    `From: ${fromUser} <sip:${fromUser}@example.com>${from === '-' ? '' : `;tag=${from}`}`,
    `To: <sip:${toUser}@example.com>${to === '-' ? '' : `;tag=${to}`}`,
    `Call-ID: ${keys.get('id') ?? 'call-1'}`,
    `CSeq: ${cseq} ${keys.get('of') !== undefined && status === 0 ? keys.get('of') : method}`,
    ...extra,
    ...(sdp === undefined ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** `branch=old` without the cookie, as before RFC 3261, is written `branch=!old`. */
function vias(client: string, branch: string, rows: number): string[] {
  const { text } = endpoint(client);
  const parameter =
    branch === '-' ? '' : branch.startsWith('!') ? `;branch=${branch.slice(1)}` : `;branch=z9hG4bK${branch}`;
  const first = `Via: SIP/2.0/UDP ${text}${parameter}`;
  return [
    first,
    ...Array.from({ length: rows - 1 }, (_, i) => `Via: SIP/2.0/UDP 192.0.2.${i}:5060;branch=z9hG4bKup${i}`),
  ];
}

export function endpoint(box: string): Endpoint {
  const known = BOXES.get(box);
  if (known !== undefined) return known;
  const ip = `10.0.0.${box.charCodeAt(0) - 64}`;
  // `A2` is another port of A.
  const port = 5060 + (box.length > 1 ? Number(box.slice(1)) : 0);
  const made: Endpoint = { ip, port, text: `${ip}:${port}`, version: 4 };
  BOXES.set(box, made);
  return made;
}

const BOXES = new Map<string, Endpoint>();
/** 2026-11-21T03:40:00Z. */
const START = 1795232400;

const SESSIONS: Record<string, (ip: string) => string> = {
  audio: (ip) => session(ip, ['m=audio 40000 RTP/AVP 0 8', 'a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000']),
  relayed: () => SESSIONS.audio('10.0.0.1'),
  hold: (ip) => session(ip, ['m=audio 40000 RTP/AVP 0', 'a=sendonly']),
  video: (ip) =>
    session(ip, ['m=audio 40000 RTP/AVP 0', 'm=video 40002 RTP/AVP 96', 'a=rtpmap:96 H264/90000']),
  im: (ip) => session(ip, ['m=message 5060 sip sip:alice@example.com']),
  xms: (ip) => session(ip, ['m=x-ms-message 5060 sip null']),
};

function session(ip: string, media: string[]): string {
  const lines = ['v=0', `o=- 2890844526 1 IN IP4 ${ip}`, 's=-', `c=IN IP4 ${ip}`, 't=0 0', ...media];
  return `${lines.join('\r\n')}\r\n`;
}

const PHRASES: Record<number, string> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  302: 'Moved Temporarily',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  600: 'Busy Everywhere',
  603: 'Decline',
};
