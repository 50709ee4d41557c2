// What must not go on as it came: a row for each header, what it is hidden for, what becomes of it, and the clause
// (rules.md §14). Via, Record-Route, Route, Call-ID, tags and the URI of Contact are not here: the core makes its own.
// Refer-To, Replaces, Join and Target-Dialog neither: the core maps the dialogs they name. Credentials and challenges go on
// as they came, for they would be worth nothing otherwise.
import { HEADER, HEADERS, type HeaderId, type HeaderName } from '../../sip/header/header-names.ts';
import type { HidingCause } from './situation.ts';
import {
  anonymiseDiversion,
  anonymiseFrom,
  anonymiseHistory,
  bareContact,
  ownWarning,
  remove,
  removeIfPrivate,
  removeUnlessUrn,
  type ValueEdit,
} from './value-edits.ts';

/** `all`: whoever it goes to. `untrusted`: only where it leaves the trust domain. */
export type Mark = 'all' | 'untrusted';

export interface PrivacyRow {
  readonly header: HeaderName;
  readonly on: Partial<Readonly<Record<HidingCause, Mark>>>;
  readonly edit: ValueEdit;
  readonly clause: string;
}

const PERSON = { user: 'all', hidden: 'all' } as const;
const ALL = { header: 'all', user: 'all', hidden: 'all' } as const;
const EDGE = { header: 'untrusted', hidden: 'untrusted', edge: 'untrusted' } as const;
const TRUSTED_ONLY = { header: 'untrusted', user: 'all', id: 'untrusted', hidden: 'untrusted' } as const;

export const PRIVACY_TABLE: readonly PrivacyRow[] = [
  { header: 'From', on: PERSON, edit: anonymiseFrom, clause: 'RFC 3323 §4.1.1.3, §5.3' },
  { header: 'Contact', on: ALL, edit: bareContact, clause: 'RFC 3323 §5.1; RFC 5626 §4.1 (instance)' },
  { header: 'Subject', on: PERSON, edit: remove, clause: 'RFC 3323 §5.3' },
  { header: 'Call-Info', on: PERSON, edit: remove, clause: 'RFC 3323 §5.3' },
  { header: 'Organization', on: PERSON, edit: remove, clause: 'RFC 3323 §5.3' },
  { header: 'User-Agent', on: PERSON, edit: remove, clause: 'RFC 3323 §5.3' },
  { header: 'Server', on: PERSON, edit: remove, clause: 'RFC 3323 §5.1, §5.3; RFC 3261 §20.35' },
  { header: 'Reply-To', on: PERSON, edit: remove, clause: 'RFC 3323 §5.3' },
  { header: 'In-Reply-To', on: PERSON, edit: remove, clause: 'RFC 3323 §5.3' },
  { header: 'Error-Info', on: PERSON, edit: removeUnlessUrn, clause: 'RFC 3323 §5.3 (non-essential)' },
  { header: 'Alert-Info', on: PERSON, edit: removeUnlessUrn, clause: 'RFC 3323 §5.3; RFC 7462 (urn:alert)' },
  {
    header: 'Warning',
    on: { ...ALL, topology: 'all' },
    edit: ownWarning,
    clause: 'RFC 3261 §20.43 (pseudonym)',
  },
  { header: 'Geolocation', on: PERSON, edit: remove, clause: 'RFC 6442 §6; not of calls for help' },
  { header: 'Geolocation-Routing', on: PERSON, edit: remove, clause: 'RFC 6442 §4.2' },
  { header: 'Identity', on: { ...PERSON, id: 'all' }, edit: remove, clause: 'RFC 8224 §11 (names orig)' },
  { header: 'Identity-Info', on: { ...PERSON, id: 'all' }, edit: remove, clause: 'RFC 4474 §9' },
  { header: 'Referred-By', on: { ...PERSON, id: 'all' }, edit: remove, clause: 'RFC 3892 §3' },
  {
    header: 'History-Info',
    // An entry may ask for itself.
    on: { ...ALL, history: 'all', edge: 'all' },
    edit: anonymiseHistory,
    clause: 'RFC 7044 §10.1.2',
  },
  {
    header: 'Diversion',
    on: { ...PERSON, id: 'all', history: 'all', edge: 'all' },
    edit: anonymiseDiversion,
    clause: 'RFC 5806 §4, §7',
  },
  {
    header: 'P-Asserted-Identity',
    on: { id: 'untrusted', hidden: 'untrusted' },
    edit: remove,
    clause: 'RFC 3325 §7',
  },
  { header: 'P-Preferred-Identity', on: { edge: 'all' }, edit: remove, clause: 'RFC 3325 §6' },
  {
    header: 'Remote-Party-ID',
    on: { user: 'all', id: 'untrusted', hidden: 'untrusted' },
    edit: remove,
    clause: 'draft-ietf-sip-privacy-04 §6',
  },
  {
    header: 'Remote-Party-ID',
    on: { edge: 'untrusted' },
    edit: removeIfPrivate,
    clause: 'draft-ietf-sip-privacy-04 §6',
  },
  {
    header: 'P-Access-Network-Info',
    on: { ...EDGE, user: 'all' },
    edit: remove,
    clause: 'RFC 7315 §4.4.2.2, §6.4',
  },
  { header: 'P-Visited-Network-ID', on: EDGE, edit: remove, clause: 'RFC 7315 §6.3' },
  { header: 'P-Charging-Vector', on: EDGE, edit: remove, clause: 'RFC 7315 §4.6.2.2' },
  { header: 'P-Charging-Function-Addresses', on: EDGE, edit: remove, clause: 'RFC 7315 §4.5.2.2' },
  { header: 'P-User-Database', on: EDGE, edit: remove, clause: 'RFC 4457 §4' },
  {
    header: 'P-Served-User',
    on: { ...TRUSTED_ONLY, edge: 'untrusted' },
    edit: remove,
    clause: 'RFC 5502 §7.2',
  },
  { header: 'P-Called-Party-ID', on: TRUSTED_ONLY, edit: remove, clause: 'RFC 7315 §6.2' },
  { header: 'P-Associated-URI', on: TRUSTED_ONLY, edit: remove, clause: 'RFC 7315 §6.1' },
  {
    header: 'P-Private-Network-Indication',
    on: { edge: 'untrusted' },
    edit: remove,
    clause: 'RFC 7316 §6.3',
  },
  { header: 'P-DCS-Trace-Party-ID', on: { edge: 'untrusted' }, edit: remove, clause: 'RFC 3603 §5.6.2' },
  { header: 'P-DCS-Billing-Info', on: { edge: 'untrusted' }, edit: remove, clause: 'RFC 3603 §7' },
  { header: 'P-DCS-LAES', on: { edge: 'untrusted' }, edit: remove, clause: 'RFC 3603 §8' },
  { header: 'P-DCS-Redirect', on: { edge: 'untrusted' }, edit: remove, clause: 'RFC 3603 §8' },
];

/** The rows of each header, by its id. */
export const PRIVACY_ROWS: readonly (readonly PrivacyRow[])[] = HEADERS.map(({ id }) =>
  PRIVACY_TABLE.filter(({ header }) => HEADER[header] === id),
);

/** Names of no RFC whose value ties the legs of a call together, or holds the time and address of a box (rules.md §14). */
export const LINKING_NAMES: readonly string[] = ['Cisco-Guid', 'h323-conf-id', 'X-Call-ID', 'X-CID'];

/** What an untrusted peer may not say at all: it is taken out before anything else. */
export const TRUSTED_SOURCE_ONLY: readonly (readonly [header: HeaderName, clause: string])[] = [
  ['P-Asserted-Identity', 'RFC 3325 §5'],
  ['P-Served-User', 'RFC 5502 §7.2'],
  ['P-Private-Network-Indication', 'RFC 7316 §6.2'],
];

/** What the mask of inner hosts leaves alone: lines the core makes or maps, and values that mean something octet by octet. */
export const NOT_MASKED: ReadonlySet<HeaderId> = new Set(
  (
    [
      'Via',
      'Route',
      'Record-Route',
      'Path',
      'Service-Route',
      'Contact',
      'To',
      'Call-ID',
      'CSeq',
      'RAck',
      'RSeq',
      'Max-Forwards',
      'Content-Type',
      'Content-Length',
      'Content-ID',
      'Content-Encoding',
      'Authorization',
      'Proxy-Authorization',
      'WWW-Authenticate',
      'Proxy-Authenticate',
      'Authentication-Info',
      'Identity',
      'Refer-To',
      'Replaces',
      'Join',
      'Target-Dialog',
      'Warning',
      'Event',
      'SIP-ETag',
      'SIP-If-Match',
      'Privacy',
    ] as const
  ).map((name) => HEADER[name]),
);
