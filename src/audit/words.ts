// What a report says in words, for the formats that people read.
import type { Severity } from '../capture/diagnostic.ts';
import { SEVERITIES } from '../capture/severity.ts';
import type { Report } from './report.ts';

/** `2 errors, 1 warning in 12 calls, 140 messages; 91 rules`. */
export function headline({ summary, coverage }: Report): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const count = summary[severity];
    return count === 0 ? [] : [plural(count, SEVERITY_WORD[severity])];
  });
  const found = parts.length === 0 ? 'No findings' : parts.join(', ');
  const where = `${plural(coverage.calls, 'call')}, ${plural(coverage.messages, 'message')}`;
  return `${found} in ${where}; ${plural(coverage.rules.length, 'rule')}`;
}

/** What was left out, not judged, or not known. */
export function notesOf({ summary, coverage }: Report): string[] {
  const { partialCalls } = coverage;
  const notes: (string | false)[] = [
    summary.unlisted > 0 && `${plural(summary.unlisted, 'more finding')} counted and not listed.`,
    summary.known > 0 && `${plural(summary.known, 'finding')} left out: the baseline has them.`,
    summary.below > 0 && `${plural(summary.below, 'finding')} left out: less than --min-severity.`,
    ...summary.ignored.map(({ rule, reason, until, expired, count }) => {
      if (expired) return `Ignoring ${rule} (${reason}) ended with ${until}.`;
      return count > 0 && `${plural(count, 'finding')} of ${rule} ignored: ${reason}`;
    }),
    partialCalls > 0 &&
      `${plural(partialCalls, 'call')} began before the capture and ${partialCalls === 1 ? 'was' : 'were'} judged in part.`,
    ...coverage.notChecked.map(
      ({ rule, reason, count }) => `Not checked by ${rule}: ${reason} (${plural(count, 'time')})`,
    ),
    ...coverage.unread.map(
      ({ outcome, packets, why }) => `${plural(packets, 'packet')} not read, ${outcome}: ${why}`,
    ),
    ...coverage.failures.map(({ rule, error }) => `The rule ${rule} failed: ${error}`),
    summary.policy,
    ...learntLines(summary.learnt),
  ];
  return notes.filter((note): note is string => typeof note === 'string' && note !== '');
}

function learntLines(learnt: readonly string[]): string[] {
  const lines = learnt.slice(0, LEARNT).map((line) => `Learnt: ${line}`);
  const more = learnt.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more: sipspect policy infer writes them as a policy.`] : lines;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A whole number with commas: `12,345`. Not toLocaleString(): its first call takes as long as Node takes to start. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** What one finding of it is called. */
export const SEVERITY_WORD: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'remark',
};
const LEARNT = 12;
