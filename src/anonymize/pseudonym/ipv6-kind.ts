// What a group of an IPv6 address says of its kind, given those before it (RFC 4291 §2.4, RFC 4193, RFC 3849, RFC 6052): a group's
// pseudonym is one of the same kind and of as many hexadecimal digits.

/** The group whose pseudonym is the `by`th after `groups[index]` among those of its kind. */
export function groupPseudonym(groups: readonly number[], index: number, by: number): number {
  const group = groups[index];
  const ranges = rangesOf(groups, index);
  let size = 0;
  let place = -1;
  for (const [first, last] of ranges) {
    if (group >= first && group <= last) place = size + group - first;
    size += last - first + 1;
  }
  if (place < 0) return group;
  let left = (place + (by % size)) % size;
  for (const [first, last] of ranges) {
    if (left <= last - first) return first + left;
    left -= last - first + 1;
  }
  return group;
}

/** Whether its last four octets are those of an IPv4 address: ::ffff:a.b.c.d (RFC 4291 §2.5.5.2), 64:ff9b::a.b.c.d (RFC 6052 §2.1). */
export function hasIpv4Tail(groups: readonly number[]): boolean {
  if (groups[2] !== 0 || groups[3] !== 0 || groups[4] !== 0) return false;
  if (groups[0] === 0 && groups[1] === 0 && groups[5] === 0xffff) return true;
  return groups[0] === 0x64 && groups[1] === 0xff9b && groups[5] === 0;
}

/** From where to where the pseudonyms of this group go; none when it stays as it is. */
function rangesOf(groups: readonly number[], index: number): readonly Range[] {
  const group = groups[index];
  // Where groups of zeros stand says how the address is written.
  if (group === 0) return NONE;
  if (index === 0) return FIRST_GROUPS.find((ranges) => isWithin(ranges, group)) ?? NONE;
  if (index === 1 && groups[0] === 0x2001) return except(group, 0xdb8);
  if (index === 1 && groups[0] === 0x64) return except(group, 0xff9b);
  if (index === 5 && isZero(groups, 5)) return except(group, 0xffff);
  if (index === 7 && isZero(groups, 7)) return except(group, 1);
  return [ofDigits(group)];
}

function isZero(groups: readonly number[], count: number): boolean {
  return groups.slice(0, count).every((group) => group === 0);
}

function isWithin(ranges: readonly Range[], group: number): boolean {
  return ranges.some(([first, last]) => group >= first && group <= last);
}

/** All of as many digits but one, which stays as it is. */
function except(group: number, one: number): readonly Range[] {
  if (group === one) return NONE;
  const [first, last] = ofDigits(group);
  if (one < first || one > last) return [[first, last]];
  const ranges: Range[] = [
    [first, one - 1],
    [one + 1, last],
  ];
  return ranges.filter(([from, to]) => from <= to);
}

function ofDigits(group: number): Range {
  if (group < 0x10) return [1, 0xf];
  if (group < 0x100) return [0x10, 0xff];
  return group < 0x1000 ? [0x100, 0xfff] : [0x1000, 0xffff];
}

type Range = readonly [first: number, last: number];

const NONE: readonly Range[] = [];

/** What a first group may become; those that are in none stay: 64, 2001, 2002, fe80/10, ff00/8. */
const FIRST_GROUPS: readonly (readonly Range[])[] = [
  [[1, 0xf]],
  [
    [0x10, 0x63],
    [0x65, 0xff],
  ],
  [[0x100, 0xfff]],
  [[0x1000, 0x1fff]],
  [
    [0x2000, 0x2000], // 2000::/3 global unicast
    [0x2003, 0x3fff],
  ],
  [[0x4000, 0xfbff]],
  [[0xfc00, 0xfdff]], // fc00::/7 unique local
  [[0xfe00, 0xfe7f]],
  [[0xfec0, 0xfeff]],
];
