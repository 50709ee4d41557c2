// The drawing model: a ladder as columns and rows, before any layout. Text, SVG, HTML and Mermaid are drawn from it.
// Texts are as they came from the wire: whoever draws escapes them.
import type { Timestamp } from '../capture/timestamp.ts';
import type { FlowMedia, OtherCall } from './flow.ts';

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

export type Row = Arrow | Missing | Silence | Remark;

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

/** A long time without messages. */
export interface Silence {
  readonly kind: 'silence';
  readonly milliseconds: number;
}

/** Something said about the call. */
export interface Remark {
  readonly kind: 'remark';
  readonly text: string;
}
