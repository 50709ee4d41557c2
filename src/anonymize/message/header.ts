// A header's value by what the header is (RFC 3261 §20 and the documents of header-registry.ts).
import { HEADER, HEADERS, type HeaderId, type HeaderName } from '../../sip/header/header-names.ts';
import { type Context, GENERAL, NAMES, NUMBERED, PRODUCT } from '../text/context.ts';
import type { Sheet } from '../text/sheet.ts';
import { hostPort, text } from '../text/text.ts';
import { addressValue, eachItem, viaValue } from './address-value.ts';
import { endOfPiece, Pairs, parameters } from './parameter.ts';

/** Writes the value `data[from, to)` of a header; 0 is one that is not registered. */
export function headerValue(sheet: Sheet, id: HeaderId, from: number, to: number): void {
  TREATMENTS[id](sheet, from, to);
}

type Treatment = (sheet: Sheet, from: number, to: number) => void;

/** Numbers, tokens and dates of the protocol alone. */
const kept: Treatment = () => {};

const as =
  (context: Context): Treatment =>
  (sheet, from, to) =>
    text(sheet, from, to, context);

/** A token that stays, and parameters: Event and its like, items of Reason. */
const tokenKept: Treatment = (sheet, from, to) => {
  parameters(sheet, endOfPiece(sheet.data, from, to, SEMICOLON, new Pairs()), to, SEMICOLON);
};

/** Identifiers, and parameters that may be numbers of the protocol. */
const identifier: Treatment = (sheet, from, to) => {
  const end = endOfPiece(sheet.data, from, to, SEMICOLON, new Pairs());
  // The first may be a parameter itself: `icid-value=…`.
  if (sheet.data.subarray(from, end).includes(EQUALS)) parameters(sheet, from, end, SEMICOLON);
  else text(sheet, from, end, GENERAL);
  parameters(sheet, end, to, SEMICOLON);
};

/** `scheme name=value, name="value"` (RFC 3261 §20.7); a scheme of one token has a secret there. */
const credentials: Treatment = (sheet, from, to) => {
  const { data } = sheet;
  let at = from;
  while (at < to && data[at] > SPACE && data[at] !== EQUALS) at++;
  if (at < to && data[at] === EQUALS) {
    // Authentication-Info has no scheme (§20.6).
    parameters(sheet, from, to, COMMA);
    return;
  }
  text(sheet, from, at, GENERAL);
  if (PARAMETER.test(data.toString('latin1', at, Math.min(to, at + 80)))) parameters(sheet, at, to, COMMA);
  else text(sheet, at, to, NAMES);
};

/** `399 host "text"` (RFC 3261 §20.43). */
const warning: Treatment = (sheet, from, to) =>
  eachItem(sheet, from, to, (_, start, end) => {
    const { data } = sheet;
    let at = start;
    while (at < end && data[at] > SPACE) at++;
    text(sheet, start, at, NUMBERED);
    while (at < end && data[at] <= SPACE) at++;
    let host = at;
    while (host < end && data[host] > SPACE) host++;
    hostPort(sheet, at, host);
    text(sheet, host, end, GENERAL);
  });

/** Seconds; the comment is text of people (RFC 3261 §20.33). */
const retryAfter: Treatment = (sheet, from, to) => {
  const { data } = sheet;
  let at = from;
  while (at < to && data[at] !== PARENTHESIS) at++;
  let end = to;
  while (end > at && data[end - 1] !== CLOSING) end--;
  text(sheet, at, end > at ? end : to, NAMES);
  if (end > at) parameters(sheet, end, to, SEMICOLON);
};

const contentType: Treatment = (sheet, from, to) => {
  const { data } = sheet;
  let at = endOfPiece(data, from, to, SEMICOLON, new Pairs());
  const pairs = new Pairs();
  while (at < to) {
    const end = endOfPiece(data, at + 1, to, SEMICOLON, pairs);
    // The boundary is what the body is cut at.
    if (!BOUNDARY.test(data.toString('latin1', at + 1, Math.min(end, at + 24))))
      parameters(sheet, at + 1, end, SEMICOLON);
    at = end;
  }
};

function treat(treatment: Treatment, ...names: HeaderName[]): [HeaderId, Treatment][] {
  return names.map((name) => [HEADER[name], treatment]);
}

const SPACE = 32;
const PARENTHESIS = 40;
const CLOSING = 41;
const COMMA = 44;
const SEMICOLON = 59;
const EQUALS = 61;
const PARAMETER = /^\s*[\w\-.!%*+`'~]+\s*=\s*[^=\s]/;
const BOUNDARY = /^\s*boundary\s*=/i;

const KNOWN: ReadonlyMap<HeaderId, Treatment> = new Map([
  ...treat(
    kept,
    'CSeq',
    'Content-Length',
    'Max-Forwards',
    'Expires',
    'Min-Expires',
    'Max-Breadth',
    'Flow-Timer',
  ),
  ...treat(
    kept,
    'Allow',
    'Supported',
    'Require',
    'Proxy-Require',
    'Unsupported',
    'Allow-Events',
    'Recv-Info',
  ),
  ...treat(
    kept,
    'Accept',
    'Accept-Encoding',
    'Accept-Language',
    'Accept-Resource-Priority',
    'Resource-Priority',
  ),
  ...treat(kept, 'Content-Encoding', 'Content-Disposition', 'Content-Language', 'Content-Transfer-Encoding'),
  ...treat(
    kept,
    'RAck',
    'RSeq',
    'Session-Expires',
    'Min-SE',
    'Date',
    'Timestamp',
    'Priority',
    'Privacy',
    'MIME-Version',
  ),
  ...treat(
    kept,
    'Refer-Sub',
    'Request-Disposition',
    'P-Early-Media',
    'Answer-Mode',
    'Priv-Answer-Mode',
    'Hide',
  ),
  ...treat(tokenKept, 'Event', 'Subscription-State', 'Info-Package', 'Reason', 'Geolocation-Routing'),
  ...treat(tokenKept, 'Security-Client', 'Security-Server', 'Security-Verify'),
  ...treat(
    addressValue,
    'From',
    'To',
    'Contact',
    'Route',
    'Record-Route',
    'Path',
    'Service-Route',
    'Reply-To',
  ),
  ...treat(
    addressValue,
    'P-Asserted-Identity',
    'P-Preferred-Identity',
    'P-Associated-URI',
    'P-Called-Party-ID',
  ),
  ...treat(
    addressValue,
    'P-Served-User',
    'P-Charge-Info',
    'P-Refused-URI-List',
    'P-User-Database',
    'Additional-Identity',
  ),
  ...treat(
    addressValue,
    'Remote-Party-ID',
    'Refer-To',
    'Referred-By',
    'Diversion',
    'History-Info',
    'Refer-Events-At',
  ),
  ...treat(
    addressValue,
    'Alert-Info',
    'Call-Info',
    'Error-Info',
    'Geolocation',
    'Permission-Missing',
    'Trigger-Consent',
  ),
  ...treat(addressValue, 'Policy-Contact', 'Policy-ID', 'P-DCS-Trace-Party-ID', 'Identity-Info'),
  ...treat(viaValue, 'Via'),
  ...treat(credentials, 'Authorization', 'Proxy-Authorization', 'WWW-Authenticate', 'Proxy-Authenticate'),
  ...treat(credentials, 'Authentication-Info'),
  ...treat(
    identifier,
    'Replaces',
    'Join',
    'Target-Dialog',
    'Session-ID',
    'P-Charging-Vector',
    'User-to-User',
    'Identity',
  ),
  ...treat(as(NAMES), 'Subject', 'Organization', 'Content-Description'),
  ...treat(as(PRODUCT), 'User-Agent', 'Server'),
  ...treat(warning, 'Warning'),
  ...treat(retryAfter, 'Retry-After'),
  ...treat(contentType, 'Content-Type'),
]);

/** By header id. */
const TREATMENTS: readonly Treatment[] = HEADERS.map(({ id }) => KNOWN.get(id) ?? as(GENERAL));
