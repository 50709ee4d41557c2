// What an address and a port are looked up by: one number where the address is four numbers, which takes a fifth of the room of its
// text. Hundreds of thousands are watched at a time.
import { normalHost, quadText } from '../../policy/address-range.ts';

export type AddressKey = number | string;

/** Other addresses, and numbers with leading zeros, go by their text, spelled as that of endpoints. */
export function addressKey(address: string, port: number): AddressKey {
  const quad = quadText(address);
  if (quad >= 0) return quad * PORTS + port;
  return address.includes(':') ? `[${normalHost(address)}]:${port}` : `${address}:${port}`;
}

const PORTS = 2 ** 16;
