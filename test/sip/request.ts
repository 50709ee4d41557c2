// A small valid request for tests: what a case is about is given, the rest is filled in.

import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';

export interface RequestParts {
  readonly method?: string;
  readonly uri?: string;
  /** Lines added after the mandatory ones. */
  readonly lines?: readonly string[];
  /** Lines that take the place of a mandatory one, by its name. */
  readonly replace?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function requestText({
  method = 'OPTIONS',
  uri = 'sip:bob@example.com',
  lines = [],
  replace = {},
  body = '',
}: RequestParts = {}): string {
  const mandatory: Record<string, string> = {
    Via: 'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKabc',
    'Max-Forwards': 'Max-Forwards: 70',
    From: 'From: Alice <sip:alice@example.com>;tag=a1',
    To: 'To: <sip:bob@example.com>',
    'Call-ID': 'Call-ID: c1@example.com',
    CSeq: `CSeq: 1 ${method}`,
    ...replace,
  };
  const all = [...Object.values(mandatory), ...lines, `Content-Length: ${Buffer.byteLength(body)}`];
  return `${method} ${uri} SIP/2.0\r\n${all.join('\r\n')}\r\n\r\n${body}`;
}

export function request(parts: RequestParts = {}): SipMessage {
  const message = messageOf(requestText(parts));
  if (message === null) throw new Error('no message');
  return message;
}

/** The codes of all diagnostics, in order. */
export function codes(message: SipMessage): string[] {
  return message.diagnose().map(({ code }) => code);
}
