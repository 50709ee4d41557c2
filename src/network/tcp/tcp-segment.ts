// One TCP segment being looked at; one object is filled again for each.

export class TcpSegment {
  seq = 0;
  data: Buffer = Buffer.alloc(0);
  /** Its payload. */
  from = 0;
  to = 0;
  /** Octets of the payload that the capture cut off. */
  missing = 0;
  frame = 0;
  frames: readonly number[] | null = null;
  seconds = 0;
  nanoseconds = 0;
  ipId = 0;
  checksum = 0;
  acknowledgment = 0;
}
