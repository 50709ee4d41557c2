// A rule's report → a finding: phrased, graded, with its sources; the same said twice in a call becomes one.
import type { Severity } from '../capture/diagnostic.ts';
import { formatTimestamp } from '../capture/timestamp.ts';
import type { Call } from '../dialog/call.ts';
import { HEADER } from '../sip/header/header-names.ts';
import { type Evidence, MAX_EVIDENCE, startLineEvidence } from './evidence.ts';
import type { MessageFacts } from './facts/message-facts.ts';
import type { Finding, FindingLeg } from './finding.ts';
import type { Report, Rule, RuleMeta } from './rule.ts';

/** A finding, with the calls it is about: the guilty message's first, then those of both sides. */
export interface Found {
  readonly finding: Finding;
  readonly calls: readonly Call[];
}

/** Collects the reports about one call (or crossing, or the whole capture) and hands them on as findings. */
export class FindingMaker {
  private byText = new Map<string, Found & { finding: { frames: number[]; count: number } }>();

  add(rule: Rule, report: Report): void {
    const { meta } = rule;
    const messages = Array.isArray(report.at)
      ? (report.at as readonly MessageFacts[])
      : [report.at as MessageFacts];
    const text = phrase(meta, report.message, report.data ?? {});
    const key = `${meta.id}\n${report.message}\n${text}`;
    const frames = [...new Set([...messages.map(({ frame }) => frame), ...(report.frames ?? [])])];
    const before = this.byText.get(key)?.finding;
    if (before !== undefined) {
      // Guard G6: seen again at the next hop, or in the answer that repeats it.
      before.count++;
      for (const frame of frames) {
        if (before.frames.length < MAX_FRAMES && !before.frames.includes(frame)) before.frames.push(frame);
      }
      return;
    }
    const guilty = messages[0];
    const { crossing } = report;
    const weak = crossing !== undefined && crossing.confidence < SURE;
    const severity = report.severity ?? meta.severity;
    const finding = {
      rule: meta.id,
      severity: weak ? LOWER[severity] : severity,
      confidence: round((report.confidence ?? 1) * (crossing?.confidence ?? 1)),
      call: guilty === undefined ? null : callOf(guilty),
      legs: legsOf(report, guilty),
      frames: frames.slice(0, MAX_FRAMES),
      time: timeOf(report, guilty),
      peer: report.peer ?? guilty?.sip.src.text ?? '',
      userAgent: guilty === undefined ? '' : userAgentOf(guilty),
      evidence: (report.evidence ?? proofOf(guilty)).slice(0, MAX_EVIDENCE),
      message: text,
      key: report.message,
      fix: meta.fix,
      sources: meta.sources.map(sourceText),
      tags: weak ? ['weak-correlation'] : [],
      count: 1,
    };
    this.byText.set(key, { finding, calls: callsOf(report, guilty) });
  }

  get waiting(): boolean {
    return this.byText.size > 0;
  }

  /** In the order they were reported; then it is empty. */
  take(): Found[] {
    const found = [...this.byText.values()];
    // A map that is cleared holds to a chain of its tables, each with calls that are over: until the engine looks at what is old.
    this.byText = new Map();
    return found;
  }
}

/** `RFC 3261 §9.1`, `Cisco IM §Privacy`. */
export function sourceText({ document, section }: RuleMeta['sources'][number]): string {
  return section === '' ? document : `${document} §${section}`;
}

function phrase(meta: RuleMeta, key: string, data: Readonly<Record<string, string | number>>): string {
  const text = meta.messages[key];
  if (text === undefined) throw new Error(`${meta.id} has no message ${key}`);
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = data[name];
    if (value === undefined) throw new Error(`${meta.id} ${key} lacks ${name}`);
    return excerpt(String(value));
  });
}

function excerpt(value: string): string {
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}… (${value.length} characters)`;
}

function callOf({ leg }: MessageFacts): Finding['call'] {
  const { id, callId, kind } = leg.call.call;
  return { id, callId, kind };
}

function callsOf({ crossing }: Report, guilty: MessageFacts | undefined): Call[] {
  const legs = [guilty?.leg, crossing?.a, crossing?.b];
  return [...new Set(legs.flatMap((leg) => leg?.call.call ?? []))];
}

function legsOf({ crossing }: Report, guilty: MessageFacts | undefined): FindingLeg[] {
  if (guilty === undefined) return [];
  const legs =
    crossing === undefined ? [guilty.leg] : crossing.b === null ? [crossing.a] : [crossing.a, crossing.b];
  return legs.map(({ leg }) => ({ callId: leg.call.callId, from: leg.from.text, to: leg.to.text }));
}

function timeOf({ time }: Report, guilty: MessageFacts | undefined): string {
  const seen = time ?? guilty?.sip;
  return seen === undefined ? '' : formatTimestamp(seen);
}

function userAgentOf({ sip }: MessageFacts): string {
  return (
    sip.value(sip.isRequest ? HEADER['User-Agent'] : HEADER.Server) ?? sip.value(HEADER['User-Agent']) ?? ''
  );
}

function proofOf(guilty: MessageFacts | undefined): Evidence[] {
  return guilty === undefined ? [] : [startLineEvidence(guilty)];
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}

/** rules.md §0: from here on a two-sided finding keeps its severity. */
const SURE = 0.7;
const LOWER: Readonly<Record<Severity, Severity>> = { error: 'warning', warning: 'info', info: 'info' };
const PLACEHOLDER = /\{(\w+)\}/g;
const MAX_FRAMES = 32;
/** Characters of one value in a text: values come from the wire. */
const LONGEST = 160;
