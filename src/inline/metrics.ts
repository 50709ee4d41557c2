// Counters and what is under way → Prometheus' text format, version 0.0.4.
import type { Counters } from './counters.ts';

export interface Gauges {
  readonly pending: Readonly<Record<string, number>>;
  readonly connections: number;
  readonly memoryOctets: number;
  readonly uptimeSeconds: number;
  /** Seconds that the event loop was late, 99 of 100 times less; the largest since the last time it was asked for. */
  readonly lagSeconds: number;
  readonly draining: boolean;
  readonly overloaded: boolean;
  readonly version: string;
}

export function prometheusText(counters: Counters, gauges: Gauges): string {
  const lines: string[] = [];
  const head = (name: string, type: string, help: string): void => {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  };
  for (const { counter, name, label, help } of COUNTERS) {
    head(name, 'counter', help);
    if (label === '') lines.push(`${name} ${counters.of(counter)}`);
    else
      for (const [value, count] of counters.labels(counter))
        lines.push(`${name}{${label}="${escaped(value)}"} ${count}`);
  }
  head('sipspect_pending', 'gauge', 'What the core holds, by kind: dialogs are calls and subscriptions.');
  for (const [kind, count] of Object.entries(gauges.pending))
    lines.push(`sipspect_pending{kind="${escaped(kind)}"} ${count}`);
  for (const [name, help, value] of [
    ['sipspect_connections', 'TCP and TLS connections.', gauges.connections],
    [
      'sipspect_memory_bytes',
      'Memory in use after the last great collection of garbage.',
      gauges.memoryOctets,
    ],
    ['sipspect_uptime_seconds', 'Time since the start.', gauges.uptimeSeconds],
    ['sipspect_event_loop_lag_seconds', 'How late the event loop was, 99th percentile.', gauges.lagSeconds],
    [
      'sipspect_draining',
      '1 while nothing new is taken since the program is to end.',
      Number(gauges.draining),
    ],
    ['sipspect_overloaded', '1 while nothing new is taken since memory is short.', Number(gauges.overloaded)],
  ] as const) {
    head(name, 'gauge', help);
    lines.push(`${name} ${value}`);
  }
  head('sipspect_build_info', 'gauge', 'The version of the program.');
  lines.push(`sipspect_build_info{version="${escaped(gauges.version)}"} 1`, '');
  return lines.join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

const COUNTERS = [
  {
    counter: 'received',
    name: 'sipspect_messages_received_total',
    label: 'kind',
    help: 'SIP messages that came in, by method or class of status.',
  },
  {
    counter: 'sent',
    name: 'sipspect_messages_sent_total',
    label: 'kind',
    help: 'SIP messages that went out.',
  },
  {
    counter: 'sent-again',
    name: 'sipspect_retransmissions_total',
    label: 'transport',
    help: 'Those of them that were sent again.',
  },
  {
    counter: 'refused',
    name: 'sipspect_refused_total',
    label: 'why',
    help: 'What did not get as far as the core, by reason.',
  },
  {
    counter: 'sends-failed',
    name: 'sipspect_send_failures_total',
    label: 'why',
    help: 'Messages that did not go out.',
  },
  { counter: 'keepalives', name: 'sipspect_keepalives_total', label: 'transport', help: 'Pings (RFC 5626).' },
  {
    counter: 'connections-opened',
    name: 'sipspect_connections_opened_total',
    label: 'direction',
    help: 'Connections that were there, by who opened them.',
  },
  {
    counter: 'connections-closed',
    name: 'sipspect_connections_closed_total',
    label: 'why',
    help: 'Connections that ended, by reason.',
  },
  {
    counter: 'connections-failed',
    name: 'sipspect_connections_failed_total',
    label: 'why',
    help: 'Connections that could not be opened.',
  },
  {
    counter: 'findings',
    name: 'sipspect_findings_total',
    label: 'rule',
    help: 'What broke a rule: met by the core, or found by --check.',
  },
  {
    counter: 'core-failures',
    name: 'sipspect_core_failures_total',
    label: '',
    help: 'Errors of the program itself.',
  },
  {
    counter: 'not-judged',
    name: 'sipspect_not_judged_total',
    label: '',
    help: 'Messages that --check left out.',
  },
] as const;
