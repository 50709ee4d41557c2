// Where what is to be hidden may not stand, for each way of asking for it (rules.md §14; RFC 3323 §4.2, §5.1–5.3; RFC 3325 §7;
// RFC 7044 §10.1.2; Cisco IM, Privacy). What the tables of the RFCs leave open is a hint.
import type { Severity } from '../../capture/diagnostic.ts';
import { HEADER, type HeaderId, type HeaderName } from '../../sip/header/header-names.ts';

/** Who asks: a level of the Privacy header, or the policy (caller privacy, topology hiding). */
export const LEAK_LEVELS = ['header', 'session', 'user', 'id', 'history', 'configured'] as const;
export type LeakLevel = (typeof LEAK_LEVELS)[number];

/** `leak`; `trust`: only to a peer outside the trust domain; `hint`: told as info. */
export type LeakMark = 'leak' | 'trust' | 'hint';
export type LeakRow = Partial<Readonly<Record<LeakLevel, LeakMark>>>;

export function headerRow(id: HeaderId): LeakRow {
  return HEADERS.get(id) ?? EXTENSION;
}

/** Lines by type; a= by the name of the attribute. */
export function sdpRow(type: string, attribute: string): LeakRow {
  if (type === 'a') return ATTRIBUTES[attribute] ?? OTHER_ATTRIBUTE;
  return SDP_LINES[type] ?? {};
}

/** By media type of a body part; null for what users write themselves. */
export function bodyRow(mediaType: string): LeakRow | null {
  if (mediaType === 'text/plain' || mediaType === 'text/html') return null;
  return BODIES[mediaType] ?? HINT_BODY;
}

/** The gravest of the levels that are asked for; null when none of them covers the place. */
export function leakSeverity(
  row: LeakRow,
  levels: ReadonlySet<LeakLevel>,
  critical: boolean,
  trusted: boolean | null,
  media: boolean,
): Severity | null {
  let worst = 0;
  for (const level of levels) {
    const mark = row[level];
    if (mark === undefined || (mark === 'trust' && trusted !== false)) continue;
    if (mark === 'hint') worst = Math.max(worst, 1);
    else worst = Math.max(worst, gravity(level, critical, media));
  }
  return SEVERITIES[worst]!;
}

/** rules.md §14: `critical` is always an error; id and history are; session is where it is an address of media. */
function gravity(level: LeakLevel, critical: boolean, media: boolean): number {
  if (critical || level === 'id' || level === 'history' || (level === 'session' && media)) return 3;
  return 2;
}

function headers(names: readonly HeaderName[], row: LeakRow): [HeaderId, LeakRow][] {
  return names.map((name) => [HEADER[name], row]);
}

const SEVERITIES: readonly (Severity | null)[] = [null, 'info', 'warning', 'error'];
const EXTENSION: LeakRow = { header: 'hint', configured: 'hint' };
const HINT_BODY: LeakRow = { user: 'hint', configured: 'hint' };
const ALL: LeakRow = { header: 'leak', user: 'leak', configured: 'leak' };
const PATH: LeakRow = { header: 'leak', configured: 'leak' };
const PERSON: LeakRow = { user: 'leak', configured: 'leak' };
const WEAK: LeakRow = { header: 'hint', user: 'hint', configured: 'hint' };
const HEADERS: ReadonlyMap<HeaderId, LeakRow> = new Map([
  ...headers(['From', 'Reply-To', 'In-Reply-To', 'Subject', 'Organization', 'User-Agent', 'Server'], PERSON),
  ...headers(['Call-Info', 'Error-Info', 'Alert-Info', 'Geolocation', 'Geolocation-Routing'], PERSON),
  ...headers(['Contact', 'Warning'], ALL),
  ...headers(['Via', 'Record-Route'], PATH),
  ...headers(['Route', 'Path', 'Service-Route'], { header: 'hint', configured: 'leak' }),
  ...headers(['Call-ID'], { header: 'hint', user: 'leak', configured: 'leak' }),
  ...headers(['To', 'CSeq', 'Reason', 'Timestamp', 'Date', 'Session-ID'], WEAK),
  ...headers(['P-Asserted-Identity'], { id: 'trust', configured: 'trust' }),
  ...headers(['P-Preferred-Identity'], { header: 'leak', user: 'leak', id: 'leak', configured: 'leak' }),
  ...headers(['Remote-Party-ID'], { user: 'leak', id: 'trust', configured: 'trust' }),
  ...headers(['P-Access-Network-Info', 'P-Called-Party-ID', 'P-Associated-URI', 'P-Served-User'], {
    header: 'trust',
    user: 'leak',
    id: 'trust',
    configured: 'trust',
  }),
  ...headers(
    ['P-Visited-Network-ID', 'P-Charging-Vector', 'P-Charging-Function-Addresses', 'P-User-Database'],
    {
      header: 'trust',
      configured: 'trust',
    },
  ),
  ...headers(['History-Info'], { header: 'leak', user: 'leak', history: 'leak', configured: 'leak' }),
  ...headers(['Diversion'], { user: 'leak', id: 'leak', history: 'leak', configured: 'leak' }),
  ...headers(['Referred-By', 'Refer-To'], { header: 'hint', user: 'leak', id: 'leak', configured: 'leak' }),
  ...headers(['Replaces', 'Target-Dialog', 'Join'], { header: 'hint', configured: 'leak' }),
  ...headers(['Authorization', 'Proxy-Authorization'], { user: 'hint', configured: 'hint' }),
  ...headers(['Authentication-Info', 'WWW-Authenticate', 'Proxy-Authenticate'], PATH),
  ...headers(['Identity', 'Identity-Info'], { user: 'leak', id: 'leak', configured: 'leak' }),
  ...headers(['Content-ID', 'Content-Disposition', 'Content-Type'], { user: 'leak', configured: 'hint' }),
]);

const MEDIA: LeakRow = { session: 'leak', configured: 'leak' };
const SDP_PERSON: LeakRow = { session: 'leak', user: 'leak', configured: 'leak' };
const SDP_LINES: Readonly<Record<string, LeakRow>> = {
  o: SDP_PERSON,
  c: MEDIA,
  m: SDP_PERSON,
  e: SDP_PERSON,
  p: SDP_PERSON,
  u: SDP_PERSON,
  i: SDP_PERSON,
  s: SDP_PERSON,
  k: { session: 'hint', configured: 'hint' },
};
const OTHER_ATTRIBUTE: LeakRow = MEDIA;
const ATTRIBUTES: Readonly<Record<string, LeakRow>> = {
  ssrc: SDP_PERSON,
  cname: SDP_PERSON,
  tool: { user: 'hint', configured: 'hint' },
  charset: {},
  lang: {},
  crypto: { session: 'hint', configured: 'hint' },
  fingerprint: { session: 'hint', configured: 'hint' },
};

const EVERYTHING: LeakRow = {
  header: 'leak',
  session: 'leak',
  user: 'leak',
  id: 'leak',
  history: 'leak',
  configured: 'leak',
};
const BODIES: Readonly<Record<string, LeakRow>> = {
  'message/sip': EVERYTHING,
  'message/sipfrag': EVERYTHING,
  'application/pidf+xml': { user: 'leak', configured: 'hint' },
  'application/reginfo+xml': ALL,
  'application/dialog-info+xml': ALL,
  'application/conference-info+xml': ALL,
  'message/cpim': { user: 'leak', configured: 'hint' },
};
