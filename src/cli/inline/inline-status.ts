// What `sipspect inline` says of itself on a terminal while it runs, and at its end.
import { grouped } from '../../audit/words.ts';
import type { Counters } from '../../inline/counters.ts';
import type { Gauges } from '../../inline/metrics.ts';

/** One line: `12 calls, 3 registrations, 4 connections; 120 messages/s in, 118 out; 2 refused, 0 findings`. */
export class StatusLine {
  private readonly counters: Counters;
  private received = 0;
  private sent = 0;
  private at: number;

  constructor(counters: Counters, now: number) {
    this.counters = counters;
    this.at = now;
  }

  next(gauges: Gauges, now: number): string {
    const { counters } = this;
    const seconds = Math.max((now - this.at) / 1000, 0.001);
    const [received, sent] = [counters.of('received'), counters.of('sent')];
    const rate = (more: number): string => grouped(Math.round(more / seconds));
    const line = [
      `${many(gauges.pending['dialogs'] ?? 0, 'dialog')}, ${many(gauges.pending['bindings'] ?? 0, 'registration')}`,
      `${many(gauges.connections, 'connection')}; ${rate(received - this.received)} messages/s in`,
      `${rate(sent - this.sent)} out; ${grouped(counters.of('refused'))} refused`,
      many(counters.of('findings'), 'finding'),
    ].join(', ');
    [this.received, this.sent, this.at] = [received, sent, now];
    return gauges.draining ? `draining; ${line}` : gauges.overloaded ? `overloaded; ${line}` : line;
  }
}

/** A line for each thing that happened, with how often, by kind. */
export function finalSummary(counters: Counters, gauges: Gauges): string {
  const lines = [`Ran ${duration(gauges.uptimeSeconds)}.`];
  for (const [title, counter] of LINES) {
    const labels = counters.labels(counter);
    if (labels.length === 0) continue;
    const parts = labels
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, MOST)
      .map(([label, count]) => (label === '' ? '' : `${grouped(count)} ${label}`));
    const more = labels.length > MOST ? [`${labels.length - MOST} more kinds`] : [];
    const list = [...parts, ...more].filter((part) => part !== '').join(', ');
    lines.push(`${title}: ${grouped(counters.of(counter))}${list === '' ? '' : ` (${list})`}`);
  }
  const left = Object.entries(gauges.pending).filter(
    ([kind, count]) => count > 0 && (kind === 'dialogs' || kind === 'bindings'),
  );
  if (left.length > 0)
    lines.push(`Up at the end: ${left.map(([kind, count]) => many(count, kind.slice(0, -1))).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function many(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}

function duration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', `${seconds % 60} s`];
  return parts.filter((part) => part !== '').join(' ');
}

const MOST = 12;
const LINES = [
  ['Received', 'received'],
  ['Sent', 'sent'],
  ['Sent again', 'sent-again'],
  ['Not sent', 'sends-failed'],
  ['Refused', 'refused'],
  ['Keep-alives', 'keepalives'],
  ['Connections opened', 'connections-opened'],
  ['Connections failed', 'connections-failed'],
  ['Findings', 'findings'],
  ['Not judged', 'not-judged'],
  ['Errors of the program', 'core-failures'],
] as const;
