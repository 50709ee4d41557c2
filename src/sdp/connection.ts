// c= (RFC 8866 §5.7): where the media is wanted. `IN IP4 233.252.0.1/127/3` has a TTL and a number of addresses.
import { isIPv4, isIPv6 } from '../sip/uri/ip-address.ts';

export interface Connection {
  readonly networkType: string;
  readonly addressType: string;
  /** Without the `/…` parts. */
  readonly address: string;
  /** IPv4 multicast only. */
  readonly ttl?: number;
  readonly addressCount?: number;
  /** The address is an IPv6 or IPv4 literal that fits the address type, or a name. */
  readonly valid: boolean;
}

/** Never fails: fields that are missing are ''. */
export function parseConnection(value: string): Connection {
  const [networkType = '', addressType = '', rest = '', ...extra] = value.trimEnd().split(' ');
  const [address, ...numbers] = rest.split('/');
  // §5.7: <base>/<ttl>/<count> for IPv4, <base>/<count> for IPv6, which has no TTL.
  const four = addressType === 'IP4';
  const ttl = four ? decimal(numbers[0]) : undefined;
  const count = decimal(numbers[four ? 1 : 0]);
  const valid =
    networkType !== '' &&
    extra.length === 0 &&
    addressFits(addressType, address) &&
    numbers.length <= (four ? 2 : 1) &&
    numbers.every((number) => decimal(number) !== undefined);
  return {
    networkType,
    addressType,
    address,
    ...(ttl === undefined ? {} : { ttl }),
    ...(count === undefined ? {} : { addressCount: count }),
    valid,
  };
}

/** RFC 3264 §8.4 (and RFC 2543 before it): the unspecified address asks the peer not to send. */
export function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::' || address === '0:0:0:0:0:0:0:0';
}

function addressFits(type: string, address: string): boolean {
  if (address === '') return false;
  if (type === 'IP4') return !address.includes(':') && (isIPv4(address) || !/^[\d.]+$/.test(address));
  if (type === 'IP6') return isIPv6(address) || (!address.includes(':') && !isIPv4(address));
  return type !== '';
}

function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
