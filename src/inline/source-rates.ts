// How much each source address may send: a token bucket each. Two generations, so that addresses that are made up cannot fill the
// memory: who was forgotten begins with a full bucket.

export interface Source {
  readonly ip: string;
  /** An adjacency has it. */
  readonly isKnown: boolean;
  /** Messages a second, and at once. */
  readonly rate: number;
  /** Below zero on streams, whose octets are here before they can be told apart. */
  tokens: number;
  at: number;
}

export class SourceRates {
  private young = new Map<string, Source>();
  private old = new Map<string, Source>();
  private readonly half: number;

  constructor(capacity: number = CAPACITY) {
    this.half = Math.max(1, capacity >>> 1);
  }

  get size(): number {
    return this.young.size + this.old.size;
  }

  source(ip: string, isKnown: boolean, rate: number, now: number): Source {
    const key = isKnown ? ip : `? ${ip}`;
    let source = this.young.get(key);
    if (source !== undefined) return source;
    source = this.old.get(key) ?? { ip, isKnown, rate, tokens: rate, at: now };
    if (this.young.size >= this.half) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, source);
    return source;
  }
}

/** One message more; false: too many. With `owing` it counts all the same. */
export function take(source: Source, now: number, owing: boolean): boolean {
  refill(source, now);
  if (source.tokens < 1) {
    if (owing) source.tokens--;
    return false;
  }
  source.tokens--;
  return true;
}

export function isEmpty(source: Source, now: number): boolean {
  refill(source, now);
  return source.tokens < 1;
}

function refill(source: Source, now: number): void {
  source.tokens = Math.min(source.rate, source.tokens + ((now - source.at) * source.rate) / 1000);
  source.at = now;
}

const CAPACITY = 1 << 17;
