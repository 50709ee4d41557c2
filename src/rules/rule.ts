// What a rule is: what it says of itself (meta), and a visitor that looks at facts and reports. One rule, one file.
import type { Diagnostic, Severity } from '../capture/diagnostic.ts';
import type { Timestamp } from '../capture/timestamp.ts';
import type { MessageInfo } from '../dialog/call.ts';
import type { PacketSummary } from '../network/packet-summary.ts';
import type { Policy } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Evidence } from './evidence.ts';
import type { Bindings } from './facts/bindings.ts';
import type { CallFacts } from './facts/call-facts.ts';
import type { Crossing } from './facts/crossing.ts';
import type { DialogFacts } from './facts/dialog-facts.ts';
import type { LegFacts } from './facts/leg-facts.ts';
import type { MediaWatch } from './facts/media-watch.ts';
import type { MessageFacts } from './facts/message-facts.ts';
import type { TransactionFacts } from './facts/transaction-facts.ts';

export const RULE_SCOPES = ['message', 'transaction', 'dialog', 'call', 'registration', 'capture'] as const;
export type RuleScope = (typeof RULE_SCOPES)[number];

/** The clause a rule enforces: `{document: 'RFC 3261', section: '9.1'}`, `{document: 'Cisco IM', section: 'Privacy'}`. */
export interface RuleSource {
  readonly document: string;
  /** Number or title; '' for the whole document. */
  readonly section: string;
  /** What it says, in our words, where that helps. */
  readonly says?: string;
}

/** What a rule says of itself; its page and `sipspect rules` are made of it. Texts are one line each, without markup. */
export interface RuleMeta {
  /** `group/name`, the path of its file. */
  readonly id: string;
  /** Of its findings, unless a report or the policy says otherwise. */
  readonly severity: Severity;
  readonly scope: RuleScope;
  /** 1: in use by default from the start; 2: the second wave. */
  readonly tier: 1 | 2;
  /** Version of sipspect that had it first. */
  readonly since: string;
  /** It needs both sides of a box. */
  readonly twoSided?: boolean;
  /** It looks at packets that are no SIP: media. */
  readonly needsPackets?: boolean;
  /** One sentence: what must hold. */
  readonly summary: string;
  /** Why it matters, what users notice when it is broken. */
  readonly why: string;
  /** What looks like it and is no finding. */
  readonly exceptions: readonly string[];
  /** What to change, and where. */
  readonly fix: string;
  readonly sources: readonly RuleSource[];
  /** The texts of its findings, by key, with `{placeholders}` for data. */
  readonly messages: Readonly<Record<string, string>>;
}

/** What a rule looks at; each is called once for each such thing, in the order of the capture within a call. */
export interface Visitor {
  /** Each message as the capture shows it, before its call is over: for what is counted over time. A view, not kept. */
  live?(message: SipMessage, info: MessageInfo): void;
  /** Each message but retransmissions and duplicates (guards G3, G4). */
  message?(message: MessageFacts): void;
  /** Each transaction at one hop, when its call is over. */
  transaction?(transaction: TransactionFacts): void;
  /** Each dialog at one hop, when its call is over. */
  dialog?(dialog: DialogFacts): void;
  /** Each hop of a call. */
  leg?(leg: LegFacts): void;
  call?(call: CallFacts): void;
  /** The two sides of a box, once both are over; also a side that has no other (`crossing.b` is null). */
  crossing?(crossing: Crossing): void;
  /** Each packet, with those that carry no SIP, in capture order; with `meta.needsPackets`. */
  packet?(packet: PacketSummary): void;
  /** What the stages before said of the capture and its streams (`tcp/…`, `sip/…` framing), as it was read. */
  diagnostic?(diagnostic: Diagnostic): void;
  /** The capture is at its end. */
  end?(): void;
}

/** What a rule is given when a run begins; state of a run lives in the closure of `create`. */
export interface RuleContext<Key extends string = string> {
  readonly policy: Policy;
  /** Who is registered, as the capture showed so far. */
  readonly bindings: Bindings;
  /** Packets from and to the addresses that session descriptions ask for; not `active` where the run shows no packets. */
  readonly media: MediaWatch;
  report(report: Report<Key>): void;
  /** Something that the rule would judge and cannot see (guard G7, G8): counted in the coverage. */
  notChecked(reason: string): void;
}

export interface Report<Key extends string = string> {
  /** Key of `meta.messages`. */
  readonly message: Key;
  /** For its placeholders. Secrets do not belong here. */
  readonly data?: Readonly<Record<string, string | number>>;
  /** The messages that prove it, the guilty one first. Empty for a finding about the whole capture. */
  readonly at: MessageFacts | readonly MessageFacts[];
  /** The lines that prove it; without, the start line of the first message. */
  readonly evidence?: readonly Evidence[];
  /** Instead of the rule's own. */
  readonly severity?: Severity;
  /** 0–1, 1 unless given; that of the pairing counts in by itself where `crossing` is given. */
  readonly confidence?: number;
  readonly crossing?: Crossing;
  /** For a finding about the capture: whom it is about. */
  readonly peer?: string;
  /** More packets that prove it. */
  readonly frames?: readonly number[];
  /** For a finding about the capture: when it was seen. */
  readonly time?: Timestamp;
}

export interface Rule {
  readonly meta: RuleMeta;
  create(context: RuleContext): Visitor;
}

/** Gives a rule its types: the keys that `report` takes are those of `meta.messages`. */
export function defineRule<const Messages extends Readonly<Record<string, string>>>(rule: {
  readonly meta: RuleMeta & { readonly messages: Messages };
  create(context: RuleContext<keyof Messages & string>): Visitor;
}): Rule {
  return rule as Rule;
}
