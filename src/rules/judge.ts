// Calls in, findings out: builds the facts of each call once, shows them to every rule, and hands findings on.
import type { Diagnostic, DiagnosticSink } from '../capture/diagnostic.ts';
import { compareTimestamps, type Timestamp } from '../capture/timestamp.ts';
import type { Call, MessageInfo } from '../dialog/call.ts';
import type { Leg } from '../legs/leg.ts';
import type { LegPair, UnpairedLeg } from '../legs/pair.ts';
import type { PacketSummary } from '../network/packet-summary.ts';
import { Adjacencies } from '../policy/adjacency-lookup.ts';
import type { Policy } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';
import { Bindings } from './facts/bindings.ts';
import { Crossing, type World } from './facts/crossing.ts';
import { FactsShelf } from './facts/facts-shelf.ts';
import type { LegFacts } from './facts/leg-facts.ts';
import { MediaWatch } from './facts/media-watch.ts';
import type { Finding } from './finding.ts';
import { FindingMaker } from './finding-maker.ts';
import type { Rule, Visitor } from './rule.ts';
import { RuleSettings } from './rule-settings.ts';
import { Visit } from './visit.ts';

export interface JudgeOptions {
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  /** Packets will be handed in too, where `needsPackets` asks for them; true unless given. */
  readonly packets?: boolean;
  /** With the calls it is about, the guilty message's first. */
  readonly onFinding: (finding: Finding, calls: readonly Call[]) => void;
  /** A rule that fails on a call: a programmer's error, told once for each rule, never the end of the run. */
  readonly onFailure: (rule: string, error: unknown) => void;
  /** A table was full, and what is oldest in it had to be forgotten; said once for each. */
  readonly onCapped?: DiagnosticSink;
}

/** Feed it every message as it is placed, and every call with its messages when it is over. */
export class Judge {
  readonly bindings: Bindings;
  private readonly media: MediaWatch;
  /** Whether a rule asks for packets: hand them in by `packet` then, which costs time. */
  readonly needsPackets: boolean;
  /** What rules would have judged and could not see: rule → reason → how often. */
  readonly notChecked = new Map<string, Map<string, number>>();

  private readonly options: JudgeOptions;
  private readonly settings: RuleSettings;
  private readonly running: readonly Visit[];
  private readonly live: readonly Visit[];
  private readonly watching: readonly Visit[];
  private readonly visiting: readonly Visit[];
  private readonly comparing: readonly Visit[];
  private readonly maker = new FindingMaker();
  private readonly failed = new Set<string>();
  private readonly world: World;
  private readonly facts = new FactsShelf();
  /** How far the capture was read. */
  private readonly clock = { seconds: BEFORE_ALL, nanoseconds: 0 };

  constructor(options: JudgeOptions) {
    this.options = options;
    this.bindings = new Bindings(options.onCapped);
    this.media = new MediaWatch(options.onCapped);
    this.settings = new RuleSettings(options.policy);
    const { policy } = options;
    this.world = { policy, adjacencies: new Adjacencies(policy), bindings: this.bindings };
    this.running = options.rules
      .filter((rule) => !this.settings.isOff(rule.meta.id))
      .map((rule) => new Visit(rule, this.begin(rule)));
    this.needsPackets =
      options.packets !== false && this.running.some(({ rule }) => rule.meta.needsPackets === true);
    this.live = this.running.filter(({ visitor }) => visitor.live !== undefined);
    this.watching = this.running.filter(({ visitor }) => visitor.packet !== undefined);
    this.visiting = this.running.filter(({ looks }) => looks);
    this.comparing = this.running.filter(({ visitor }) => visitor.crossing !== undefined);
  }

  /** So far the capture was read: a call that is over is handed in after the message that shows how late it is. */
  time(moment: Timestamp): void {
    const { clock } = this;
    if (compareTimestamps(moment, clock) <= 0) return;
    clock.seconds = moment.seconds;
    clock.nanoseconds = moment.nanoseconds;
  }

  /** Each message, in capture order: before the call it completes is handed in. A view, not kept. */
  message(m: SipMessage, info: MessageInfo): void {
    this.time(m);
    this.bindings.learn(m);
    if (this.needsPackets) this.media.expect(m, info);
    for (const one of this.live) {
      try {
        one.showLive(m, info);
      } catch (error) {
        this.fails(one.rule, error);
      }
    }
    this.flush();
  }

  /** Each packet, in capture order, with those that carry no SIP. */
  packet(packet: PacketSummary): void {
    this.media.packet(packet);
    for (const one of this.watching) {
      try {
        one.showPacket(packet);
      } catch (error) {
        this.fails(one.rule, error);
      }
    }
    this.flush();
  }

  /** Something odd about the capture or its streams. */
  diagnostic(diagnostic: Diagnostic): void {
    for (const { rule, visitor } of this.running) {
      if (visitor.diagnostic !== undefined) this.guard(rule, () => visitor.diagnostic!(diagnostic));
    }
    this.flush();
  }

  /** A call that is over, with its messages kept. */
  call(call: Call): void {
    const facts = this.facts.judged(call, this.now);
    for (const one of this.visiting) {
      try {
        one.show(facts);
      } catch (error) {
        this.fails(one.rule, error);
      }
    }
    this.flush();
  }

  /** Nothing more will be judged of this call: not by itself, and no two sides that it is one of. */
  letGo(call: Call): void {
    if (this.needsPackets) this.media.letGo(call.id);
  }

  /** Two legs that belong together: both their calls were handed in before. Gives what the rules will be shown. */
  pair(pair: LegPair): Crossing {
    const crossing = new Crossing(this.legFacts(pair.a), this.legFacts(pair.b), pair, this.world);
    this.crossing(crossing);
    return crossing;
  }

  /**
   * A leg that ended at a box with two sides, and led to nothing that was seen. Whether the box kept it to itself can be told only
   * of a call whose beginning was seen, and where nothing that left may be of it.
   */
  unpaired({ leg, side, joined, open }: UnpairedLeg): void {
    if (side !== 'near' || joined || open) return;
    this.crossing(new Crossing(this.legFacts(leg), null, null, this.world));
  }

  /** Two sides of a box, once both are over. */
  crossing(crossing: Crossing): void {
    // rules.md §0: under 0.50 nothing is said of two sides.
    if (crossing.confidence < 0.5) return;
    for (const one of this.comparing) {
      try {
        one.showCrossing(crossing);
      } catch (error) {
        this.fails(one.rule, error);
      }
    }
    this.flush();
  }

  /** The capture is at its end, and all calls and crossings were handed in. */
  end(): void {
    for (const { rule, visitor } of this.running) {
      if (visitor.end !== undefined) this.guard(rule, () => visitor.end!());
    }
    this.flush();
  }

  private get now(): Timestamp {
    return { ...this.clock };
  }

  private legFacts({ call, index }: Leg): LegFacts {
    return this.facts.of(call, this.now).legs[index]!;
  }

  private begin(rule: Rule): Visitor {
    const { id } = rule.meta;
    return rule.create({
      policy: this.options.policy,
      bindings: this.bindings,
      media: this.media,
      report: (report) => this.maker.add(rule, report),
      notChecked: (reason) => {
        const reasons = this.notChecked.get(id) ?? new Map<string, number>();
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        this.notChecked.set(id, reasons);
      },
    });
  }

  private guard(rule: Rule, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.fails(rule, error);
    }
  }

  private fails({ meta: { id } }: Rule, error: unknown): void {
    if (this.failed.has(id)) return;
    this.failed.add(id);
    this.options.onFailure(id, error);
  }

  private flush(): void {
    if (!this.maker.waiting) return;
    for (const { finding, calls } of this.maker.take()) {
      const graded = this.settings.grade(finding);
      if (graded !== null) this.options.onFinding(graded, calls);
    }
  }
}

const BEFORE_ALL = -(2 ** 31);
