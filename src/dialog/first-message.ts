// What the first message of a Call-ID says about the call, and when a Call-ID that comes again is another call.

import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import type { CallKind } from './call-kind.ts';
import { CALL_STATES, type CallState } from './call-state.ts';
import { isCaller } from './caller-tag.ts';
import { patience } from './give-up.ts';
import type { MessageMarks } from './marks.ts';
import type { OpenCall } from './open-call.ts';

export function kindOf(m: SipMessage): CallKind {
  // A response always has a To tag, so only a request shows that it is inside a dialog.
  const inside = m.isRequest && m.toTagStart >= 0;
  switch (m.isRequest ? m.methodId : m.cseqMethodId) {
    case METHOD.INVITE:
    case METHOD.ACK:
    case METHOD.BYE:
    case METHOD.CANCEL:
    case METHOD.PRACK:
    case METHOD.UPDATE:
      return 'call';
    case METHOD.REGISTER:
      return 'registration';
    case METHOD.SUBSCRIBE:
    case METHOD.NOTIFY:
      return 'subscription';
    case METHOD.REFER:
      return inside ? 'call' : 'subscription';
    case METHOD.MESSAGE:
      return inside ? 'im' : 'message';
    case METHOD.OPTIONS:
      return inside ? 'call' : 'options';
    case METHOD.INFO:
      return inside ? 'call' : 'other';
    default:
      return 'other';
  }
}

export function firstState(kind: CallKind): CallState {
  return kind === 'call' || kind === 'im' ? 'call-setup' : 'pending';
}

/**
 * RFC 3261 §8.1.1.4: a Call-ID is unique over space and time. Where one is used again all the same, a request that begins
 * a dialog after the call has ended is another call when its From tag is new, or when it comes long after.
 */
export function beginsAnew(call: OpenCall, m: SipMessage, marks: MessageMarks): boolean {
  if (!m.isRequest || m.methodId !== METHOD.INVITE || m.toTagStart >= 0 || m.duplicateOf > 0) return false;
  if (!CALL_STATES[call.state].ended || call.confirmed > 0) return false;
  if (m.seconds - call.lastSeconds > patience(call)) return true;
  // A challenge or a redirection is answered by another INVITE of the same call.
  if (call.state === 'challenged' || call.state === 'diverted') return false;
  if (call.kind !== 'call' && call.kind !== 'im') return false;
  return !isCaller(call, marks.from);
}
