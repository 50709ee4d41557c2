// What `stats` counted → the charts of its pictures: calls over time, methods, statuses, delays.
import { formatTimestamp } from '../../capture/timestamp.ts';
import type { Tone } from '../../ladder/drawing.ts';
import { formatSpan } from '../../ladder/span.ts';
import { statusName } from '../../sip/status.ts';
import type { CallRate } from './call-rate.ts';
import type { Chart, ChartBar } from './chart.ts';
import type { DelayBar, DelayHistogram } from './delay-histogram.ts';
import type { PercentileSummary } from './percentile.ts';
import type { Tally } from './tally.ts';

export interface CountedDelay {
  /** `set-up`. */
  readonly name: string;
  readonly histogram: DelayHistogram;
  readonly summary: PercentileSummary | null;
}

export interface Counted {
  readonly rate: CallRate;
  readonly methods: Tally;
  readonly statuses: Tally;
  readonly delays: readonly CountedDelay[];
}

/** Those that have something to show. */
export function statsCharts({ rate, methods, statuses, delays }: Counted): Chart[] {
  const byStatus = tallyChart('Responses by status', statuses, ['Status', 'Responses'], (status) => ({
    name: `${status} ${statusName(Number(status)) ?? ''}`.trim(),
    tone: toneOf(Number(status)),
  }));
  const byMethod = tallyChart('Requests by method', methods, ['Method', 'Requests'], (name) => {
    return { name, tone: 'request' };
  });
  const charts = [rateChart(rate), byStatus, byMethod, ...delays.map(delayChart)];
  return charts.filter((chart) => chart !== null && chart.bars.length > 0) as Chart[];
}

function rateChart(rate: CallRate): Chart | null {
  const counted = rate.bars(MOST_SPANS);
  if (counted === null) return null;
  const { start, minutes, bars } = counted;
  const calls = bars.some(([each]) => each > 0);
  const rest = bars.some(([, each]) => each > 0);
  const span = minutes === 1 ? 'minute' : spanName(minutes);
  const isLong = bars.length * minutes > 1440;
  return {
    title: calls ? `Calls per ${span}` : `Registrations and the rest per ${span}`,
    note: `from ${clock(start, true)} UTC on, by when they began`,
    direction: 'up',
    wide: true,
    heads: ['Began', calls && rest ? 'Calls and the rest' : calls ? 'Calls' : 'Registrations and the rest'],
    legend:
      calls && rest
        ? [
            { name: 'calls', tone: 'request' },
            { name: 'the rest', tone: 'retransmission' },
          ]
        : [],
    bars: bars.map(([each, other], index): ChartBar => {
      const seconds = start + index * minutes * 60;
      return {
        name: clock(seconds, true),
        tick: index % 5 === 0 || bars.length < 12 ? clock(seconds, isLong) : '',
        parts: [
          { value: each, tone: 'request' },
          { value: other, tone: 'retransmission' },
        ],
      };
    }),
  };
}

function tallyChart(
  title: string,
  tally: Tally,
  heads: readonly string[],
  look: (name: string) => { readonly name: string; readonly tone: Tone },
): Chart {
  const entries = tally.entries();
  const bars = entries.slice(0, MOST_BARS).map(([key, value]): ChartBar => {
    const { name, tone } = look(key);
    return { name, tick: '', parts: [{ value, tone }] };
  });
  const more = entries.slice(MOST_BARS).reduce((sum, [, value]) => sum + value, tally.others);
  if (more > 0) bars.push({ name: 'others', tick: '', parts: [{ value: more, tone: 'retransmission' }] });
  const sum = entries.reduce((total, [, value]) => total + value, tally.others);
  return { title, note: `${sum} in all`, direction: 'across', wide: false, heads, legend: [], bars };
}

function delayChart({ name, histogram, summary }: CountedDelay): Chart {
  const tone = 'success';
  const note =
    summary === null
      ? ''
      : `${summary.count} measured, median ${formatSpan(summary.p50)}, 95 % within ${formatSpan(summary.p95)}, longest ${formatSpan(summary.max)}`;
  return {
    title: name.charAt(0).toUpperCase() + name.slice(1),
    note,
    direction: 'up',
    wide: false,
    heads: ['Time', 'How many'],
    legend: [],
    bars: histogram.bars().map((bar): ChartBar => {
      return { name: rangeName(bar), tick: tickOf(bar), parts: [{ value: bar.count, tone }] };
    }),
  };
}

function rangeName({ from, to }: DelayBar): string {
  const more = from === 0 ? '' : `more than ${edge(from)}`;
  const most = to === Number.POSITIVE_INFINITY ? '' : `at most ${edge(to)}`;
  return [more, most].filter((words) => words !== '').join(', ');
}

/** Its upper end. */
function tickOf({ from, to }: DelayBar): string {
  return to === Number.POSITIVE_INFINITY ? `> ${edge(from)}` : `≤ ${edge(to)}`;
}

function edge(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;
}

function spanName(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'day' : `${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'hour' : `${minutes / 60} hours`;
  return `${minutes} minutes`;
}

function clock(seconds: number, dated: boolean): string {
  const text = formatTimestamp({ seconds, nanoseconds: 0 });
  return dated ? text.slice(0, 16).replace('T', ' ') : text.slice(11, 16);
}

// Classes of status codes: RFC 3261 §7.2.
function toneOf(status: number): Tone {
  if (status < 200) return 'provisional';
  if (status < 300) return 'success';
  return status < 400 ? 'redirect' : 'failure';
}

const MOST_BARS = 16;
const MOST_SPANS = 90;
