// REGISTER legs that belong together → which Contact a box published for which of a phone's (RFC 3261 §10.2.1, RFC 7092 §3.1.1):
// a call to the one goes on to the other, and a call from the other goes on from the one. Bounded: the oldest goes first.
import { CapNotice } from '../capture/cap-notice.ts';
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import type { SipUri } from '../sip/uri/uri.ts';
import type { LegTraits } from './traits.ts';

export class ContactBindings {
  /** What a box published → the phone's own; '' where it published the same for several. */
  private readonly own = new Map<string, string>();
  private readonly most: number;
  private readonly notice: CapNotice;

  /** `onCapped` is told once that the oldest had to be forgotten. */
  constructor(onCapped?: DiagnosticSink, most = MOST) {
    this.most = most;
    const message = `More than ${most} Contacts were published by boxes: the oldest are forgotten`;
    this.notice = new CapNotice(onCapped, 'legs/contacts-capped', message);
  }

  /** Two legs of one registration. */
  learn(near: LegTraits, far: LegTraits): void {
    const { contact } = far;
    if (contact === '' || near.contact === '' || contact === near.contact) return;
    const known = this.own.get(contact);
    if (known === near.contact) return;
    // One Contact for all its phones says nothing of any of them.
    this.own.set(contact, known === undefined ? near.contact : '');
    if (this.own.size > this.most) this.forget();
  }

  private forget(): void {
    this.own.delete(this.own.keys().next().value!);
    this.notice.say();
  }

  /** The phone's Contact, where the two legs are one call to it or from it: `sip:a@192.0.2.1:5060`; '' where nothing tells. */
  between(near: LegTraits, far: LegTraits): string {
    if (this.own.size === 0) return '';
    if (near.target !== '' && this.own.get(near.target) === far.target) return far.target;
    if (near.contact !== '' && this.own.get(far.contact) === near.contact) return near.contact;
    return '';
  }
}

/** Of the one Contact of a request; '' where there is none, or several. */
export function contactKey(m: SipMessage): string {
  if (m.values(HEADER.Contact).length !== 1) return '';
  const contact = m.contacts === '*' ? undefined : m.contacts[0];
  return contact === undefined ? '' : addressKey(contact.uri);
}

/** RFC 3261 §19.1.4, as far as it tells phones apart: user, host, port, and parameters that the box made for them. */
export function addressKey(uri: SipUri | undefined): string {
  if (uri === undefined || uri.host === '') return '';
  let key = `sip:${uri.userText}@${uri.host.toLowerCase()}:${uri.port ?? 5060}`;
  for (const { name, value } of uri.params) {
    if (!USUAL.has(name.toLowerCase())) key += `;${name.toLowerCase()}=${value ?? ''}`;
  }
  return key;
}

const MOST = 100_000;
/** Parameters that say how to reach it, which one request may have and another not. */
const USUAL: ReadonlySet<string> = new Set(['transport', 'lr', 'ob', 'user', 'maddr', 'ttl', 'method']);
