// What was found of a message → how bad it is, by the scale of the audit.

import type { Severity } from '../capture/diagnostic.ts';
import { SEVERITIES } from '../capture/severity.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import type { Sent } from './matching.ts';
import type { MessageOutcome } from './message-outcome.ts';
import type { ScenarioOutcome } from './outcome.ts';

/** The worst of a call; null when all was as predicted, or is not judged. */
export function worstOf({ verdict, messages }: ScenarioOutcome<Sent>): Severity | null {
  if (verdict === 'not-judged') return null;
  const found = messages.flatMap(severitiesOf);
  return SEVERITIES.find((severity) => found.includes(severity)) ?? null;
}

/** A rule that is broken has its own severity; a message missing or extra is an error; another difference a warning. */
export function severitiesOf({ kind, differences, cosmetic, rule }: MessageOutcome<Sent>): Severity[] {
  if (kind === 'unseen') return [];
  if (kind !== 'pair') return [cosmetic !== null ? 'info' : severityOf(rule, 'error')];
  return differences.map((one) => (one.cosmetic !== null ? 'info' : severityOf(one.rule, 'warning')));
}

export function severityOf(rule: string | null, usual: Severity): Severity {
  if (rule === null) return usual;
  return CATALOGUE.find(({ meta }) => meta.id === rule)?.meta.severity ?? usual;
}
