// A call from its 2xx to its end: given up when nothing is heard of it (RFC 4028 §10), ended by BYE, kept past a restart.
import { HEADER } from '../../sip/header/header-names.ts';
import { parseSessionExpires } from '../../sip/header/session-expires.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { Parts } from '../parts.ts';
import { TIMEOUT } from '../transaction/timer-values.ts';
import { sendBye } from './own-request.ts';
import { recordKey, recordOf } from './stored-dialog.ts';

/** A 2xx to the INVITE made it a call. */
export function confirmed(parts: Parts, dialog: Dialog, response: SipMessage): void {
  dialog.confirmed = true;
  refreshed(parts, dialog, response);
}

/** A 2xx to INVITE or UPDATE says for how long the session is good (RFC 4028 §7.2, §9). */
export function refreshed(parts: Parts, dialog: Dialog, response: SipMessage): void {
  const value = response.value(HEADER['Session-Expires']);
  const seconds = value === undefined ? undefined : parseSessionExpires(value).seconds;
  dialog.silence = Math.min(
    seconds === undefined ? parts.limits.silentCall : Math.max(seconds, LEAST_SESSION) * 1000 + GRACE,
    parts.limits.silentCall,
  );
  heard(parts, dialog);
  keepDialog(parts, dialog);
}

/** Past a restart, as it is now. */
export function keepDialog(parts: Parts, dialog: Dialog): void {
  if (parts.persists && dialog.session) parts.outbox.store(recordOf(dialog, parts.outbox.now));
}

/** Something came of this dialog. The timer is not set anew each time: it looks when it fires. */
export function heard(parts: Parts, dialog: Dialog): void {
  const { outbox } = parts;
  dialog.heard = outbox.now;
  if (dialog.timer === 0 && dialog.silence > 0 && !dialog.over) {
    dialog.timer = outbox.setTimer('dialog', dialog.silence, () => silent(parts, dialog));
  }
}

/** Without a word to anyone. */
export function dropDialog(parts: Parts, dialog: Dialog): void {
  if (dialog.over) return;
  const { outbox } = parts;
  dialog.over = true;
  outbox.clearTimer(dialog.timer);
  for (const timer of dialog.subscriptions.values()) outbox.clearTimer(timer);
  dialog.subscriptions.clear();
  parts.dialogs.remove(dialog);
  if (parts.persists && dialog.confirmed) outbox.forget(recordKey(dialog));
  awaitAck(parts, dialog);
  dialog.onOver?.();
}

/** Of a dialog that is over: the ACK that its BYE overtook goes on to who waits for it (RFC 3261 §13.3.1.4). */
export function awaitAck({ dialogs, limits, outbox }: Parts, dialog: Dialog): void {
  if (!dialog.awaitsAck || !dialogs.awaitAck(dialog, limits.sessions)) return;
  outbox.setTimer('ack', TIMEOUT, () => dialogs.awaitNoMore(dialog));
}

/** BYE was answered, or nobody is there to answer it: what is left are subscriptions in the dialog (RFC 5057 §4.1). */
export function sessionEnded(parts: Parts, dialog: Dialog): void {
  dialog.session = false;
  if (dialog.subscriptions.size === 0) dropDialog(parts, dialog);
}

/** BYE to both. */
export function endCall(parts: Parts, dialog: Dialog, code: string): void {
  parts.outbox.log('info', code, { callId: dialog.caller.callId });
  if (dialog.session && dialog.confirmed) {
    sendBye(parts, dialog.caller);
    sendBye(parts, dialog.callee);
  }
  dropDialog(parts, dialog);
}

function silent(parts: Parts, dialog: Dialog): void {
  const { outbox } = parts;
  dialog.timer = 0;
  const left = dialog.heard + dialog.silence - outbox.now;
  if (left > 0) dialog.timer = outbox.setTimer('dialog', left, () => silent(parts, dialog));
  else endCall(parts, dialog, 'sbc/silent-call');
}

/** RFC 4028 §5: Min-SE is 90 seconds at least. */
const LEAST_SESSION = 90;
/** The refresher's BYE comes first (RFC 4028 §10: before the session expires). */
const GRACE = 32_000;
