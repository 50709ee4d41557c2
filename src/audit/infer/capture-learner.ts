// A capture in, what it teaches of a box out: its legs are paired as without a policy, and each pair is learnt from.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { Call } from '../../dialog/call.ts';
import { letGoOfEvents } from '../../legs/leg.ts';
import { LegPairing } from '../../legs/pairing.ts';
import { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { EMPTY_POLICY } from '../../policy/default-policy.ts';
import { Bindings } from '../../rules/facts/bindings.ts';
import { Crossing } from '../../rules/facts/crossing.ts';
import { FactsShelf } from '../../rules/facts/facts-shelf.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type LearntPolicy, PolicyLearner } from './policy-learner.ts';

export interface CaptureLearnerOptions {
  /** Names of headers by which a box names the other leg. */
  readonly legHeaders?: readonly string[];
  /** What is said once a table of it is full. */
  readonly onCapped: DiagnosticSink;
}

/** Its `onMessage` and `onCall` are for the reader of captures, which must keep messages. */
export class CaptureLearner {
  private readonly learner = new PolicyLearner();
  private readonly facts = new FactsShelf();
  private readonly bindings: Bindings;
  private readonly pairing: LegPairing;

  constructor({ legHeaders = [], onCapped }: CaptureLearnerOptions) {
    this.bindings = new Bindings(onCapped);
    const world = {
      policy: EMPTY_POLICY,
      adjacencies: new Adjacencies(EMPTY_POLICY),
      bindings: this.bindings,
    };
    const legOf = (call: Call, index: number) => this.facts.of(call, call.end).legs[index]!;
    this.pairing = new LegPairing({
      legHeaders,
      onCapped,
      onPair: (pair) => {
        const { a, b } = pair;
        this.learner.learn(new Crossing(legOf(a.call, a.index), legOf(b.call, b.index), pair, world));
      },
    });
  }

  onMessage(message: SipMessage): void {
    this.bindings.learn(message);
    this.pairing.clock(message.seconds);
  }

  onCall(call: Call): void {
    this.pairing.call(call);
    letGoOfEvents(call);
  }

  end(): LearntPolicy {
    this.pairing.end();
    return this.learner.result();
  }
}
