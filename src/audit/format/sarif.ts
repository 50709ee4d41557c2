// A report as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format): one run, a rule descriptor for each rule that ran,
// a result for each finding with the capture as artifact, call and packets as logical locations.

import type { Severity } from '../../capture/diagnostic.ts';
import { spellOut } from '../../dialog/record/json-text.ts';
import { sourceText } from '../../rules/finding-maker.ts';
import type { RuleMeta } from '../../rules/rule.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { Report } from '../report.ts';
import type { FormatOptions } from './report-format.ts';

export function* reportSarif(report: Report, { rules }: FormatOptions): Generator<string> {
  const { sets, findings, coverage, summary, version } = report;
  const captures = sets.flatMap(({ set, captures }) => captures.map((capture) => ({ set, ...capture })));
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const tool = {
    driver: { name: 'sipspect', version, semanticVersion: version, rules: rules.map(descriptor) },
  };
  const artifacts = captures.map(({ path, octets }) => ({
    location: { uri: uriOf(path) },
    length: octets,
    roles: ['analysisTarget'],
  }));
  const unreadable = captures.filter(({ error }) => error !== '');
  const invocation = {
    executionSuccessful: unreadable.length < captures.length,
    toolExecutionNotifications: unreadable.map(({ path, error }) => ({
      level: 'error',
      message: { text: `${path}: ${error}` },
    })),
  };
  yield `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[{"tool":${text(tool)},\n`;
  yield `"invocations":[${text(invocation)}],\n"artifacts":${text(artifacts)},\n"results":[`;
  let between = '\n';
  for (const finding of findings) {
    const artifactOf = (path?: string): object => {
      const at = captures.findIndex((one) => one.set === finding.set && (path ?? one.path) === one.path);
      return { uri: artifacts[at]!.location.uri, index: at };
    };
    yield `${between}${text(result(finding, artifactOf, ruleIndex.get(finding.rule)))}`;
    between = ',\n';
  }
  yield `\n],\n"columnKind":"utf16CodeUnits","properties":${text({ coverage, summary })}}]}\n`;
}

function descriptor(meta: RuleMeta): object {
  const { id, severity, scope, tier, summary, why, fix, sources, messages } = meta;
  const clauses = sources.map(sourceText);
  const help = [why, fix, clauses.length === 0 ? '' : `Sources: ${clauses.join(', ')}.`].filter(
    (one) => one !== '',
  );
  return {
    id,
    name: id.replace(/[^a-z\d]+([a-z\d])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: [summary, why].join(' ').trim() },
    help: { text: help.length === 0 ? summary : help.join('\n\n') },
    messageStrings: Object.fromEntries(
      Object.entries(messages).map(([key, one]) => [key, { text: numbered(one) }]),
    ),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['sip', id.slice(0, id.indexOf('/'))], scope, tier, sources: clauses },
  };
}

/** §3.11.5: placeholders are numbers. */
function numbered(message: string): string {
  let next = 0;
  return message.replace(/\{\w+\}/g, () => `{${next++}}`);
}

function result(
  finding: AuditFinding,
  artifactOf: (path?: string) => object,
  ruleIndex: number | undefined,
): object {
  const { rule, severity, message, call, frames, peer, evidence, fingerprint, confidence, count } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity],
    // §3.11.5: braces that are no placeholder are doubled.
    message: { text: message.replace(/[{}]/g, '$&$&') },
    ...locationsOf(finding, artifactOf),
    occurrenceCount: count,
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    // §3.27.25: from 0 to 100.
    rank: Math.round(confidence * 100),
    properties: {
      ...{ peer, frames, evidence, confidence },
      ...{
        userAgent: finding.userAgent,
        time: finding.time,
        callId: call?.callId ?? null,
        legs: finding.legs,
      },
      ...{ fix: finding.fix, sources: finding.sources, tags: finding.tags },
    },
  };
}

/** §3.27.12: where the guilty message is; §3.27.22: of several captures the others, where the rest of what proves it is. */
function locationsOf({ call, frames, places }: AuditFinding, artifactOf: (path?: string) => object): object {
  if (places.length === 0) return { locations: [location(artifactOf(), call, frames)] };
  const own = new Map<string, number[]>();
  for (const { capture, frame } of places) own.set(capture, [...(own.get(capture) ?? []), frame]);
  const [first, ...others] = [...own].map(([path, frames]) => location(artifactOf(path), call, frames));
  return { locations: [first], ...(others.length > 0 && { relatedLocations: others }) };
}

/** §3.33: the call, then its packets. */
function location(artifactLocation: object, call: AuditFinding['call'], frames: readonly number[]): object {
  const packets = frames.map((frame) => ({
    name: `packet ${frame}`,
    fullyQualifiedName: call === null ? `packet ${frame}` : `${call.callId}/packet ${frame}`,
    kind: 'packet',
  }));
  const calls = call === null ? [] : [{ name: call.callId, fullyQualifiedName: call.callId, kind: 'call' }];
  return { physicalLocation: { artifactLocation }, logicalLocations: [...calls, ...packets] };
}

/** RFC 3986 §4.2: a relative reference; an absolute path is a file URI. */
function uriOf(path: string): string {
  const parts = path.toWellFormed().replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  if (parts.startsWith('/')) return `file://${parts}`;
  return /^[^/]*:/.test(parts) ? `./${parts}` : parts;
}

function text(value: unknown): string {
  return spellOut(JSON.stringify(value));
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const FINGERPRINT = 'sipspect/v1';
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
