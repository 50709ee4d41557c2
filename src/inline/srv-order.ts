// SRV records → the order in which they are to be tried (RFC 2782): by priority, and within one by lot, weighted.

export interface SrvRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** `random`: from 0 up to, not with, 1. */
export function srvOrder(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const ordered: SrvRecord[] = [];
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((a, b) => a - b);
  for (const priority of priorities) {
    // Those of weight 0 first: they are drawn only when the lot is 0.
    const left = records
      .filter((record) => record.priority === priority)
      .sort((a, b) => Math.sign(a.weight) - Math.sign(b.weight));
    while (left.length > 0) {
      const sum = left.reduce((total, { weight }) => total + weight, 0);
      const lot = Math.floor(random() * (sum + 1));
      let running = 0;
      const drawn = left.findIndex(({ weight }) => {
        running += weight;
        return running >= lot;
      });
      ordered.push(...left.splice(Math.max(drawn, 0), 1));
    }
  }
  return ordered;
}
