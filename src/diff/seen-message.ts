// A call's messages as comparisons see them: each with the side it came from. What the capture shows twice is there once.
import type { Call, CallEvent } from '../dialog/call.ts';
import type { SipMessage } from '../sip/message.ts';

export interface SeenMessage {
  readonly message: SipMessage;
  /** Sent again at the same hop. */
  readonly repeated: boolean;
  /** The caller made the request that it is, or that it answers. */
  readonly ofCaller: boolean;
  /** It went from the caller's side to the callee's. */
  readonly fromCaller: boolean;
  /** What it is, whatever its CSeq number: `INVITE INVITE caller`, `200 BYE callee`. */
  readonly start: string;
}

/** In capture order; of a call whose messages were not kept none. `caller` is the From tag of who calls. */
export function seenMessages(call: Call, caller: string): SeenMessage[] {
  return (call.events ?? [])
    .filter(({ duplicateOf }) => duplicateOf === 0)
    .map((event) => seen(event, caller));
}

/** The From tag of the first request; '' where there is none. */
export function callerTag(call: Call): string {
  return firstRequest(call)?.fromTag ?? '';
}

/**
 * The tag of the caller of one call captured twice: of two, whose first request is not inside a dialog, for of the other the
 * beginning was not captured.
 */
export function sharedCallerTag(one: Call, other: Call): string {
  const [first, second] = [firstRequest(one), firstRequest(other)];
  if (first === undefined || second === undefined) return (first ?? second)?.fromTag ?? '';
  const begins = [first, second].filter(({ toTag }) => toTag === '');
  if (begins.length === 1) return begins[0]!.fromTag;
  return [first.fromTag, second.fromTag].sort()[0]!;
}

/** Whether a message of the call carries this tag. */
export function carriesTag(call: Call, tag: string): boolean {
  return (call.events ?? []).some(({ message }) => message.fromTag === tag || message.toTag === tag);
}

function firstRequest(call: Call): SipMessage | undefined {
  return call.events?.find(({ message }) => message.isRequest)?.message;
}

function seen({ message, retransmissionOf }: CallEvent, caller: string): SeenMessage {
  // RFC 3261 §12.2.1.1: a request of the callee has the caller's tag in To. What is sent outside of a dialog may have a new
  // From tag each time, as registrations do.
  const ofCaller = caller === '' || message.toTag !== caller || message.fromTag === caller;
  const what = message.isRequest ? message.method : message.status;
  return {
    message,
    repeated: retransmissionOf > 0,
    ofCaller,
    fromCaller: ofCaller === message.isRequest,
    start: `${what} ${message.cseqMethod} ${ofCaller ? 'caller' : 'callee'}`,
  };
}
