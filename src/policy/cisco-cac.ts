// The modes below `cac-policy-set N`, and what the tables of the active set come to: entries of a policy.
//
// Command Reference: cac-policy-set, cac-table, cac-scope, caller-privacy, callee-privacy, action (CAC), complete (sbcu_a1);
// match-value, max-… (sbcu_h1). Template: `cac-table NAME`, `entry N`, `match-value X`, `action cac-complete`, `complete`,
// `cac-policy-set global N`. first-cac-table, first-cac-scope and table-type as the project's task names them; their
// chapters could not be read. never, account-boundary and always: rules.md §16 Q21.

import type { NotUnderstoodLine } from './cisco-block.ts';
import { beyond, type Command, irrelevant, type Mode, type Verdict } from './cisco-command.ts';
import type { CiscoAdjacency, CiscoEntry, CiscoPolicySet, CiscoSbc, CiscoTable } from './cisco-sbc.ts';
import type { CacEntry, CacMatch, PrivacyMode } from './policy.ts';

export function policySetMode(set: CiscoPolicySet): Mode {
  return {
    what: `cac-policy-set ${set.id}`,
    commands: [
      {
        form: 'first-cac-table',
        apply: ([name], no) => {
          set.firstTable = no ? null : (name ?? null);
          return name === undefined && !no
            ? { reason: 'expected a table' }
            : { meaning: `begins with table ${name}` };
        },
      },
      {
        form: 'cac-table',
        opens: true,
        apply: ([name], no) => {
          if (name === undefined) return { reason: 'expected a name' };
          if (no) {
            set.tables.delete(name);
            return { meaning: `no table ${name}` };
          }
          const table = set.tables.get(name) ?? { name, criterion: null, entries: [] };
          set.tables.set(name, table);
          return { meaning: `CAC table ${name}`, enter: tableMode(table) };
        },
      },
      ...irrelevant('first-cac-scope', 'complete', 'description', 'averaging-period'),
    ],
  };
}

function tableMode(table: CiscoTable): Mode {
  return {
    what: `cac-table ${table.name}`,
    commands: [
      {
        form: 'table-type',
        apply: ([kind, ...criteria], no) => {
          if (no) return { reason: 'the type of a table cannot be taken away' };
          if (kind === 'policy-set') {
            table.criterion = null;
            return { meaning: 'its entries are for all calls' };
          }
          if (kind !== 'limit' || criteria.length !== 1)
            return { reason: 'expected policy-set, or limit and one criterion' };
          table.criterion = criteria[0] === 'all' ? null : criteria[0];
          if (table.criterion !== null && !CRITERIA.has(table.criterion))
            return { reason: `a policy cannot tell calls by ${table.criterion}` };
          return { meaning: `its entries match ${criteria[0]}` };
        },
      },
      {
        form: 'entry',
        opens: true,
        apply: ([name], no) => {
          if (name === undefined) return { reason: 'expected a number' };
          const at = table.entries.findIndex((one) => one.name === name);
          if (no) {
            if (at >= 0) table.entries.splice(at, 1);
            return { meaning: `no entry ${name}` };
          }
          const entry: CiscoEntry = table.entries[at] ?? {
            name,
            value: null,
            callerPrivacy: null,
            calleePrivacy: null,
            nextTable: null,
          };
          if (at < 0) table.entries.push(entry);
          return { meaning: `CAC entry ${name}`, enter: entryMode(entry) };
        },
      },
      ...irrelevant('complete', 'description'),
    ],
  };
}

function entryMode(entry: CiscoEntry): Mode {
  const privacy = (form: string, set: (mode: PrivacyMode | null) => void): Command => ({
    form,
    apply: ([value], no): Verdict => {
      if (!no && value !== 'never' && value !== 'account-boundary' && value !== 'always')
        return { reason: 'expected never, account-boundary or always' };
      set(no ? null : (value as PrivacyMode));
      return { meaning: `${form} ${no ? 'not said' : value}` };
    },
  });
  return {
    what: `entry ${entry.name}`,
    commands: [
      {
        form: 'match-value',
        apply: ([value], no) => {
          entry.value = no ? null : (value ?? null);
          return value === undefined && !no
            ? { reason: 'expected a value' }
            : { meaning: `for ${value ?? 'all'}` };
        },
      },
      privacy('caller-privacy', (mode) => {
        entry.callerPrivacy = mode;
      }),
      privacy('callee-privacy', (mode) => {
        entry.calleePrivacy = mode;
      }),
      { form: 'action cac-complete', apply: () => ({ meaning: 'admitted' }) },
      {
        form: 'action next-table',
        apply: ([table]) => {
          entry.nextTable = table ?? null;
          return table === undefined
            ? { reason: 'expected a table' }
            : { meaning: `goes on with table ${table}` };
        },
      },
      ...irrelevant(
        'cac-scope',
        'max-num-calls',
        'max-num-calls-per-scope',
        'max-call-rate',
        'max-call-rate-per-scope',
        'max-in-call-rate',
        'max-out-call-rate',
        'max-bandwidth',
        'max-bandwidth-per-scope',
        'max-channels',
        'max-channels-per-scope',
        'max-updates',
        'max-updates-per-scope',
        'max-regs',
        'max-regs-per-scope',
        'max-regs-rate',
        'max-regs-rate-per-scope',
        'codec-preference-list',
        'codec-restrict-to-list',
        'caller-codec-list',
        'callee-codec-list',
        'caller-sig-qos-profile',
        'caller-voice-qos-profile',
        'caller-video-qos-profile',
        'callee-sig-qos-profile',
        'callee-voice-qos-profile',
        'callee-video-qos-profile',
        'billing',
        'description',
      ),
      ...beyond(
        'a policy cannot say it: the entry is read without it',
        'action',
        'media-bypass-forbid',
        'transcode deny',
      ),
    ],
  };
}

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
  const entries: CacEntry[] = [];
  const first = set.firstTable ?? (set.tables.size === 1 ? [...set.tables.keys()][0] : null);
  if (first === null && set.tables.size > 0) problem(`cac-policy-set ${set.id}`, 'it has no first-cac-table');
  if (first !== null) walk(first, [ANY_CALL], []);
  const names = new Map<string, number>();
  return { entries: entries.map((entry) => ({ ...entry, name: unique(entry.name, names) })), problems };

  function walk(name: string, reached: readonly CacMatch[], path: readonly string[]): void {
    const table = set!.tables.get(name);
    if (table === undefined) problem(`cac-table ${name}`, 'it is not there');
    if (table === undefined || path.includes(name) || entries.length > MOST_ENTRIES) return;
    for (const entry of table.entries) {
      const matches = narrowed(reached, table.criterion, entry.value, sbc.adjacencies);
      if (matches.length === 0) {
        if (entry.callerPrivacy !== null || entry.calleePrivacy !== null)
          problem(`cac-table ${name} entry ${entry.name}`, 'a policy cannot say which calls it is for');
        continue;
      }
      // A later table is about fewer calls: what it says goes before.
      if (entry.nextTable !== null) walk(entry.nextTable, matches, [...path, name]);
      if (entry.callerPrivacy === null && entry.calleePrivacy === null) continue;
      for (const match of matches) {
        const missing = missingIn(match, sbc.adjacencies);
        if (missing !== undefined)
          problem(`cac-table ${name} entry ${entry.name}`, `no adjacency ${missing}`);
        else
          entries.push({
            name: `${name} ${entry.name}`,
            match,
            callerPrivacy: entry.callerPrivacy,
            calleePrivacy: entry.calleePrivacy,
          });
      }
    }
  }
}

/** What the match names and no adjacency is or has. */
function missingIn(match: CacMatch, adjacencies: ReadonlyMap<string, CiscoAdjacency>): string | undefined {
  for (const name of [match.adjacency, match.inboundAdjacency, match.outboundAdjacency])
    if (name !== null && !adjacencies.has(name)) return `is called ${name}`;
  const accounts = new Set([...adjacencies.values()].map(({ account }) => account));
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
  return reached.flatMap((match) =>
    values.flatMap((one) => (match[key] === null || match[key] === one ? [{ ...match, [key]: one }] : [])),
  );
}

function unique(name: string, taken: Map<string, number>): string {
  const times = (taken.get(name) ?? 0) + 1;
  taken.set(name, times);
  return times === 1 ? name : `${name} (${times})`;
}

const CRITERIA: ReadonlyMap<string, keyof CacMatch> = new Map([
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
const MOST_ENTRIES = 10_000;
