// Fields of the message as a whole: start line, CSeq, Via, tags, body; and message.*, which are our own.

import { HEADER } from '../sip/header/header-names.ts';
import type { Via } from '../sip/header/via.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHODS } from '../sip/method.ts';
import { type Field, messageField as field, leadingNumber, type Value } from './field.ts';

export const MESSAGE_FIELDS: readonly Field[] = [
  field('sip', 'presence', 'a SIP message', (_message, out) => void out.push(true)),
  field('sip.Method', 'text', 'method of a request', (message, out) => {
    if (message.isRequest) out.push(METHODS[message.methodId] || message.method);
  }),
  field('sip.Request-Line', 'text', 'first line of a request', (message, out) => {
    if (message.isRequest) out.push(startLine(message));
  }),
  field('sip.Status-Line', 'text', 'first line of a response', (message, out) => {
    if (!message.isRequest) out.push(startLine(message));
  }),
  field('sip.Status-Code', 'number', 'status of a response', (message, out) => {
    if (!message.isRequest) out.push(message.status);
  }),
  field('sip.r-uri', 'text', 'Request-URI', (message, out) => {
    if (message.isRequest) out.push(message.requestUri);
  }),
  field('sip.r-uri.user', 'text', 'user of the Request-URI', (message, out) => {
    if (message.isRequest && message.uri.user !== '') out.push(message.uri.user);
  }),
  field('sip.r-uri.host', 'text', 'host of the Request-URI', (message, out) => {
    if (message.isRequest && message.uri.host !== '') out.push(message.uri.hostText);
  }),
  field('sip.r-uri.port', 'text', 'port of the Request-URI', (message, out) => {
    if (message.isRequest && message.uri.port !== undefined) out.push(String(message.uri.port));
  }),
  field('sip.r-uri.param', 'text', 'parameters of the Request-URI', (message, out) => {
    if (!message.isRequest) return;
    for (const { name, value } of message.uri.params)
      out.push(value === undefined ? name : `${name}=${value}`);
  }),
  field('sip.CSeq.seq', 'number', 'number in CSeq', (message, out) => {
    if (message.cseqNumber >= 0) out.push(message.cseqNumber);
  }),
  field('sip.CSeq.method', 'text', 'method in CSeq', (message, out) => {
    const method = METHODS[message.cseqMethodId] || message.cseqMethod;
    if (method !== '') out.push(method);
  }),
  field('sip.RAck.RSeq.seq', 'number', 'RSeq that RAck names', (message, out) => rackWord(message, 0, out)),
  field('sip.RAck.CSeq.seq', 'number', 'CSeq that RAck names', (message, out) => rackWord(message, 1, out)),
  field('sip.RAck.CSeq.method', 'text', 'method that RAck names', (message, out) =>
    rackWord(message, 2, out),
  ),
  field('sip.from.tag', 'text', 'tag of From', (message, out) => pushText(message.fromTag, out)),
  field('sip.to.tag', 'text', 'tag of To', (message, out) => pushText(message.toTag, out)),
  field('sip.tag', 'text', 'tags of From and To', (message, out) => {
    pushText(message.fromTag, out);
    pushText(message.toTag, out);
  }),
  field(
    'sip.Via.transport',
    'text',
    'transport of each Via',
    vias((via) => via.transport),
  ),
  field(
    'sip.Via.sent-by.address',
    'text',
    'host of each Via',
    vias((via) => via.host),
  ),
  field(
    'sip.Via.sent-by.port',
    'number',
    'port of each Via',
    vias((via) => via.port),
  ),
  field(
    'sip.Via.branch',
    'text',
    'branch of each Via',
    vias((via) => via.branch),
  ),
  field(
    'sip.Via.received',
    'text',
    'received of each Via',
    vias((via) => via.received),
  ),
  // A client asks with `;rport`, without a value (RFC 3581 §3): there, and empty.
  field('sip.Via.rport', 'text', 'rport of each Via', (message, out) => {
    for (const { rport } of message.vias) if (rport !== undefined) out.push(rport);
  }),
  field(
    'sip.Via.maddr',
    'text',
    'maddr of each Via',
    vias((via) => via.maddr),
  ),
  field(
    'sip.Via.ttl',
    'text',
    'ttl of each Via',
    vias((via) => via.ttl),
  ),
  field(
    'sip.Via.comp',
    'text',
    'comp of each Via',
    vias((via) => via.params.get('comp')),
  ),
  field('sip.msg_hdr', 'text', 'all headers, as they stand', (message, out) => {
    out.push(
      message.data.toString('utf8', Math.max(message.startLineEnd, message.start), message.bodyStart).trim(),
    );
  }),
  field('sip.msg_body', 'text', 'the body, as it stands', (message, out) => {
    if (message.bodyEnd > message.bodyStart)
      out.push(message.data.toString('utf8', message.bodyStart, message.bodyEnd));
  }),
  field(
    'message.transport',
    'text',
    'what carried the message',
    (message, out) => void out.push(message.transport),
  ),
  field(
    'message.size',
    'number',
    'octets of the message',
    (message, out) => void out.push(message.end - message.start),
  ),
  field('message.diagnostic', 'text', 'codes of what is wrong with the message', (message, out) => {
    for (const { code } of message.diagnostics) out.push(code);
  }),
  {
    ...field('message.duplicate', 'boolean', 'the capture shows the message twice', () => {}),
    read: ({ message, info }, out) => {
      if (message !== null) out.push(message.duplicateOf > 0 || (info?.duplicateOf ?? 0) > 0);
    },
  },
  ...['sip.resend', 'message.retransmission'].map(
    (name): Field => ({
      ...field(name, 'boolean', 'the message repeats an earlier one', () => {}),
      read: ({ message, info }, out) => {
        if (message !== null) out.push((info?.retransmissionOf ?? 0) > 0);
      },
    }),
  ),
  {
    ...field('sip.resend-original', 'number', 'packet of the message that this one repeats', () => {}),
    read: ({ info }, out) => {
      if (info !== null && info.retransmissionOf > 0) out.push(info.retransmissionOf);
    },
  },
  {
    ...field('sip.response-time', 'number', 'milliseconds since the request of this response', () => {}),
    read: ({ info }, out) => {
      if (info !== null && info.delay !== null) out.push(Math.floor(info.delay));
    },
  },
];

function startLine(message: SipMessage): string {
  return message.data.toString('utf8', message.start, Math.max(message.startLineEnd, message.start)).trim();
}

function vias(part: (via: Via) => string | number | undefined): (message: SipMessage, out: Value[]) => void {
  return (message, out) => {
    for (const via of message.vias) {
      const value = part(via);
      if (value !== undefined && value !== '') out.push(value);
    }
  };
}

// RFC 3262 §7.2: `776656 1 INVITE`
function rackWord(message: SipMessage, index: number, out: Value[]): void {
  const word = message.value(HEADER.RAck)?.trim().split(/\s+/)[index];
  if (word === undefined || word === '') return;
  if (index === 2) out.push(word);
  else leadingNumber(word, out);
}

function pushText(text: string, out: Value[]): void {
  if (text !== '') out.push(text);
}
