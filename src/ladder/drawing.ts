// The drawing model: a ladder as columns and rows, before any layout. Text, SVG, HTML and Mermaid are drawn from it.
// Texts are as they came from the wire: whoever draws escapes them.
import type { Timestamp } from '../capture/timestamp.ts';
import type { FlowFinding, FlowMedia, OtherCall } from './flow.ts';

export interface Drawing {
  readonly title: Title;
  /** Left to right. */
  readonly columns: readonly Column[];
  /** Top to bottom. */
  readonly rows: readonly Row[];
}

export interface Title {
  readonly index: number;
  readonly kind: string;
  readonly callId: string;
  readonly others: readonly OtherCall[];
  readonly from: string;
  readonly to: string;
  readonly state: string;
  readonly cause: string;
  readonly partial: boolean;
  readonly messages: number;
  /** Those among them that the capture shows twice; they have no arrow of their own. */
  readonly duplicates: number;
  /** Time of the first message; null when there is none. */
  readonly start: Timestamp | null;
  /** From the first message to the last, in milliseconds. */
  readonly milliseconds: number;
}

/** One box: an address, or several that an alias says belong together. */
export interface Column {
  /** What stands at its head: an alias, an ip, or `ip:port` where one ip has several ports that are boxes of their own. */
  readonly name: string;
  /** Every `ip:port` seen of it, in order of appearance. */
  readonly addresses: readonly string[];
  /** `user agent`, `proxy` …; '' when unknown. */
  readonly role: string;
}

export type Row = Shaft | Silence | Remark;

/** What goes from one lifeline to another. */
export type Shaft = Arrow | Missing | Stream;

export function hasShaft(row: Row): row is Shaft {
  return row.kind === 'arrow' || row.kind === 'missing' || row.kind === 'stream';
}

/** Colour class of an arrow. */
export type Tone = 'request' | 'provisional' | 'success' | 'redirect' | 'failure' | 'retransmission';

/** One message, or one with its retransmissions when those are collapsed. `from` equals `to` within one box. */
export interface Arrow {
  readonly kind: 'arrow';
  readonly from: number;
  readonly to: number;
  readonly tone: Tone;
  /** False: a response. */
  readonly request: boolean;
  /** `INVITE`, `200 OK`. */
  readonly label: string;
  /** `(1)`; with the method, `(1 INVITE)`, where the label does not name it; '' without CSeq. */
  readonly cseq: string;
  readonly media: readonly FlowMedia[];
  readonly body: string;
  readonly marks: readonly string[];
  /** What rules found of it, the worst first. */
  readonly findings: readonly FlowFinding[];
  readonly retransmission: boolean;
  readonly transport: string;
  readonly time: Timestamp;
  /** The messages this arrow stands for: one packet number for each. */
  readonly frames: readonly number[];
  /** The same, as indexes into the flow's messages. */
  readonly messages: readonly number[];
  /** Packets in which the capture shows the same message again. */
  readonly duplicates: readonly number[];
  /** Milliseconds since the call's first message. */
  readonly sinceStart: number;
  /** Milliseconds since the message before; 0 for the first. */
  readonly sincePrevious: number;
  /** Of a response: milliseconds since its request on the same hop; null when that was not seen. */
  readonly sinceRequest: number | null;
}

/** A message that must have been there, but is not in the capture. */
export interface Missing {
  readonly kind: 'missing';
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** Media of one source that went one way, at the time of its first packet. */
export interface Stream {
  readonly kind: 'stream';
  readonly from: number;
  readonly to: number;
  /** `RTP`, `SRTP`. */
  readonly protocol: string;
  /** `audio`. */
  readonly media: string;
  /** `PCMU/8000`, `payload type 97`; those of most packets first. */
  readonly codecs: readonly string[];
  /** `ip:port`. */
  readonly source: string;
  readonly destination: string;
  /** RFC 3550 §3: synchronization source. */
  readonly ssrc: number;
  readonly packets: number;
  /** Of those expected by their sequence numbers. */
  readonly lost: number;
  /** Mean interarrival jitter in milliseconds (RFC 3550 §6.4.1); null where no clock rate is known. */
  readonly jitter: number | null;
  /** From the first packet to the last. */
  readonly milliseconds: number;
  readonly time: Timestamp;
  /** The first packet and the last. */
  readonly frames: readonly number[];
  /** Milliseconds since the call's first message, and since the message before. */
  readonly sinceStart: number;
  readonly sincePrevious: number;
}

/** A long time without messages. */
export interface Silence {
  readonly kind: 'silence';
  readonly milliseconds: number;
}

/** Something said about the call. */
export interface Remark {
  readonly kind: 'remark';
  readonly text: string;
  /** It was found by a rule. */
  readonly severity?: FlowFinding['severity'];
}
