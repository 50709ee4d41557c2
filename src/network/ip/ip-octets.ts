// IP addresses as text → octets (RFC 4291 §2.2; dotted quads without leading zeros). Text that is no address is undefined.

/** 4 octets for `192.0.2.1`, 16 for `2001:db8::1` or `::ffff:192.0.2.1`; undefined when it is neither. */
export function parseIpAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): Uint8Array | undefined {
  if (text.length > 15) return undefined;
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return Uint8Array.from(parts, Number);
}

function parseIPv6(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0], halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1], true) : [];
  if (head === undefined || tail === undefined) return undefined;
  // `::` stands for at least one group of zeros.
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

// `2001:db8` → four octets; the last group of an address may be an IPv4 address.
function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const octets: number[] = [];
  const parts = text.split(':');
  for (let i = 0; i < parts.length; i++) {
    const four = last && i === parts.length - 1 ? parseIPv4(parts[i]) : undefined;
    if (four !== undefined) octets.push(...four);
    else if (/^[\da-f]{1,4}$/i.test(parts[i])) {
      const group = Number.parseInt(parts[i], 16);
      octets.push(group >> 8, group & 0xff);
    } else return undefined;
  }
  return octets.length <= 16 ? octets : undefined;
}
