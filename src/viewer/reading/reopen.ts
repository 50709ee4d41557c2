// Calls whose messages were not kept → the same calls with them: their packets are read again from the files, each by its
// offset, and go through the stages once more.
import { CaptureSet } from '../../capture/capture-set.ts';
import type { Packet } from '../../capture/packet.ts';
import type { Call } from '../../dialog/call.ts';
import { CALL_STATES } from '../../dialog/call-state.ts';
import { Correlator } from '../../dialog/correlator.ts';
import { CallStreams } from '../../dialog/session/call-streams.ts';
import { NetworkDecoder } from '../../network/decoder.ts';
import { EndpointTable } from '../../network/endpoint-table.ts';
import { OutcomeLedger } from '../../network/outcome.ts';
import type { Payload } from '../../network/payload.ts';
import { type RtpPacket, rtpPackets } from '../../network/rtp-packet.ts';
import { sipStreams } from '../../sip/framing/framing.ts';
import { SipMessage } from '../../sip/message.ts';

/** A call by the number it has in the list, and its packets. */
export interface WantedCall {
  readonly id: number;
  readonly callId: string;
  readonly frames: readonly number[];
}

export class Reopener {
  private readonly set: CaptureSet;
  private offsets = new Float64Array(1 << 16);
  private sources = new Uint16Array(1 << 16);
  private indexing: Promise<void> | null = null;
  /** The packet that the files were walked through for once more. */
  private sought = 0;

  constructor(inputs: readonly string[]) {
    this.set = new CaptureSet(inputs, { onDiagnostic: () => {} });
  }

  /** Where each packet lies: one quick walk through the files, which hands the thread back now and then. */
  index(): Promise<void> {
    this.indexing ??= this.walk();
    return this.indexing;
  }

  /** The same, so that packet `last` is there: the file may have grown. */
  private async indexTo(last: number): Promise<void> {
    await this.index();
    if (last <= this.set.packets || last <= this.sought) return;
    this.sought = last;
    this.indexing = this.walk();
    await this.indexing;
  }

  private walk(): Promise<void> {
    return this.set.each((packet) => {
      const { frame } = packet;
      if (frame >= this.offsets.length) this.grow();
      this.offsets[frame] = packet.offset;
      this.sources[frame] = packet.source;
    });
  }

  async calls(wanted: readonly WantedCall[]): Promise<Call[]> {
    const found: Call[] = [];
    const { packet, end } = stages((call) => found.push(call));
    const frames = [...new Set(wanted.flatMap((one) => one.frames))].sort((a, b) => a - b);
    await this.indexTo(frames.at(-1) ?? 0);
    for (const frame of frames) {
      const read = await this.set.readPacketAt(this.sources[frame]!, this.offsets[frame]!);
      if (read === undefined) continue;
      read.frame = frame;
      packet(read);
    }
    end();
    return found.flatMap((call) => {
      const one = wanted.find(
        ({ callId, frames: own }) => callId === call.callId && own[0] === call.frames[0],
      );
      if (one === undefined) return [];
      // It has the number that it has in the list.
      (call as { id: number }).id = one.id;
      return [call];
    });
  }

  /** The media of calls, which come with their messages: the files are read from where the first of them begins. */
  async streams(calls: readonly Call[]): Promise<CallStreams> {
    const streams = new CallStreams();
    let first = Number.POSITIVE_INFINITY;
    let end = Number.NEGATIVE_INFINITY;
    for (const call of calls) {
      for (const { message } of call.events ?? []) streams.message(message, call);
      streams.call(call);
      first = Math.min(first, call.partial ? 1 : (call.frames[0] ?? 1));
      end = Math.max(end, CALL_STATES[call.state].ended ? call.end.seconds : Number.POSITIVE_INFINITY);
    }
    if (!streams.asksForAny) return streams;
    await this.index();
    const packet = rtpStage((rtp) => streams.packet(rtp));
    for (const source of this.set.inputs.keys()) {
      let frame = this.nextOf(source, first);
      if (frame === 0) continue;
      await this.set.eachFrom(source, this.offsets[frame]!, (read) => {
        read.frame = frame;
        packet(read);
        frame = this.nextOf(source, frame + 1);
        return frame > 0 && read.seconds <= end + MOST_LATE;
      });
    }
    return streams;
  }

  /** The first packet of a source from a number on; 0 for none. */
  private nextOf(source: number, from: number): number {
    for (let frame = from; frame <= this.set.packets; frame++)
      if (this.sources[frame] === source) return frame;
    return 0;
  }

  private grow(): void {
    const offsets = new Float64Array(this.offsets.length * 2);
    offsets.set(this.offsets);
    this.offsets = offsets;
    const sources = new Uint16Array(this.sources.length * 2);
    sources.set(this.sources);
    this.sources = sources;
  }
}

function rtpStage(onRtp: (packet: RtpPacket) => void): (packet: Packet) => void {
  const ledger = new OutcomeLedger();
  const onDiagnostic = (): void => {};
  const rtp = rtpPackets(new EndpointTable());
  const decoder = new NetworkDecoder(
    {
      datagram: () => false,
      openStream: sipStreams({ ledger, onDiagnostic, onMessage: () => false }),
    },
    { ledger, onDiagnostic, onRtp: (dissection) => onRtp(rtp(dissection)) },
  );
  return (packet) => decoder.packet(packet);
}

function stages(onCall: (call: Call) => void) {
  const ledger = new OutcomeLedger();
  const onDiagnostic = (): void => {};
  const message = new SipMessage();
  const correlator = new Correlator({ keepMessages: true, onCall });
  const onPayload = (payload: Payload): boolean => {
    if (!message.read(payload)) return false;
    correlator.message(message);
    return true;
  };
  const decoder = new NetworkDecoder(
    { datagram: onPayload, openStream: sipStreams({ ledger, onDiagnostic, onMessage: onPayload }) },
    { ledger, onDiagnostic, endpoints: new EndpointTable(onDiagnostic) },
  );
  return {
    packet: (packet: Parameters<NetworkDecoder['packet']>[0]) => decoder.packet(packet),
    end: () => {
      decoder.end();
      correlator.end();
    },
  };
}

/** Seconds by which packets may be out of order. */
const MOST_LATE = 10;
