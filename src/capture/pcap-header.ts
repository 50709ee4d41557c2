// The file header of classic pcap in all its known forms: bytes → how its records are laid out.
// draft-ietf-opsawg-pcap §4; libpcap's and Wireshark's readers for the older and modified forms.
import { readLinkTypeField } from './link-type.ts';
import type { CaptureInterface } from './packet.ts';

export interface PcapHeader {
  readonly littleEndian: boolean;
  /** Sub-second units in a second: 1e6 or 1e9. */
  readonly unitsPerSecond: number;
  /** Octets of the file header: 24, or 28 in Ixia's form. */
  readonly headerLength: number;
  /** Octets before each packet: 16, or 24 in Kuznetzov's form. */
  readonly recordHeaderLength: number;
  /** Old writers put the length on the wire before the captured length. */
  readonly lengthOrder: 'captured-first' | 'original-first' | 'smaller-is-captured';
  readonly major: number;
  readonly minor: number;
  readonly iface: CaptureInterface;
  /** The header's own octets, to be written again. */
  readonly bytes: Buffer;
}

/** Whether a file that begins with these four octets is classic pcap. */
export function isPcapMagic(view: DataView, at: number): boolean {
  return formOf(view, at) !== undefined;
}

/** Octets of the file header whose magic is at `at`, known before they are all here. */
export function pcapHeaderLength(view: DataView, at: number): number {
  return formOf(view, at)!.headerLength;
}

export function readPcapHeader(data: Buffer, view: DataView, at: number): PcapHeader {
  const { littleEndian, unitsPerSecond, headerLength, recordHeaderLength } = formOf(view, at)!;
  const major = view.getUint16(at + 4, littleEndian);
  const minor = view.getUint16(at + 6, littleEndian);
  const snapLength = view.getUint32(at + 16, littleEndian);
  const link = readLinkTypeField(view.getUint32(at + 20, littleEndian));
  return {
    littleEndian,
    unitsPerSecond,
    headerLength,
    recordHeaderLength,
    lengthOrder: lengthOrder(major, minor),
    major,
    minor,
    iface: { id: 0, linkType: link.linkType, snapLength, fcsLength: link.fcsLength },
    bytes: Buffer.from(data.subarray(at, at + headerLength)),
  };
}

interface Form {
  readonly littleEndian: boolean;
  readonly unitsPerSecond: number;
  readonly headerLength: number;
  readonly recordHeaderLength: number;
}

function formOf(view: DataView, at: number): Form | undefined {
  return LITTLE_ENDIAN.get(view.getUint32(at, true)) ?? BIG_ENDIAN.get(view.getUint32(at, false));
}

/** libpcap, sf-pcap.c: versions before 2.3 and DG/UX (543.0) wrote the lengths the other way round, 2.3 either way. */
function lengthOrder(major: number, minor: number): PcapHeader['lengthOrder'] {
  if (major === 543 && minor === 0) return 'original-first';
  if (major !== 2 || minor > 3) return 'captured-first';
  return minor === 3 ? 'smaller-is-captured' : 'original-first';
}

function forms(littleEndian: boolean): ReadonlyMap<number, Form> {
  const form = (unitsPerSecond: number, headerLength: number, recordHeaderLength: number): Form => {
    return { littleEndian, unitsPerSecond, headerLength, recordHeaderLength };
  };
  return new Map([
    [0xa1b2c3d4, form(1e6, 24, 16)],
    [0xa1b23c4d, form(1e9, 24, 16)],
    [0xa1b2cd34, form(1e6, 24, 24)], // Kuznetzov: interface index, protocol and packet type follow the lengths
    [0x1c0001ac, form(1e9, 28, 16)], // Ixia, hardware time stamps: the size of all records follows the header
    [0x1c0001ab, form(1e9, 28, 16)], // Ixia, software time stamps
  ]);
}

const LITTLE_ENDIAN = forms(true);
const BIG_ENDIAN = forms(false);
