// What `stats` counted → its picture: which charts, in which order, and what is said above and below them.
import type { PipelineResult } from '../../pipeline.ts';
import { statsCharts } from './stats-charts.ts';
import type { StatsCount } from './stats-count.ts';
import { type StatsTable, statsHtml } from './stats-html.ts';
import { peerColumns, peerRow } from './stats-peers.ts';
import { statsSvg } from './stats-svg.ts';

export function statsPicture(format: 'svg' | 'html', counts: StatsCount, result: PipelineResult): string {
  const charts = statsCharts({ ...counts, delays: counts.delays() });
  const facts = factsOf(counts, result);
  return format === 'svg' ? statsSvg(charts, facts) : statsHtml(charts, facts, tablesOf(counts));
}

function factsOf(counts: StatsCount, { inputs, ledger }: PipelineResult): string[] {
  const { messages, calls, retransmissions, duplicates } = counts;
  const names = inputs.slice(0, MOST_NAMES).map(({ path }) => (path === '-' ? 'standard input' : path));
  const more = inputs.length > MOST_NAMES ? [`and ${inputs.length - MOST_NAMES} more`] : [];
  return [
    [...names, ...more].join(', '),
    `${ledger.read} packets, ${messages} SIP messages (${retransmissions} sent again, ${duplicates} seen twice), ${calls} calls, registrations and the rest`,
  ];
}

function tablesOf({ peers, endpoints }: StatsCount): StatsTable[] {
  const heads = (title: string): string[] => peerColumns(title).map((column) => column.title);
  return [
    {
      title: 'Peers (RFC 6076)',
      heads: heads('Asked'),
      rows: peers
        .peers()
        .slice(0, MOST_ROWS)
        .map((measures) => peerRow(measures.peer, measures)),
    },
    {
      title: 'Adjacencies (RFC 6076)',
      heads: heads('Adjacency'),
      rows: (peers.ofAdjacencies() ?? []).map((measures) =>
        peerRow(`${measures.adjacency} ${measures.direction}`, measures),
      ),
    },
    {
      title: 'Endpoints',
      heads: ['Endpoint', 'Sent and received'],
      rows: endpoints
        .entries()
        .slice(0, MOST_ROWS)
        .map(([name, count]) => [name, String(count)]),
    },
  ];
}

const MOST_NAMES = 5;
const MOST_ROWS = 50;
