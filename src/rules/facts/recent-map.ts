// A map of so many entries at most: the one that was put in first goes. To look for it anew each time would step over all that
// went before it.

export class RecentMap<Key, Value> extends Map<Key, Value> {
  private readonly most: number;
  /** Stands behind the last that went: what it gives next is the oldest. */
  private readonly oldest: Iterator<Key>;

  constructor(most: number) {
    super();
    this.most = most;
    this.oldest = this.keys();
  }

  /** What is there already keeps its place; `delete` it first to have it go last. */
  override set(key: Key, value: Value): this {
    super.set(key, value);
    if (this.size > this.most) this.delete(this.oldest.next().value!);
    return this;
  }
}
