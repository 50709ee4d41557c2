// What the list shows of a call and sorts by: plain values. They are kept in columns (call-rows.ts); a row is made of a call
// that is looked at.
import type { Timestamp } from '../../capture/timestamp.ts';

export interface CallRow {
  readonly id: number;
  readonly kind: string;
  readonly callId: string;
  readonly method: string;
  /** User and host. */
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
