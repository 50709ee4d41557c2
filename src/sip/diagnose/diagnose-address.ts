// What is wrong with addresses and URIs in a message (RFC 3261 §19.1, §20.10, §25.1).

import { parseWholeNumber } from '../header/delta-seconds.ts';
import { hasExtraColon } from '../uri/host.ts';
import { type NameAddr, UNTERMINATED_QUOTE } from '../uri/name-addr.ts';
import type { SipUri } from '../uri/uri.ts';
import type { SipDiagnosticCode } from './diagnostic-codes.ts';
import type { Findings } from './findings.ts';

export function diagnoseAddress(findings: Findings, header: string, address: NameAddr, at: number): void {
  if (address.problems.includes(UNTERMINATED_QUOTE)) {
    findings.add('sip/unterminated-quote', `${header}: ${UNTERMINATED_QUOTE}`, at);
  }
  const problem = address.problems.find((text) => text !== UNTERMINATED_QUOTE);
  if (problem !== undefined) findings.add('sip/bad-address', `${header}: ${problem}`, at);
  else if (!address.problems.includes(UNTERMINATED_QUOTE))
    diagnoseUri(findings, 'sip/bad-uri', address.uri, at, header);
  // RFC 3261 §20.10: q is 0 to 1 with at most three decimals; expires is a number of seconds.
  const q = address.params.get('q');
  if (q !== undefined && !QVALUE.test(q)) findings.add('sip/bad-number', `${header}: q=${q}`, at);
  const expires = address.params.get('expires');
  if (expires !== undefined && !((parseWholeNumber(expires) ?? Number.NaN) < 2 ** 32)) {
    findings.add('sip/bad-number', `${header}: expires=${expires}`, at);
  }
}

export function diagnoseUri(
  findings: Findings,
  code: SipDiagnosticCode,
  uri: SipUri,
  at: number,
  header = 'Request-URI',
): void {
  if (uri.problems.length > 0) findings.add(code, `${header}: ${uri.problems[0]}`, at);
  else if (!KNOWN_SCHEMES.includes(uri.scheme))
    findings.add('sip/unknown-scheme', `${header}: ${uri.scheme}:`, at);
  if (hasExtraColon(uri.text)) findings.add('sip/ipv6-extra-colon', '', at);
}

const KNOWN_SCHEMES = ['sip', 'sips', 'tel', 'im', 'pres', 'urn', 'http', 'https', 'mailto', 'cid', 'data'];
const QVALUE = /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/;
