// RFC 3261 §18.3, §20.14: Content-Length is the number of octets of the body, and must be there on a stream.
import { HEADER } from '../../sip/header/header-names.ts';
import { LINE_FLAG } from '../../sip/scan.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/content-length',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'Content-Length is there on a stream, is a number, and is the number of octets of the body.',
    why: 'Over UDP the message is dropped or its body cut; over TCP all that follows on the connection is misread.',
    exceptions: [
      'Messages that the capture cut short.',
      'Up to two line ends after the body in a datagram: info.',
      'A text dump whose line ends became LF: a length that fits CRLF is right.',
      'A message over WebSocket, which has its own end.',
    ],
    fix: 'Have the sender count octets, line ends as two, after the last change to the body; a box that rewrites it must count again.',
    sources: [
      {
        document: 'RFC 3261',
        section: '18.3',
        says: 'what a length beyond the datagram means, and octets after the body',
      },
      { document: 'RFC 3261', section: '20.14', says: 'octets of the body; must be used on streams' },
    ],
    messages: {
      longer: 'Content-Length is {declared}, the body has {actual} octets',
      shorter: 'Content-Length is {declared}, {more} more octets follow',
      'line-ends': 'Line ends follow the body that Content-Length ends',
      missing: 'A message over {transport} has no Content-Length',
      malformed: 'Content-Length is no number: {value}',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip } = message;
        const { contentLength: declared, bodyEnd, limit } = sip;
        const actual = bodyEnd - sip.bodyStart;
        if (declared === actual && bodyEnd === limit) return;
        if (message.truncated || !sip.headersComplete) return;
        if (declared === -1) {
          const { transport } = sip;
          if (transport !== 'tcp' && transport !== 'tls') return;
          report({ message: 'missing', data: { transport: transport.toUpperCase() }, at: message });
        } else if (declared === -2) {
          judgeMalformed(message);
        } else if (declared > actual) {
          if (fitsWithLineEnds(message, declared)) return;
          report({ message: 'longer', data: { declared, actual }, at: message, evidence: proof(message) });
        } else if (isLineEnds(message)) {
          report({ message: 'line-ends', at: message, evidence: proof(message), severity: 'info' });
        } else {
          const data = { declared, more: limit - bodyEnd };
          report({ message: 'shorter', data, at: message, evidence: proof(message), severity: 'warning' });
        }
      },
    };

    /** Two that differ are message/duplicate-single-header's. */
    function judgeMalformed(message: MessageFacts): void {
      const { sip } = message;
      const row = sip.find(HEADER['Content-Length']);
      if (sip.find(HEADER['Content-Length'], row + 1) >= 0) return;
      const value = sip.headerValue(row).slice(0, 20);
      report({ message: 'malformed', data: { value }, at: message, evidence: proof(message) });
    }
  },
});

/** Whether the length was right before LF took the place of CRLF, as in a text dump. */
function fitsWithLineEnds({ sip }: MessageFacts, declared: number): boolean {
  if ((sip.flags & LINE_FLAG.bareLf) === 0) return false;
  const { data, bodyStart, bodyEnd } = sip;
  let bare = 0;
  for (let at = bodyStart; at < bodyEnd; at++) if (data[at] === LF && data[at - 1] !== CR) bare++;
  const counted = bodyEnd - bodyStart + bare;
  return declared === counted || (data[bodyEnd - 1] !== LF && declared === counted + 2);
}

function isLineEnds({ sip }: MessageFacts): boolean {
  const { data, bodyEnd, limit } = sip;
  if (limit - bodyEnd > 4) return false;
  for (let at = bodyEnd; at < limit; at++) if (data[at] !== CR && data[at] !== LF) return false;
  return true;
}

function proof(message: MessageFacts) {
  return headerEvidence(message, HEADER['Content-Length'], 'Content-Length');
}

const CR = 13;
const LF = 10;
