// What follows a header. Every layer here answers with an EtherType, also where its own numbering is another
// (PPP, LLC/SNAP, address families, IP protocols of tunnels), so that one loop takes any nesting apart.

/** IEEE 802 EtherTypes that are taken apart; below 0x0600 are our own marks, which no wire can carry. */
export const ETHERTYPE = {
  ipv4: 0x0800,
  ethernet: 0x6558, // Transparent Ethernet Bridging: a whole Ethernet frame follows
  vlan: 0x8100, // IEEE 802.1Q
  ipv6: 0x86dd,
  ppp: 0x880b,
  mpls: 0x8847,
  mplsMulticast: 0x8848,
  pppoeSession: 0x8864,
  provider: 0x88a8, // IEEE 802.1ad
  backbone: 0x88e7, // IEEE 802.1ah
  erspan2: 0x88be,
  erspan3: 0x22eb,
  vnTag: 0x8926,
  vlan9100: 0x9100,
  vlan9200: 0x9200,
} as const;

/** The packet is settled, or held by whoever waits for more of it. */
export const NOTHING = 0;
/** An 802.2 LLC header follows. */
export const LLC = 1;
/** An IEEE 802.11 MAC header follows. */
export const WIFI = 2;
/** Several Ethernet-like subframes of one IEEE 802.11 A-MSDU follow. */
export const AMSDU = 3;
/** The version nibble says whether it is IPv4 or IPv6. */
export const IP = 4;
/** The payload of an IP header follows: `d.protocol` says which. */
export const IP_PAYLOAD = 5;
/** A fragment of an IP packet follows. */
export const FRAGMENT = 6;
