// What was counted → the tables of `sipspect stats`.
import type { PipelineResult } from '../../pipeline.ts';
import { statusName } from '../../sip/status.ts';
import { formatDuration } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { type Column, renderTable, tableWidth } from '../output/table.ts';
import type { PercentileSummary } from './percentile.ts';
import type { StatsCount } from './stats-count.ts';
import { peerColumns, peerRow } from './stats-peers.ts';
import type { Tally } from './tally.ts';

export async function printStats(
  count: StatsCount,
  output: Output,
  result: PipelineResult,
  colour: boolean,
): Promise<void> {
  const table = async (columns: readonly Column[], rows: string[][]) => {
    if (rows.length === 0) return;
    await renderTable(output, columns, rows, {
      colour,
      width: tableWidth(process.stdout),
    });
    output.line('');
  };
  const counted = (title: string): Column[] => [
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
    counted('Outcome'),
    result.ledger.occurred().map(([name, amount]) => [name, String(amount)]),
  );
  const again = count.retransmissions + count.duplicates;
  const aside =
    again > 0 ? `, of them ${count.retransmissions} retransmissions, ${count.duplicates} duplicates` : '';
  output.line(`SIP messages: ${count.messages}${aside}`);
  await table(counted('Method'), rows(count.methods));
  await table(
    counted('Status'),
    rows(count.statuses).map(([status, amount]) => [
      `${status} ${statusName(Number(status)) ?? ''}`.trim(),
      amount!,
    ]),
  );
  await table(counted('Transport'), rows(count.transports));
  await table(counted('Endpoint (sent and received)'), rows(count.endpoints));
  output.line(`Calls and the rest: ${count.calls}`);
  await table(
    [{ title: 'Kind', least: 12, drop: 0 }, ...counted('State')],
    rows(count.states).map(([state, amount]) => {
      const [kind = '', ...rest] = state!.split(' ');
      return [kind, rest.join(' '), amount!];
    }),
  );
  await table(
    [
      { title: 'Delay', least: 26, drop: 0 },
      ...PERCENTILES.map((title): Column => ({ title, align: 'right', least: 8, drop: DROPPED[title] ?? 0 })),
    ],
    count
      .delays()
      .flatMap(({ name, summary }) =>
        summary === null ? [] : [[name, ...PERCENTILES.map((title) => cell(summary, title))]],
      ),
  );
  await table(
    peerColumns('Peer (asked)'),
    count.peers
      .peers()
      .slice(0, ROWS)
      .map((measures) => peerRow(measures.peer, measures)),
  );
  await table(
    peerColumns('Adjacency'),
    (count.peers.ofAdjacencies() ?? []).map((measures) =>
      peerRow(`${measures.adjacency} ${measures.direction}`, measures),
    ),
  );
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

const ROWS = 20;
