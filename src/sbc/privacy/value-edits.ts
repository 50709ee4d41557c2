// What becomes of one value of a header that must not go on as it came; null: nothing.

import { parseHistoryInfo } from '../../sip/header/history-info.ts';
import { parsePrivacy } from '../../sip/header/privacy.ts';
import { parseWarning } from '../../sip/header/warning.ts';
import { splitOutside } from '../../sip/text/delimited.ts';
import { parseNameAddr } from '../../sip/uri/name-addr.ts';
import { addressSpan } from '../message/address-span.ts';
import { anonymousEntry, anonymousFrom } from './anonymous.ts';
import type { InnerHosts } from './inner-hosts.ts';
import type { HidingCause, PrivacySituation } from './situation.ts';

export interface EditContext {
  readonly isRequest: boolean;
  readonly situation: PrivacySituation;
  readonly causes: ReadonlySet<HidingCause>;
  readonly inner: InnerHosts;
}

export type ValueEdit = (value: string, context: EditContext) => string | null;

export const remove: ValueEdit = () => null;

/** From of a response is that of its request; of a request of the callee it is whom the caller called. */
export const anonymiseFrom: ValueEdit = (value, context) =>
  isCallers(context) ? anonymousFrom(value) : value;

/** Whether From names the caller, and the caller said it. */
export function isCallers({ isRequest, situation }: EditContext): boolean {
  return isRequest && situation.party === 'caller';
}

/** RFC 3261 §20.10: the URI is the SBC's by now; what stands around it tells who and which device. */
export const bareContact: ValueEdit = (value) => {
  if (value.trim() === '*') return value;
  const { uriStart, uriEnd, parameters } = addressSpan(value);
  const [, ...pieces] = splitOutside(value.slice(parameters), ';');
  const kept = pieces.filter((piece) => !DEVICE.test(piece)).map((piece) => `;${piece.trim()}`);
  return `<${value.slice(uriStart, uriEnd).replace(BRACKETS, '').trim()}>${kept.join('')}`;
};

/**
 * RFC 7044 §10.1.2: entries of the domain the SBC answers for, which is that of From and whatever is not the callee's. An
 * entry may ask for itself; that is taken out of it.
 */
export const anonymiseHistory: ValueEdit = (value, { situation, causes, inner }) => {
  const { target, privacy } = parseHistoryInfo(value);
  const asksItself = !situation.asked.none && parsePrivacy(privacy).includes('history');
  const asked = causes.has('header') || causes.has('history') || causes.has('user') || causes.has('hidden');
  if (!asksItself && !(asked && inner.isOfParty(target.uri.host))) return value;
  return target.uri.host.toLowerCase() === 'anonymous.invalid' ? value : anonymousEntry(value);
};

/** RFC 5806 §4: an entry may ask for itself, towards those who are not trusted. */
export const anonymiseDiversion: ValueEdit = (value, { causes, situation }) => {
  const own = parseNameAddr(value).params.get('privacy')?.toLowerCase() ?? 'off';
  const asksItself = own !== 'off' && !situation.trustedNextHop;
  const isAsked = ['user', 'id', 'history', 'hidden'].some((cause) => causes.has(cause as HidingCause));
  return isAsked || asksItself ? anonymousEntry(value) : value;
};

/** draft-ietf-sip-privacy-04 §6: `privacy=full` and its like ask for themselves. */
export const removeIfPrivate: ValueEdit = (value) => {
  const own = parseNameAddr(value).params.get('privacy')?.toLowerCase() ?? 'off';
  return own === 'off' ? value : null;
};

/** RFC 3261 §20.43: the agent is a host, or a pseudonym; the SBC's own stands for it. */
export const ownWarning: ValueEdit = (value, { situation, inner }) => {
  const warning = parseWarning(value);
  if (warning === undefined) return null;
  const text = inner.mask(value.slice(value.indexOf('"')));
  const { ownHost } = situation;
  return `${warning.code} ${ownHost.includes(':') ? `[${ownHost}]` : ownHost} ${text}`;
};

/** A tone may be named without saying where it is (RFC 7462 §7). */
export const removeUnlessUrn: ValueEdit = (value) =>
  parseNameAddr(value).uri.scheme === 'urn' ? value : null;

/** RFC 5626 §4.1, RFC 5627 §8.3, RFC 8599 §4: those that name the device or where to wake it. */
const DEVICE = /^\s*(?:\+sip\.instance|reg-id|pub-gruu|temp-gruu|received)\s*(?:=|$)/i;
const BRACKETS = /[<>]/g;
