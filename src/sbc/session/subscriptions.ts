// Subscriptions in dialogs (RFC 6665; the implicit one of REFER, RFC 3515 §2.4.4): they keep the dialog until they run out or
// a NOTIFY ends them.
import { parseWholeNumber } from '../../sip/header/delta-seconds.ts';
import { parseEvent, parseSubscriptionState } from '../../sip/header/event.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { Parts } from '../parts.ts';
import { dropDialog, heard } from './lifetime.ts';

/** A 2xx to SUBSCRIBE or REFER. */
export function subscribed(parts: Parts, dialog: Dialog, request: SipMessage, response: SipMessage): void {
  const granted = parseWholeNumber(response.value(HEADER.Expires) ?? request.value(HEADER.Expires) ?? '');
  // Expires 0: what is left is a last NOTIFY (RFC 6665 §4.1.2.3).
  keepFor(parts, dialog, keyOf(request), granted ?? UNSAID);
}

/** A NOTIFY that was passed on and accepted. */
export function notified(parts: Parts, dialog: Dialog, notify: SipMessage): void {
  const value = notify.value(HEADER['Subscription-State']);
  if (value === undefined) return;
  const { state, expires } = parseSubscriptionState(value);
  const key = keyOf(notify);
  if (state !== 'terminated') {
    keepFor(parts, dialog, key, expires ?? UNSAID);
    return;
  }
  ended(parts, dialog, key);
  // RFC 3515 §2.4.6: the first REFER of a dialog may be named with or without its id.
  if (dialog.subscriptions.size > 0 && key.startsWith('refer')) ended(parts, dialog, 'refer;');
}

function keepFor(parts: Parts, dialog: Dialog, key: string, seconds: number): void {
  const { outbox } = parts;
  outbox.clearTimer(dialog.subscriptions.get(key) ?? 0);
  const left = Math.min(seconds, LONGEST) * 1000 + GRACE;
  dialog.subscriptions.set(
    key,
    outbox.setTimer('subscription', left, () => ended(parts, dialog, key)),
  );
  heard(parts, dialog);
}

function ended(parts: Parts, dialog: Dialog, key: string): void {
  const timer = dialog.subscriptions.get(key);
  if (timer === undefined) return;
  parts.outbox.clearTimer(timer);
  dialog.subscriptions.delete(key);
  if (!dialog.session && dialog.subscriptions.size === 0) dropDialog(parts, dialog);
}

/** RFC 6665 §4.4.1: Event with its id; a REFER makes one of the package `refer`. */
function keyOf(message: SipMessage): string {
  const value = message.value(HEADER.Event);
  if (value === undefined) return 'refer;';
  const event = parseEvent(value);
  return `${event.package.toLowerCase()};${event.package.toLowerCase() === 'refer' ? '' : event.id}`;
}

/** Seconds where nobody says: packages' defaults go up to an hour. */
const UNSAID = 3600;
/** Seconds that a subscription is kept without being refreshed, whatever was granted. */
const LONGEST = 7 * 86_400;
/** Milliseconds for the last NOTIFY to come: 64*T1 (RFC 6665 §4.1.2.3: Timer N). */
const GRACE = 32_000;
