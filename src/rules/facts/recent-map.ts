// A map of so many entries at most: the one that was put in first goes. To look for it anew each time would step over all that
// went before it.

export class RecentMap<Key, Value> extends Map<Key, Value> {
  private readonly most: number;
  private readonly onGone: ((value: Value) => void) | undefined;
  /** Stands behind the last that went: what it gives next is the oldest. An iterator keeps every table the map outgrew meanwhile. */
  private oldest: Iterator<Key> | null = null;

  /** `onGone` is told of what had to go. */
  constructor(most: number, onGone?: (value: Value) => void) {
    super();
    this.most = most;
    this.onGone = onGone;
  }

  /** What is there already keeps its place; `delete` it first to have it go last. */
  override set(key: Key, value: Value): this {
    super.set(key, value);
    if (this.size > this.most) {
      this.oldest ??= this.keys();
      this.forget(this.oldest.next().value!);
    }
    return this;
  }

  private forget(key: Key): void {
    const value = this.get(key)!;
    this.delete(key);
    this.onGone?.(value);
  }
}
