// A 2xx to an INVITE that nobody waits for any more: the callee believes that there is a call. It is acknowledged and ended
// (RFC 3261 §9.1, §13.2.2.4). All that is needed stands in the response.

import { anyHas } from '../../policy/address-range.ts';
import type { Adjacency } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import { parseNameAddr } from '../../sip/uri/name-addr.ts';
import { type DialogSide, SENT_UNSEEN } from '../dialog/dialog-side.ts';
import { routeSetOfResponse } from '../dialog/route-set.ts';
import type { Flow } from '../flow.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import { contactOf } from './contact-of.ts';
import { acknowledge, sendBye } from './own-request.ts';
import { setupKey } from './setup-key.ts';

/** An INVITE without an offer was given up unanswered: who rings for long may accept it yet. `key`: its `setupKey`. */
export function awaitLateOffer({ lateOffers, outbox, limits }: Parts, key: string): void {
  if (lateOffers.size >= limits.sessions) return;
  lateOffers.add(key);
  outbox.setTimer('late-offer', limits.timerC, () => lateOffers.delete(key));
}

/**
 * False when it is none: another response, or a repetition of one whose call is up. `offered`: the INVITE brought an offer, as
 * nearly all do.
 */
export function endUnwanted(
  parts: Parts,
  adjacency: Adjacency,
  response: SipMessage,
  flow: Flow,
  offered = !parts.lateOffers.has(setupKey(response.callId, response.fromTag)),
): boolean {
  const { status, callId, fromTag, toTag } = response;
  if (response.cseqMethodId !== METHOD.INVITE || status < 200 || status > 299) return false;
  if (toTag === '' || fromTag === '' || response.cseqNumber < 0) return false;
  if (parts.dialogs.named(callId, fromTag, toTag) !== undefined) return false;
  const side = sideOf(parts, adjacency, response, flow);
  // It comes again until it has its ACK, and so may one to another INVITE of that call: one BYE is enough (RFC 3261 §13.3.1.4).
  if (acknowledge(parts, side, response, offered)) sendBye(parts, side);
  return true;
}

/**
 * A 2xx of a call that is over came again: the ACK was lost. `branch`: of that ACK, '' for none; `offered`: the INVITE
 * brought an offer.
 */
export function acknowledgeAgain(
  parts: Parts,
  adjacency: Adjacency,
  response: SipMessage,
  flow: Flow,
  { branch, offered }: { readonly branch: string; readonly offered: boolean },
): void {
  const side = sideOf(parts, adjacency, response, flow);
  acknowledge(parts, side, response, offered, branch);
}

/** The SBC's own values may be below those of the caller's side (Q5, cisco): what leads to another adjacency is of another side. */
function routesOnThisSide(parts: Parts, adjacency: Adjacency, response: SipMessage): readonly string[] {
  const { adjacencies } = parts.configured;
  const isOther = (value: string): boolean => {
    const { host } = parseNameAddr(value).uri;
    return !anyHas(adjacency.peers, host) && adjacencies.all.some(({ peers }) => anyHas(peers, host));
  };
  const values = response.values(HEADER['Record-Route']);
  const other = values.findIndex(isOther);
  return routeSetOfResponse(other < 0 ? values : values.slice(0, other), adjacencies);
}

/** As the response shows it. */
function sideOf(parts: Parts, adjacency: Adjacency, response: SipMessage, flow: Flow): DialogSide {
  const { callId, fromTag, toTag, cseqNumber } = response;
  return {
    adjacency,
    callId,
    localTag: fromTag,
    remoteTag: toTag,
    localParty: withTag(response.value(HEADER.From) ?? '', ''),
    remoteParty: withTag(response.value(HEADER.To) ?? '', ''),
    routeSet: routesOnThisSide(parts, adjacency, response),
    target: contactOf(response),
    flow,
    contact: '',
    localSequence: cseqNumber,
    // It may be a re-INVITE of a call that is over, with requests after it.
    sentUnseen: SENT_UNSEEN,
    remoteSequence: 0,
  };
}
