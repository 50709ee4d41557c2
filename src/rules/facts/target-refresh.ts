// Messages whose Contact may be the address of their sender from then on: RFC 3261 §12.2 has INVITE refresh the target, RFC 3311
// §5.1 UPDATE, RFC 6665 §3.1, §3.2 SUBSCRIBE and NOTIFY; REFER only begins dialogs.
import { METHOD, type MethodId } from '../../sip/method.ts';
import type { MessageFacts } from './message-facts.ts';

export function mayRefreshTarget({ methodId, isRequest, status }: MessageFacts): boolean {
  return REFRESHING.has(methodId) && (isRequest || (status > 100 && status < 300));
}

const REFRESHING: ReadonlySet<MethodId> = new Set([
  METHOD.INVITE,
  METHOD.UPDATE,
  METHOD.SUBSCRIBE,
  METHOD.NOTIFY,
  METHOD.REFER,
]);
