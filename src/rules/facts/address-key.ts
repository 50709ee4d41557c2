// What an address and a port are looked up by: one number where the address is four numbers, which takes a fifth of the room of its
// text. Hundreds of thousands are watched at a time.
import { normalHost } from '../../policy/address-range.ts';

export type AddressKey = number | string;

/** Other addresses, and numbers with leading zeros, go by their text, spelled as that of endpoints. */
export function addressKey(address: string, port: number): AddressKey {
  const number = quads(address);
  if (number >= 0) return number * PORTS + port;
  return address.includes(':') ? `[${normalHost(address)}]:${port}` : `${address}:${port}`;
}

/** -1 for what is no dotted quad. */
function quads(text: string): number {
  let address = 0;
  let number = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || ++dots > 3) return -1;
      address = address * 256 + number;
      digits = number = 0;
      continue;
    }
    const isDigit = code >= ZERO && code <= NINE;
    if (!isDigit || (digits > 0 && number === 0)) return -1;
    number = number * 10 + code - ZERO;
    if (++digits > 3 || number > 255) return -1;
  }
  return dots === 3 && digits > 0 ? address * 256 + number : -1;
}

const PORTS = 2 ** 16;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
