// RFC 3261 §7.4, §20.15; RFC 5621 §3; RFC 2046 §5.1: a body has a Content-Type, and is what it says.

import { parseMediaType } from '../../sip/body/media-type.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type Evidence, headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/content-type',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A body has a Content-Type, is of that type, and a multipart body has its boundary to the end.',
    why: 'The receiver cannot read the body: the call is refused with 415 or 400, or goes on without its session.',
    exceptions: [
      'A Content-Type without a body.',
      'A body of nothing but line ends.',
      'A type that the receiver did not list and took all the same: info.',
    ],
    fix: 'Have the sender name the type of what it sends; a box that replaces the body must replace Content-Type too.',
    sources: [
      { document: 'RFC 3261', section: '20.15', says: 'must be there when the body is not empty' },
      { document: 'RFC 3261', section: '7.4', says: 'bodies and their type' },
      { document: 'RFC 3261', section: '8.2.3', says: '415 for what is not understood' },
      { document: 'RFC 5621', section: '3', says: 'multipart bodies' },
      { document: 'RFC 2046', section: '5.1', says: 'the boundary of multipart bodies' },
    ],
    messages: {
      missing: '{what} has a body and no Content-Type',
      malformed: 'Content-Type is no media type: {value}',
      'not-sdp': '{what} calls its body application/sdp, and it is none',
      'other-name': '{what} calls a session description {type}',
      multipart: 'The multipart body of {what} is broken: {problem}',
      'taken-anyway': '{what} was accepted with {type}, which the receiver does not list in Accept',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip } = message;
        if (sip.bodyStart === sip.bodyEnd || message.truncated || !sip.headersComplete) return;
        const { contentType } = sip;
        const what = nameOf(message);
        if (contentType === undefined) {
          if (!isBlank(sip))
            report({ message: 'missing', data: { what }, at: message, evidence: proof(message) });
          return;
        }
        const evidence = proof(message);
        if (!contentType.valid) {
          const value = contentType.text.slice(0, 40);
          report({ message: 'malformed', data: { value }, at: message, evidence });
        } else if (contentType.type === 'multipart') {
          if (!message.bodyWhole) return;
          for (const problem of sip.mime().problems) {
            report({ message: 'multipart', data: { what, problem }, at: message, evidence });
          }
        } else if (contentType.name === 'application/sdp') {
          if (!startsWithType(sip)) {
            report({
              message: 'not-sdp',
              data: { what },
              at: message,
              evidence: [...evidence, firstLine(message)],
            });
          }
        } else if (isDescription(sip) && !SDP_ALIKE.test(contentType.name)) {
          const data = { what, type: contentType.name };
          report({ message: 'other-name', data, at: message, evidence: [...evidence, firstLine(message)] });
        }
      },
      transaction(transaction) {
        const { request, success } = transaction;
        if (request === undefined || success === undefined) return;
        const { sip } = request;
        if (sip.bodyStart === sip.bodyEnd || sip.contentType === undefined || !sip.contentType.valid) return;
        const { name } = sip.contentType;
        // RFC 3261 §20.1: without Accept, application/sdp is what is accepted.
        if (name === 'application/sdp') return;
        const accepted = acceptedBy(transaction, request);
        if (accepted === undefined || accepted.some((range) => covers(range, name))) return;
        const data = { what: nameOf(request), type: name };
        report({ message: 'taken-anyway', data, at: [success, request], severity: 'info' });
      },
    };
  },
});

/** What the side that received it said to accept for this method, here or earlier; undefined when it never said. */
function acceptedBy({ leg }: TransactionFacts, request: MessageFacts): string[] | undefined {
  const said = leg.messages.findLast(
    ({ sip, method }) =>
      sip.src.text === request.sip.dst.text &&
      (method === request.method || method === 'OPTIONS') &&
      sip.find(HEADER.Accept) >= 0,
  );
  return said?.sip.values(HEADER.Accept).map((text) => parseMediaType(text).name);
}

function covers(range: string, name: string): boolean {
  return range === name || range === '*/*' || (range.endsWith('/*') && name.startsWith(range.slice(0, -1)));
}

/** `x=`: what every line of a session description begins with. */
function startsWithType({ data, bodyStart, bodyEnd }: SipMessage): boolean {
  let at = bodyStart;
  while (at < bodyEnd && (data[at] === CR || data[at] === LF)) at++;
  return at === bodyEnd || data[at + 1] === EQUALS;
}

/** `v=0` and an `o=` after it. */
function isDescription({ data, bodyStart, bodyEnd }: SipMessage): boolean {
  return (
    bodyEnd - bodyStart > 8 &&
    data[bodyStart] === LETTER_V &&
    data[bodyStart + 1] === EQUALS &&
    /^v=0\r?\no=/.test(data.toString('latin1', bodyStart, bodyStart + 7))
  );
}

function isBlank({ data, bodyStart, bodyEnd }: SipMessage): boolean {
  for (let at = bodyStart; at < bodyEnd; at++) if (data[at] !== CR && data[at] !== LF) return false;
  return true;
}

function firstLine({ sip }: MessageFacts): Evidence {
  const end = Math.min(sip.bodyEnd, sip.bodyStart + 40);
  const value = sip.data.toString('utf8', sip.bodyStart, end).split(/[\r\n]/)[0]!;
  return { frame: sip.frame, kind: 'body', name: '', value, offset: sip.bodyStart - sip.start };
}

function nameOf({ isRequest, method, status }: MessageFacts): string {
  return isRequest ? method : `${status} to ${method}`;
}

function proof(message: MessageFacts): Evidence[] {
  return headerEvidence(message, HEADER['Content-Type'], 'Content-Type');
}

/** Types whose content begins like SDP: fragments of it, and what wraps text. */
const SDP_ALIKE = /sdp|^text\/plain$|pkcs7|^message\//;
const CR = 13;
const LF = 10;
const EQUALS = 61;
const LETTER_V = 118;
