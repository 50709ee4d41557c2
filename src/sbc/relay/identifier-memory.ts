// A request that was challenged comes again with credentials, the same Call-ID and From tag, and CSeq one higher (RFC 3261
// §8.1.3.5, §22.2); a REGISTER is refreshed with the same Call-ID (§10.2). On the other side of the SBC it must look the
// same: what was given to it is remembered for a while. Bounded: the oldest go.

export interface GivenIdentifiers {
  readonly callId: string;
  readonly fromTag: string;
}

/** With what they are recalled by. */
export interface RememberedIdentifiers extends GivenIdentifiers {
  readonly key: string;
}

export class IdentifierMemory {
  private readonly given = new Map<string, GivenIdentifiers & { readonly until: number }>();

  /** `until` on the clock of the events. */
  remember({ key, callId, fromTag }: RememberedIdentifiers, until: number): void {
    this.given.delete(key);
    if (this.given.size >= CAPACITY) this.given.delete(this.given.keys().next().value ?? '');
    this.given.set(key, { callId, fromTag, until });
  }

  recall(key: string, now: number): GivenIdentifiers | undefined {
    const found = this.given.get(key);
    return found !== undefined && found.until >= now ? found : undefined;
  }
}

const CAPACITY = 65_536;
