// Who ended a call, and why: the deciding message with its Reason header (RFC 3326).
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { parseParameters } from '../../sip/uri/parameters.ts';
import type { ReasonValue, ReleaseCause } from '../call.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** The cause that a message gives: a BYE, a CANCEL, a final response, a NOTIFY. `endpoint` is where it came from. */
export function causeOf(m: SipMessage, by: 'caller' | 'callee', endpoint: string): ReleaseCause {
  return {
    by,
    endpoint,
    method: m.isRequest ? m.method : m.cseqMethod,
    status: m.isRequest ? 0 : m.status,
    reason: m.isRequest ? '' : m.reason,
    frame: m.frame,
    reasons: m.find(REASON) < 0 ? NO_REASONS : m.values(REASON).map(parseReason),
  };
}

/**
 * A request that did its work when it was accepted: a REGISTER or SUBSCRIBE that removes. Where the capture lacks it the
 * answer stands for it.
 */
export function causeOfAccepted(tx: Transaction, method: string, answer: SipMessage): ReleaseCause {
  const frame = tx.frame > 0 ? tx.frame : answer.frame;
  return { by: 'caller', endpoint: tx.src.text, method, status: 0, reason: '', frame, reasons: NO_REASONS };
}

/** Nobody answered, or what was granted ran out. */
export function timedOut(method: string, reason = ''): ReleaseCause {
  return { by: 'network', endpoint: '', method, status: 0, reason, frame: 0, reasons: NO_REASONS };
}

/** RFC 3326 §2: `Q.850;cause=16;text="Normal call clearing"`. */
export function parseReason(value: string): ReasonValue {
  const semicolon = value.indexOf(';');
  const params = parseParameters(semicolon < 0 ? '' : value.slice(semicolon + 1));
  const cause = params.get('cause');
  return {
    protocol: (semicolon < 0 ? value : value.slice(0, semicolon)).trim(),
    cause: cause !== undefined && /^\d{1,9}$/.test(cause) ? Number(cause) : null,
    text: params.get('text') ?? '',
  };
}

const REASON = HEADER.Reason;
const NO_REASONS: readonly ReasonValue[] = [];
