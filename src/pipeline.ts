// The whole pipeline: captures in, calls out. Data flows from left to right, one stage after the other:
//
//   capture → network → sip → dialog
//   packets   payloads  messages  calls
//
// Each stage is fed and drained; only the capture set reads files.
import type { InputStatus } from './capture/capture-set.ts';
import type { DiagnosticSink } from './capture/diagnostic.ts';
import type { PacketPlaces } from './capture/packet-places.ts';
import type { Follow } from './capture/source-file.ts';
import type { Call, MessageInfo } from './dialog/call.ts';
import { Correlator } from './dialog/correlator.ts';
import { OutcomeLedger, type OutcomeListener } from './network/outcome.ts';
import type { PacketSummary } from './network/packet-summary.ts';
import type { Payload } from './network/payload.ts';
import type { RtpPacket } from './network/rtp-packet.ts';
import { type PayloadSource, type Position, payloads } from './payloads.ts';
import { SipMessage } from './sip/message.ts';

export interface PipelineOptions {
  /** Paths; `-` is standard input. Together they are one set, merged by time. */
  readonly inputs: readonly string[];
  /** Keep every message of a call in `call.events`, with its octets; or of those calls for whose number it says so. */
  readonly keepMessages?: boolean | ((id: number) => boolean);
  /** Told which of several captures each packet is from. */
  readonly places?: PacketPlaces | undefined;
  /** Each packet in order, once it is taken apart; it costs the short way for media. */
  readonly onPacket?: (packet: PacketSummary) => void;
  /** Each packet that looks like RTP: a view, filled again for the next. */
  readonly onRtp?: ((packet: RtpPacket) => void) | undefined;
  /** What packets are counted into, for who wants to look at it meanwhile. */
  readonly ledger?: OutcomeLedger;
  /** Each packet's outcome once it is known; frames are not always in order. */
  readonly onOutcome?: OutcomeListener;
  /** Each message before it has its place: so late it is, before the calls that are over by then are handed on. */
  readonly onTime?: (message: SipMessage) => void;
  /** Each message once it has its place; both objects are views, filled again for the next: keep() what is kept. */
  readonly onMessage?: (message: SipMessage, info: MessageInfo) => void;
  /** A call is asked nothing after onCall returned: it may be filled again for another, which is faster. */
  readonly reuseCalls?: boolean;
  /** Each call when it has ended, or at the end of the set. */
  readonly onCall?: (call: Call, captures: CaptureNames) => void;
  readonly onDiagnostic?: DiagnosticSink;
  /** Between blocks of input: octets read so far, octets in all (0 when not known), packets so far. */
  readonly onBlock?: (done: number, total: number, packets: number) => void | Promise<void>;
  /** Read and decode in a thread of its own: faster for large files. Not with places, onPacket, onRtp and onOutcome, nor for `-`. */
  readonly threaded?: boolean;
  /** Where a single regular file ends: whether to go on, once it has more. Not with `threaded`. */
  readonly follow?: Follow | undefined;
  /** What to wait for before what was read is looked at: a pause. */
  readonly hold?: (() => Promise<void> | undefined) | undefined;
  /** Asked between blocks: true ends the reading early, as if the captures ended there. */
  readonly stopped?: () => boolean;
}

/** Names of addresses that the captures carry so far (pcapng name resolution blocks). */
export interface CaptureNames {
  readonly names: ReadonlyMap<string, string>;
}

export interface PipelineResult extends CaptureNames {
  readonly inputs: readonly InputStatus[];
  /** Every packet's outcome, counted. */
  readonly ledger: OutcomeLedger;
}

/** Reads the captures as one set, through all stages. Bytes never throw; what is odd about them goes to onDiagnostic. */
export async function readCaptures(options: PipelineOptions): Promise<PipelineResult> {
  const {
    inputs,
    places,
    onPacket,
    onRtp,
    onOutcome,
    onCall,
    onDiagnostic = () => {},
    onBlock,
    stopped,
  } = options;
  const ledger = options.ledger ?? new OutcomeLedger(onOutcome ?? null);
  const message = new SipMessage();
  const correlator = new Correlator({
    keepMessages: options.keepMessages ?? false,
    reuseCalls: options.reuseCalls ?? false,
    onCall: (call) => onCall?.(call, source),
    ...(options.onTime && { onTime: options.onTime }),
    ...(options.onMessage && { onMessage: options.onMessage }),
    onDiagnostic,
  });
  const common = {
    ...{ inputs, ledger, onDiagnostic },
    async onBlock({ done, total, packets }: Position): Promise<void> {
      await onBlock?.(done, total, packets);
      if (stopped?.()) throw STOPPED;
    },
  };
  const onPayload = (payload: Payload): boolean => {
    if (!message.read(payload)) return false;
    correlator.message(message);
    return true;
  };
  const looksAtPackets = onPacket !== undefined || onRtp !== undefined || onOutcome !== undefined;
  const inOwnThread =
    options.threaded === true && !looksAtPackets && places === undefined && options.follow === undefined;
  const source: PayloadSource = inOwnThread
    ? (await import('./messages-threaded.ts')).threadedMessages({
        ...common,
        marks: correlator.marks,
        onAhead: (callIds, count) => correlator.expect(callIds, count),
        onMessage: (m) => correlator.marked(m),
      })
    : payloads({ ...common, places, onPacket, onRtp, onPayload, follow: options.follow, hold: options.hold });
  try {
    await source.each();
  } catch (reason) {
    if (reason !== STOPPED) throw reason;
  }
  source.end();
  correlator.end();
  return { inputs: source.inputs, ledger, names: source.names };
}

const STOPPED = new Error('stopped');
