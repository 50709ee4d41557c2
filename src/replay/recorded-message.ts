// One message of the recording, between the SBC and a peer: where it went, when, and what it goes with.
import type { Call } from '../dialog/call.ts';
import type { Adjacency } from '../policy/policy.ts';
import type { Flow } from '../sbc/flow.ts';
import type { SipMessage } from '../sip/message.ts';

export class RecordedMessage {
  /** Position among the messages of the SBC, from 0. */
  readonly index: number;
  readonly message: SipMessage;
  readonly call: Call;
  /** `in`: it reached the SBC; `out`: the SBC sent it. */
  readonly way: 'in' | 'out';
  readonly adjacency: Adjacency;
  /** As the SBC sees it. */
  readonly flow: Flow;
  /** Milliseconds since the first message of the recording; never less than that of the message before. */
  readonly at: number;
  /** Sent before at this hop: the first sending. */
  readonly repeats: RecordedMessage | null;
  /** How often it was sent again. */
  again = 0;
  /** Of what the SBC sent: what it passes on or answers by it; null where nothing in the capture tells. */
  cause: RecordedMessage | null = null;
  /** Of what reached the SBC: what it sent for its sake, in order. */
  readonly effects: RecordedMessage[] = [];
  /** Of a response: its request at the same hop, where that was captured. */
  request: RecordedMessage | null = null;
  /** Of a request: its responses at the same hop, in order. */
  readonly responses: RecordedMessage[] = [];

  constructor(fields: {
    readonly index: number;
    readonly message: SipMessage;
    readonly call: Call;
    readonly way: 'in' | 'out';
    readonly adjacency: Adjacency;
    readonly flow: Flow;
    readonly at: number;
    readonly repeats: RecordedMessage | null;
  }) {
    this.index = fields.index;
    this.message = fields.message;
    this.call = fields.call;
    this.way = fields.way;
    this.adjacency = fields.adjacency;
    this.flow = fields.flow;
    this.at = fields.at;
    this.repeats = fields.repeats;
  }
}
