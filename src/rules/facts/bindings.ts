// Who is registered, learnt from the 2xx to REGISTER as they pass (rules.md §0, registered). Bounded; the oldest are
// forgotten first.
import type { Endpoint } from '../../network/endpoint.ts';
import { HEADER } from '../../sip/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { SipUri } from '../../sip/uri.ts';

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
  /** Seconds since the epoch: when this 2xx came, and how long it grants. */
  readonly from: number;
  readonly until: number;
  /** Since when it holds without a gap: refreshes before the end go on with it. */
  readonly since: number;
}

export class Bindings {
  private readonly byContact = new Map<string, KnownBinding>();
  private readonly byAor = new Map<string, KnownBinding[]>();
  private readonly byEndpoint = new Map<string, KnownBinding[]>();

  /** Takes any message; only a 2xx to REGISTER teaches something. */
  learn(m: SipMessage): void {
    if (m.isRequest || m.status < 200 || m.status > 299 || m.cseqMethodId !== METHOD.REGISTER) return;
    const { to, contacts } = m;
    if (to === undefined || contacts === '*') return;
    const aor = `${to.uri.scheme}:${to.uri.address}`.toLowerCase();
    const common = Number(m.value(HEADER.Expires) ?? DEFAULT_EXPIRES);
    for (const contact of contacts) {
      const granted = Number(contact.params.get('expires') ?? common);
      const seconds = Number.isFinite(granted) ? granted : DEFAULT_EXPIRES;
      this.add({
        aor,
        contact: contact.uri,
        endpoint: m.dst,
        registrar: m.src,
        frame: m.frame,
        from: m.seconds,
        until: m.seconds + seconds,
        since: this.sinceOf(contact.uri, m.dst, m.seconds),
      });
    }
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

  private sinceOf(contact: SipUri, endpoint: Endpoint, now: number): number {
    const before = this.ofEndpoint(endpoint).find((one) => contactKey(one.contact) === contactKey(contact));
    return before !== undefined && before.until >= now ? before.since : now;
  }

  private add(binding: KnownBinding): void {
    const key = contactKey(binding.contact);
    this.byContact.delete(key);
    this.byContact.set(key, binding);
    push(this.byAor, binding.aor, binding);
    push(this.byEndpoint, binding.endpoint.text, binding);
    for (const map of [this.byContact, this.byAor, this.byEndpoint]) {
      if (map.size > MAX_KEYS) map.delete(map.keys().next().value!);
    }
  }
}

function push(map: Map<string, KnownBinding[]>, key: string, binding: KnownBinding): void {
  const list = (map.get(key) ?? []).filter((one) => contactKey(one.contact) !== contactKey(binding.contact));
  list.push(binding);
  if (list.length > MAX_A_KEY) list.shift();
  // Set again, so that what was touched last is forgotten last.
  map.delete(key);
  map.set(key, list);
}

function contactKey(uri: SipUri): string {
  return `${uri.user}@${uri.hostPort}`.toLowerCase();
}

const NONE: readonly KnownBinding[] = [];
/** RFC 3261 §10.2: an hour where nobody says. */
const DEFAULT_EXPIRES = 3600;
const MAX_KEYS = 100_000;
const MAX_A_KEY = 16;
