// Calls with their messages → what the rules find in them, as `audit` does over a whole capture.
import { rankOf } from '../../capture/severity.ts';
import type { Call } from '../../dialog/call.ts';
import type { LegPair } from '../../legs/pair.ts';
import { EMPTY_POLICY } from '../../policy/default-policy.ts';
import { CATALOGUE } from '../../rules/catalogue.ts';
import type { Finding } from '../../rules/finding.ts';
import { sourceText } from '../../rules/finding-maker.ts';
import { Judge } from '../../rules/judge.ts';

export function judged(calls: readonly Call[], pairs: readonly LegPair[]): Finding[] {
  const findings: Finding[] = [];
  const judge = new Judge({
    rules: CATALOGUE,
    policy: EMPTY_POLICY,
    onFinding: (finding) => findings.push(finding),
    onFailure: () => {},
  });
  for (const { call, event } of inOrder(calls)) judge.message(event.message, { ...event, call });
  for (const call of calls) judge.call(call);
  for (const pair of pairs) judge.pair(pair);
  judge.end();
  return findings.sort((a, b) => rankOf(a.severity) - rankOf(b.severity) || a.frames[0]! - b.frames[0]!);
}

function inOrder(calls: readonly Call[]) {
  return calls
    .flatMap((call) => (call.events ?? []).map((event) => ({ call, event })))
    .sort((a, b) => a.event.message.frame - b.event.message.frame);
}

/** The page of a rule in plain lines; undefined where there is no such rule. */
export function ruleText(id: string): string | undefined {
  const rule = CATALOGUE.find(({ meta }) => meta.id === id);
  if (rule === undefined) return undefined;
  const { summary, why, fix, severity, sources, messages } = rule.meta;
  return [
    `${id} (${severity})`,
    '',
    summary,
    '',
    ...[
      'Why',
      why,
      '',
      'What to do',
      fix,
      '',
      'Sources',
      ...sources.map((one) => `  ${sourceText(one)}`),
      '',
    ],
    ...['Findings', ...Object.values(messages).map((text) => `  ${text}`)],
  ].join('\n');
}
