// Dialogs that no response formed: a request named them with tags that the call does not know (RFC 3261 §12.2.2).
import { METHOD } from '../../sip/method.ts';
import type { DialogFacts } from './dialog-facts.ts';

/**
 * Only of calls whose INVITE was answered 2xx at this hop, so that the tags of their dialogs are all known (guard G1). One
 * of the two tags is known: a dialog of which both are new is another call.
 */
export function isUnknownDialog({ created, leg, dialog, messages }: DialogFacts): boolean {
  if (created !== undefined || leg.partial || messages[0]?.isRequest !== true) return false;
  // An ACK shows that the caller knows it: its 2xx is what the capture lacks.
  if (messages.some((one) => one.isRequest && one.methodId === METHOD.ACK)) return false;
  const invites = leg.transactions.filter(({ methodId, initial }) => initial && methodId === METHOD.INVITE);
  if (!invites.some(({ success }) => success !== undefined)) return false;
  // Other requests that begin dialogs in the same call bring tags of their own.
  if (leg.transactions.some((one) => one.createsDialog && one.methodId !== METHOD.INVITE)) return false;
  const callers = new Set(invites.map(({ request }) => request!.sip.fromTag));
  const callees = new Set(
    invites.flatMap(({ responses }) =>
      responses.flatMap(({ status, sip }) => (status > 100 ? [sip.toTag] : [])),
    ),
  );
  const { localTag: a, remoteTag: b } = dialog;
  const isKnown = (callers.has(a) && callees.has(b)) || (callers.has(b) && callees.has(a));
  const isHalf = [a, b].some((tag) => callers.has(tag) || callees.has(tag));
  return !isKnown && isHalf;
}
