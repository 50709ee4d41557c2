// Packet numbers of many calls in one array: a call has a place and a count.

export class FramePool {
  private words = new Uint32Array(1 << 12);
  private used = 0;

  /** The place of these numbers. */
  add(frames: readonly number[]): number {
    if (this.used + frames.length + 1 > this.words.length) {
      const more = new Uint32Array(Math.max(this.words.length * 2, this.used + frames.length + 1));
      more.set(this.words.subarray(0, this.used));
      this.words = more;
    }
    const place = this.used;
    this.words[this.used++] = frames.length;
    this.words.set(frames, this.used);
    this.used += frames.length;
    return place;
  }

  at(place: number): number[] {
    return Array.from(this.words.subarray(place + 1, place + 1 + this.words[place]!));
  }
}
