// What a user agent of the tests writes: requests within and outside of a dialog, and the 200 that it answers (RFC 3261 §8.1.1, §8.2.6,
// §12.2.1.1).
import { HEADER } from '../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import type { PeerTransport } from './policy-text.ts';
import type { Place } from './tls-bridge.ts';

/** A call as one side sees it. */
export interface PhoneCall {
  readonly callId: string;
  /** From and To of what it sends. */
  readonly own: string;
  readonly other: string;
  readonly target: string;
  readonly routes: readonly string[];
  /** CSeq of its next request. */
  readonly number: number;
}

export class PhoneMessages {
  private readonly transport: PeerTransport;
  private readonly at: Place;
  private count = 0;

  constructor(transport: PeerTransport, at: Place) {
    this.transport = transport;
    this.at = at;
  }

  branch(): string {
    return `z9hG4bK-${this.at.port}-${++this.count}`;
  }

  request(method: string, call: PhoneCall, branch: string): string {
    const { ip, port } = this.at;
    const lines = [
      `${method} ${call.target} SIP/2.0`,
      `Via: SIP/2.0/${this.transport.toUpperCase()} ${ip}:${port};rport;branch=${branch}`,
      'Max-Forwards: 70',
      ...call.routes.map((route) => `Route: ${route}`),
      `From: ${call.own}`,
      `To: ${call.other}`,
      `Call-ID: ${call.callId}`,
      `CSeq: ${call.number} ${method}`,
    ];
    return this.whole(lines, method === 'INVITE');
  }

  ok(request: SipMessage, to: string): string {
    const lines = [
      'SIP/2.0 200 OK',
      ...request.values(HEADER.Via).map((value) => `Via: ${value}`),
      ...request.values(HEADER['Record-Route']).map((value) => `Record-Route: ${value}`),
      `From: ${request.value(HEADER.From)}`,
      `To: ${to}`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${request.value(HEADER.CSeq)}`,
    ];
    return this.whole(lines, request.method === 'INVITE');
  }

  private whole(lines: readonly string[], describes: boolean): string {
    const { ip, port } = this.at;
    const session = [
      'v=0',
      `o=- 1 1 IN IP4 ${ip}`,
      's=-',
      `c=IN IP4 ${ip}`,
      't=0 0',
      'm=audio 4000 RTP/AVP 0',
      '',
    ];
    const body = describes ? session.join('\r\n') : '';
    const offers = [
      `Contact: <sip:phone-${port}@${ip}:${port};transport=${this.transport}>`,
      ...['Allow: INVITE, ACK, CANCEL, BYE', 'Supported: timer', 'Content-Type: application/sdp'],
    ];
    const more = [...(describes ? offers : []), `Content-Length: ${body.length}`];
    return [...lines, ...more, '', body].join('\r\n');
  }
}

export function targetOf({ contacts }: SipMessage): string {
  return contacts === '*' ? '' : (contacts[0]?.uri.text ?? '');
}
