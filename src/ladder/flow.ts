// What a ladder is drawn from: the messages of one call in the order they were seen, with what is known of the call.
// It names nothing of the dialog stage, so that a ladder can be drawn of anything that sends messages; `from-call.ts` fills it.
import type { Timestamp } from '../capture/timestamp.ts';
import type { Endpoint } from '../network/endpoint.ts';

/** One m= section of an offer or answer (RFC 8866 §5.14). */
export interface FlowMedia {
  readonly media: string;
  readonly address: string;
  /** NaN when the m= line has none, 0 when the medium is refused. */
  readonly port: number;
  /** `PCMU/8000`, in order of preference. */
  readonly codecs: readonly string[];
  /** `sendrecv`, `sendonly`, `recvonly` or `inactive`. */
  readonly direction: string;
  /** m=message or m=x-ms-message: instant messaging. */
  readonly im: boolean;
}

/** What a rule found of a message. */
export interface FlowFinding {
  readonly severity: 'error' | 'warning' | 'info';
  /** `dialog/ack-missing`. */
  readonly rule: string;
  readonly message: string;
}

export interface FlowMessage extends Timestamp {
  /** Number of the first packet that carries it. */
  readonly frame: number;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /**
   * Where the sender of a request takes responses: host and port of its topmost Via's sent-by (RFC 3261 §18.1.1).
   * It ties the ephemeral ports of a box's connections to the port it listens on.
   */
  readonly sentBy?: { readonly host: string; readonly port: number };
  readonly transport: string;
  /** As spelled in the request line; '' for responses. */
  readonly method: string;
  /** 0 for requests. */
  readonly status: number;
  readonly reason: string;
  /** -1 when there is none. */
  readonly cseqNumber: number;
  readonly cseqMethod: string;
  readonly media: readonly FlowMedia[];
  /** The content type of a body that is no session description; '' when there is none. */
  readonly body: string;
  readonly retransmission: boolean;
  /** Packet in which the capture shows this very message before (a mirrored port); else 0. */
  readonly duplicateOf: number;
  /** Of a response: milliseconds since its request; null when that was not seen, and for requests. */
  readonly delay: number | null;
  /** Diagnostic codes to show at the arrow. */
  readonly marks: readonly string[];
  readonly findings?: readonly FlowFinding[];
}

/** RTP packets of one source from one address to another. */
export interface FlowStream extends Timestamp {
  /** Packet number of the first, and of the last. */
  readonly frame: number;
  readonly lastFrame: number;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** Who asked for media at these addresses: where several boxes share an ip, it tells which one it is; null where nobody did. */
  readonly srcAsker: Endpoint | null;
  readonly dstAsker: Endpoint | null;
  readonly protocol: 'RTP' | 'SRTP';
  readonly media: string;
  readonly codecs: readonly string[];
  readonly ssrc: number;
  readonly packets: number;
  readonly lost: number;
  /** Milliseconds; null where it cannot be told. */
  readonly jitter: number | null;
  readonly milliseconds: number;
}

export interface OtherCall {
  readonly callId: string;
  /** `certain, across 192.0.2.1 | 198.51.100.1`. */
  readonly note: string;
}

export interface Flow {
  /** 1-based index among the calls shown. */
  readonly index: number;
  /** `call`, `im`, `message`, `registration`, `subscription`, `options` or `other`. */
  readonly kind: string;
  readonly callId: string;
  /** Calls that a box made of it: their Call-IDs, each with a word on why they stand here. */
  readonly others?: readonly OtherCall[];
  readonly from: string;
  readonly to: string;
  readonly state: string;
  /** Why it ended as it did; '' when there is nothing to say. */
  readonly cause: string;
  /** The `ip:port` that `cause` ends with or has before its first comma: the ladder names the column instead. */
  readonly causeFrom?: string;
  /** Messages that were seen but not kept: `messages` ends before the call does. */
  readonly unkept: number;
  /** The capture does not hold all of it. */
  readonly partial: boolean;
  /** `ip:port` or ip → role. */
  readonly roles: ReadonlyMap<string, string>;
  readonly messages: readonly FlowMessage[];
  /** Media that the capture shows of it, in order of time. */
  readonly streams?: readonly FlowStream[];
  /** What was found of no message in particular. */
  readonly findings?: readonly FlowFinding[];
}
