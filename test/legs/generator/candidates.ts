// Generated messages → every candidate that pairing looks at, with what speaks for and against it: what weights are fitted to.
import { Correlator } from '../../../src/dialog/correlator.ts';
import { BoxLearning } from '../../../src/legs/box-learning.ts';
import { CandidateSearch } from '../../../src/legs/candidate.ts';
import { legsOf } from '../../../src/legs/leg.ts';
import { LegWindow } from '../../../src/legs/leg-window.ts';
import { MediaStreams } from '../../../src/legs/media-streams.ts';
import type { Signal } from '../../../src/legs/pair.ts';
import { settle } from '../../../src/legs/settlement.ts';
import { DEFAULT_LEG_HEADERS, traitsOf } from '../../../src/legs/traits.ts';
import { waitingOf } from '../../../src/legs/waiting.ts';
import type { Traffic } from './traffic.ts';
import { trafficKey } from './truth.ts';

export interface LabelledCandidate {
  readonly signals: readonly Signal[];
  readonly isTrue: boolean;
}

export function labelledCandidates({ messages, truth, media }: Traffic): LabelledCandidate[] {
  const window = new LegWindow();
  const boxes = new BoxLearning(4096);
  const search = new CandidateSearch(window, boxes);
  const legHeaders = new Set(DEFAULT_LEG_HEADERS);
  const streams = new MediaStreams();
  for (const packet of media) streams.packet(packet);
  const correlator = new Correlator({
    keepMessages: true,
    onCall(call) {
      for (const leg of legsOf(call)) {
        const traits = traitsOf(leg, { legHeaders, joined: true, streams });
        if (traits !== null) window.add(waitingOf(traits, 0, { waiting: 1 }));
      }
    },
  });
  for (const message of messages) correlator.message(message);
  correlator.end();
  const { candidates } = settle(window.waiting, search, boxes);
  return [...candidates.values()].flat().map((candidate) => {
    const { signals, contradictions } = search.explain(candidate);
    const [near, far] = [candidate.near.traits, candidate.far.traits];
    const key = trafficKey({ a: near.leg, b: far.leg, joined: near.joined });
    return { signals: [...signals, ...contradictions], isTrue: truth.has(key) };
  });
}
