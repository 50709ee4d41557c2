// Whether a hop runs from one end to the other: then what the other end sends on its own later passes here too, and its
// absence means something.
import { HEADER } from '../../sip/header/header-names.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';

/** By the client's only Via and its Contact, and by where the target lives. A name instead of an address says nothing. */
export function isEndToEnd({ request, success, downstream }: TransactionFacts): boolean {
  if (request === undefined || success === undefined || downstream.length > 0) return false;
  const { sip } = request;
  if (sip.vias.length !== 1 || !livesAt(request, sip.src.ip)) return false;
  // RFC 3261 §12.2.1.1: within a dialog without route set the Request-URI is where the peer lives.
  if (sip.toTagStart >= 0 && sip.find(HEADER.Route) < 0) return sip.uri.host === sip.dst.ip;
  return livesAt(success, sip.dst.ip);
}

function livesAt({ sip }: MessageFacts, ip: string): boolean {
  const { contacts } = sip;
  return contacts !== '*' && contacts.length === 1 && contacts[0]!.uri.host === ip;
}
