// What an octet of an IPv4 address says of its kind, given those before it (IANA IPv4 Special-Purpose Address Registry, RFC 6890):
// an octet's pseudonym is one of the same kind and of as many decimal digits.

/** The octet whose pseudonym is the `by`th after `octets[index]` among those of its kind. */
export function octetPseudonym(octets: Uint8Array, index: number, by: number): number {
  const octet = octets[index];
  const kind = octetKind(octets, index, octet);
  if (kind === STAYS) return octet;
  const [first, last] = octet < 10 ? [0, 9] : octet < 100 ? [10, 99] : [100, 255];
  const alike: number[] = [];
  for (let other = first; other <= last; other++)
    if (octetKind(octets, index, other) === kind) alike.push(other);
  return alike[(alike.indexOf(octet) + (by % alike.length)) % alike.length];
}

/** Of `octet` at `index` behind the octets before it. */
function octetKind(octets: Uint8Array, index: number, octet: number): number {
  if (index === 0) return isPublic(octet) ? ORDINARY : STAYS;
  const [one, two] = octets;
  // 0/8 this host, 127/8 loopback, 224/4 multicast, 240/4 reserved, broadcast: their numbers mean the same everywhere.
  if (one === 0 || one === 127 || one >= 224) return STAYS;
  if (index === 1) return secondKind(one, octet);
  if (index === 2) {
    // 192.0.0/24, 192.0.2/24, 198.51.100/24, 203.0.113/24
    if (one === 192 && two === 0 && (octet === 0 || octet === 2)) return STAYS;
    if (one === 198 && two === 51 && octet === 100) return STAYS;
    if (one === 203 && two === 0 && octet === 113) return STAYS;
  }
  return ORDINARY;
}

/** Whether nothing special begins with it, neither at it nor further on. */
function isPublic(first: number): boolean {
  return first < 224 && !SPECIAL_BEGINS.includes(first);
}

function secondKind(first: number, second: number): number {
  switch (first) {
    case 100: // 100.64/10
      return second >= 64 && second <= 127 ? SPECIAL : ORDINARY;
    case 169: // 169.254/16
      return second === 254 ? STAYS : ORDINARY;
    case 172: // 172.16/12
      return second >= 16 && second <= 31 ? SPECIAL : ORDINARY;
    case 192: // 192.168/16, and those that begin with 192.0
      return second === 168 || second === 0 ? STAYS : ORDINARY;
    case 198: // 198.18/15, and the one that begins with 198.51
      return second === 18 || second === 19 ? SPECIAL : second === 51 ? STAYS : ORDINARY;
    case 203: // the one that begins with 203.0
      return second === 0 ? STAYS : ORDINARY;
    default:
      return ORDINARY;
  }
}

const STAYS = 0;
const ORDINARY = 1;
const SPECIAL = 2;
const SPECIAL_BEGINS = [0, 10, 100, 127, 169, 172, 192, 198, 203];
