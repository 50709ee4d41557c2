// A call → what the list shows of it and sorts by: plain values, few enough that a hundred thousand calls fit in memory.
import { millisecondsBetween, type Timestamp } from '../../capture/timestamp.ts';
import type { Call } from '../../dialog/call.ts';
import { causeText } from '../../ladder/from-call.ts';

export interface CallRow {
  readonly id: number;
  readonly kind: string;
  readonly callId: string;
  readonly method: string;
  readonly from: string;
  readonly to: string;
  readonly messages: number;
  readonly src: string;
  readonly dst: string;
  readonly transport: string;
  readonly state: string;
  readonly start: Timestamp;
  readonly end: Timestamp;
  /** Milliseconds; null where the capture does not show it. */
  readonly duration: number | null;
  readonly setup: number | null;
  readonly retransmissions: number;
  readonly cause: string;
  /** Of its headers, what only the messages tell. */
  readonly told: ToldByMessages;
  /** More of it may come. */
  readonly open: boolean;
}

export interface ToldByMessages {
  readonly xCallId: string;
  readonly userAgent: string;
  readonly warning: string;
  readonly custom: string;
  /** Methods of all its requests, one bit each: see METHODS. */
  readonly methods: number;
}

export function callRow(call: Call, told: ToldByMessages, open: boolean): CallRow {
  const { start, end, timings } = call;
  return {
    id: call.id,
    kind: call.kind,
    callId: call.callId,
    method: call.method,
    from: address(call.from),
    to: address(call.to),
    messages: call.messages,
    src: call.src.text,
    dst: call.dst.text,
    transport: call.transports.join(','),
    state: call.partial ? `${call.state} (partial)` : call.state,
    start: { seconds: start.seconds, nanoseconds: start.nanoseconds },
    end: { seconds: end.seconds, nanoseconds: end.nanoseconds },
    duration: timings.sessionDuration ?? millisecondsBetween(start, end),
    setup: timings.setupTime,
    retransmissions: call.retransmissions,
    cause: call.cause === null ? '' : causeText(call.cause),
    told,
    open,
  };
}

/** The user and the host; RFC 3261 §25.1: a user may hold semicolons and question marks. */
function address(uri: string): string {
  const text = uri.replace(/^sips?:/i, '');
  if (text === uri) return uri;
  const host = text.lastIndexOf('@') + 1;
  return text.slice(0, host) + text.slice(host).replace(/[;?].*$/s, '');
}

/** Methods that the filter dialog offers; the others are one. */
export const METHODS = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'REGISTER',
  'OPTIONS',
  'SUBSCRIBE',
  'NOTIFY',
  'PUBLISH',
  'MESSAGE',
  'INFO',
  'REFER',
  'UPDATE',
  'PRACK',
] as const;

export function methodBit(method: string): number {
  const index = (METHODS as readonly string[]).indexOf(method);
  return 1 << (index < 0 ? METHODS.length : index);
}
