// Messages and calls in, what `sipspect stats` tells of them out: counts, delays, peers.
import type { Call, Timings } from '../../dialog/call.ts';
import type { PipelineResult } from '../../pipeline.ts';
import type { SipMessage } from '../../sip/message.ts';
import { CallRate } from './call-rate.ts';
import { DelayHistogram } from './delay-histogram.ts';
import { Sample } from './percentile.ts';
import type { CountedDelay } from './stats-charts.ts';
import type { PeerStats } from './stats-peers.ts';
import { Tally } from './tally.ts';

export class StatsCount {
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
}

const TIMINGS: readonly (readonly [keyof Timings, string])[] = [
  ['sessionRequestDelay', 'session request delay'],
  ['ringTime', 'ring time'],
  ['setupTime', 'set-up'],
  ['sessionDuration', 'session duration'],
  ['sessionDisconnectDelay', 'session disconnect delay'],
  ['registrationRequestDelay', 'registration request delay'],
  ['responseDelay', 'response delay'],
];
