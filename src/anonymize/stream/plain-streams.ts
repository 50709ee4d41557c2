// Streams whose messages were unwrapped, of TLS or of a WebSocket, and are written down plain: one behind the other, each within the
// segments that carried it.
import type { DraftPart } from '../packet/packet-draft.ts';

export class PlainStreams {
  /** Of each stream where the last message ends; the one used last is last. */
  private readonly ends = new Map<string, number>();

  has(key: string): boolean {
    return this.ends.has(key);
  }

  /** Where a message of so many octets goes that these segments carried; null when it does not fit into them. */
  place(parts: readonly DraftPart[], length: number): number | null {
    const segments = parts.filter(({ kind }) => kind === 'segment');
    if (segments.length === 0 || segments.length < parts.length) return null;
    const [{ key, position: origin }] = segments;
    // Relative to the first of them: positions wrap.
    let first = 0;
    let last = 0;
    for (const { position, original } of segments) {
      const from = (position - origin) | 0;
      first = Math.min(first, from);
      last = Math.max(last, from + original.length);
    }
    const end = this.ends.get(key);
    const start = end === undefined ? first : Math.max(first, (end - origin) | 0);
    if (start + length > last) return null;
    this.ends.delete(key);
    this.ends.set(key, (origin + start + length) | 0);
    if (this.ends.size > MOST_STREAMS) this.forgetOldest();
    return (origin + start) | 0;
  }

  private forgetOldest(): void {
    for (const key of this.ends.keys()) {
      this.ends.delete(key);
      return;
    }
  }
}

const MOST_STREAMS = 65_536;
