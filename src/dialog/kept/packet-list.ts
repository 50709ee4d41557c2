// The packets that carried a call's messages: the first of them in the call's row of memory, further ones in a list.

import { note } from '../evidence.ts';
import type { OpenCall } from '../open-call.ts';
import { PACKET_COUNT, PACKETS, ROW_INTS, ROW_PACKETS } from './call-memory.ts';

export function addPacket(call: OpenCall, frame: number): void {
  const { ints } = call.memory;
  const at = call.row * ROW_INTS;
  const count = ints[at + PACKET_COUNT];
  const last = count === 0 ? 0 : packetAt(call, count - 1);
  if (frame === last) return;
  if (count >= MAX_PACKETS) {
    if (!call.packetsCapped) {
      call.packetsCapped = true;
      note(
        call,
        'dialog/frames-capped',
        'warning',
        `Only the first ${MAX_PACKETS} packets of the call are listed`,
        frame,
      );
    }
    return;
  }
  if (frame < last) call.packetsSorted = false;
  ints[at + PACKET_COUNT] = count + 1;
  if (count < ROW_PACKETS) ints[at + PACKETS + count] = frame;
  else {
    if (call.morePackets === NO_PACKETS) call.morePackets = [];
    call.morePackets[count - ROW_PACKETS] = frame;
  }
}

/** Packets noted so far; in order and each once while `packetsSorted`. */
export function packetCount(call: OpenCall): number {
  return call.memory.ints[call.row * ROW_INTS + PACKET_COUNT];
}

export function packetAt(call: OpenCall, index: number): number {
  if (index >= ROW_PACKETS) return call.morePackets[index - ROW_PACKETS];
  return call.memory.ints[call.row * ROW_INTS + PACKETS + index] >>> 0;
}

/** In order, each once. */
export function packetsOf(call: OpenCall): number[] {
  const list: number[] = [];
  const count = packetCount(call);
  for (let i = 0; i < count; i++) list.push(packetAt(call, i));
  return call.packetsSorted ? list : [...new Set(list)].sort((a, b) => a - b);
}

/** Of a call that needs no list. */
export const NO_PACKETS: number[] = [];
const MAX_PACKETS = 1 << 20;
