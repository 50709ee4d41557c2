// A report as JUnit XML, for what shows test results: a suite for each rule and set of captures, a case for each finding. What the
// audit fails on is a failure, the rest a case that passed with a note; a rule that found nothing has one case that passed.

import { isAtLeast } from '../../capture/severity.ts';
import { printable } from '../../ladder/printable.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditedSet, Report } from '../report.ts';
import { setName } from '../set-name.ts';
import type { FormatOptions } from './report-format.ts';

export function* reportJunit(report: Report, { failOn }: FormatOptions): Generator<string> {
  const { sets, coverage } = report;
  // They come by severity, and go by set and rule.
  const findings = [...report.findings];
  const fails = ({ severity }: AuditFinding): boolean => failOn !== 'never' && isAtLeast(severity, failOn);
  const byPlace = Map.groupBy(findings, ({ set, rule }) => `${set} ${rule}`);
  const quiet = sets.length * coverage.rules.length - byPlace.size;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="sipspect audit" ${counts(findings.length + quiet, findings.filter(fails).length)}>\n`;
  for (const set of sets) {
    for (const rule of coverage.rules) {
      yield* suite(set, rule, byPlace.get(`${set.set} ${rule}`) ?? [], fails);
    }
  }
  yield '</testsuites>\n';
}

function* suite(
  set: AuditedSet,
  rule: string,
  findings: readonly AuditFinding[],
  fails: (finding: AuditFinding) => boolean,
): Generator<string> {
  const name = attribute(setName(set));
  const total = Math.max(findings.length, 1);
  yield `  <testsuite name="${attribute(rule)}" package="${name}" ${counts(total, findings.filter(fails).length)}>\n`;
  if (findings.length === 0) yield `    <testcase classname="${attribute(rule)}" name="no findings"/>\n`;
  for (const finding of findings) {
    yield `    <testcase classname="${attribute(rule)}" name="${attribute(place(finding))}">\n`;
    if (fails(finding))
      yield `      <failure type="${finding.severity}" message="${attribute(finding.message)}">${text(details(finding))}</failure>\n`;
    else
      yield `      <system-out>${text(`${finding.severity}: ${finding.message}\n${details(finding)}`)}</system-out>\n`;
    yield '    </testcase>\n';
  }
  yield '  </testsuite>\n';
}

function counts(tests: number, failures: number): string {
  return `tests="${tests}" failures="${failures}" errors="0" skipped="0"`;
}

/** `call 3, packet 12, from 192.0.2.1:5060`. */
function place({ call, frames, peer }: AuditFinding): string {
  const parts = [
    ...(call === null ? [] : [`call ${call.id}`]),
    ...(frames.length === 0 ? [] : [`${frames.length === 1 ? 'packet' : 'packets'} ${frames.join(', ')}`]),
    ...(peer === '' ? [] : [`from ${peer}`]),
  ];
  return parts.length === 0 ? 'whole capture' : parts.join(', ');
}

function details({ call, evidence, fix, sources, fingerprint }: AuditFinding): string {
  return [
    ...(call === null ? [] : [`Call-ID: ${call.callId}`]),
    ...evidence.map(({ frame, name, value }) => `packet ${frame}: ${name === '' ? '' : `${name} `}${value}`),
    ...(fix === '' ? [] : [`Fix: ${fix}`]),
    ...(sources.length === 0 ? [] : [`Sources: ${sources.join(', ')}`]),
    `Fingerprint: ${fingerprint}`,
  ].join('\n');
}

/** XML 1.0 §2.2: control characters have no place in it, not even as references; they are spelled out. */
function text(value: string): string {
  return value
    .split('\n')
    .map((line) => printable(line))
    .join('\n')
    .replace(/[&<>]/g, reference);
}

function attribute(value: string): string {
  return printable(value).replace(/[&<>"]/g, reference);
}

function reference(character: string): string {
  return REFERENCES[character]!;
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
