// Registrations: RFC 3261 §10. The bindings are those that the registrar's last 2xx shows (§10.3 step 8); a registrar that
// shows none is taken to have done what it was asked.
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Binding, Moment } from './call.ts';
import { deltaSecondsOf } from './delta-seconds.ts';
import { credentialsSent, refused } from './invite/refusal.ts';
import { causeOf, causeOfAccepted } from './invite/release-cause.ts';
import { contactListOf, type RegisteredContact } from './kept/contact-list.ts';
import type { OpenCall } from './open-call.ts';
import { REGISTERED, REGISTERING } from './timings.ts';
import type { Transaction } from './transaction/transaction.ts';
import { isChallenge } from './transaction/transaction-match.ts';

export function registerSent(call: OpenCall, tx: Transaction, m: SipMessage): Moment {
  if (tx.upstream !== null) return '';
  // Parsed only if the answer does not show them.
  tx.asked = call.askedContacts = contactListOf(m, call.askedContacts);
  tx.removesAll = tx.asked.isAll;
  tx.expires = deltaSecondsOf(m, EXPIRES);
  credentialsSent(tx, m);
  // RFC 6076 §4.1: from the first REGISTER, through a challenge; a failure starts anew.
  if (
    Number.isNaN(call.moment(REGISTERED)) &&
    (Number.isNaN(call.moment(REGISTERING)) || call.state === 'failed')
  ) {
    call.setMoment(REGISTERING, call.now);
  }
  if (call.state !== 'registered') call.state = 'pending';
  return 'attempt';
}

export function registerAnswered(call: OpenCall, tx: Transaction, m: SipMessage): Moment {
  if (tx.upstream !== null || m.status < 200) return '';
  if (m.status < 300) return registered(call, tx, m);
  const asks = isChallenge(m.status) && !refused(tx, m);
  // RFC 3261 §10.2.4, §10.2.7: a refresh that fails leaves the bindings until they run out.
  if (call.state !== 'registered') {
    call.state = asks ? 'challenged' : 'failed';
    call.cause = causeOf(m, 'callee', m.src.text);
  }
  return asks ? 'challenged' : 'rejected';
}

function registered(call: OpenCall, tx: Transaction, m: SipMessage): Moment {
  if (!Number.isNaN(call.moment(REGISTERING))) call.firstNow(REGISTERED);
  call.shownContacts = contactListOf(m, call.shownContacts);
  let all = bindings(call, m, call.shownContacts.contacts, deltaSecondsOf(m, EXPIRES));
  if (all.length === 0 && !tx.removesAll && tx.asked !== null)
    all = bindings(call, m, tx.asked.contacts, tx.expires);
  call.bindings = all.some((one) => one.expires === 0) ? all.filter((one) => one.expires !== 0) : all;
  if (call.bindings.length === 0) {
    call.state = 'unregistered';
    call.cause = causeOfAccepted(tx, 'REGISTER', m);
    return 'unregistered';
  }
  call.state = 'registered';
  call.cause = null;
  call.granted = call.bindings.reduce((most, one) => Math.max(most, one.expires ?? DEFAULT_EXPIRES), 0);
  return 'registered';
}

/** RFC 3261 §10.2.1.1, §20.10: the expires parameter counts before the Expires header. */
function bindings(
  call: OpenCall,
  m: SipMessage,
  contacts: readonly RegisteredContact[],
  header: number | null,
): Binding[] {
  if (contacts.length === 0) return [];
  const updated = { seconds: m.seconds, nanoseconds: m.nanoseconds };
  // RFC 3327 §5.3: the proxies to pass on the way to the contact, as the 2xx returns them.
  const path = m.find(PATH) < 0 ? NO_PATH : m.addresses(PATH).map((one) => one.uri.text);
  const aor = call.to;
  return contacts.map(({ contact, expires, q }) => {
    return { aor, contact, expires: expires ?? header, q, path, updated };
  });
}

const EXPIRES = HEADER.Expires;
const PATH = HEADER.Path;
const NO_PATH: readonly string[] = [];
/** RFC 3261 §10.2.1.1 leaves it to the registrar; an hour is its example and the custom. */
const DEFAULT_EXPIRES = 3600;
