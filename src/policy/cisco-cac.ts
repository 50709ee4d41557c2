// The modes below `cac-policy-set N`.
//
// Command Reference: cac-policy-set, cac-table, cac-scope, caller-privacy, callee-privacy, action (CAC), complete (sbcu_a1);
// match-value, max-… (sbcu_h1). Template: `cac-table NAME`, `entry N`, `match-value X`, `action cac-complete`, `complete`,
// `cac-policy-set global N`. first-cac-table, first-cac-scope, table-type and next-table: their
// chapters could not be read. never, account-boundary and always: rules.md §16 Q21.

import { CRITERIA } from './cisco-cac-entries.ts';
import {
  beyond,
  type Command,
  irrelevant,
  MOST,
  type Mode,
  TOO_MANY,
  type Verdict,
} from './cisco-command.ts';
import type { CiscoEntry, CiscoPolicySet, CiscoTable } from './cisco-sbc.ts';
import type { PrivacyMode } from './policy.ts';

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
          if (set.tables.size >= MOST) return TOO_MANY;
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
          if (table.entries.length >= MOST) return TOO_MANY;
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
