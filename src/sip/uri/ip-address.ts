// IP addresses as the SIP grammar writes them (RFC 3261 §25.1: IPv4address, IPv6address; RFC 5954 corrects the latter).

/** Four decimal numbers up to 255. */
export function isIPv4(text: string): boolean {
  let dots = 0;
  let digits = 0;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || ++dots > 3) return false;
      digits = number = 0;
    } else {
      number = number * 10 + code - ZERO;
      if (code < ZERO || code > NINE || ++digits > 3 || number > 255) return false;
    }
  }
  return dots === 3 && digits > 0;
}

/** Eight groups of hexadecimal digits, `::` once for a run of zeros, the last two groups perhaps as IPv4. */
export function isIPv6(text: string): boolean {
  if (text.length > 45 || !IPV6_CHARACTERS.test(text)) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const head = groups(halves[0]);
  const tail = halves.length === 2 ? groups(halves[1]) : [];
  if (halves.length === 2 && head.some((group) => group.includes('.'))) return false;
  const all = [...head, ...tail];
  const last = all.pop();
  const embedded = last?.includes('.') === true;
  if (!all.every((group) => GROUP.test(group))) return false;
  if (last !== undefined && !(embedded ? isIPv4(last) : GROUP.test(last))) return false;
  const count = all.length + (last === undefined ? 0 : embedded ? 2 : 1);
  return halves.length === 2 ? count <= 7 : count === 8;
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const IPV6_CHARACTERS = /^[0-9a-fA-F:.]+$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
