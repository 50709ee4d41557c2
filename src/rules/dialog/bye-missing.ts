// RFC 3261 §15.1.2: a BYE that matches a dialog is answered 2xx; a box in the middle of a call passes it on, or ends its other
// side with a BYE of its own (RFC 7092 §3).

import { isInstantMessaging } from '../../sdp/instant-message.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { parseSessionExpires } from '../../sip/header/session-expires.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence, startLineEvidence } from '../evidence.ts';
import type { CallFacts } from '../facts/call-facts.ts';
import type { DialogFacts } from '../facts/dialog-facts.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import type { MediaWatch } from '../facts/media-watch.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/bye-missing',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    needsPackets: true,
    summary: 'A call that is ended at one end is ended at the other, and the BYE is accepted.',
    why: 'One side goes on talking into nothing, and is charged for it.',
    exceptions: [
      'The capture ends within 64*T1 of the BYE.',
      'Hops that requests inside the dialog do not pass.',
      'A call of which one end knows nothing any more: it answers 481.',
      'BYE refused with 401, 407 or 481, or with 500 for its CSeq number.',
      'A silent call of which the capture shows no media at all, or that is on hold: it may go on, and so may one of messages. An expired session is told by dialog/session-timer.',
    ],
    fix: 'Have the box that answers the BYE send one on its other side; a user agent accepts every BYE of a dialog it knows.',
    sources: [
      { document: 'RFC 3261', section: '15.1.2', says: 'BYE inside a dialog is answered 2xx' },
      { document: 'RFC 3261', section: '15', says: 'a call ends with BYE' },
      { document: 'RFC 7092', section: '3', says: 'boxes that end a dialog on each side' },
    ],
    messages: {
      refused: 'BYE inside a dialog was answered {status}',
      silent: 'the call has no BYE, and neither messages nor media for {seconds} s',
      'half-open': 'BYE was answered on one side of a box and none went out on the other',
    },
  },
  create: ({ report, policy, media }) => {
    const patience = 64 * policy.thresholds.t1Ms;

    function judgeAnswer(dialog: DialogFacts): void {
      if (!dialog.complete || dialog.created?.methodId !== METHOD.INVITE) return;
      for (const { methodId, request, final } of dialog.transactions) {
        if (methodId !== METHOD.BYE || request === undefined || final === undefined) continue;
        const { status } = final;
        if (status < 300 || ACCEPTED.has(status)) continue;
        if (status === 500 && isOutOfOrder(dialog, request)) continue;
        const at = [final, request];
        report({ message: 'refused', data: { status }, at, evidence: at.map(startLineEvidence) });
      }
    }

    /** Only where media were seen to flow, and to stop. */
    function judgeSilence(dialog: DialogFacts): void {
      const { leg, created, messages, complete } = dialog;
      const success = created?.success;
      if (!media.active || !complete || success === undefined || created?.methodId !== METHOD.INVITE) return;
      if (!isOpen(leg, dialog.index) || leg.call.legs.some((one) => one.dialogs.some(answeredBye))) return;
      const described = messages.findLast(({ sdp }) => sdp !== undefined)?.sdp;
      if (described?.media.some(({ direction }) => direction === 'sendrecv') !== true) return;
      const heard = lastHeard(leg.call, media);
      if (heard === undefined) return;
      const session = messages.findLast(
        ({ sip }) => !sip.isRequest && sip.find(HEADER['Session-Expires']) >= 0,
      );
      const interval = session === undefined ? 0 : (sessionOf(session) ?? 0);
      const seconds = Math.max(SILENCE, interval);
      if (leg.call.until.seconds - heard < seconds) return;
      const evidence = [
        startLineEvidence(success),
        factEvidence(success.frame, 'time', 'silent for', `${(leg.call.until.seconds - heard).toFixed(0)} s`),
      ];
      report({ message: 'silent', data: { seconds }, at: success, evidence });
    }

    return {
      dialog(dialog) {
        judgeAnswer(dialog);
        judgeSilence(dialog);
      },
      call({ legs }) {
        if (legs.length < 2) return;
        for (const leg of legs) {
          for (const dialog of leg.dialogs) {
            const bye = answeredBye(dialog);
            if (bye === undefined || !leg.call.covers(bye, patience)) continue;
            const fromCaller = dialog.fromCaller(bye);
            const open = legs.find((other) => {
              const isBeyond = fromCaller ? other.leg.index > leg.leg.index : other.leg.index < leg.leg.index;
              return isBeyond && other.leg.from.ip !== leg.leg.from.ip && isOpen(other, dialog.index);
            });
            if (open === undefined) continue;
            report({ message: 'half-open', at: bye, severity: 'error', evidence: [startLineEvidence(bye)] });
            return;
          }
        }
      },
      crossing(crossing) {
        const { a, b } = crossing;
        // Sides with one Call-ID are judged as hops of their call.
        if (b === null || a.call === b.call) return;
        for (const [side, other] of [
          [a, b],
          [b, a],
        ] as const) {
          if (other.dialogs.length !== 1 || !isOpen(other, other.dialogs[0]!.index)) continue;
          const bye = side.dialogs.map(answeredBye).find((one) => one !== undefined);
          if (bye === undefined || !other.call.covers(bye, patience)) continue;
          const evidence = [startLineEvidence(bye)];
          report({ message: 'half-open', at: bye, severity: 'error', evidence, crossing });
          return;
        }
      },
    };
  },
});

/** Seconds since the epoch of the last message or media packet; undefined when no media were seen. */
function lastHeard({ call, legs }: CallFacts, media: MediaWatch): number | undefined {
  let last = Number.NEGATIVE_INFINITY;
  let flowed = false;
  for (const { messages } of legs) {
    for (const { sip, sdp, repeated } of messages) {
      last = Math.max(last, sip.seconds);
      for (const { address, port, media: kind } of repeated ? [] : (sdp?.media ?? [])) {
        // What goes there is SIP, and a dialog of messages rests as long as nobody writes.
        if (isInstantMessaging(kind)) continue;
        const seen = media.of(call.id, address, port);
        for (const traffic of seen === undefined ? [] : [seen.to, seen.from]) {
          if (traffic.packets === 0) continue;
          flowed = true;
          last = Math.max(last, traffic.last);
        }
      }
    }
  }
  return flowed ? last : undefined;
}

function sessionOf({ sip }: MessageFacts): number | undefined {
  return parseSessionExpires(sip.value(HEADER['Session-Expires']) ?? '').seconds;
}

function answeredBye({ transactions }: DialogFacts): MessageFacts | undefined {
  return transactions.find(({ methodId, success }) => methodId === METHOD.BYE && success !== undefined)
    ?.request;
}

/** Confirmed, seen to be passed by its ACK, and not ended. */
function isOpen(leg: LegFacts, index: number): boolean {
  const dialog = leg.dialogs.find((one) => one.index === index);
  if (
    dialog === undefined ||
    dialog.created?.methodId !== METHOD.INVITE ||
    dialog.created.success === undefined
  )
    return false;
  const methods = dialog.messages.map(({ methodId }) => methodId);
  return methods.includes(METHOD.ACK) && !methods.includes(METHOD.BYE) && !isGone(dialog);
}

/** RFC 3261 §12.2.1.2: 481 ends the call, unless a later request succeeds. That to a PRACK or of a subscription concerns no more. */
function isGone({ transactions }: DialogFacts): boolean {
  const last = transactions.findLast(
    ({ methodId, final }) => final !== undefined && !CONCERN_LESS.has(methodId),
  );
  return last?.final?.status === 481;
}

function isOutOfOrder(dialog: DialogFacts, bye: MessageFacts): boolean {
  const side = dialog.fromCaller(bye);
  const initial = side ? dialog.created?.request : undefined;
  const earlier = dialog.messages.filter((one) => {
    return one.isRequest && one !== bye && one.methodId !== METHOD.ACK && dialog.fromCaller(one) === side;
  });
  return [...earlier, ...(initial === undefined ? [] : [initial])].some((one) => {
    return one.millisecondsTo(bye) >= 0 && one.sip.cseqNumber >= bye.sip.cseqNumber;
  });
}

const CONCERN_LESS: ReadonlySet<number> = new Set([
  METHOD.PRACK,
  METHOD.CANCEL,
  METHOD.SUBSCRIBE,
  METHOD.NOTIFY,
  METHOD.REFER,
]);
/** Seconds. */
const SILENCE = 300;
const ACCEPTED: ReadonlySet<number> = new Set([401, 407, 408, 481]);
