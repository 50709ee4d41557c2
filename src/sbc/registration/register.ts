// REGISTER on its way to the registrar: its Contacts are published as the SBC's own, so that later dialogs come through it
// (RFC 3261 §10, RFC 3327 Path, RFC 3608 Service-Route; Cisco IM, "Registered Subscribers and Record-Route Passthrough";
// rules.md SBC-33…36).
import type { Adjacency, NextHop } from '../../policy/policy.ts';
import { parseDeltaSeconds } from '../../sip/header/delta-seconds.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type NameAddr, parseNameAddr } from '../../sip/uri/name-addr.ts';
import type { Flow } from '../flow.ts';
import { withTag } from '../message/tag.ts';
import { withUri } from '../message/uri.ts';
import type { Parts } from '../parts.ts';
import { refuse, relayed } from '../relay/answer.ts';
import { Forwarding, type ForwardPlan, type Place } from '../relay/forwarding.ts';
import { outsideUri, passedOn } from '../relay/passing-on.ts';
import { contactUri } from '../routing/own-address.ts';
import { OutsideIdentifiers } from '../session/outside-identifiers.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';
import { addressOfRecord } from './binding-table.ts';
import { AFTERWARDS, bind, unbind } from './bindings.ts';

export class Register implements ForwardPlan {
  readonly method = 'REGISTER';
  readonly adjacency: Adjacency;
  readonly cause: SipMessage;
  readonly places: readonly Place[];
  private readonly parts: Parts;
  private readonly server: ServerTransaction;
  private readonly inbound: Adjacency;
  private readonly identifiers: OutsideIdentifiers;
  private readonly address: string;
  /** Contact URI as given → user part of the one that is published. */
  private readonly users = new Map<string, string>();
  private flow: Flow | null = null;

  constructor(
    parts: Parts,
    server: ServerTransaction,
    inbound: Adjacency,
    outbound: Adjacency,
    places: readonly Place[],
  ) {
    this.parts = parts;
    this.server = server;
    this.inbound = inbound;
    this.adjacency = outbound;
    this.places = places;
    this.cause = server.request;
    this.address = addressOfRecord((server.request.to ?? NOBODY).uri);
    this.identifiers = new OutsideIdentifiers(parts, server.request, {
      identifiers: false,
      inbound,
      outbound,
    });
  }

  start(): void {
    const { parts, cause, address, server, inbound } = this;
    const { contacts } = cause;
    if (contacts !== '*') {
      const there = parts.bindings.of(address);
      const fresh = contacts.filter(({ uri }) => !there.some(({ contact }) => contact === uri.text));
      if (there.length + fresh.length > parts.limits.bindingsPerAddress) {
        refuse(parts, server, inbound, 403);
        return;
      }
      for (const { uri } of contacts) this.users.set(uri.text, this.userFor(uri.text));
    }
    new Forwarding(parts, this).start();
  }

  octets(flow: Flow, hop: NextHop | null, via: string): Buffer {
    const { parts, cause, identifiers } = this;
    this.flow = flow;
    const draft = passedOn(cause, outsideUri(parts, cause, hop, flow), NONE);
    // §10.3: registrars ignore Record-Route; Path ends here, the SBC's Contact leads back to it.
    draft.remove(HEADER['Record-Route']).remove(HEADER.Path);
    identifiers.put(draft);
    if (cause.contacts !== '*') {
      const published = draft.values(HEADER.Contact).map((value) => {
        const user = this.users.get(parseNameAddr(value).uri.text) ?? '';
        return withUri(value, contactUri(flow, user));
      });
      draft.replaceValues(HEADER.Contact, published);
    }
    return draft.set(HEADER.Via, via).octets();
  }

  response(message: SipMessage): void {
    const { parts, server, cause, identifiers, inbound } = this;
    const { status } = message;
    if (status === 503) {
      refuse(parts, server, inbound, 500);
      return;
    }
    identifiers.comesAgain(status);
    const toTag =
      message.toTag === ''
        ? ''
        : parts.identifiers.next({ kind: 'tag', cause: message, adjacency: inbound.name });
    const draft = relayed(message, server, withTag(cause.value(HEADER.To) ?? '', toTag));
    if (status >= 200 && status < 300) {
      const given = this.accepted(message);
      draft.replaceValues(HEADER.Contact, given);
      const path = cause.values(HEADER.Path);
      draft.replaceValues(HEADER.Path, path);
      draft.remove(HEADER['Service-Route']);
    }
    server.respond(status, draft.octets(), message);
  }

  failed(status: number): void {
    refuse(this.parts, this.server, this.inbound, status);
  }

  /** The registrar's list: takes it over, and gives it with the Contacts as the subscriber knows them (§10.2.4, §10.3). */
  private accepted(message: SipMessage): string[] {
    const { parts, address, cause } = this;
    const left = new Set(this.users.keys());
    const given: string[] = [];
    let longest = 0;
    for (const contact of message.contacts === '*' ? [] : message.contacts) {
      const expires = this.expiresOf(contact, message);
      const mine = this.givenContact(contact);
      if (mine === undefined) {
        // Another's that the SBC did not publish; or an old one of the SBC's that nobody knows any more.
        if (!parts.configured.adjacencies.isLocalHost(contact.uri.host)) given.push(contact.text);
        continue;
      }
      given.push(withUri(contact.text, mine));
      if (!left.delete(mine) || expires === 0) continue;
      longest = Math.max(longest, expires);
      this.bind(mine, expires, message);
    }
    if (cause.contacts === '*') {
      for (const binding of [...parts.bindings.of(address)]) unbind(parts, binding);
    } else {
      for (const contact of left) unbind(parts, parts.bindings.with(address, contact));
    }
    if (longest > 0) this.identifiers.rememberFor(longest * 1000 + AFTERWARDS);
    return given;
  }

  private bind(contact: string, expires: number, message: SipMessage): void {
    const { parts, address, server, flow, cause } = this;
    const user = this.users.get(contact);
    if (flow === null || user === undefined) return;
    bind(parts, {
      address,
      contact,
      user,
      publishedUri: contactUri(flow, user),
      subscriber: this.inbound,
      registrar: this.adjacency,
      flow: server.flow,
      path: cause.values(HEADER.Path),
      serviceRoute: message.values(HEADER['Service-Route']),
      identifiers: this.identifiers,
      until: parts.outbox.now + expires * 1000,
      timer: 0,
    });
  }

  /** The Contact URI that the subscriber gave for one that the SBC published. */
  private givenContact({ uri }: NameAddr): string | undefined {
    const { parts, users } = this;
    if (!parts.configured.adjacencies.isLocalHost(uri.host)) return undefined;
    for (const [contact, user] of users) if (user === uri.user) return contact;
    return parts.bindings.published(uri.user)?.contact;
  }

  private userFor(contact: string): string {
    const { parts, address, cause, adjacency } = this;
    const known = parts.bindings.with(address, contact);
    if (known !== undefined) return known.user;
    return parts.identifiers.next({ kind: 'contact-user', cause, adjacency: adjacency.name });
  }

  /** Seconds: of the Contact, of the response, of what was asked for (§10.2.4); an hour where nobody says. */
  private expiresOf(contact: NameAddr, message: SipMessage): number {
    const texts = [
      contact.params.get('expires'),
      message.value(HEADER.Expires),
      this.cause.value(HEADER.Expires),
    ];
    for (const text of texts) {
      const seconds = text === undefined ? undefined : parseDeltaSeconds(text);
      if (seconds !== undefined) return Math.min(seconds, LONGEST);
    }
    return 3600;
  }
}

const NONE: readonly string[] = [];
const NOBODY = parseNameAddr('');
/** Seconds: thirty days. */
const LONGEST = 30 * 86_400;
