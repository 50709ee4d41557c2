// Facts about link types (LINKTYPE_ numbers of tcpdump.org) that reading and writing captures needs.

/** The 32-bit link type field of a classic pcap header, taken apart. */
export interface LinkTypeField {
  readonly linkType: number;
  /** Octets of frame check sequence at the end of each packet; 0 when none or not said. */
  readonly fcsLength: number;
}

/** draft-ietf-opsawg-pcap §4: link type below; above it whether the FCS length is said, and the length in 16-bit words. */
export function readLinkTypeField(field: number): LinkTypeField {
  const fcsSaid = (field & FCS_LENGTH_PRESENT) !== 0;
  return { linkType: field & LINK_TYPE_BITS, fcsLength: fcsSaid ? (field >>> 28) * 2 : 0 };
}

export function writeLinkTypeField({ linkType, fcsLength }: LinkTypeField): number {
  if (fcsLength === 0) return linkType >>> 0;
  return (linkType | FCS_LENGTH_PRESENT | ((fcsLength >> 1) << 28)) >>> 0;
}

/**
 * The longest packet that is believed, in octets. USB transfers and D-Bus messages can be long; the limits are those
 * of libpcap, which other programs obey when they write.
 */
export function longestPacket(linkType: number): number {
  return LONG_PACKETS.get(linkType) ?? ORDINARY_LONGEST;
}

const LINK_TYPE_BITS = 0x03ffffff;
const FCS_LENGTH_PRESENT = 0x04000000;
const ORDINARY_LONGEST = 256 * 1024;
const MIB = 1024 * 1024;
const LONG_PACKETS: ReadonlyMap<number, number> = new Map([
  [186, 128 * MIB], // USB_FREEBSD
  [189, 128 * MIB], // USB_LINUX
  [220, 128 * MIB], // USB_LINUX_MMAPPED
  [231, 128 * MIB], // DBUS
  [249, 128 * MIB], // USBPCAP
  [266, 128 * MIB], // USB_DARWIN
  [279, 8 * MIB], // EBHSCR
]);
