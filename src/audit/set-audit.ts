// One set of captures judged: fed by the pipeline, it hands on findings as they are found and gives what it saw at the end.
// What it holds is bounded by what is open, and by caps on what is listed; a cap says what it left out.
import type { Diagnostic, Severity } from '../capture/diagnostic.ts';
import { PacketPlaces } from '../capture/packet-places.ts';
import type { Call, MessageInfo } from '../dialog/call.ts';
import { type CallRecord, callRecord } from '../dialog/record/call-record.ts';
import { letGoOfEvents } from '../legs/leg.ts';
import type { LegPair, UnpairedLeg } from '../legs/pair.ts';
import { LegPairing } from '../legs/pairing.ts';
import type { PacketSummary } from '../network/packet-summary.ts';
import type { RtpPacket } from '../network/rtp-packet.ts';
import type { PipelineOptions, PipelineResult } from '../pipeline.ts';
import type { Policy } from '../policy/policy.ts';
import type { Finding } from '../rules/finding.ts';
import { Judge } from '../rules/judge.ts';
import type { Rule } from '../rules/rule.ts';
import { RuleSettings } from '../rules/rule-settings.ts';
import type { SipMessage } from '../sip/message.ts';
import type { AuditFinding, FramePlace } from './audit-finding.ts';
import type { BaselineEntry } from './baseline.ts';
import type { CallFilter } from './call-filter.ts';
import { type Coverage, DamageCount, unreadOf } from './coverage.ts';
import { type FoundGroup, FoundList } from './found-list.ts';
import type { Exhibit } from './html/exhibit.ts';
import { ExhibitMaker } from './html/exhibit-maker.ts';
import type { IgnoredCount } from './ignored.ts';
import { PolicyLearner } from './infer/policy-learner.ts';
import { type PairRecord, pairRecord, type UnpairedRecord, unpairedRecord } from './legs-record.ts';
import { type Packed, PackedList } from './packed-list.ts';
import type { AuditedCapture } from './report.ts';
import { Sieve } from './sieve.ts';
import { SpreadList } from './spread-list.ts';
import { type Counts, SummaryCount } from './summary-count.ts';

export interface SetAuditOptions {
  /** 1-based number of the set. */
  readonly set: number;
  /** Their paths. */
  readonly captures: readonly string[];
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  /** `2026-11-21`: for entries of the policy that hold until a day. */
  readonly today: string;
  readonly minSeverity: Severity;
  readonly baseline: ReadonlySet<string>;
  /** List what a new baseline will hold. */
  readonly writesBaseline?: boolean;
  /** Make what a page shows of each finding: its ladder, its messages. */
  readonly exhibits?: boolean;
  /** Each finding that is shown, as it is found. */
  readonly onFinding?: (finding: AuditFinding) => void;
  /** The rules are shown only the calls that it has. */
  readonly filter?: CallFilter;
}

/** What one set gave, as plain data: a thread can hand it to another. */
export interface SetOutcome {
  readonly set: number;
  readonly captures: readonly AuditedCapture[];
  /** As many as are listed: see found-list.ts. */
  readonly findings: readonly FoundGroup[];
  /** Of the first findings, where they were asked for. */
  readonly exhibits: readonly Exhibit[];
  /** Records of calls, by number. */
  readonly calls: Packed;
  /** PairRecords and UnpairedRecords, as they were found. */
  readonly legs: { readonly pairs: Packed; readonly unpaired: Packed; readonly unlisted: number };
  readonly coverage: Coverage;
  readonly counts: Counts;
  readonly ignored: readonly IgnoredCount[];
  readonly known: number;
  readonly below: number;
  /** What the traffic showed of the box, a line each; empty where a policy says it. */
  readonly learnt: readonly string[];
  /** For a new baseline, where one is wanted. */
  readonly present: readonly BaselineEntry[];
}

export class SetAudit {
  private readonly options: SetAuditOptions;
  private readonly judge: Judge;
  private readonly sieve: Sieve;
  /** Which of several captures each packet is from. */
  private readonly places: PacketPlaces | undefined;
  private readonly summary = new SummaryCount();
  private readonly damage = new DamageCount();
  private readonly findings = new FoundList();
  private readonly exhibits: Exhibit[] = [];
  private readonly exhibitMaker = new ExhibitMaker();
  private readonly calls = new SpreadList<CallRecord & { readonly set: number }>();
  /** Numbers of those. */
  private readonly listed = new Set<number>();
  private readonly failures: { rule: string; error: string }[] = [];
  private readonly seen = { messages: 0, calls: 0, partialCalls: 0, crossings: 0 };
  /** Calls that the rules are not shown, as long as somebody holds them. */
  private readonly unwanted = new WeakSet<Call>();
  /** Without a policy: what the traffic shows of the box. */
  private learner: PolicyLearner | null;
  private readonly pairing: LegPairing;
  private readonly pairs = new PackedList<PairRecord>();
  private readonly alone = new PackedList<UnpairedRecord>();
  private unlisted = 0;

  constructor(options: SetAuditOptions) {
    this.options = options;
    const onCapped = (capped: Diagnostic): void => this.damage.add(capped);
    this.sieve = new Sieve({ ...options, ignore: options.policy.ignore, onCapped });
    this.places = options.captures.length > 1 ? new PacketPlaces(options.captures.length) : undefined;
    this.judge = new Judge({
      rules: options.rules,
      policy: options.policy,
      onFinding: (finding, calls) => this.found(finding, calls),
      onFailure: (rule, error) => this.failures.push({ rule, error: String(error) }),
      onCapped,
    });
    this.learner = options.policy.adjacencies.length === 0 ? new PolicyLearner() : null;
    this.pairing = new LegPairing({
      policy: options.policy,
      joined: true,
      onPair: (pair) => this.pair(pair),
      onUnpaired: (unpaired) => this.unpaired(unpaired),
      onDone: (call) => this.judge.letGo(call),
      onCapped,
    });
  }

  /** What the pipeline is to call. */
  get handlers(): Pick<
    PipelineOptions,
    'keepMessages' | 'places' | 'onTime' | 'onMessage' | 'onPacket' | 'onRtp' | 'onCall'
  > & {
    onDiagnostic(diagnostic: Diagnostic): void;
  } {
    return {
      keepMessages: true,
      ...(this.places && { places: this.places }),
      // What every packet costs, only where a rule looks at media.
      ...(this.judge.needsPackets && {
        onPacket: (packet: PacketSummary) => this.judge.packet(packet),
        onRtp: (packet: RtpPacket) => this.pairing.rtp(packet),
      }),
      onTime: (message: SipMessage) => this.judge.time(message),
      onMessage: (message: SipMessage, info: MessageInfo) => {
        this.seen.messages++;
        this.options.filter?.collect(message, info);
        this.judge.message(message, info);
        this.pairing.clock(message.seconds);
      },
      onCall: (call: Call) => this.call(call),
      onDiagnostic: (diagnostic: Diagnostic) => {
        this.damage.add(diagnostic);
        this.judge.diagnostic(diagnostic);
      },
    };
  }

  /** The captures are at their end. */
  end({ inputs, ledger }: PipelineResult): SetOutcome {
    this.pairing.end();
    this.judge.end();
    const { set, rules, policy } = this.options;
    const { messages, calls, partialCalls, crossings } = this.seen;
    const settings = new RuleSettings(policy);
    const ids = rules.map(({ meta }) => meta.id);
    return {
      set,
      captures: inputs.map(({ path, format, packets, bytes, error }) => {
        return { path, format: format ?? 'unknown', packets, octets: bytes, error: error ?? '' };
      }),
      findings: this.findings.groups(),
      exhibits: this.exhibits,
      calls: this.calls.packed(),
      legs: { pairs: this.pairs.packed(), unpaired: this.alone.packed(), unlisted: this.unlisted },
      coverage: {
        rules: ids.filter((id) => !settings.isOff(id)),
        left: ids.filter((id) => settings.isOff(id)),
        packets: ledger.read,
        ...{ messages, calls, partialCalls, crossings },
        notChecked: [...this.judge.notChecked].flatMap(([rule, reasons]) =>
          [...reasons].map(([reason, count]) => ({ rule, reason, count })),
        ),
        unread: unreadOf(ledger),
        damage: this.damage.counts(),
        failures: this.failures,
      },
      counts: this.summary.counts(),
      ignored: this.sieve.ignored.counts(),
      known: this.sieve.known,
      below: this.sieve.below,
      learnt: this.pairs.length === 0 ? [] : (this.learner?.result().evidence ?? []),
      present: [...this.sieve.present.values()],
    };
  }

  private call(call: Call): void {
    if (this.options.filter?.has(call) === false) {
      this.unwanted.add(call);
      this.pairing.call(call);
      letGoOfEvents(call);
      return;
    }
    this.seen.calls++;
    if (call.partial) this.seen.partialCalls++;
    this.judge.call(call);
    this.pairing.call(call);
  }

  private pair(pair: LegPair): void {
    if (this.unwanted.has(pair.a.call) && this.unwanted.has(pair.b.call)) return;
    this.seen.crossings++;
    if (this.pairs.length < MAX_LEGS) this.pairs.push(pairRecord(pair, this.options.set));
    else this.unlisted++;
    // Who called whom, and what was asked for, was not captured: there is nothing to judge two sides by.
    if (pair.joined) return;
    const crossing = this.judge.pair(pair);
    if (this.learner === null) return;
    // A programmer's error in what only informs is not the end of the run.
    try {
      this.learner.learn(crossing);
    } catch (error) {
      this.failures.push({ rule: 'policy infer', error: String(error) });
      this.learner = null;
    }
  }

  private unpaired(unpaired: UnpairedLeg): void {
    if (this.unwanted.has(unpaired.leg.call)) return;
    if (this.alone.length < MAX_LEGS) this.alone.push(unpairedRecord(unpaired, this.options.set));
    else this.unlisted++;
    this.judge.unpaired(unpaired);
  }

  private found(finding: Finding, calls: readonly Call[]): void {
    const shown = this.sieve.take(finding, this.placesOf(finding));
    if (shown === null) return;
    this.summary.add(shown);
    if (this.findings.length < MAX_FINDINGS) this.findings.push(shown);
    if (this.options.exhibits === true) this.exhibit(shown, calls);
    for (const call of calls) {
      if (this.listed.size >= MAX_CALLS || this.listed.has(call.id)) continue;
      this.listed.add(call.id);
      this.calls.push({ ...callRecord(call), set: this.options.set }, call.id);
    }
    this.options.onFinding?.(shown);
  }

  private placesOf({ frames }: Finding): FramePlace[] {
    const { places } = this;
    if (places === undefined) return [];
    return frames.flatMap((frame) => {
      const place = places.of(frame);
      return place === undefined ? [] : { capture: this.options.captures[place.source]!, frame: place.frame };
    });
  }

  private exhibit(finding: AuditFinding, calls: readonly Call[]): void {
    if (this.exhibits.length >= MAX_EXHIBITS) return;
    const exhibit = this.exhibitMaker.make(this.findings.length - 1, finding, calls);
    if (exhibit !== null) this.exhibits.push(exhibit);
  }
}

/** Findings that are shown with their ladders and messages: each takes some ten thousand characters. */
const MAX_EXHIBITS = 1000;
/** Findings that a report lists; more are counted. */
const MAX_FINDINGS = 50_000;
const MAX_CALLS = 20_000;
const MAX_LEGS = 20_000;
