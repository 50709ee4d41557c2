// Requests of the SBC's own within a dialog: BYE where it ends a call itself, and the ACK that must come first.
import type { SipMessage } from '../../sip/message.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { DialogSide } from '../dialog/dialog-side.ts';
import { otherSide, type SideName } from '../dialog/side-name.ts';
import { placesOfSide, sendOnce } from '../dialog/way-in-dialog.ts';
import { makeRequest } from '../message/request.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import { Forwarding } from '../relay/forwarding.ts';
import { viaValue } from '../routing/own-address.ts';
import { rejectingAnswer } from '../sdp/rejecting-answer.ts';
import { sessionBody } from '../sdp/session-body.ts';
import { TIMEOUT } from '../transaction/timer-values.ts';

/** RFC 3261 §15.1.1. Whatever is answered, the call is over. */
export function sendBye(parts: Parts, side: DialogSide): void {
  side.localSequence += 1 + (side.sentUnseen ?? 0);
  const cseq = side.localSequence;
  new Forwarding(parts, {
    method: 'BYE',
    adjacency: side.adjacency,
    cause: null,
    places: placesOfSide(parts, side),
    octets: (_flow, _hop, via) => requestOf(parts, side, 'BYE', cseq, via),
    response: () => {},
    failed: () => {},
  }).start();
}

/**
 * A 2xx (RFC 3261 §13.2.2.4), with an answer that takes nothing where it brought the offer (`offered`: the INVITE did). However
 * often it comes, its ACK is the same one. `passed`: branch of the caller's ACK to it, if it got that. Whether it is the first of its
 * call.
 */
export function acknowledge(
  parts: Parts,
  side: DialogSide,
  response: SipMessage,
  offered: boolean,
  passed = '',
): boolean {
  const offer = offered ? undefined : sessionBody(response);
  const answer = offer && rejectingAnswer(offer, side.flow.local.ip);
  const { callId, cseqNumber, toTag } = response;
  const call = `${callId}\n${toTag}`;
  const acks = parts.ownAcks.get(call);
  const before = passed || acks?.get(cseqNumber);
  const branch =
    before ?? parts.identifiers.next({ kind: 'branch', cause: null, adjacency: side.adjacency.name });
  if (before === undefined) remember(parts, call, cseqNumber, branch);
  sendOnce(parts, side, (flow) => {
    parts.outbox.send(flow, requestOf(parts, side, 'ACK', cseqNumber, viaValue(flow, branch), answer), null);
  });
  return acks === undefined && before === undefined;
}

/** The same to one of a dialog that is over, whose ACK found no way: `invite` came from the side `from`. */
export function acknowledgeLate(
  parts: Parts,
  dialog: Dialog,
  from: SideName,
  invite: SipMessage,
  response: SipMessage,
): void {
  const offered = sessionBody(invite) !== undefined;
  const passed = dialog.passedAck(from, invite.cseqNumber);
  acknowledge(parts, dialog.side(otherSide(from)), response, offered, passed);
}

/** For as long as the 2xx may come again. */
function remember({ ownAcks, outbox, limits }: Parts, call: string, number: number, branch: string): void {
  const acks = ownAcks.get(call) ?? new Map<number, string>();
  if (acks.size === 0 && ownAcks.size >= limits.sessions) return;
  ownAcks.set(call, acks.set(number, branch));
  outbox.setTimer('own-ack', TIMEOUT, () => {
    acks.delete(number);
    if (acks.size === 0) ownAcks.delete(call);
  });
}

function requestOf(
  parts: Parts,
  side: DialogSide,
  method: string,
  cseq: number,
  via: string,
  body?: Buffer,
): Buffer {
  const { userAgent } = parts.configured.policy.inline;
  const uri = side.target === '' ? `sip:${side.flow.remote.text}` : side.target;
  return makeRequest({
    method,
    uri,
    headers: [
      ['Via', via],
      ['Max-Forwards', '70'],
      ...side.routeSet.map((value) => ['Route', value] as const),
      ['From', withTag(side.localParty, side.localTag)],
      ['To', withTag(side.remoteParty, side.remoteTag)],
      ['Call-ID', side.callId],
      ['CSeq', `${cseq} ${method}`],
      // RFC 3261 §20.41.
      ...(userAgent === null ? [] : [['User-Agent', userAgent] as const]),
      ...(body === undefined ? [] : [['Content-Type', 'application/sdp'] as const]),
    ],
    ...(body === undefined ? {} : { body }),
  });
}
