// Every diagnostic this stage gives: code, severity, and what it means in one line. `error` breaks the grammar or a
// MUST; `warning` is understood but should not be; `info` is lawful but worth knowing.
import type { Severity } from '../../capture/diagnostic.ts';

export interface DiagnosticMeaning {
  readonly severity: Severity;
  readonly meaning: string;
}

export const SIP_DIAGNOSTICS = {
  // Lines and start line
  'sip/leading-lines': { severity: 'info', meaning: 'Empty lines stand before the start line.' },
  'sip/bare-lf': { severity: 'warning', meaning: 'Lines end in LF instead of CRLF.' },
  'sip/bare-cr': { severity: 'error', meaning: 'A line ends in CR without LF.' },
  'sip/bad-start-line': {
    severity: 'error',
    meaning: 'The start line has extra, missing or misplaced spaces, or no version.',
  },
  'sip/bad-version': { severity: 'error', meaning: 'The SIP version is not 2.0.' },
  'sip/bad-status': { severity: 'error', meaning: 'The status code is not a number from 100 to 699.' },
  'sip/unknown-method': { severity: 'info', meaning: 'The method is not a registered one.' },
  'sip/bad-request-uri': {
    severity: 'error',
    meaning: 'The Request-URI does not follow the grammar, or holds headers.',
  },
  'sip/unknown-scheme': { severity: 'info', meaning: 'A URI has a scheme that is not used in SIP.' },
  // Header lines
  'sip/headers-not-ended': { severity: 'error', meaning: 'No empty line ends the headers.' },
  'sip/header-no-colon': { severity: 'error', meaning: 'A header line has no colon.' },
  'sip/bad-header-name': {
    severity: 'error',
    meaning: 'A header name is empty or holds characters outside a token.',
  },
  'sip/stray-continuation': { severity: 'error', meaning: 'The first header line begins with white space.' },
  'sip/too-many-headers': { severity: 'warning', meaning: 'There are more headers than are looked at.' },
  'sip/control-octet': { severity: 'error', meaning: 'A control character stands in the headers.' },
  'sip/bad-utf8': { severity: 'warning', meaning: 'The headers are not UTF-8.' },
  // Which headers there are
  'sip/missing-header': { severity: 'error', meaning: 'A mandatory header is missing.' },
  'sip/duplicate-header': { severity: 'error', meaning: 'A header that may occur once occurs again.' },
  'sip/missing-max-forwards': {
    severity: 'warning',
    meaning: 'A request has no Max-Forwards, as before RFC 3261.',
  },
  'sip/missing-contact': { severity: 'warning', meaning: 'A request that makes a dialog has no Contact.' },
  'sip/missing-from-tag': { severity: 'warning', meaning: 'From has no tag, as before RFC 3261.' },
  'sip/missing-branch': {
    severity: 'warning',
    meaning: 'The topmost Via has no branch, as before RFC 3261.',
  },
  // Values
  'sip/empty-list-item': { severity: 'error', meaning: 'A comma-separated list has an empty element.' },
  'sip/unterminated-quote': { severity: 'error', meaning: 'A quoted string is not closed.' },
  'sip/bad-address': {
    severity: 'error',
    meaning: 'An address (display name, brackets, parameters) does not follow the grammar.',
  },
  'sip/bad-uri': { severity: 'error', meaning: 'A URI in a header does not follow its grammar.' },
  'sip/ipv6-extra-colon': {
    severity: 'warning',
    meaning: 'An IPv6 address has three colons before its IPv4 part (RFC 5118 §4.10).',
  },
  'sip/bad-via': { severity: 'error', meaning: 'A Via value does not follow the grammar.' },
  'sip/received-brackets': {
    severity: 'warning',
    meaning: 'The received parameter has brackets around an IPv6 address (RFC 5118 §4.5).',
  },
  'sip/broadcast-via': {
    severity: 'warning',
    meaning: 'A Via names the broadcast address (RFC 4475 §3.3.10).',
  },
  'sip/bad-branch': { severity: 'error', meaning: 'The branch is nothing but the z9hG4bK prefix.' },
  'sip/old-branch': { severity: 'info', meaning: 'The branch lacks the z9hG4bK prefix, as before RFC 3261.' },
  'sip/bad-call-id': { severity: 'error', meaning: 'Call-ID is empty or holds characters it must not.' },
  'sip/bad-cseq': { severity: 'error', meaning: 'CSeq is not a number below 2^31 and a method.' },
  'sip/cseq-mismatch': { severity: 'error', meaning: 'The method in CSeq is not that of the request.' },
  'sip/bad-number': { severity: 'error', meaning: 'A number is malformed or out of its range.' },
  'sip/large-number': { severity: 'warning', meaning: 'A number is larger than any use of it.' },
  'sip/bad-date': { severity: 'error', meaning: 'A date is not in the one form SIP has, in GMT.' },
  'sip/bad-header-value': {
    severity: 'error',
    meaning: 'The value of a header does not follow its grammar.',
  },
  // Body
  'sip/bad-content-length': {
    severity: 'error',
    meaning: 'Content-Length is no number, or two of them differ.',
  },
  'sip/content-length-mismatch': {
    severity: 'error',
    meaning: 'Content-Length is more than the octets of the body.',
  },
  'sip/trailing-octets': { severity: 'warning', meaning: 'Octets follow the body that Content-Length ends.' },
  'sip/truncated': { severity: 'warning', meaning: 'The capture cut the message short.' },
  'sip/bad-content-type': { severity: 'error', meaning: 'Content-Type is no media type.' },
  'sip/bad-multipart': {
    severity: 'error',
    meaning: 'A multipart body lacks a boundary, or is nested or split too often.',
  },
  'sip/too-many-diagnostics': { severity: 'info', meaning: 'More is wrong with the message than is listed.' },
} as const satisfies Record<string, DiagnosticMeaning>;

export type SipDiagnosticCode = keyof typeof SIP_DIAGNOSTICS;
