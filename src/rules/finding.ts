// What a rule found, ready to be written anywhere: plain data, secrets masked.
import type { Severity } from '../capture/diagnostic.ts';
import type { CallKind } from '../dialog/call-kind.ts';
import type { Evidence } from './evidence.ts';

export interface Finding {
  /** `group/name`. */
  readonly rule: string;
  readonly severity: Severity;
  /** 0–1: how sure it is that this happened. */
  readonly confidence: number;
  /** Where it happened; null for a finding about the whole capture. */
  readonly call: { readonly id: number; readonly callId: string; readonly kind: CallKind } | null;
  /** The sides of the box, the one that called first; one for a rule that needs no other. */
  readonly legs: readonly FindingLeg[];
  /** Packets that prove it, the guilty one first. */
  readonly frames: readonly number[];
  /** When the guilty message was seen, ISO 8601; '' for the whole capture. */
  readonly time: string;
  /** Who sent the guilty message, `ip:port`. */
  readonly peer: string;
  /** Its User-Agent or Server header; ''. */
  readonly userAgent: string;
  readonly evidence: readonly Evidence[];
  /** What is wrong, with the values. */
  readonly message: string;
  /** Key of the rule's messages that it was made of. */
  readonly key: string;
  readonly fix: string;
  /** `RFC 3261 §9.1`, `Cisco IM §Privacy`. */
  readonly sources: readonly string[];
  /** `weak-correlation`: the two sides may not belong together. */
  readonly tags: readonly string[];
  /** How often the same was seen in the call: at other hops, in answers that repeat it. */
  readonly count: number;
}

export interface FindingLeg {
  readonly callId: string;
  /** `ip:port` of who sent the first request of the leg, and who received it. */
  readonly from: string;
  readonly to: string;
}
