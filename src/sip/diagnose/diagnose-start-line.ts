// What is wrong with the start line (RFC 3261 §7.1, §7.2, §25.1).

import { endOfLine, LINE_FLAG } from '../scan.ts';
import { diagnoseUri } from './diagnose-address.ts';
import type { Findings } from './findings.ts';

export function diagnoseStartLine(findings: Findings): void {
  const { message } = findings;
  const { data, start } = message;
  if (message.flags & LINE_FLAG.leadingLines) findings.add('sip/leading-lines', '');
  const line = data.toString('latin1', start, endOfLine(data, start, message.limit));
  if (message.isRequest) diagnoseRequestLine(findings, line);
  else diagnoseStatusLine(findings, line);
  // RFC 3261 §7.1: SIP/2.0 in upper case is what is sent.
  const { version } = message;
  if (version !== '' && version.toUpperCase() !== 'SIP/2.0') {
    findings.add('sip/bad-version', `version ${version}`, message.versionStart);
  }
}

function diagnoseRequestLine(findings: Findings, line: string): void {
  const { message } = findings;
  const { method, requestUri, version } = message;
  if (version === '') findings.add('sip/bad-start-line', 'no version');
  else if (line.length !== message.versionEnd - message.start) {
    findings.add('sip/bad-start-line', 'white space after the version', message.versionEnd);
  } else if (
    message.uriStart !== message.methodEnd + 1 ||
    message.versionStart !== message.uriEnd + 1 ||
    /[\t]/.test(line)
  ) {
    findings.add('sip/bad-start-line', 'not one space between the parts');
  }
  if (message.methodId === 0) findings.add('sip/unknown-method', `method ${method}`, message.methodStart);
  // RFC 3261 §7.1: no white space, no brackets; Table 1 (§19.1.1): no headers.
  const at = message.uriStart;
  if (/\s/.test(requestUri)) findings.add('sip/bad-request-uri', 'white space in Request-URI', at);
  else if (requestUri.startsWith('<')) findings.add('sip/bad-request-uri', 'Request-URI in < >', at);
  else if (message.uri.headers.size > 0) findings.add('sip/bad-request-uri', 'headers in Request-URI', at);
  else diagnoseUri(findings, 'sip/bad-request-uri', message.uri, at);
}

function diagnoseStatusLine(findings: Findings, line: string): void {
  const { message } = findings;
  if (!/^\S+ [0-9]+ /.test(line)) {
    findings.add('sip/bad-start-line', 'not one space after version and status', message.versionEnd);
  }
  const digits = /^\S+\s+([0-9]+)/.exec(line)?.[1] ?? '';
  if (digits.length !== 3 || message.status < 100 || message.status > 699) {
    findings.add('sip/bad-status', `status ${digits}`, message.versionEnd + 1);
  }
}
