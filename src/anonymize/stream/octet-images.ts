// What became of the octets of streams and of datagrams that came in pieces: written down by position, so that every packet that
// carries some of them, now or once more later, gets the same. Positions are 32 bits wide and wrap, as sequence numbers do.

export class OctetImages {
  /** The one used last is last. */
  private readonly images = new Map<string, Image>();
  private octets = 0;
  private readonly limits: ImageLimits;

  constructor(limits: ImageLimits = LIMITS) {
    this.limits = limits;
  }

  /** The octets are copied: those of a pool would keep all of it. */
  put(key: string, position: number, given: Buffer): void {
    const octets = Buffer.allocUnsafeSlow(given.length);
    given.copy(octets);
    const image = this.images.get(key) ?? { pieces: [], octets: 0 };
    this.images.delete(key);
    this.images.set(key, image);
    image.pieces.push({ position, octets });
    this.count(image, octets.length);
    while (image.pieces.length > 1 && image.octets > this.limits.octetsOfOne)
      this.count(image, -image.pieces.shift()!.octets.length);
    while (this.octets > this.limits.octets || this.images.size > this.limits.images) this.forgetOldest();
  }

  has(key: string): boolean {
    return this.images.has(key);
  }

  /** Writes what is known of the `length` octets from `position` on to `to[at]`: of the same octets what was put last. */
  fill(key: string, position: number, length: number, to: Buffer, at: number): void {
    for (const piece of this.images.get(key)?.pieces ?? []) {
      const offset = (piece.position - position) | 0;
      const from = Math.max(0, offset);
      const end = Math.min(length, offset + piece.octets.length);
      if (from < end) piece.octets.copy(to, at + from, from - offset, end - offset);
    }
  }

  private forgetOldest(): void {
    for (const [key, image] of this.images) {
      this.octets -= image.octets;
      this.images.delete(key);
      return;
    }
  }

  private count(image: Image, octets: number): void {
    image.octets += octets;
    this.octets += octets;
  }
}

export interface ImageLimits {
  readonly images: number;
  /** Of all, and of each: the latest are kept. */
  readonly octets: number;
  readonly octetsOfOne: number;
}

interface Image {
  readonly pieces: { readonly position: number; readonly octets: Buffer }[];
  octets: number;
}

const LIMITS: ImageLimits = { images: 65_536, octets: 16 << 20, octetsOfOne: 256 << 10 };
