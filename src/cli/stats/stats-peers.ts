// Measures of sessions, peer by peer (who is asked at the first hop) and, with a policy, adjacency by adjacency.
import type { Call } from '../../dialog/call.ts';
import { Adjacencies } from '../../policy/adjacency-lookup.ts';
import type { Policy, TransportName } from '../../policy/policy.ts';
import { formatDuration } from '../output/format.ts';
import type { Column } from '../output/table.ts';
import { SessionCount, type SessionMeasures } from './stats-sessions.ts';

export interface PeerMeasures extends SessionMeasures {
  readonly peer: string;
}

export interface AdjacencyMeasures extends SessionMeasures {
  readonly adjacency: string;
  /** `in`: the SBC is asked by that side; `out`: it asks. */
  readonly direction: 'in' | 'out';
}

export class PeerStats {
  private readonly byPeer = new Map<string, SessionCount>();
  private readonly byAdjacency = new Map<
    string,
    { name: string; direction: 'in' | 'out'; count: SessionCount }
  >();
  private readonly adjacencies: Adjacencies | null;

  /** Null: no policy, and no adjacencies. */
  constructor(policy: Policy | null) {
    this.adjacencies = policy === null ? null : new Adjacencies(policy);
  }

  call(call: Call): void {
    if (call.kind !== 'registration' && call.method !== 'INVITE') return;
    const peer = this.byPeer.has(call.dst.text) || this.byPeer.size < MAX_PEERS ? call.dst.text : OTHERS;
    let count = this.byPeer.get(peer);
    if (count === undefined) {
      count = new SessionCount();
      this.byPeer.set(peer, count);
    }
    count.add(call);
    const { adjacencies } = this;
    if (adjacencies === null) return;
    const { src, dst } = call;
    const transport = call.transports[0] as TransportName | undefined;
    this.ofAdjacency(adjacencies.between(dst.ip, dst.port, src.ip, transport)?.name, 'in')?.add(call);
    this.ofAdjacency(adjacencies.between(src.ip, src.port, dst.ip, transport)?.name, 'out')?.add(call);
  }

  /** Most attempts first. */
  peers(): PeerMeasures[] {
    return [...this.byPeer]
      .filter(([, count]) => !count.empty)
      .map(([peer, count]) => ({ peer, ...count.measures() }))
      .sort((a, b) => total(b) - total(a) || (a.peer < b.peer ? -1 : 1));
  }

  /** In the order of their names; null without a policy. */
  ofAdjacencies(): AdjacencyMeasures[] | null {
    if (this.adjacencies === null) return null;
    return [...this.byAdjacency.values()]
      .map(({ name, direction, count }) => ({ adjacency: name, direction, ...count.measures() }))
      .sort((a, b) => (a.adjacency === b.adjacency ? 0 : a.adjacency < b.adjacency ? -1 : 1));
  }

  private ofAdjacency(name: string | undefined, direction: 'in' | 'out'): SessionCount | undefined {
    if (name === undefined) return undefined;
    const key = `${direction} ${name}`;
    let entry = this.byAdjacency.get(key);
    if (entry === undefined) {
      entry = { name, direction, count: new SessionCount() };
      this.byAdjacency.set(key, entry);
    }
    return entry.count;
  }
}

export function peerColumns(title: string): Column[] {
  return [
    { title, least: 14, drop: 0 },
    { title: 'Calls', align: 'right', least: 5, drop: 0 },
    ...['SER', 'SEER', 'ISA', 'SCR'].map((name, index): Column => {
      return { title: name, align: 'right', least: 7, drop: index === 0 ? 0 : index };
    }),
    { title: 'SRD p50', align: 'right', least: 8, drop: 1 },
    { title: 'SRD p95', align: 'right', least: 8, drop: 4 },
    { title: 'SDD p50', align: 'right', least: 8, drop: 5 },
    { title: 'SDT p50', align: 'right', least: 8, drop: 6 },
    { title: 'Registrations', align: 'right', least: 5, drop: 7 },
    { title: 'IRA', align: 'right', least: 7, drop: 8 },
    { title: 'RRD p50', align: 'right', least: 8, drop: 9 },
  ];
}

export function peerRow(name: string, measures: SessionMeasures): string[] {
  const { attempts, ser, seer, isa, scr, srd, sdd, sdt, registrations, ira, rrd } = measures;
  return [
    name,
    count(attempts),
    ...[ser, seer, isa, scr].map(ratio),
    span(srd?.p50),
    span(srd?.p95),
    span(sdd?.p50),
    span(sdt?.p50),
    count(registrations),
    ratio(ira),
    span(rrd?.p50),
  ];
}

function count(number: number): string {
  return number === 0 ? '' : String(number);
}

function ratio(percent: number | null): string {
  return percent === null ? '' : `${percent.toFixed(1)} %`;
}

function span(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : formatDuration(milliseconds);
}

function total({ attempts, registrations }: SessionMeasures): number {
  return attempts + registrations;
}

const MAX_PEERS = 1000;
const OTHERS = '(others)';
