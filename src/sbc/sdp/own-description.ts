// What the SBC writes of itself into a session description (Cisco IM, Privacy; rules.md §16 Q9–Q11).
import type { Decisions } from '../../policy/decisions.ts';

export interface OwnDescription {
  /** Local address of the adjacency by which the description leaves: an IP address without brackets, or a name (Q11). */
  readonly address: string;
  /** Of the line m=message (Q10). */
  readonly imPort: number;
  /** Other a= lines of an IM session (Q12). Those that tell an address or a name go in any case. */
  readonly attributes: Decisions['privacyAttributes'];
  /** Decimal digits. */
  readonly sessionId: string;
  readonly version: string;
}

/** RFC 8866 §5.2, §5.7: the end of o= and c=. */
export function ownAddress({ address }: OwnDescription): string {
  return `IN ${address.includes(':') ? 'IP6' : 'IP4'} ${address}`;
}

export function ownOrigin(own: OwnDescription): string {
  return `o=- ${own.sessionId} ${own.version} ${ownAddress(own)}`;
}

/** RFC 3261 §25.1: an IPv6 address stands in brackets. */
export function anonymousUri({ address }: OwnDescription): string {
  return `sip:anonymous@${address.includes(':') ? `[${address}]` : address}`;
}
