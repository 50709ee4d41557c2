// `sipspect stats`: what the captures hold, counted; delays with percentiles; as tables, one JSON object, or a picture.
import type { Call, Timings } from '../dialog/call.ts';
import { spellOut } from '../dialog/json-text.ts';
import type { PipelineResult } from '../pipeline.ts';
import type { SipMessage } from '../sip/message.ts';
import { statusName } from '../sip/status.ts';
import { CallRate } from './call-rate.ts';
import { colourWanted } from './colour.ts';
import { DelayHistogram } from './delay-histogram.ts';
import { openFilter } from './filter.ts';
import { formatDuration } from './format.ts';
import type { CommonOptions } from './options.ts';
import type { Output } from './output.ts';
import { type FormatChoice, formatOf, refusePngOn, withOutput } from './output-file.ts';
import { type PercentileSummary, Sample } from './percentile.ts';
import { readPolicy } from './policy-file.ts';
import { read } from './read.ts';
import type { CountedDelay } from './stats-charts.ts';
import { PeerStats, peerColumns, peerRow } from './stats-peers.ts';
import { type Column, renderTable, tableWidth } from './table.ts';
import { Tally } from './tally.ts';

export type StatsFormat = 'text' | 'json' | 'svg' | 'png' | 'html';

export interface StatsOptions extends Omit<CommonOptions, 'json'>, FormatChoice<StatsFormat> {
  readonly policy?: string;
}

export async function stats(captures: readonly string[], options: StatsOptions): Promise<void> {
  const format = formatOf(options, FORMAT_BY_END);
  if (format === 'png') refusePngOn(process.stdout, options);
  await withOutput(options.output, (output) => countAll(captures, options, format, output));
}

async function countAll(
  captures: readonly string[],
  options: StatsOptions,
  format: StatsFormat,
  output: Output,
): Promise<void> {
  const filter = await openFilter(options.filter);
  await filter?.settle(captures);
  const policy = options.policy === undefined ? null : await readPolicy(options.policy);
  const counts = new Counts(new PeerStats(policy));
  const result = await read(captures, options, {
    output,
    keepsLittle: true,
    onMessage(message, info) {
      filter?.collect(message, info);
      if (filter === null || filter.message(message, info))
        counts.message(message, info.retransmissionOf, info.duplicateOf);
    },
    onCall(call) {
      if (filter === null || filter.call(call)) counts.call(call);
    },
  });
  const target = options.output === undefined ? process.stdout : {};
  if (format === 'text') await counts.print(output, result, colourWanted(options.color ?? 'auto', target));
  else if (format === 'json') output.line(spellOut(JSON.stringify(counts.record(result))));
  else {
    const { statsPicture } = await import('./stats-picture.ts');
    const picture = statsPicture(format === 'html' ? 'html' : 'svg', counts, result);
    if (format === 'png') output.octets(await (await import('./png.ts')).pngOf(picture));
    else output.write(picture);
  }
  await output.flush();
}

export class Counts {
  messages = 0;
  calls = 0;
  retransmissions = 0;
  duplicates = 0;
  readonly methods = new Tally();
  readonly statuses = new Tally();
  readonly transports = new Tally();
  readonly endpoints = new Tally();
  readonly kinds = new Tally();
  readonly states = new Tally();
  readonly peers: PeerStats;
  readonly timings = new Map<keyof Timings, Sample>(TIMINGS.map(([key]) => [key, new Sample()]));
  readonly histograms = new Map<keyof Timings, DelayHistogram>(
    TIMINGS.map(([key]) => [key, new DelayHistogram()]),
  );
  readonly rate = new CallRate();

  constructor(peers: PeerStats) {
    this.peers = peers;
  }

  message(message: SipMessage, retransmissionOf: number, duplicateOf: number): void {
    this.messages++;
    if (retransmissionOf > 0) this.retransmissions++;
    if (duplicateOf > 0) this.duplicates++;
    if (message.isRequest) this.methods.add(message.method);
    else this.statuses.add(String(message.status));
    this.transports.add(message.transport);
    this.endpoints.add(message.src.text);
    this.endpoints.add(message.dst.text);
  }

  call(call: Call): void {
    this.kinds.add(call.kind);
    this.states.add(`${call.kind} ${call.state}`);
    this.calls++;
    this.peers.call(call);
    this.rate.add(call);
    for (const [key, sample] of this.timings) {
      const value = call.timings[key];
      if (value === null) continue;
      sample.add(value);
      this.histograms.get(key)!.add(value);
    }
  }

  delays(): CountedDelay[] {
    return TIMINGS.map(([key, name]) => ({
      name,
      histogram: this.histograms.get(key)!,
      summary: this.timings.get(key)!.summary(),
    }));
  }

  record(result: PipelineResult): object {
    return {
      v: 1,
      inputs: result.inputs.map(({ path, format, packets, bytes, error }) => ({
        path,
        format,
        packets,
        bytes,
        error,
      })),
      packets: result.ledger.read,
      outcomes: Object.fromEntries(result.ledger.occurred()),
      messages: this.messages,
      retransmissions: this.retransmissions,
      duplicates: this.duplicates,
      methods: this.methods,
      statuses: this.statuses,
      transports: this.transports,
      endpoints: this.endpoints,
      calls: this.kinds,
      states: this.states,
      timings: Object.fromEntries([...this.timings].map(([key, sample]) => [key, sample.summary()])),
      peers: this.peers.peers(),
      adjacencies: this.peers.ofAdjacencies(),
    };
  }

  async print(output: Output, result: PipelineResult, colour: boolean): Promise<void> {
    const table = async (columns: readonly Column[], rows: string[][]) => {
      if (rows.length === 0) return;
      await renderTable(output, columns, rows, {
        colour,
        width: tableWidth(process.stdout),
      });
      output.line('');
    };
    const count = (title: string): Column[] => [
      { title, least: 8, drop: 0 },
      { title: 'Count', align: 'right', least: 5, drop: 0 },
    ];
    const rows = (tally: Tally) => {
      const entries = tally.entries();
      const more = entries.slice(ROWS).reduce((sum, [, amount]) => sum + amount, tally.others);
      const shown = entries.slice(0, ROWS).map(([name, amount]) => [name, String(amount)]);
      return more > 0 ? [...shown, ['…', String(more)]] : shown;
    };
    output.line(`Packets: ${result.ledger.read}`);
    await table(
      count('Outcome'),
      result.ledger.occurred().map(([name, amount]) => [name, String(amount)]),
    );
    const again = this.retransmissions + this.duplicates;
    const aside =
      again > 0 ? `, of them ${this.retransmissions} retransmissions, ${this.duplicates} duplicates` : '';
    output.line(`SIP messages: ${this.messages}${aside}`);
    await table(count('Method'), rows(this.methods));
    await table(
      count('Status'),
      rows(this.statuses).map(([status, amount]) => [
        `${status} ${statusName(Number(status)) ?? ''}`.trim(),
        amount!,
      ]),
    );
    await table(count('Transport'), rows(this.transports));
    await table(count('Endpoint (sent and received)'), rows(this.endpoints));
    output.line(`Calls and the rest: ${this.calls}`);
    await table(
      [{ title: 'Kind', least: 12, drop: 0 }, ...count('State')],
      rows(this.states).map(([state, amount]) => {
        const [kind = '', ...rest] = state!.split(' ');
        return [kind, rest.join(' '), amount!];
      }),
    );
    await table(
      [
        { title: 'Delay', least: 26, drop: 0 },
        ...PERCENTILES.map(
          (title): Column => ({ title, align: 'right', least: 8, drop: DROPPED[title] ?? 0 }),
        ),
      ],
      TIMINGS.flatMap(([key, name]) => {
        const summary = this.timings.get(key)!.summary();
        return summary === null ? [] : [[name, ...PERCENTILES.map((title) => cell(summary, title))]];
      }),
    );
    await table(
      peerColumns('Peer (asked)'),
      this.peers
        .peers()
        .slice(0, ROWS)
        .map((measures) => peerRow(measures.peer, measures)),
    );
    await table(
      peerColumns('Adjacency'),
      (this.peers.ofAdjacencies() ?? []).map((measures) =>
        peerRow(`${measures.adjacency} ${measures.direction}`, measures),
      ),
    );
  }
}

function cell(summary: PercentileSummary, title: keyof PercentileSummary): string {
  return title === 'count' ? String(summary.count) : formatDuration(summary[title]);
}

const PERCENTILES = ['count', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/** Which of them go first on a narrow terminal. */
const DROPPED: Partial<Record<(typeof PERCENTILES)[number], number>> = {
  count: 2,
  min: 3,
  p99: 4,
  p90: 5,
  p95: 6,
};

const TIMINGS: readonly (readonly [keyof Timings, string])[] = [
  ['sessionRequestDelay', 'session request delay'],
  ['ringTime', 'ring time'],
  ['setupTime', 'set-up'],
  ['sessionDuration', 'session duration'],
  ['sessionDisconnectDelay', 'session disconnect delay'],
  ['registrationRequestDelay', 'registration request delay'],
  ['responseDelay', 'response delay'],
];

const ROWS = 20;
const FORMAT_BY_END: Readonly<Record<string, StatsFormat>> = {
  '.txt': 'text',
  '.json': 'json',
  '.ndjson': 'json',
  '.jsonl': 'json',
  '.svg': 'svg',
  '.png': 'png',
  '.html': 'html',
  '.htm': 'html',
};
