// What a stage says about input that is not as it should be. Malformed input is data: it never throws.

export type Severity = 'error' | 'warning' | 'info';

/** One oddity found in the input. `code` is stable (`stage/what-happened`); `message` is for people. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Numbers of the packets concerned, 1-based over the whole set; empty when it concerns a file. */
  readonly frames?: readonly number[];
  /** Where: a byte offset in the file for `pcap/…`, in the message for `sip/…` and `sdp/…`. */
  readonly at?: number;
}

export type DiagnosticSink = (diagnostic: Diagnostic) => void;
