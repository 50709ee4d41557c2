// `sipspect packets`: one line, or one JSON object, for each packet with what became of it, in the order of the capture.
import { formatTimestamp } from '../../capture/timestamp.ts';
import { OUTCOMES, type OutcomeName } from '../../network/outcome.ts';
import type { PacketSummary } from '../../network/packet-summary.ts';
import type { SipMessage } from '../../sip/message.ts';
import { CliError } from '../exit.ts';
import { openFilter } from '../filter.ts';
import type { CommonOptions } from '../options.ts';
import { formatDateAndClock } from '../output/format.ts';
import { Output } from '../output/output.ts';
import { read } from '../read.ts';
import { SettledOrder } from './settled-order.ts';

export async function packets(captures: readonly string[], options: CommonOptions): Promise<void> {
  const output = new Output();
  const filter = (await openFilter(options.filter))?.filter ?? null;
  if (filter?.needs.call)
    throw new CliError('--filter: packets have no call.* fields: see `sipspect messages`');
  const messages = new Map<number, SipMessage[]>();
  const order = new SettledOrder((packet, outcome) => {
    const name = outcome === null ? UNDECIDED : OUTCOMES[outcome];
    const inside = messages.get(packet.frame) ?? [];
    messages.delete(packet.frame);
    if (filter !== null && !filter.packet({ ...packet, outcome: name as OutcomeName }, inside)) return;
    output.line(options.json ? packetRecord(packet, name) : packetLine(packet, name));
  });
  await read(captures, options, {
    output,
    onPacket: (packet) => order.packet(packet),
    onOutcome: (frame, outcome) => order.outcome(frame, outcome),
    ...(filter?.needs.message && {
      onMessage(message: SipMessage) {
        const kept = message.keep();
        for (const frame of message.frames ?? [message.frame])
          if (frame > order.last) messages.set(frame, [...(messages.get(frame) ?? []), kept]);
      },
    }),
  });
  await output.flush();
}

/** `   12  2026-11-21 03:40:00.123456  10.0.0.1:5060 → 10.0.0.2:5060  udp  512  sip`. */
function packetLine(packet: PacketSummary, outcome: string): string {
  const ends = packet.src === null ? '' : `${address(packet, 'src')} → ${address(packet, 'dst')}`;
  const tunnel = packet.tunnel === null ? '' : `  [${packet.tunnel}]`;
  return `${String(packet.frame).padStart(6)}  ${formatDateAndClock(packet)}  ${ends.padEnd(43)}  ${packet.protocol.padEnd(6)}  ${String(packet.length).padStart(5)}  ${outcome}${tunnel}`;
}

function packetRecord(packet: PacketSummary, outcome: string): string {
  return JSON.stringify({
    v: 1,
    frame: packet.frame,
    time: formatTimestamp(packet),
    length: packet.length,
    src: packet.src === null ? null : address(packet, 'src'),
    dst: packet.dst === null ? null : address(packet, 'dst'),
    protocol: packet.protocol,
    tunnel: packet.tunnel,
    outcome,
  });
}

/** `ip:port`, the ip alone where there are no ports. */
function address(packet: PacketSummary, side: 'src' | 'dst'): string {
  const endpoint = packet[side]!;
  return packet.transport === null || endpoint.port === 0 ? endpoint.ip : endpoint.text;
}

/** Of a packet that had to be shown before it could be told: too many others waited behind it. */
const UNDECIDED = 'undecided';
