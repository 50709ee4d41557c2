// How dialogs begin and end, and with them the call: it is up while one that was confirmed at the first hop is.
// RFC 3261 §12.1, §12.3, §13.2.2.4, §15.
import type { SipMessage } from '../../sip/message.ts';
import { CONFIRMED, type DialogRecord, EARLY, ON_BYE, ON_FAILURE, ON_REQUEST } from '../dialog.ts';
import type { OpenCall } from '../open-call.ts';
import { ENDED } from '../timings.ts';
import { laterHopFinal } from './later-hop.ts';
import { causeOf } from './release-cause.ts';

/** A 2xx, or what shows that there was one. */
export function confirmDialog(call: OpenCall, record: DialogRecord): void {
  if (record.counted && record.stage === CONFIRMED) return;
  record.stage = CONFIRMED;
  record.counted = true;
  call.confirmed++;
}

/** A request inside a dialog whose beginning is not in the capture: the session is up. */
export function confirmUnseen(call: OpenCall, dialog: number): void {
  const record = call.dialogs[dialog];
  if (record === undefined || !record.take(ON_REQUEST) || record.counted || record.stage !== CONFIRMED)
    return;
  if (!call.partial && call.state !== 'call-setup') return;
  record.stage = EARLY;
  confirmDialog(call, record);
  call.state = 'in-call';
  call.cause = null;
}

/** One dialog ends; with the last of those that were confirmed the call ends too. */
export function endDialog(
  call: OpenCall,
  record: DialogRecord | undefined,
  event: number,
  m: SipMessage,
  byCaller: boolean,
): void {
  if (record !== undefined) {
    const wasConfirmed = record.stage === CONFIRMED && record.counted;
    const wasEarly = record.stage === EARLY;
    record.take(event);
    if (wasConfirmed) call.confirmed--;
    else if (call.confirmed > 0) return;
    // RFC 3261 §15: the caller may end one early dialog of a fork by BYE; the others go on.
    else if (wasEarly && call.dialogs.some((one) => one.stage === EARLY)) return;
  }
  if (call.confirmed > 0) return;
  if (call.state !== 'in-call' && call.state !== 'call-setup') return;
  const elsewhere = call.state === 'call-setup' ? laterHopFinal(call) : 0;
  const answered = call.state === 'in-call' || call.partial || (elsewhere >= 200 && elsewhere < 300);
  call.state = answered ? 'completed' : 'cancelled';
  // RFC 3261 §13.2.2.4: early dialogs do not outlive the answered one.
  for (const one of call.dialogs) if (one.stage === EARLY) one.take(ON_FAILURE);
  call.byeFrame = m.isRequest ? m.frame : 0;
  call.setMoment(ENDED, call.now);
  const by = byCaller ? 'caller' : 'callee';
  // Of a BYE whose answer alone was captured, the receiver of the answer is the sender.
  if (event === ON_BYE && !m.isRequest) call.cause = { ...causeOf(m, by, m.dst.text), status: 0, reason: '' };
  else call.cause = causeOf(m, by, m.src.text);
}
