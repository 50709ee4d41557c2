// The CAC tables of the active policy set → entries of a policy, in the order in which the tables are gone through.
import type { NotUnderstoodLine } from './cisco-block.ts';
import type { CiscoAdjacency, CiscoEntry, CiscoSbc } from './cisco-sbc.ts';
import type { CacEntry, CacMatch } from './policy.ts';

/** The entries of the active set that speak of privacy, in the order in which the tables are gone through. */
export function cacEntries(sbc: CiscoSbc): { entries: CacEntry[]; problems: NotUnderstoodLine[] } {
  const problems: NotUnderstoodLine[] = [];
  const problem = (text: string, reason: string): void => {
    problems.push({ line: 0, text, reason });
  };
  const id = sbc.activeSet ?? (sbc.policySets.size === 1 ? [...sbc.policySets.keys()][0] : null);
  const set = id === null ? undefined : sbc.policySets.get(id);
  if (id !== null && set === undefined) problem(`cac-policy-set ${id}`, 'it is active, and not there');
  for (const other of sbc.policySets.keys())
    if (other !== id) problem(`cac-policy-set ${other}`, 'it is not active: nothing of it is taken');
  if (set === undefined) return { entries: [], problems };
  const first = set.firstTable ?? (set.tables.size === 1 ? [...set.tables.keys()][0] : null);
  if (first === null && set.tables.size > 0) problem(`cac-policy-set ${set.id}`, 'it has no first-cac-table');
  const accounts = new Set([...sbc.adjacencies.values()].map(({ account }) => account));
  const entries: CacEntry[] = [];
  let steps = 0;
  if (first !== null) walk(first, [ANY_CALL], []);
  // Each entry may go on with another table: the ways through them can be more than anyone can go.
  if (steps > MOST_STEPS)
    problem(`cac-policy-set ${set.id}`, 'its tables were not all gone through: they lead too far');
  const names = new Map<string, number>();
  return { entries: entries.map((entry) => ({ ...entry, name: unique(entry.name, names) })), problems };

  function walk(name: string, reached: readonly CacMatch[], path: readonly string[]): void {
    const table = set!.tables.get(name);
    if (table === undefined) problem(`cac-table ${name}`, 'it is not there');
    if (table === undefined || path.includes(name)) return;
    if (path.length > MOST_IN_A_ROW) steps = MOST_STEPS;
    for (const entry of table.entries) {
      const matches = narrowed(reached, table.criterion, entry.value, sbc.adjacencies);
      steps += 1 + matches.length;
      if (steps > MOST_STEPS) return;
      const speaks = entry.callerPrivacy !== null || entry.calleePrivacy !== null;
      if (matches.length === 0 && (speaks || entry.nextTable !== null))
        problem(`cac-table ${name} entry ${entry.name}`, 'a policy cannot say which calls it is for');
      if (matches.length === 0) continue;
      // A later table is about fewer calls: what it says goes before.
      if (entry.nextTable !== null) walk(entry.nextTable, matches, [...path, name]);
      if (speaks) for (const match of matches) take(`${name} ${entry.name}`, entry, match);
    }
  }

  function take(name: string, { callerPrivacy, calleePrivacy }: CiscoEntry, match: CacMatch): void {
    const missing = missingIn(match, sbc.adjacencies, accounts);
    if (missing === undefined) entries.push({ name, match, callerPrivacy, calleePrivacy });
    else problem(`cac-table entry ${name}`, `no adjacency ${missing}`);
  }
}

/** What the match names and no adjacency is or has. */
function missingIn(
  match: CacMatch,
  adjacencies: ReadonlyMap<string, CiscoAdjacency>,
  accounts: ReadonlySet<string | null>,
): string | undefined {
  for (const name of [match.adjacency, match.inboundAdjacency, match.outboundAdjacency])
    if (name !== null && !adjacencies.has(name)) return `is called ${name}`;
  for (const account of [match.account, match.inboundAccount, match.outboundAccount])
    if (account !== null && !accounts.has(account)) return `has the account ${account}`;
  return undefined;
}

/** What calls satisfy the matches and the entry; none where a policy cannot say it. */
function narrowed(
  reached: readonly CacMatch[],
  criterion: string | null,
  value: string | null,
  adjacencies: ReadonlyMap<string, CiscoAdjacency>,
): CacMatch[] {
  if (criterion === null) return [...reached];
  const key = CRITERIA.get(criterion);
  if (key === undefined || value === null) return [];
  const values = criterion.endsWith('adj-group')
    ? [...adjacencies.values()].filter(({ group }) => group === value).map(({ name }) => name)
    : [criterion.endsWith('-prefix') ? `${value}*` : value];
  if (reached.length * values.length > MOST_MATCHES) return [];
  return reached.flatMap((match) =>
    values.flatMap((one) => (match[key] === null || match[key] === one ? [{ ...match, [key]: one }] : [])),
  );
}

function unique(name: string, taken: Map<string, number>): string {
  const times = (taken.get(name) ?? 0) + 1;
  taken.set(name, times);
  return times === 1 ? name : `${name} (${times})`;
}

const ANY_CALL: CacMatch = {
  adjacency: null,
  inboundAdjacency: null,
  outboundAdjacency: null,
  account: null,
  inboundAccount: null,
  outboundAccount: null,
  caller: null,
  callee: null,
};
const MOST_STEPS = 10_000;
const MOST_MATCHES = 1000;
const MOST_IN_A_ROW = 100;

/** What `table-type limit` compares `match-value` with, as far as a policy can. */
export const CRITERIA: ReadonlyMap<string, keyof CacMatch> = new Map([
  ['account', 'account'],
  ['src-account', 'inboundAccount'],
  ['dst-account', 'outboundAccount'],
  ['adjacency', 'adjacency'],
  ['src-adjacency', 'inboundAdjacency'],
  ['dst-adjacency', 'outboundAdjacency'],
  ['adj-group', 'adjacency'],
  ['src-adj-group', 'inboundAdjacency'],
  ['dst-adj-group', 'outboundAdjacency'],
  ['src-number', 'caller'],
  ['dst-number', 'callee'],
  ['src-prefix', 'caller'],
  ['dst-prefix', 'callee'],
]);
