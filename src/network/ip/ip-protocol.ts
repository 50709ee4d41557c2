// IP protocol numbers (and IPv6 next headers, which are the same registry) that are taken apart or named.

export const PROTOCOL = {
  hopByHop: 0,
  icmp: 1,
  ipip: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  routing: 43,
  fragment: 44,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  noNext: 59,
  destination: 60,
  etherIp: 97,
  sctp: 132,
  mobility: 135,
  mpls: 137,
  hip: 139,
  shim6: 140,
} as const;
