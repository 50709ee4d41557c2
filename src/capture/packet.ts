// One captured packet, as the capture stage hands it on. One object is filled again for every packet.
import type { Timestamp } from './timestamp.ts';

/** The interface a packet was captured on; its link type says how `data` begins. */
export interface CaptureInterface {
  /** Index within its section (pcapng), 0 for classic pcap. */
  readonly id: number;
  /** LINKTYPE_ number as registered at tcpdump.org. */
  readonly linkType: number;
  /** 0 when unlimited or not said. */
  readonly snapLength: number;
  /** Octets of frame check sequence at the end of each packet; 0 when none or not said. */
  readonly fcsLength: number;
  readonly name?: string;
  readonly description?: string;
}

/**
 * A packet as a view: `data[start, end)` are the captured octets, valid until the reader is asked for the next packet
 * or given more bytes. Whoever keeps octets copies them.
 */
export class Packet implements Timestamp {
  /** 1-based number within the whole set of captures. */
  frame = 0;
  seconds = 0;
  nanoseconds = 0;
  data: Buffer = EMPTY;
  start = 0;
  end = 0;
  /** Length on the wire, which is more than `end - start` when the snap length cut the packet. */
  originalLength = 0;
  iface: CaptureInterface = NO_INTERFACE;
  /** Index of the input within the set. */
  source = 0;
  /** Byte offset of the packet's record or block in its input, after decompression. */
  offset = 0;
  /** The whole record or block, its header included, as it stands in the file: `data[recordStart, recordEnd)`. */
  recordStart = 0;
  recordEnd = 0;
}

const EMPTY = Buffer.alloc(0);
const NO_INTERFACE: CaptureInterface = { id: 0, linkType: 1, snapLength: 0, fcsLength: 0 };
