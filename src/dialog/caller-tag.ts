// Which side of a call is its caller: whose requests have the From tag of its first request (RFC 3261 §12).
import type { SipMessage } from '../sip/message.ts';
import type { DialogRecord } from './dialog.ts';
import { Mark } from './marks.ts';
import type { OpenCall } from './open-call.ts';
import type { Transaction } from './transaction/transaction.ts';

/** The caller is whose requests have this From tag. */
export function setCaller(call: OpenCall, { first, second, length }: Mark): void {
  call.tagFirst = first;
  call.tagSecond = second;
  call.tagLength = length;
}

export function isCaller(call: OpenCall, tag: Mark): boolean {
  return tag.is(call.tagFirst, call.tagSecond, call.tagLength);
}

/** Whether the caller sent the request of a transaction. */
export function isFromCaller(call: OpenCall, tx: Transaction): boolean {
  return tx.hasTag(call.tagFirst, call.tagSecond, call.tagLength);
}

/** The side a message was sent from: by the tag of its sender. */
export function sentByCaller(call: OpenCall, m: SipMessage, dialog: DialogRecord | undefined): boolean {
  if (dialog !== undefined) return dialog.fromLocal(m) === m.isRequest;
  SENDER.read(m.data, m.fromTagStart, m.fromTagEnd);
  return isCaller(call, SENDER) === m.isRequest;
}

const SENDER = new Mark();
