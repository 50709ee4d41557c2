// IP addresses as text: dotted quads, and IPv6 in the canonical form of RFC 5952.

/** The address of `version` at `data[at]`. */
export function ipText(version: number, data: Uint8Array, at: number): string {
  return version === 6 ? ipv6Text(data, at) : ipv4Text(data, at);
}

export function ipv4Text(data: Uint8Array, at: number): string {
  return `${data[at]}.${data[at + 1]}.${data[at + 2]}.${data[at + 3]}`;
}

export function ipv6Text(data: Uint8Array, at: number): string {
  // RFC 5952 §5: an IPv4-mapped address keeps its dotted quad.
  if (isV4Mapped(data, at)) return `::ffff:${ipv4Text(data, at + 12)}`;
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((data[at + i] << 8) | data[at + i + 1]).toString(16));
  const [from, count] = longestZeros(groups);
  // RFC 5952 §4.2.2: one group of zeros alone is not shortened.
  if (count < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(from + count).join(':')}`;
}

/** RFC 5952 §4.2.3: the longest run of zero groups, the first of equals. */
function longestZeros(groups: readonly string[]): [from: number, count: number] {
  let best: [number, number] = [0, 0];
  for (let from = 0, count = 0; from + count < groups.length; ) {
    if (groups[from + count] === '0') {
      count++;
      if (count > best[1]) best = [from, count];
    } else {
      from += count + 1;
      count = 0;
    }
  }
  return best;
}

function isV4Mapped(data: Uint8Array, at: number): boolean {
  for (let i = 0; i < 10; i++) if (data[at + i] !== 0) return false;
  return data[at + 10] === 0xff && data[at + 11] === 0xff;
}
