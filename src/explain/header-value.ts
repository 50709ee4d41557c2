// The value of a header → what it says, a fact a line, for people. Values that read by themselves say nothing here.
import { parseCredentials, redactCredentials } from '../sip/header/credentials.ts';
import { HEADER, type HeaderId } from '../sip/header/header-names.ts';
import { type Claims, parseIdentity } from '../sip/header/identity.ts';
import { parseReason } from '../sip/header/reason.ts';
import { parseSessionId } from '../sip/header/session-id.ts';
import { parseVia } from '../sip/header/via.ts';
import { type NameAddr, parseNameAddr } from '../sip/uri/name-addr.ts';
import type { Parameters } from '../sip/uri/parameters.ts';

/** `value` is one element of the header. Never throws. */
export function describeHeaderValue(id: HeaderId, value: string): string[] {
  return DESCRIPTIONS.get(id)?.(value) ?? [];
}

function describeAddress(value: string): string[] {
  if (value.trim() === '*') return ['every binding of the address of record'];
  const address = parseNameAddr(value);
  return [...identity(address), ...parameters('header parameter', address.params, ['tag']), ...tag(address)];
}

function identity({ display, uri }: NameAddr): string[] {
  const facts: string[] = [];
  if (display !== '') facts.push(`display name ${display}`);
  if (uri.user !== uri.userText) facts.push(`user part without escapes: ${uri.userText}`);
  if (uri.host !== '')
    facts.push(
      `${uri.scheme} URI of ${uri.user === '' ? uri.hostPort : `${uri.userText} at ${uri.hostPort}`}`,
    );
  if (uri.params.has('lr')) facts.push('loose router (RFC 3261 §16.12)');
  return [...facts, ...parameters('URI parameter', uri.params, ['lr'])];
}

function tag({ tag }: NameAddr): string[] {
  return tag === '' ? [] : [`tag ${tag}: this side of the dialog`];
}

function describeVia(value: string): string[] {
  const via = parseVia(value);
  const host = via.host.includes(':') ? `[${via.host}]` : via.host;
  const facts = [`${via.transport} from ${host}${via.port === undefined ? '' : `:${via.port}`}`];
  if (via.branch !== '') {
    const made = via.branch.startsWith('z9hG4bK')
      ? 'identifies the transaction'
      : 'not made by RFC 3261 (no z9hG4bK)';
    facts.push(`branch ${via.branch}: ${made}`);
  }
  if (via.received !== undefined) facts.push(`received: the packet came from ${via.received}`);
  if (via.rport !== undefined) {
    facts.push(
      via.rport === ''
        ? 'rport: asks for responses to the port it was sent from (RFC 3581)'
        : `rport: sent from port ${via.rport}`,
    );
  }
  return facts;
}

function describeIdentity(value: string): string[] {
  const { header, payload, info, compact } = parseIdentity(value);
  if (compact) return ['compact form: header and claims are to be built from the request (RFC 8224 §4.1)'];
  const facts = [...claims('header', header), ...claims('claim', payload)];
  if (header === undefined && payload === undefined) facts.push('not a token that can be decoded');
  return info === '' ? facts : [...facts, `certificate at ${info}`];
}

function claims(what: string, object: Claims | undefined): string[] {
  return Object.entries(object ?? {}).map(([name, value]) => {
    const meaning = CLAIMS[name];
    const shown =
      name === 'iat' && typeof value === 'number' ? `${value} (${isoTime(value)})` : JSON.stringify(value);
    return `${what} ${name}${meaning === undefined ? '' : `, ${meaning}`}: ${shown}`;
  });
}

function describeReason(value: string): string[] {
  const { protocol, cause } = parseReason(value);
  const meaning = protocol.toUpperCase() === 'Q.850' && cause !== undefined ? Q850.get(cause) : undefined;
  return meaning === undefined ? [] : [`Q.850 cause ${cause}: ${meaning}`];
}

function describeCredentials(value: string): string[] {
  const { scheme, params } = parseCredentials(redactCredentials(value));
  return [`${scheme} scheme`, ...parameters('parameter', params, [])];
}

function describeSessionId(value: string): string[] {
  const { local, remote } = parseSessionId(value);
  return [
    `of the sender ${local}`,
    ...(remote === undefined || remote === '' ? [] : [`of the receiver ${remote}`]),
  ];
}

function parameters(what: string, params: Parameters, except: readonly string[]): string[] {
  return params.list
    .filter(({ name }) => !except.includes(name.toLowerCase()))
    .map(({ name, value }) => (value === undefined ? `${what} ${name}` : `${what} ${name} = ${value}`));
}

function isoTime(seconds: number): string {
  const milliseconds = seconds * 1000;
  return Math.abs(milliseconds) <= 8.64e15
    ? new Date(milliseconds).toISOString().replace('.000Z', 'Z')
    : 'no time';
}

/** RFC 8225 §5, RFC 8588 §4 (shaken), RFC 8946 (div). */
const CLAIMS: Readonly<Record<string, string>> = {
  alg: 'signature algorithm',
  typ: 'type of token',
  ppt: 'extension',
  x5u: 'certificate',
  iat: 'issued at',
  orig: 'calling identity',
  dest: 'called identity',
  attest: 'attestation level (A full, B partial, C gateway)',
  origid: 'origin identifier',
  div: 'diverted from',
  mky: 'media keys',
  rcd: 'rich call data',
};

/** ITU-T Q.850 table 1, the causes met with SIP (RFC 3398 §7.2.6.1 maps them). */
const Q850: ReadonlyMap<number, string> = new Map([
  [1, 'unallocated number'],
  [2, 'no route to transit network'],
  [3, 'no route to destination'],
  [16, 'normal call clearing'],
  [17, 'user busy'],
  [18, 'no user responding'],
  [19, 'no answer from the user'],
  [20, 'subscriber absent'],
  [21, 'call rejected'],
  [22, 'number changed'],
  [26, 'non-selected user clearing'],
  [27, 'destination out of order'],
  [28, 'address incomplete'],
  [29, 'facility rejected'],
  [31, 'normal, unspecified'],
  [34, 'no circuit available'],
  [38, 'network out of order'],
  [41, 'temporary failure'],
  [42, 'switching equipment congestion'],
  [47, 'resource unavailable'],
  [55, 'incoming calls barred'],
  [57, 'bearer capability not authorized'],
  [58, 'bearer capability not available'],
  [63, 'service not available'],
  [65, 'bearer capability not implemented'],
  [79, 'service not implemented'],
  [87, 'user not member of closed user group'],
  [88, 'incompatible destination'],
  [102, 'recovery on timer expiry'],
  [111, 'protocol error'],
  [127, 'interworking, unspecified'],
]);

const ADDRESSES = [
  'From',
  'To',
  'Contact',
  'Route',
  'Record-Route',
  'Path',
  'Service-Route',
  'Refer-To',
  'Referred-By',
  'P-Asserted-Identity',
  'P-Preferred-Identity',
  'Diversion',
  'Reply-To',
] as const;

const DESCRIPTIONS = new Map<HeaderId, (value: string) => string[]>([
  ...ADDRESSES.map((name) => [HEADER[name], describeAddress] as const),
  [HEADER.Via, describeVia],
  [HEADER.Identity, describeIdentity],
  [HEADER.Reason, describeReason],
  [HEADER.Authorization, describeCredentials],
  [HEADER['Proxy-Authorization'], describeCredentials],
  [HEADER['WWW-Authenticate'], describeCredentials],
  [HEADER['Proxy-Authenticate'], describeCredentials],
  [HEADER['Session-ID'], describeSessionId],
]);
