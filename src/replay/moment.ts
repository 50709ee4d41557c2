// A moment of the recording and milliseconds since → the moment then, to the nanosecond.
import type { Timestamp } from '../capture/timestamp.ts';

export function later({ seconds, nanoseconds }: Timestamp, milliseconds: number): Timestamp {
  const total = nanoseconds + Math.round(milliseconds * 1e6);
  return { seconds: seconds + Math.floor(total / 1e9), nanoseconds: total % 1e9 };
}
