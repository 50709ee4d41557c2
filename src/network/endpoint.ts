// A transport address, interned: the same address and port is the same object, so that endpoints compare by identity.

export interface Endpoint {
  /** `192.0.2.1` or `2001:db8::1` (RFC 5952 form, no brackets). */
  readonly ip: string;
  readonly port: number;
  /** `192.0.2.1:5060` or `[2001:db8::1]:5060`. */
  readonly text: string;
  /** 4 or 6. */
  readonly version: 4 | 6;
  /** SIP over UDP was sent from or to it; the network stage notes it for keep-alives. */
  speaksSip?: boolean;
  /** What the thread that reads captures calls it; -1 as long as it has no need to. */
  number?: number;
}
