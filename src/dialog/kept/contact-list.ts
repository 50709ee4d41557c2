// The Contact values of a registration. Its refreshes repeat them octet by octet: they are made text of, and parsed, once.
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import { parseNameAddr } from '../../sip/uri/name-addr.ts';
import { deltaSeconds } from '../delta-seconds.ts';
import { octetText, sameOctets } from './octets.ts';

/** What one value says: RFC 3261 §20.10. */
export interface RegisteredContact {
  readonly contact: string;
  /** Of its own parameter; null where it has none. */
  readonly expires: number | null;
  readonly q: number | null;
}

export class ContactList {
  readonly values: readonly string[];
  /** Of a single row, its octets; else ''. */
  readonly octets: string;
  private parsed: readonly RegisteredContact[] | null = null;

  constructor(values: readonly string[], octets: string) {
    this.values = values;
    this.octets = octets;
  }

  /** RFC 3261 §10.2.2: `*` stands for all contacts. */
  get isAll(): boolean {
    return this.values[0] === '*';
  }

  get contacts(): readonly RegisteredContact[] {
    this.parsed ??= this.isAll ? [] : this.values.slice(0, MAX_CONTACTS).map(registeredContact);
    return this.parsed;
  }
}

/** The list of a message: `before` itself where that says the same. */
export function contactListOf(m: SipMessage, before: ContactList | null): ContactList {
  const row = m.find(CONTACT);
  if (row < 0) return NO_CONTACTS;
  if (m.find(CONTACT, row + 1) >= 0) return new ContactList(m.values(CONTACT), '');
  const start = m.table[row * COLUMNS + COLUMN.valueStart];
  const end = m.table[row * COLUMNS + COLUMN.valueEnd];
  if (before !== null && before.octets !== '' && sameOctets(m.data, start, end, before.octets)) return before;
  return new ContactList(m.values(CONTACT), octetText(m.data, start, end));
}

function registeredContact(text: string): RegisteredContact {
  const plain = PLAIN.exec(text);
  if (plain !== null) return { contact: plain[1], expires: deltaSeconds(plain[2]), q: null };
  const { uri, params } = parseNameAddr(text);
  const q = params.get('q');
  return {
    contact: uri.text,
    expires: deltaSeconds(params.get('expires')),
    q: q !== undefined && /^[01](\.\d{0,3})?$/.test(q) ? Number(q) : null,
  };
}

const CONTACT = HEADER.Contact;
const MAX_CONTACTS = 64;
const NO_CONTACTS = new ContactList([], '');
/** What nearly all phones and registrars write: a URI in brackets, and at most how long it is bound for. */
const PLAIN = /^<([^<>"\s]+)>(?:;expires=(\d{1,10}))?$/;
