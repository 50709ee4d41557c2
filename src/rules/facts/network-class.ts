// Private or public, as the policy's networks say (rules.md §8: RFC 1918, RFC 6598, 169.254/16, 127/8, fc00::/7, fe80::/10).
import { anyHas } from '../../policy/address-range.ts';
import type { Policy } from '../../policy/policy.ts';
import { hostKind } from '../../sip/uri/host.ts';

export class NetworkClass {
  private readonly networks: Policy['networks'];
  /** Addresses come back in every message: the answer is kept, bounded. */
  private readonly known = new Map<string, 'private' | 'public' | 'name'>();

  constructor({ networks }: Policy) {
    this.networks = networks;
  }

  isPrivate(host: string): boolean {
    return this.of(host) === 'private';
  }

  /** An IP address that is not private; a name is neither. */
  isPublic(host: string): boolean {
    return this.of(host) === 'public';
  }

  private of(host: string): 'private' | 'public' | 'name' {
    let found = this.known.get(host);
    if (found === undefined) {
      found = this.classify(host);
      if (this.known.size >= KNOWN) this.known.clear();
      this.known.set(host, found);
    }
    return found;
  }

  private classify(host: string): 'private' | 'public' | 'name' {
    if (hostKind(host) !== 'ipv4' && !host.includes(':')) return 'name';
    if (anyHas(this.networks.public, host)) return 'public';
    return anyHas(this.networks.private, host) ? 'private' : 'public';
  }
}

const KNOWN = 4096;
