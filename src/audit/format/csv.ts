// Findings as comma-separated values (RFC 4180): a header line, a line a finding, CRLF. A value that a spreadsheet would take for a
// formula gets an apostrophe before it.
import { printable } from '../../ladder/printable.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { Report } from '../report.ts';
import { setName } from '../set-name.ts';

export function* reportCsv({ findings, sets }: Report): Generator<string> {
  const names = new Map(sets.map((set) => [set.set, setName(set)]));
  yield line(COLUMNS.map(([title]) => title));
  for (const finding of findings)
    yield line(COLUMNS.map(([, value]) => value(finding, names.get(finding.set) ?? '')));
}

function line(values: readonly (string | number)[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = printable(value);
  // Spaces before it do not keep a spreadsheet from taking it for a formula.
  const safe = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const COLUMNS: readonly (readonly [string, (finding: AuditFinding, capture: string) => string | number])[] = [
  ['severity', ({ severity }) => severity],
  ['rule', ({ rule }) => rule],
  ['message', ({ message }) => message],
  ['peer', ({ peer }) => peer],
  ['user_agent', ({ userAgent }) => userAgent],
  ['capture', (_, capture) => capture],
  ['frames', ({ frames }) => frames.join(' ')],
  ['time', ({ time }) => time],
  ['call', ({ call }) => call?.id ?? ''],
  ['call_id', ({ call }) => call?.callId ?? ''],
  ['confidence', ({ confidence }) => confidence],
  ['count', ({ count }) => count],
  [
    'evidence',
    ({ evidence }) =>
      evidence
        .map(({ frame, name, value }) => `${frame}: ${name === '' ? '' : `${name} `}${value}`)
        .join('; '),
  ],
  ['fix', ({ fix }) => fix],
  ['sources', ({ sources }) => sources.join('; ')],
  ['tags', ({ tags }) => tags.join(' ')],
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['places', ({ places }) => places.map(({ capture, frame }) => `${capture}:${frame}`).join(' ')],
];
