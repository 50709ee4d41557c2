// What is known of one of the two captures while it is read: how much it holds, and how much of it is kept to be compared.
import { compareTimestamps, type Timestamp } from '../capture/timestamp.ts';
import type { Call, MessageInfo } from '../dialog/call.ts';
import type { SipMessage } from '../sip/message.ts';

export class CaptureSide {
  calls = 0;
  /** What the capture shows twice is counted once. */
  messages = 0;
  /** Times of the first and the last message. */
  first: Timestamp | null = null;
  last: Timestamp | null = null;

  private readonly room: number;
  private octets = 0;
  /** Octets kept of each call that is not compared yet, -1 of one that is not kept. */
  private readonly kept = new Map<number, number>();
  private readonly users = new Map<number, string>();

  /** `room`: octets that may be kept. */
  constructor(room: number) {
    this.room = room;
  }

  /** Whether messages of the call with this number are kept: asked for each one. */
  readonly keeps = (id: number): boolean => {
    let octets = this.kept.get(id);
    if (octets === undefined) {
      octets = this.octets < this.room ? 0 : -1;
      this.kept.set(id, octets);
    }
    return octets >= 0;
  };

  message(message: SipMessage, { call }: MessageInfo): void {
    const { seconds, nanoseconds } = message;
    if (this.first === null) this.first = { seconds, nanoseconds };
    this.last = { seconds, nanoseconds };
    if (message.isRequest && !this.users.has(call.id)) this.users.set(call.id, message.uri.user);
    const octets = this.kept.get(call.id) ?? -1;
    if (octets < 0) return;
    const more = message.limit - message.start;
    this.kept.set(call.id, octets + more);
    this.octets += more;
  }

  /** The call is over, and one of those to compare. */
  call(call: Call): void {
    this.calls++;
    this.messages += call.messages - call.duplicates;
  }

  /** The user of the Request-URI of its first request. */
  requestUser(call: Call): string {
    return this.users.get(call.id) ?? '';
  }

  /** Its messages are not needed any more. */
  release(call: Call): void {
    this.octets -= Math.max(0, this.kept.get(call.id) ?? 0);
    this.kept.delete(call.id);
    this.users.delete(call.id);
  }

  /** Whether it began before this capture did, or after it had ended. */
  isBeside({ start }: Call): boolean {
    if (this.first === null || this.last === null) return false;
    return compareTimestamps(start, this.first) < 0 || compareTimestamps(start, this.last) > 0;
  }
}
