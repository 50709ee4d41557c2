// A difference between what the core predicts and what the box did → the rule of the catalogue that the box breaks by it, where one
// fits. The one table of them; a test asserts that every id is in the catalogue.
import { HEADER, type HeaderName } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { parseNameAddr } from '../sip/uri/name-addr.ts';
import type { Difference } from './difference.ts';
import { isInitial } from './transaction-key.ts';

/** What holds for the call by the policy; null: not known. */
export interface CallModes {
  readonly passthrough: boolean | null;
  readonly hidden: boolean | null;
}

/** Where the difference stands. */
export interface Context extends CallModes {
  /** As predicted. */
  readonly message: SipMessage;
  /** What it was made of; null where the box began it. */
  readonly came: SipMessage | null;
  /** The session description has m=message or m=x-ms-message. */
  readonly im: boolean;
}

/** Null where no rule speaks of it. */
export function brokenRule(difference: Difference, context: Context): string | null {
  const entry = TABLE.find(({ part, name, holds }) => {
    if (part !== difference.part || (name !== undefined && name !== difference.name)) return false;
    return holds === undefined || holds(context, difference);
  });
  return entry?.rule ?? null;
}

export interface Entry {
  readonly part: Difference['part'];
  readonly name?: string;
  readonly holds?: (context: Context, difference: Difference) => boolean;
  readonly rule: string;
}

const isRegister = ({ message }: Context): boolean => message.cseqMethod === 'REGISTER';
const isRequest = ({ message }: Context): boolean => message.isRequest;
const begins = ({ message }: Context): boolean => isInitial(message);
const passes = ({ passthrough }: Context): boolean => passthrough === true;
const hides = ({ hidden }: Context): boolean => hidden === true;

/** The recording lacks a value that was predicted. */
function lacks({ predicted, recorded }: Difference): boolean {
  return predicted.some((value) => !recorded.includes(value));
}

/** The recording has a value that came in, and was not predicted; parameters beside addresses do not count. */
function keeps({ came }: Context, { name, predicted, recorded }: Difference): boolean {
  const values = (came?.values(HEADER[name as HeaderName]) ?? []).map(addressOf);
  const expected = predicted.map(addressOf);
  return recorded.map(addressOf).some((value) => values.includes(value) && !expected.includes(value));
}

function addressOf(value: string): string {
  return value.includes('<') ? parseNameAddr(value).uri.text : value;
}

function otherTag({ predicted, recorded }: Difference): boolean {
  const [one, other] = [predicted, recorded].map(([value]) => parseNameAddr(value ?? '').params);
  return one?.get('tag') !== other?.get('tag');
}

function header(name: HeaderName, rule: string, holds?: Entry['holds']): Entry {
  return { part: 'header', name, rule, ...(holds && { holds }) };
}

function sdp(name: string, rule: string, holds: Entry['holds']): Entry {
  return { part: 'SDP', name, rule, ...(holds && { holds }) };
}

const IDENTIFYING: readonly HeaderName[] = [
  ...(['From', 'Subject', 'Reply-To', 'Call-Info', 'Organization', 'History-Info', 'Diversion'] as const),
];

/** The first that fits is taken. */
export const TABLE: readonly Entry[] = [
  {
    part: 'start line',
    holds: (c) => isRequest(c) && !begins(c) && passes(c),
    rule: 'record-route/in-dialog-ruri-updated',
  },
  { part: 'start line', holds: (c) => isRequest(c) && !begins(c), rule: 'dialog/target-or-route-wrong' },

  header('Record-Route', 'registration/record-route-in-register', isRegister),
  header('Record-Route', 'record-route/rr-order', (_, d) => d.reordered),
  header('Record-Route', 'privacy/rr-not-stripped', (c, d) => hides(c) && isRequest(c) && keeps(c, d)),
  header('Record-Route', 'privacy/rr-not-restored', (c, d) => hides(c) && !isRequest(c) && lacks(d)),
  header('Record-Route', 'record-route/rr-not-returned', (c, d) => !isRequest(c) && lacks(d)),
  header('Record-Route', 'record-route/rr-crossed-when-off', (c, d) => !passes(c) && keeps(c, d)),
  header('Record-Route', 'record-route/passthrough-rr-missing', (c, d) => passes(c) && lacks(d)),
  header('Record-Route', 'record-route/adjacency-rr-missing', (_, d) => lacks(d)),
  header('Route', 'record-route/route-passed-through', keeps),
  header('Route', 'dialog/target-or-route-wrong'),

  header(
    'Contact',
    'registration/sbc-contact-not-rewritten',
    (c, d) => isRegister(c) && isRequest(c) && keeps(c, d),
  ),
  header('Contact', 'record-route/contact-rewritten-under-passthrough', (c, d) => {
    return passes(c) && !isRegister(c) && !keeps(c, d);
  }),
  header('Contact', 'record-route/contact-not-rewritten', (c, d) => !isRegister(c) && keeps(c, d)),
  header('Path', 'registration/path-handling', isRegister),
  header('Expires', 'registration/expires-inconsistent', isRegister),
  header('Call-ID', 'registration/cseq-or-callid', isRegister),
  header('Call-ID', 'dialog/tag-or-callid-changed', (c) => !begins(c)),
  header('CSeq', 'dialog/cseq-order', (c) => isRequest(c) && !begins(c)),
  header('Via', 'nat/received-rport', (c, d) => !isRequest(c) && /rport=\d/.test(d.predicted[0] ?? '')),
  header('RAck', 'dialog/rack-mismatch'),

  header(
    'P-Asserted-Identity',
    'privacy/requested-not-applied',
    (c, d) => d.predicted.length === 0 && hides(c),
  ),
  header(
    'P-Asserted-Identity',
    'privacy/asserted-identity-from-untrusted',
    (_, d) => d.predicted.length === 0,
  ),
  ...IDENTIFYING.map((name) =>
    header(name, 'privacy/requested-not-applied', (c, d) => hides(c) && keeps(c, d)),
  ),
  header('From', 'dialog/tag-or-callid-changed', (c, d) => !begins(c) && otherTag(d)),
  header('To', 'dialog/tag-or-callid-changed', (c, d) => isRequest(c) && !begins(c) && otherTag(d)),

  sdp('c', 'privacy/im-media-c-remains', (c, d) => c.im && hides(c) && d.predicted.length === 0),
  sdp('c', 'privacy/im-session-c-not-local', (c) => c.im && hides(c)),
  sdp('o', 'privacy/im-origin-not-anonymised', (c) => c.im && hides(c)),
  sdp('m', 'privacy/im-mline-count-broken', (c, d) => c.im && hides(c) && d.recorded.length === 0),
  sdp('m', 'privacy/im-mline-not-anonymised', (c) => c.im && hides(c)),
  sdp('b', 'im/media-resource-allocated', (c) => c.im),
  { part: 'SDP', rule: 'im/sdp-modified-without-privacy', holds: (c) => c.im && !hides(c) },
];
