// The findings of a set, packed as they are found: apart by severity and rule, so that a report can list the worst first without
// having all of them before it.
import type { Severity } from '../capture/diagnostic.ts';
import { rankOf } from '../capture/severity.ts';
import type { AuditFinding } from './audit-finding.ts';
import { type Packed, PackedEntries, PackedList } from './packed-list.ts';

/** Plain data: those of one severity and rule. Their keys say which finding of the set they are, from 0. */
export interface FoundGroup {
  readonly severity: Severity;
  readonly rule: string;
  readonly packed: Packed;
}

export class FoundList {
  length = 0;
  private readonly byKind = new Map<
    string,
    Omit<FoundGroup, 'packed'> & { list: PackedList<AuditFinding> }
  >();

  push(finding: AuditFinding): void {
    const { severity, rule } = finding;
    let group = this.byKind.get(`${severity} ${rule}`);
    if (group === undefined) {
      group = { severity, rule, list: new PackedList() };
      this.byKind.set(`${severity} ${rule}`, group);
    }
    group.list.push(finding, this.length++);
  }

  groups(): FoundGroup[] {
    return [...this.byKind.values()].map(({ severity, rule, list }) => {
      return { severity, rule, packed: list.packed() };
    });
  }
}

/** Of one set, in the order they were found. */
export function asFound(groups: readonly FoundGroup[]): PackedEntries<AuditFinding> {
  const length = groups.reduce((sum, { packed }) => sum + packed.length, 0);
  return new PackedEntries([{ length, batches: groups.flatMap(({ packed: { batches } }) => batches) }]);
}

/** Of several sets, the order of a report: by severity, then rule, then set; `index` is that of the set. */
export function worstFirst(
  sets: readonly { readonly findings: readonly FoundGroup[] }[],
): (FoundGroup & { readonly index: number })[] {
  const all = sets.flatMap(({ findings }, index) => findings.map((group) => ({ ...group, index })));
  return all.sort((a, b) => {
    return rankOf(a.severity) - rankOf(b.severity) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
  });
}
