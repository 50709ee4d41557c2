// The outcomes of a replay → what is told first: how many calls are as predicted, what differs most, and what was let pass.
import type { Severity } from '../capture/diagnostic.ts';
import type { Sent } from './matching.ts';
import { type MessageOutcome, matters } from './message-outcome.ts';
import type { ScenarioOutcome } from './outcome.ts';
import { severityOf } from './severity.ts';

export interface ReplaySummary {
  readonly asPredicted: number;
  readonly differs: number;
  readonly notJudged: number;
  readonly predicted: number;
  readonly recorded: number;
  readonly missing: number;
  readonly extra: number;
  /** What differs, the worst and the most frequent first. */
  readonly kinds: readonly Kind[];
  /** What was let pass, the most frequent first. */
  readonly cosmetic: readonly Cosmetic[];
}

export interface Kind {
  readonly severity: Severity;
  /** `INVITE: Contact`, `missing 180 (INVITE)`. */
  readonly what: string;
  readonly rule: string | null;
  readonly count: number;
  /** Number of the first call that has it. */
  readonly call: number;
}

export interface Cosmetic {
  readonly what: string;
  readonly reason: string;
  readonly count: number;
}

export function summaryOf(scenarios: readonly ScenarioOutcome<Sent>[]): ReplaySummary {
  const judged = scenarios.filter(({ verdict }) => verdict !== 'not-judged');
  const messages = judged.flatMap((one) => one.messages);
  const count = (kind: MessageOutcome['kind']): number =>
    messages.filter((one) => one.kind === kind && matters(one)).length;
  const verdicts = (verdict: string): number => scenarios.filter((one) => one.verdict === verdict).length;
  return {
    asPredicted: verdicts('as-predicted'),
    differs: verdicts('differs'),
    notJudged: verdicts('not-judged'),
    predicted: messages.filter(({ predicted }) => predicted !== null).length,
    recorded: messages.filter(({ recorded }) => recorded !== null).length,
    ...{ missing: count('missing'), extra: count('extra') },
    ...{ kinds: kindsOf(judged), cosmetic: cosmeticOf(messages) },
  };
}

/** `INVITE`, `200 (INVITE)`. */
export function messageName({ message }: Sent): string {
  return message.isRequest ? message.method : `${message.status} (${message.cseqMethod})`;
}

function kindsOf(scenarios: readonly ScenarioOutcome<Sent>[]): Kind[] {
  const kinds = new Map<string, Kind>();
  const add = (what: string, rule: string | null, usual: Severity, call: number): void => {
    const key = `${what} ${rule}`;
    const before = kinds.get(key);
    const severity = severityOf(rule, usual);
    kinds.set(
      key,
      before === undefined
        ? { severity, what, rule, count: 1, call }
        : { ...before, count: before.count + 1 },
    );
  };
  for (const { scenario, messages } of scenarios) {
    for (const one of messages) {
      if (!matters(one)) continue;
      const name = messageName((one.predicted ?? one.recorded)!);
      if (one.kind !== 'pair') add(`${one.kind} ${name}`, one.rule, 'error', scenario.id);
      for (const { part, name: header, cosmetic, rule } of one.differences) {
        if (cosmetic === null) add(`${name}: ${placeName(part, header)}`, rule, 'warning', scenario.id);
      }
    }
  }
  return [...kinds.values()].sort(
    (a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity) || b.count - a.count,
  );
}

/** `Contact`, `SDP c=`, `start line`. */
export function placeName(part: string, name: string): string {
  if (part === 'SDP') return `SDP ${name}=`;
  if (part === 'spelling') return `spelling of ${name}`;
  return part === 'header' ? name : part === 'header order' ? 'order of headers' : part;
}

function cosmeticOf(messages: readonly MessageOutcome<Sent>[]): Cosmetic[] {
  const found = new Map<string, Cosmetic>();
  const add = (what: string, reason: string): void => {
    const key = `${what} ${reason}`;
    found.set(key, { what, reason, count: (found.get(key)?.count ?? 0) + 1 });
  };
  for (const one of messages) {
    for (const { part, name, cosmetic } of one.differences)
      if (cosmetic !== null) add(placeName(part, name), cosmetic);
    if (one.kind === 'pair') continue;
    const what = one.kind === 'unseen' ? 'not compared' : messageName((one.predicted ?? one.recorded)!);
    if (one.cosmetic !== null) add(what, one.cosmetic);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

const RANK: readonly Severity[] = ['error', 'warning', 'info'];
