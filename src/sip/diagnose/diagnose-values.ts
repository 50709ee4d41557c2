// What is wrong with the values of the headers whose grammar is known here (RFC 3261 §20, §25.1 and the documents that
// define the others).
import { parseCredentials } from '../header/credentials.ts';
import { parseWholeNumber } from '../header/delta-seconds.ts';
import { HEADER, HEADERS, type HeaderId, type HeaderName, isCommaList } from '../header/header-names.ts';
import { parseRAck } from '../header/rack.ts';
import { parseDialogReference } from '../header/replaces.ts';
import { parseRetryAfter } from '../header/retry-after.ts';
import { parseSessionId } from '../header/session-id.ts';
import { parseSipDate } from '../header/sip-date.ts';
import { parseTokenValue } from '../header/token-value.ts';
import { parseWarning } from '../header/warning.ts';
import { splitOutside } from '../text/delimited.ts';
import { parseNameAddr } from '../uri/name-addr.ts';
import { diagnoseAddress } from './diagnose-address.ts';
import { diagnoseVia } from './diagnose-via.ts';
import type { Findings } from './findings.ts';

export function diagnoseValues(findings: Findings): void {
  const { message } = findings;
  for (let row = 0; row < message.headerCount; row++) {
    const id = message.headerId(row);
    const check = CHECKS.get(id);
    if (check === undefined) continue;
    const value = message.headerValue(row);
    const at = message.headerStart(row);
    if (!isCommaList(id)) {
      check(findings, value, at, id);
      continue;
    }
    const items = splitOutside(value, ',');
    const empty = items.length > 1 && items.some((item) => item.trim() === '');
    for (const item of items) if (item.trim() !== '') check(findings, item.trim(), at, id);
    if (empty) findings.add('sip/empty-list-item', `${HEADERS[id].name}: empty element`, at);
  }
}

type Check = (findings: Findings, value: string, at: number, id: HeaderId) => void;

const address: Check = (findings, value, at, id) => {
  if (id === HEADER.Contact && value === '*') return;
  diagnoseAddress(findings, HEADERS[id].name, parseNameAddr(value), at);
};

/** A number within a range; a parameter may follow where the grammar has one. */
function number(lowest: number, highest: number): Check {
  return (findings, value, at, id) => {
    const parsed = parseWholeNumber(parseTokenValue(value).value);
    if (parsed !== undefined && parsed >= lowest && parsed <= highest) return;
    findings.add('sip/bad-number', `${HEADERS[id].name}: ${value} is not ${lowest} to ${highest}`, at);
  };
}

/** RFC 3261 §20.33: seconds, perhaps a comment, perhaps parameters; no upper bound is defined. */
const retryAfter: Check = (findings, value, at) => {
  const { seconds } = parseRetryAfter(value);
  if (seconds === undefined) findings.add('sip/bad-number', `Retry-After: ${value}`, at);
  else if (seconds >= 2 ** 32) findings.add('sip/large-number', `Retry-After: ${value}`, at);
};

const cseq: Check = (findings, value, at) => {
  const { message } = findings;
  const match = /^([0-9]+)\s+([\w\-.!%*+`'~]+)$/.exec(value);
  // RFC 3261 §8.1.1.5: less than 2**31.
  if (match === null || Number(match[1]) >= 2 ** 31) findings.add('sip/bad-cseq', `CSeq: ${value}`, at);
  // RFC 3261 §8.1.1.5: the method must match that of the request.
  if (match !== null && message.isRequest && match[2] !== message.method) {
    findings.add('sip/cseq-mismatch', `CSeq has ${match[2]}, the request is ${message.method}`, at);
  }
};

const callId: Check = (findings, value, at) => {
  if (!CALL_ID.test(value)) findings.add('sip/bad-call-id', `Call-ID: ${value}`, at);
};

const date: Check = (findings, value, at) => {
  if (parseSipDate(value) === undefined) findings.add('sip/bad-date', `Date: ${value}`, at);
};

/** A value that a test of the text accepts. */
function value(test: (text: string) => boolean): Check {
  return (findings, text, at, id) => {
    if (!test(text)) findings.add('sip/bad-header-value', `${HEADERS[id].name}: ${text}`, at);
  };
}

const token = value((text) => TOKEN.test(text));
const tokenWithParameters = value((text) => {
  const { value: front, params } = parseTokenValue(text);
  return TOKEN.test(front) && !params.malformed;
});
/** The value is not shown: it may hold secrets. */
const credentials: Check = (findings, text, at, id) => {
  const { scheme, params, token: rest } = parseCredentials(text);
  if (TOKEN.test(scheme) && !params.malformed && (params.size > 0 || rest !== '')) return;
  findings.add('sip/bad-header-value', `${HEADERS[id].name}: malformed parameters`, at);
};
const dialogReference = value((text) => {
  const { callId: id, fromTag, toTag, params } = parseDialogReference(text);
  return CALL_ID.test(id) && fromTag !== '' && toTag !== '' && !params.malformed;
});

function checks(check: Check, ...names: HeaderName[]): [HeaderId, Check][] {
  return names.map((name) => [HEADER[name], check]);
}

const TOKEN = /^[\w\-.!%*+`'~]+$/;
// callid = word [ "@" word ]
const CALL_ID = /^[\w\-.!%*+`'~()<>:\\"/[\]?{}]+(?:@[\w\-.!%*+`'~()<>:\\"/[\]?{}]+)?$/;

const CHECKS: ReadonlyMap<HeaderId, Check> = new Map([
  ...checks(diagnoseVia, 'Via'),
  ...checks(cseq, 'CSeq'),
  ...checks(callId, 'Call-ID', 'In-Reply-To'),
  ...checks(date, 'Date'),
  ...checks(address, 'From', 'To', 'Contact', 'Route', 'Record-Route', 'Path', 'Service-Route', 'Reply-To'),
  ...checks(
    address,
    'Refer-To',
    'Referred-By',
    'P-Asserted-Identity',
    'P-Preferred-Identity',
    'P-Associated-URI',
  ),
  ...checks(address, 'P-Called-Party-ID', 'P-Served-User', 'Diversion', 'Remote-Party-ID', 'History-Info'),
  // RFC 3261 §20.22, §20.19, §20.23; RFC 3262 §7.1; RFC 4028 §4, §5; RFC 5393 §5.3.1; RFC 5626 §10.
  ...checks(number(0, 255), 'Max-Forwards'),
  ...checks(number(0, 2 ** 32 - 1), 'Expires', 'Min-Expires', 'Max-Breadth', 'Flow-Timer'),
  ...checks(number(0, 2 ** 32 - 1), 'Session-Expires', 'Min-SE'),
  ...checks(number(1, 2 ** 32 - 1), 'RSeq'),
  ...checks(retryAfter, 'Retry-After'),
  ...checks(token, 'Allow', 'Allow-Events', 'Require', 'Proxy-Require', 'Supported', 'Unsupported'),
  ...checks(token, 'SIP-ETag', 'SIP-If-Match', 'Priority', 'Content-Encoding'),
  ...checks(
    tokenWithParameters,
    'Event',
    'Subscription-State',
    'Content-Disposition',
    'Reason',
    'Info-Package',
  ),
  ...checks(
    tokenWithParameters,
    'Recv-Info',
    'Security-Client',
    'Security-Server',
    'Security-Verify',
    'Refer-Sub',
  ),
  ...checks(credentials, 'Authorization', 'Proxy-Authorization', 'WWW-Authenticate', 'Proxy-Authenticate'),
  ...checks(dialogReference, 'Replaces', 'Join', 'Target-Dialog'),
  ...checks(
    value((text) => parseWarning(text) !== undefined),
    'Warning',
  ),
  ...checks(
    value((text) => parseRAck(text) !== undefined),
    'RAck',
  ),
  ...checks(
    value((text) => parseSessionId(text).valid),
    'Session-ID',
  ),
  ...checks(
    value((text) => /^[0-9]+(?:\.[0-9]*)?(?:\s+[0-9]*(?:\.[0-9]*)?)?$/.test(text)),
    'Timestamp',
  ),
  ...checks(
    value((text) => /^[0-9]+\.[0-9]+$/.test(text)),
    'MIME-Version',
  ),
]);
