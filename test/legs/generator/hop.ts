// One hop of a generated call: how its messages look there, and the writing of them.
import type { Endpoint } from '../../../src/network/endpoint.ts';
import { Payload } from '../../../src/network/payload.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { parseMessage } from '../../../src/sip/parse.ts';

export interface Hop {
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly callId: string;
  readonly fromUser: string;
  readonly toUser: string;
  readonly fromTag: string;
  readonly toTag: string;
  readonly cseq: number;
  /** Rows of Via below its own, and headers of its requests. */
  readonly vias: readonly string[];
  readonly headers: readonly string[];
  readonly agent: string;
  /** '' for none. */
  readonly offer: string;
  readonly answer: string;
  /** Host that it writes into From, To and Contact. */
  readonly host: string;
  /** URIs of the callee and the caller where they are not made of user and address. */
  readonly target?: string;
  readonly contact?: string;
}

export interface Sending {
  readonly time: number;
  /** From the caller's side of the hop to the callee's, or back. */
  readonly away: boolean;
  /** A method, or the status of an answer to `method`. */
  readonly what: string | number;
  readonly method: string;
  /** How many requests of this side came before it. */
  readonly number: number;
  readonly inDialog: boolean;
  readonly body?: { readonly type: string; readonly text: string };
  readonly headers?: readonly string[];
}

export interface Sent {
  readonly hop: Hop;
  readonly sending: Sending;
  readonly time: number;
  readonly text: string;
  readonly src: Endpoint;
  readonly dst: Endpoint;
}

export function write(hop: Hop, sending: Sending): Sent {
  const { away, what, method, number, inDialog, time } = sending;
  const isRequest = typeof what === 'string';
  // What the caller asks goes away and is answered back; the callee's requests go the other way round.
  const byCaller = isRequest === away;
  const [client, server] = byCaller ? [hop.client, hop.server] : [hop.server, hop.client];
  const caller = `<sip:${hop.fromUser}@${hop.host}>;tag=${hop.fromTag}`;
  const callee = `<sip:${hop.toUser}@${hop.host}>`;
  const tagged = inDialog || (!isRequest && Number(what) > 100) ? `${callee};tag=${hop.toTag}` : callee;
  const cseq = (byCaller ? hop.cseq : 1) + number;
  const branch = `z9hG4bK${hop.callId.slice(-12)}.${byCaller ? 'c' : 's'}${cseq}${method === 'CANCEL' ? 'INVITE' : method}`;
  const body = sending.body?.text ?? '';
  const lines = [
    isRequest
      ? `${what} ${(byCaller ? hop.target : hop.contact) ?? `sip:${byCaller ? hop.toUser : hop.fromUser}@${server.text}`} SIP/2.0`
      : `SIP/2.0 ${what} Reason`,
    `Via: SIP/2.0/UDP ${client.text};branch=${branch.replaceAll('@', '.')}`,
    ...(byCaller ? hop.vias : []),
    `From: ${byCaller ? caller : tagged}`,
    `To: ${byCaller ? tagged : caller}`,
    `Call-ID: ${hop.callId}`,
    `CSeq: ${cseq} ${method}`,
    ...(isRequest ? ['Max-Forwards: 70', `User-Agent: ${hop.agent}`, ...hop.headers] : []),
    ...(sending.headers ?? []),
    `Contact: <${(byCaller === isRequest ? hop.contact : hop.target) ?? `sip:${byCaller === isRequest ? hop.fromUser : hop.toUser}@${(isRequest ? client : server).text}`}>`,
    ...(sending.body === undefined ? [] : [`Content-Type: ${sending.body.type}`]),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const [src, dst] = isRequest ? [client, server] : [server, client];
  return { hop, sending, time, text: `${lines.join('\r\n')}\r\n\r\n${body}`, src, dst };
}

/** Frames are numbered from 1, in order of time. */
export function messagesOf(sent: readonly Sent[]): SipMessage[] {
  return [...sent]
    .sort((a, b) => a.time - b.time)
    .map(({ time, text, src, dst }, index) => {
      const payload = new Payload();
      payload.data = Buffer.from(text);
      payload.end = payload.data.length;
      payload.frame = index + 1;
      payload.seconds = Math.floor(time);
      payload.nanoseconds = Math.floor((time % 1) * 1e6) * 1000;
      payload.src = src;
      payload.dst = dst;
      return parseMessage(payload)!;
    });
}

export function endpoint(ip: string, port = 5060): Endpoint {
  const text = `${ip}:${port}`;
  let known = ENDPOINTS.get(text);
  if (known === undefined) {
    known = { ip, port, text, version: 4 };
    ENDPOINTS.set(text, known);
  }
  return known;
}

const ENDPOINTS = new Map<string, Endpoint>();
