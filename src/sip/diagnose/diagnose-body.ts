// What is wrong with the body and its framing (RFC 3261 §7.4, §18.3, §20.14, §20.15; RFC 2046 §5.1).

import { HEADER } from '../header/header-names.ts';
import type { Findings } from './findings.ts';

export function diagnoseBody(findings: Findings): void {
  const { message } = findings;
  const { contentLength, bodyStart, bodyEnd, limit } = message;
  const octets = bodyEnd - bodyStart;
  if (message.truncated) findings.add('sip/truncated', '', limit);
  else if (contentLength === -2) findings.add('sip/bad-content-length', '', lengthAt(findings));
  else if (contentLength > octets && message.headersComplete) {
    const detail = `Content-Length ${contentLength}, but ${octets} octets follow`;
    findings.add('sip/content-length-mismatch', detail, lengthAt(findings));
  }
  // RFC 3261 §20.14: on a stream Content-Length must be there; a WebSocket message has its own end (RFC 7118 §5.2).
  if (contentLength === -1 && (message.transport === 'tcp' || message.transport === 'tls')) {
    findings.add('sip/missing-header', 'no Content-Length');
  }
  if (bodyEnd < limit)
    findings.add('sip/trailing-octets', `${limit - bodyEnd} octets after the body`, bodyEnd);
  diagnoseType(findings, octets);
}

function diagnoseType(findings: Findings, octets: number): void {
  const { message } = findings;
  const { contentType } = message;
  const row = message.find(HEADER['Content-Type']);
  if (contentType !== undefined && !contentType.valid) {
    findings.add('sip/bad-content-type', contentType.text, message.headerStart(row));
  }
  // RFC 3261 §20.15: must be there when the body is not empty.
  if (octets > 0 && contentType === undefined) findings.add('sip/missing-header', 'no Content-Type');
  if (message.truncated) return;
  for (const problem of message.mime().problems)
    findings.add('sip/bad-multipart', problem, message.bodyStart);
}

function lengthAt(findings: Findings): number {
  const { message } = findings;
  return message.headerStart(message.find(HEADER['Content-Length']));
}
