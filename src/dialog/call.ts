// A call as the later stages see it: everything the capture shows under one Call-ID, over all hops, between one
// beginning and one end. Calls come from the Correlator; they are live views until handed to `onCall`.
import type { Diagnostic } from '../capture/diagnostic.ts';
import type { Timestamp } from '../capture/timestamp.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { Transport } from '../network/payload.ts';
import type { SipMessage } from '../sip/message.ts';
import type { CallKind } from './call-kind.ts';
import type { CallState } from './call-state.ts';

export interface Call {
  /** 1-based, in the order of the calls' first messages. */
  readonly id: number;
  readonly kind: CallKind;
  readonly callId: string;
  /** The URI of From and To, without display name and parameters: `sip:alice@example.com`. */
  readonly from: string;
  readonly to: string;
  /** Sender and receiver of the first request, at its first hop. */
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** Every address that sent or received one of its messages, in order of appearance. */
  readonly endpoints: readonly Endpoint[];
  readonly transports: readonly Transport[];
  /** Method of the first request: `INVITE`, `REGISTER` … */
  readonly method: string;
  /** Times of the first and the last message. */
  readonly start: Timestamp;
  readonly end: Timestamp;
  readonly state: CallState;
  /** Why it ended; null while it goes on, or where the capture does not show it. */
  readonly cause: ReleaseCause | null;
  /** All messages, with retransmissions and duplicates. */
  readonly messages: number;
  /** Messages sent again at the same hop. */
  readonly retransmissions: number;
  /** Messages the capture shows twice. */
  readonly duplicates: number;
  /** Packets that carried them, ascending. */
  readonly frames: readonly number[];
  readonly timings: Timings;
  /** The session as last negotiated, of both sides. */
  readonly media: readonly CallMedia[];
  readonly roles: readonly EndpointRole[];
  /** The beginning is not in the capture. */
  readonly partial: boolean;
  readonly dialogs: readonly Dialog[];
  readonly related: readonly RelatedCall[];
  /** Bindings of a registration, as the last 2xx to REGISTER showed them; else empty. */
  readonly bindings: readonly Binding[];
  /** Event package of a subscription (`presence`, `dialog`, `refer` …); else ''. */
  readonly event: string;
  /** Evidence gathered on the way: moves the RFCs do not allow, caps reached. */
  readonly diagnostics: readonly Diagnostic[];
  /** The messages themselves, in capture order; only with `keepMessages`, else undefined. */
  readonly events: readonly CallEvent[] | undefined;
  /** What `events` gave takes many times the room of the octets it was made of: it is forgotten, and made anew when asked for. */
  letGoOfEvents?(): void;
}

/** How a call ended: `{by: 'caller', endpoint: '192.0.2.1:5060', method: 'BYE', status: 0, reason: ''}`. */
export interface ReleaseCause {
  /** Side the deciding message came from, made there or on the way; `network` when there is none (a timer ran out). */
  readonly by: 'caller' | 'callee' | 'network';
  /** Its address, as `ip:port`; '' for `network`. */
  readonly endpoint: string;
  /** `BYE`, `CANCEL` … for a request, and the method that was answered for a response. */
  readonly method: string;
  /** Status of the deciding response; 0 when a request decided. */
  readonly status: number;
  /** Reason phrase of that response; of a NOTIFY its Subscription-State's reason; `not refreshed`; '' for other requests. */
  readonly reason: string;
  /** Packet of the deciding message; 0 for `network`. */
  readonly frame: number;
  /** Values of its Reason header (RFC 3326), in order. */
  readonly reasons: readonly ReasonValue[];
}

/** One value of a Reason header: `Q.850;cause=16;text="Normal call clearing"`. */
export interface ReasonValue {
  readonly protocol: string;
  readonly cause: number | null;
  readonly text: string;
}

/** All in milliseconds, taken at the first hop; null where the capture does not show both ends of the span. */
export interface Timings {
  /** RFC 6076 §4.3 SRD: first INVITE to the first 101–199, 2xx or failure; challenges and redirects are run through. */
  readonly sessionRequestDelay: number | null;
  /** First 180 (else first 18x) to the final response. */
  readonly ringTime: number | null;
  /** First INVITE to the first 2xx. */
  readonly setupTime: number | null;
  /** RFC 6076 §4.5 SDT: first 2xx to the BYE (or other end of the last dialog). */
  readonly sessionDuration: number | null;
  /** RFC 6076 §4.4 SDD: BYE to its 2xx. */
  readonly sessionDisconnectDelay: number | null;
  /** RFC 6076 §4.1 RRD: first REGISTER of an attempt to its 2xx, challenges run through; of the first success. */
  readonly registrationRequestDelay: number | null;
  /** Any kind: first request to its first final response (challenges count as final here). */
  readonly responseDelay: number | null;
}

/** One media line of one side, as last negotiated. */
export interface CallMedia {
  readonly side: 'caller' | 'callee';
  /** `audio`, `video`, `message` … as written. */
  readonly media: string;
  readonly protocol: string;
  readonly codecs: readonly string[];
  /** Connection address; '' when the SDP gives none. */
  readonly address: string;
  readonly port: number;
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** m=message or m=x-ms-message. */
  readonly im: boolean;
}

export const ROLES = [
  'user-agent',
  'proxy',
  'registrar',
  'redirect-server',
  'b2bua',
  'presence-server',
] as const;
export type Role = (typeof ROLES)[number];

export interface EndpointRole {
  /** `ip:port`. */
  readonly endpoint: string;
  readonly role: Role;
  /** What showed it: `adds Via`, `Record-Route`, `answers REGISTER` … */
  readonly evidence: string;
}

export type DialogState = 'early' | 'confirmed' | 'terminated';

/** One dialog of the call: a fork gives several. */
export interface Dialog {
  /** Tag of the side that sent the request that formed it, and of the other side. */
  readonly localTag: string;
  readonly remoteTag: string;
  readonly state: DialogState;
  /** First packet that carried both tags. */
  readonly frame: number;
}

/** A call that this one names: a transfer, a replacement, a subscription's target. */
export interface RelatedCall {
  /** What names it, from this call's side; `referred-call` is the new call a REFER of this one led to. */
  readonly relation: 'replaces' | 'referred-by' | 'target-dialog' | 'join' | 'referred-call';
  /** Its Call-ID. */
  readonly callId: string;
  /** Its id where it was seen, else 0. */
  readonly id: number;
  readonly frame: number;
}

/** A Contact bound to an address of record. */
export interface Binding {
  /** The address of record: the To URI. */
  readonly aor: string;
  readonly contact: string;
  /** Seconds granted; null when the registrar did not say. */
  readonly expires: number | null;
  /** 0–1; null when absent. */
  readonly q: number | null;
  /** Proxies to pass on the way to it (RFC 3327), as the 2xx returned them. */
  readonly path: readonly string[];
  /** Time of the 2xx that last showed it. */
  readonly updated: Timestamp;
}

/** One message of a call, kept. */
export interface CallEvent {
  readonly message: SipMessage;
  /** Packet of the message this one repeats at the same hop; else 0. */
  readonly retransmissionOf: number;
  /** Packet the capture shows this message in before; else 0. */
  readonly duplicateOf: number;
  /** Which transaction of the call, from 0; a request forwarded to the next hop is another transaction. */
  readonly transaction: number;
  /** The same request one hop earlier: its transaction, or -1. */
  readonly upstream: number;
  /** Index into `dialogs`, -1 outside. */
  readonly dialog: number;
  /** For a response: milliseconds since its request (the first sending); null otherwise. */
  readonly delay: number | null;
  /** What it did to the call, '' for nothing: see MOMENTS. */
  readonly moment: Moment;
}

/** What a message did to its call. */
export const MOMENTS = [
  '',
  'attempt', // an INVITE outside a dialog, or another kind's first request
  'ringing',
  'answered',
  'challenged',
  'diverted',
  'rejected',
  'cancelled',
  'released', // BYE
  're-invite',
  'registered',
  'unregistered',
  'notified',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** What the correlator knows of one message when it has placed it. Filled again for each message. */
export interface MessageInfo {
  /** The call as it is now. */
  readonly call: Call;
  readonly retransmissionOf: number;
  readonly duplicateOf: number;
  readonly transaction: number;
  readonly upstream: number;
  readonly dialog: number;
  readonly delay: number | null;
  readonly moment: Moment;
}

export interface CorrelatorLimits {
  /** Calls open at once; beyond it the longest idle are handed on. */
  readonly openCalls: number;
  /** Messages kept in one call's `events`. */
  readonly eventsPerCall: number;
  /** Transactions of one call that are followed at once, and dialogs of one call. */
  readonly transactionsPerCall: number;
  readonly dialogsPerCall: number;
  /** Addresses remembered across calls for roles. */
  readonly roleEndpoints: number;
}
