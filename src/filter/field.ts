// A field of the filter language: its name, the type of its values, and how they are read from what is at hand.
import type { Timestamp } from '../capture/timestamp.ts';
import type { Call, MessageInfo } from '../dialog/call.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { OutcomeName } from '../network/outcome.ts';
import type { Transport } from '../network/payload.ts';
import { parseSdp, type SessionDescription } from '../sdp/session.ts';
import type { SipMessage } from '../sip/message.ts';

/** Numbers stand for durations (seconds) too, bigints for times (nanoseconds since 1970), text for addresses too. */
export type Value = string | number | bigint | boolean;

/** `presence`: it is there or not, and has no value. */
export type FieldType = 'text' | 'number' | 'boolean' | 'address' | 'time' | 'duration' | 'uuid' | 'presence';

/** What is needed to know it: a packet (or the message in it), a SIP message, or a whole call. */
export type Level = 'packet' | 'message' | 'call';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly level: Level;
  /** Adds the values to `out`; nothing when the field is absent. Never throws. */
  readonly read: (facts: Facts, out: Value[]) => void;
  /** The only values there are, for fields that enumerate. */
  readonly choices?: readonly string[];
  /** In words, for lists of fields. */
  readonly about: string;
}

/** What is known of a packet, as the list of packets shows it. */
export interface PacketFacts extends Timestamp {
  readonly frame: number;
  /** On the wire, in octets. */
  readonly length: number;
  /** Null where there is no IP. */
  readonly src: Endpoint | null;
  readonly dst: Endpoint | null;
  readonly transport: Transport | null;
  /** `hep 10.0.0.5→10.0.0.9 agent 2001`, outermost first; null or absent without a tunnel. */
  readonly tunnel?: string | null;
  readonly outcome: OutcomeName;
}

/** What the correlator found out about a message. */
export type MessageFacts = Pick<MessageInfo, 'retransmissionOf' | 'duplicateOf' | 'delay'>;

/** What a filter is asked about: one thing at a time, all of it optional. Filled again for each. */
export class Facts {
  packet: PacketFacts | null = null;
  message: SipMessage | null = null;
  info: MessageFacts | null = null;
  call: Call | null = null;
  /** Time of the capture's first packet, which relative times count from. */
  since: Timestamp | null = null;

  private description: SessionDescription | null | undefined = undefined;

  set(
    packet: PacketFacts | null,
    message: SipMessage | null,
    info: MessageFacts | null,
    call: Call | null,
  ): void {
    this.packet = packet;
    this.message = message;
    this.info = info;
    this.call = call;
    this.description = undefined;
  }

  /** The session description of the message, parsed once; null when it has none. */
  get sdp(): SessionDescription | null {
    if (this.description === undefined) {
      const body = this.message?.sdpBody();
      this.description = this.message && body ? parseSdp(this.message.data, body.start, body.end) : null;
    }
    return this.description;
  }
}

/** A field about messages that reads the message alone. */
export function messageField(
  name: string,
  type: FieldType,
  about: string,
  read: (message: SipMessage, out: Value[]) => void,
): Field {
  return {
    name,
    type,
    level: 'message',
    about,
    read: ({ message }, out) => {
      if (message !== null) read(message, out);
    },
  };
}

/** The leading decimal digits of a header's value, as Wireshark reads numeric headers. */
export function leadingNumber(text: string | undefined, out: Value[]): void {
  const digits = /^\s*(\d{1,15})/.exec(text ?? '');
  if (digits !== null) out.push(Number(digits[1]));
}
