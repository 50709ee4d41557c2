// An address for the far end of a side that the capture does not show: one of the adjacency's peers where it names any, else an address
// of documentation (RFC 5737 §3).
import type { Adjacency } from '../policy/policy.ts';
import { isIPv4, isIPv6 } from '../sip/uri/ip-address.ts';

export function somewhereOn(adjacency: Adjacency | undefined): string {
  for (const { text } of adjacency?.peers ?? []) {
    const [base = '', bits] = text.split('/');
    if (bits === undefined && (isIPv4(base) || isIPv6(base))) return base;
    // The first address of a network that is not its name: 10.0.0.0/8 has 10.0.0.1.
    if (isIPv4(base)) return base.replace(/\d+$/, (last) => String(Number(last) + 1));
    if (isIPv6(base) && base.endsWith('::')) return `${base}1`;
  }
  return UNKNOWN;
}

const UNKNOWN = '192.0.2.1';
