// Who is registered, learnt from REGISTER and its 2xx as they pass (rules.md §0, registered). Bounded; the oldest are
// forgotten first.
import { CapNotice } from '../../capture/cap-notice.ts';
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { Endpoint } from '../../network/endpoint.ts';
import { parseDeltaSeconds } from '../../sip/header/delta-seconds.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import { ownText } from './own-text.ts';
import { RecentMap } from './recent-map.ts';

export interface KnownBinding {
  /** The To URI without parameters: `sip:bob@example.com`. */
  readonly aor: string;
  /** The Contact as the registrar returned it at this hop. */
  readonly contact: SipUri;
  /** Who registered it, at this hop: where the 2xx went. */
  readonly endpoint: Endpoint;
  /** Who answered, at this hop. */
  readonly registrar: Endpoint;
  readonly frame: number;
  /** Seconds since the epoch: when this 2xx came, and how long it grants, or when it was removed. */
  readonly from: number;
  readonly until: number;
  /** Since when it holds without a gap: refreshes before the end go on with it. */
  readonly since: number;
  /** Of the 2xx that came then. */
  readonly sinceFrame: number;
  /** When its user removed it, in seconds; 0 when not. */
  readonly removed: number;
  /** Of the 2xx that says so. */
  readonly removedFrame: number;
  /** The 2xx went to the port that the REGISTER came from (RFC 3581 §4). */
  readonly symmetric: boolean;
  /** `reg-id` of the flow (RFC 5626 §4.2); '' without. */
  readonly regId: string;
  readonly callId: string;
  /** Path of the REGISTER, as far as it had come: what requests to the phone go by from the registrar's side of this hop. */
  readonly path: readonly NameAddr[];
  /** Of the 2xx. */
  readonly serviceRoute: readonly NameAddr[];
  readonly recordRoute: readonly NameAddr[];
}

export interface BindingsLimits {
  /** Users, Contacts and addresses; as many of each. */
  readonly keys: number;
  /** REGISTERs, which may wait for their answer. */
  readonly asked: number;
}

export class Bindings {
  private readonly byContact: RecentMap<string, KnownBinding>;
  private readonly byAor: RecentMap<string, KnownBinding[]>;
  private readonly byEndpoint: RecentMap<string, KnownBinding[]>;
  /** All grants of a Contact at all hops, refreshes too. */
  private readonly grants: RecentMap<string, KnownBinding[]>;
  /** What REGISTERs on their way ask for. */
  private readonly asked: RecentMap<string, Asked>;

  /** `onCapped` is told, once for each table, that what is oldest had to be forgotten. */
  constructor(onCapped?: DiagnosticSink, limits: BindingsLimits = DEFAULT_LIMITS) {
    const { keys, asked } = limits;
    const forgotten = new CapNotice(
      onCapped,
      'rules/bindings-capped',
      `More than ${keys} users, Contacts or addresses are registered: those seen longest ago are forgotten`,
    );
    const unanswered = new CapNotice(
      onCapped,
      'rules/registrations-capped',
      `More than ${asked} REGISTERs are known, and one without an answer was forgotten: a 2xx to it tells less`,
    );
    const bindingGone = (): void => forgotten.say();
    this.byContact = new RecentMap(keys, bindingGone);
    this.byAor = new RecentMap(keys, bindingGone);
    this.byEndpoint = new RecentMap(keys, bindingGone);
    this.grants = new RecentMap(keys, bindingGone);
    this.asked = new RecentMap(asked, ({ answered }) => {
      if (!answered) unanswered.say();
    });
  }

  /** Takes any message; only REGISTER and its 2xx teach something. */
  learn(m: SipMessage): void {
    if (m.isRequest) {
      if (m.methodId === METHOD.REGISTER) this.ask(m);
    } else if (m.cseqMethodId === METHOD.REGISTER && m.status >= 200) this.answer(m);
  }

  /** Nobody registered so far. */
  get empty(): boolean {
    return this.grants.size === 0;
  }

  /** Of an address of record, newest last, expired ones too. */
  ofAor(aor: string): readonly KnownBinding[] {
    return this.byAor.get(aor.toLowerCase()) ?? NONE;
  }

  /** That this address registered, newest last. */
  ofEndpoint(endpoint: Endpoint): readonly KnownBinding[] {
    return this.byEndpoint.get(endpoint.text) ?? NONE;
  }

  /** With this Contact: user, host and port. */
  ofContact(uri: SipUri): KnownBinding | undefined {
    return this.byContact.get(contactKey(uri));
  }

  /** The last grants of this Contact, at every hop, oldest first. */
  history(uri: SipUri): readonly KnownBinding[] {
    return this.grants.get(contactKey(uri)) ?? NONE;
  }

  private ask(m: SipMessage): void {
    const { contacts } = m;
    const expires = m.value(HEADER.Expires);
    const list = contacts === '*' ? [] : contacts;
    const regIds = list.map(({ params }) => params.get('reg-id') ?? '');
    const removes = list.map(({ params }) => (params.get('expires') ?? expires) === '0');
    put(this.asked, ownText(askedKey(m, m.src)), {
      contacts: list.map(({ uri }) => ownText(contactKey(uri))),
      regIds: regIds.some((id) => id !== '') ? regIds : NO_REG_IDS,
      removesAll: contacts === '*' && expires === '0',
      path: kept(m.addresses(HEADER.Path)),
      removes: removes.includes(true) ? removes : NO_REMOVALS,
      answered: false,
    });
  }

  private answer(m: SipMessage): void {
    const asked = this.asked.get(askedKey(m, m.dst));
    if (asked !== undefined) asked.answered = true;
    if (m.status <= 299) this.grant(m, asked);
  }

  private grant(m: SipMessage, asked: Asked | undefined): void {
    const { to, contacts } = m;
    if (to === undefined || contacts === '*') return;
    const aor = aorOf(to.uri);
    if (asked !== undefined) this.remove(m, aor, asked);
    const common = m.value(HEADER.Expires);
    for (const contact of contacts) {
      const key = contactKey(contact.uri);
      // The 2xx lists the bindings of all phones of the user: only those of the asking one came from here.
      const index = asked === undefined ? -1 : asked.contacts.indexOf(key);
      if (index < 0 && contacts.length > 1) continue;
      const seconds = parseDeltaSeconds(contact.params.get('expires') ?? common ?? '') ?? DEFAULT_EXPIRES;
      if (seconds === 0) continue;
      const before = this.grants.get(key)?.at(-1);
      this.add({
        // A refresh says the same again: once is enough to hold.
        aor: before?.aor === aor ? before.aor : aor,
        contact: before?.contact.text === contact.uri.text ? before.contact : contact.uri,
        endpoint: m.dst,
        registrar: m.src,
        frame: m.frame,
        from: m.seconds,
        until: m.seconds + seconds,
        ...this.beginOf(contact.uri, m),
        removed: 0,
        removedFrame: 0,
        symmetric: m.vias[0]?.rport === String(m.dst.port),
        regId: contact.params.get('reg-id') ?? asked?.regIds[index] ?? '',
        callId: before?.callId === m.callId ? before.callId : m.callId,
        path: asked?.path ?? NO_ROUTE,
        serviceRoute: kept(m.addresses(HEADER['Service-Route'])),
        recordRoute: kept(m.recordRoutes),
      });
    }
  }

  /** RFC 3261 §10.2.2: all of the user's, or those with an expiry of 0. */
  private remove(m: SipMessage, aor: string, { removesAll, contacts, removes }: Asked): void {
    if (!removesAll && !removes.includes(true)) return;
    const gone = removesAll
      ? this.ofAor(aor).map((one) => contactKey(one.contact))
      : contacts.filter((_, index) => removes[index]);
    for (const key of gone) {
      for (const binding of (this.grants.get(key) ?? NONE) as readonly Changeable[]) {
        if (binding.aor !== aor || binding.removed > 0) continue;
        binding.until = Math.min(binding.until, m.seconds);
        binding.removed = m.seconds;
        binding.removedFrame = m.frame;
      }
    }
  }

  private beginOf(contact: SipUri, m: SipMessage): Pick<KnownBinding, 'since' | 'sinceFrame'> {
    const before = this.ofEndpoint(m.dst).find((one) => contactKey(one.contact) === contactKey(contact));
    if (before === undefined || before.until < m.seconds) return { since: m.seconds, sinceFrame: m.frame };
    return { since: before.since, sinceFrame: before.sinceFrame };
  }

  private add(binding: KnownBinding): void {
    const key = contactKey(binding.contact);
    put(this.byContact, key, binding);
    push(this.byAor, binding.aor, binding);
    push(this.byEndpoint, binding.endpoint.text, binding);
    put(this.grants, key, lastOf(this.grants.get(key) ?? NONE, MAX_GRANTS, binding));
  }
}

/** What a REGISTER asks for: its Contacts in order. */
interface Asked {
  readonly contacts: readonly string[];
  readonly regIds: readonly string[];
  readonly removes: readonly boolean[];
  readonly removesAll: boolean;
  readonly path: readonly NameAddr[];
  /** A final response came. */
  answered: boolean;
}

type Changeable = { -readonly [Key in keyof KnownBinding]: KnownBinding[Key] };

/** The address of record that a URI names: without parameters, port and case. */
export function aorOf(uri: SipUri): string {
  return `${uri.scheme}:${uri.address}`.toLowerCase();
}

/** By this grant: before a message, and neither expired nor removed by then. */
export function isCurrent(binding: KnownBinding, m: SipMessage): boolean {
  return isAfter(binding.from, binding.frame, m) && lasts(binding, m);
}

/** By this grant, or those that it went on from. */
export function isBound(binding: KnownBinding, m: SipMessage): boolean {
  return isAfter(binding.since, binding.sinceFrame, m) && lasts(binding, m);
}

function isAfter(from: number, fromFrame: number, { seconds, frame }: SipMessage): boolean {
  return from < seconds || (from === seconds && fromFrame < frame);
}

/** Of what happens within a second frames tell which was first. */
function lasts({ until, removed, removedFrame }: KnownBinding, { seconds, frame }: SipMessage): boolean {
  return seconds < until || (seconds === removed && until === removed && frame < removedFrame);
}

/** Set again, so that what was touched last is forgotten last. */
function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
}

function push(map: Map<string, KnownBinding[]>, key: string, binding: KnownBinding): void {
  const others = (map.get(key) ?? []).filter(
    (one) => contactKey(one.contact) !== contactKey(binding.contact),
  );
  put(map, key, lastOf(others, MAX_A_KEY, binding));
}

/** As many at most, `binding` the last: most have one, where a list that is pushed to, or spread, has room for 16 more. */
function lastOf(list: readonly KnownBinding[], most: number, binding: KnownBinding): KnownBinding[] {
  return list.slice(Math.max(0, list.length + 1 - most)).concat(binding);
}

/** Most have none, and thousands of lists without anything in them take room too. */
function kept(route: readonly NameAddr[]): readonly NameAddr[] {
  return route.length === 0 ? NO_ROUTE : route;
}

function contactKey(uri: SipUri): string {
  return `${uri.user}@${uri.hostPort}`.toLowerCase();
}

/** A REGISTER and its 2xx at one hop. */
function askedKey(m: SipMessage, client: Endpoint): string {
  return `${client.text} ${m.cseqNumber} ${m.callId}`;
}

const NONE: readonly KnownBinding[] = [];
const NO_ROUTE: readonly NameAddr[] = [];
const NO_REG_IDS: readonly string[] = [];
const NO_REMOVALS: readonly boolean[] = [];
/** RFC 3261 §10.2: an hour where nobody says. */
const DEFAULT_EXPIRES = 3600;
const DEFAULT_LIMITS: BindingsLimits = { keys: 100_000, asked: 16_384 };
const MAX_A_KEY = 16;
const MAX_GRANTS = 32;
