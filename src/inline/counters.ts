// What happened how often, for metrics and the summary: a name and one label. Labels may come from the wire: of each name only
// so many are told apart.

export class Counters {
  private readonly counts = new Map<string, Map<string, number>>();

  add(name: string, label = '', by = 1): void {
    let labels = this.counts.get(name);
    if (labels === undefined) {
      labels = new Map();
      this.counts.set(name, labels);
    }
    const count = labels.get(label);
    if (count !== undefined || labels.size < MOST_LABELS) labels.set(label, (count ?? 0) + by);
    else labels.set(OTHER, (labels.get(OTHER) ?? 0) + by);
  }

  /** The count under a label; without one that of all labels together. */
  of(name: string, label?: string): number {
    const labels = this.counts.get(name);
    if (labels === undefined) return 0;
    if (label !== undefined) return labels.get(label) ?? 0;
    let sum = 0;
    for (const count of labels.values()) sum += count;
    return sum;
  }

  /** In the order of their first occurrence. */
  labels(name: string): readonly (readonly [label: string, count: number])[] {
    return [...(this.counts.get(name) ?? [])];
  }
}

const MOST_LABELS = 100;
const OTHER = 'other';
