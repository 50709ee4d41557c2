// What the sets gave → one report, the worst first.

import type { AuditFinding } from './audit-finding.ts';
import type { Coverage, Damage, NotChecked } from './coverage.ts';
import { worstFirst } from './found-list.ts';
import type { IgnoredCount } from './ignored.ts';
import { PackedEntries } from './packed-list.ts';
import type { Report } from './report.ts';
import type { SetOutcome } from './set-audit.ts';
import { SummaryCount } from './summary-count.ts';

export interface ReportFacts {
  /** Of sipspect. */
  readonly version: string;
  /** What the audit knew of the SBC, in words. */
  readonly policy: string;
  /** Ids of the rules that were not chosen. */
  readonly left: readonly string[];
}

export function joinReport(outcomes: readonly SetOutcome[], { version, policy, left }: ReportFacts): Report {
  const count = new SummaryCount();
  for (const { counts } of outcomes) count.addCounts(counts);
  const { error, warning, info, rules, peers } = count.counts();
  const groups = worstFirst(outcomes);
  const findings = new PackedEntries<AuditFinding>(groups.map(({ packed }) => packed));
  const total = error + warning + info;
  return {
    v: 1,
    version,
    sets: outcomes.map(({ set, captures }) => ({ set, captures })),
    findings,
    calls: new PackedEntries(outcomes.map(({ calls }) => calls)),
    legs: {
      pairs: new PackedEntries(outcomes.map(({ legs }) => legs.pairs)),
      unpaired: new PackedEntries(outcomes.map(({ legs }) => legs.unpaired)),
      unlisted: sum(outcomes, ({ legs }) => legs.unlisted),
    },
    coverage: joinCoverage(outcomes, left),
    summary: {
      findings: total,
      unlisted: total - findings.length,
      ...{ error, warning, info, rules, peers },
      ignored: joinIgnored(outcomes),
      known: sum(outcomes, ({ known }) => known),
      below: sum(outcomes, ({ below }) => below),
      policy,
      learnt: [...new Set(outcomes.flatMap(({ learnt }) => learnt))],
    },
  };
}

function joinCoverage(outcomes: readonly SetOutcome[], left: readonly string[]): Coverage {
  const all = outcomes.map(({ coverage }) => coverage);
  const notChecked = new Map<string, NotChecked>();
  const damage = new Map<string, Damage>();
  const unread = new Map<string, Coverage['unread'][number]>();
  for (const one of all) {
    for (const each of one.notChecked) addCount(notChecked, `${each.rule}\n${each.reason}`, each);
    for (const each of one.damage) addCount(damage, each.code, each);
    for (const each of one.unread) {
      const packets = each.packets + (unread.get(each.outcome)?.packets ?? 0);
      unread.set(each.outcome, { ...each, packets });
    }
  }
  return {
    rules: all[0]?.rules ?? [],
    left: [...(all[0]?.left ?? []), ...left],
    packets: sum(all, ({ packets }) => packets),
    messages: sum(all, ({ messages }) => messages),
    calls: sum(all, ({ calls }) => calls),
    partialCalls: sum(all, ({ partialCalls }) => partialCalls),
    crossings: sum(all, ({ crossings }) => crossings),
    notChecked: [...notChecked.values()],
    unread: [...unread.values()],
    damage: [...damage.values()],
    failures: [
      ...new Map(
        all.flatMap(({ failures }) => failures).map((one) => [`${one.rule}\n${one.error}`, one]),
      ).values(),
    ],
  };
}

/** Every set has the same entries, in the same order. */
function joinIgnored(outcomes: readonly SetOutcome[]): IgnoredCount[] {
  const [first] = outcomes;
  return (first?.ignored ?? []).map((entry, index) => {
    return { ...entry, count: sum(outcomes, ({ ignored }) => ignored[index]!.count) };
  });
}

function addCount<Item extends { readonly count: number }>(
  map: Map<string, Item>,
  key: string,
  item: Item,
): void {
  map.set(key, { ...item, count: item.count + (map.get(key)?.count ?? 0) });
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
