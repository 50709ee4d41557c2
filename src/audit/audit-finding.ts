// A finding as an audit hands it on: what a rule found, with what tells it again in another capture.
import type { Finding } from '../rules/finding.ts';

export interface AuditFinding extends Finding {
  /** 1-based: which of the sets it was found in; 1 unless captures are judged one by one. */
  readonly set: number;
  /** The same for the same defect of the same peer, whatever the frames, times and numbers: see fingerprint.ts. */
  readonly fingerprint: string;
  /** Of a set of several captures: where each of `frames` is, in their order; else empty. */
  readonly places: readonly FramePlace[];
}

export interface FramePlace {
  readonly capture: string;
  /** Number of the packet in that capture alone. */
  readonly frame: number;
}
