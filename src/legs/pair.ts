// What pairing says: of two legs at one box that the second carries on what the first began, and on what evidence.
import type { CallKind } from '../dialog/call-kind.ts';
import type { Leg } from './leg.ts';

/** Leg `b` carries on at the far side of a box what leg `a` brought to its near side. */
export interface LegPair {
  /** 1-based, in the order they were found. */
  readonly id: number;
  readonly a: Leg;
  readonly b: Leg;
  /** Addresses of the box between: where `a` arrived and where `b` left, then what else is known to be its own. */
  readonly box: readonly string[];
  readonly kind: CallKind;
  /** What the other legs are that `a` led to; `single` when there is none. */
  readonly group: Group;
  /** Sum of the signals, each family capped, with the contradictions. */
  readonly score: number;
  /** 0–1: how likely it is that they belong together. */
  readonly confidence: number;
  readonly bucket: Bucket;
  /** How far the next best candidate of `b` is behind; null when there is none. */
  readonly margin: number | null;
  /** Strongest first. */
  readonly signals: readonly Signal[];
  readonly contradictions: readonly Signal[];
  /** The next best candidates of `b`, three at most. */
  readonly alternatives: readonly Alternative[];
  /** Packets that show it, ascending: the requests that begin both legs, and those that signals were read from. */
  readonly frames: readonly number[];
  /** Pairs of one call through several boxes have the same number; `hop` is 1 for the box nearest to the caller. */
  readonly chain: number;
  readonly hop: number;
  /** The capture began when the call was under way: `a` is where the BYE, or the first request seen, came from. */
  readonly joined: boolean;
}

/** A leg that no other could be told to belong to, though it ends or begins at a box that has two sides. */
export interface UnpairedLeg {
  readonly leg: Leg;
  /** `near`: it came to a box, and nothing went on; `far`: it left a box, and nothing had come. */
  readonly side: 'near' | 'far';
  /** The capture began when its call was under way. */
  readonly joined: boolean;
  /** The candidate that came nearest. */
  readonly nearest: Alternative | null;
  /** A leg that nothing explains may be its partner for all that: whether it has one is not known. */
  readonly open: boolean;
  /** Why it was not taken: `nothing left the box within 10 s`. */
  readonly why: string;
}

/** One thing that speaks for the pair, or against it. */
export interface Signal {
  /** `session-id`, `call-id`, `sdp-origin`, `time` … */
  readonly name: string;
  readonly family: Family;
  /** What it adds; contradictions are below 0. Before the cap of its family. */
  readonly weight: number;
  /** What it was read from on either leg. */
  readonly a: string;
  readonly b: string;
  readonly frameA: number;
  readonly frameB: number;
}

export interface Alternative {
  readonly callId: string;
  readonly score: number;
}

/**
 * Several legs that one led to: `fork` at the same time (RFC 3261 §16.6), `hunt` one after the other, `retry` again the same way
 * (after a challenge, say).
 */
export const GROUPS = ['single', 'fork', 'hunt', 'retry'] as const;
export type Group = (typeof GROUPS)[number];

/** From 0.95, 0.85, 0.70, 0.50 and below. */
export const BUCKETS = ['certain', 'high', 'medium', 'weak', 'none'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Signals that say the same thing twice are in one family; what a family adds is capped. */
export const FAMILIES = [
  'session-id',
  'charging',
  'call-id',
  'route',
  'sdp',
  'media',
  'body',
  'parties',
  'binding',
  'time',
  'shape',
  'soft',
] as const;
export type Family = (typeof FAMILIES)[number];

export function bucketOf(confidence: number): Bucket {
  if (confidence >= 0.95) return 'certain';
  if (confidence >= 0.85) return 'high';
  if (confidence >= 0.7) return 'medium';
  return confidence >= 0.5 ? 'weak' : 'none';
}
