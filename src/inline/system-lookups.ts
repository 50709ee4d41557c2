// Node's resolver for RFC 3263: DNS first, and for addresses what the system knows besides (its hosts file).
import { lookup, Resolver } from 'node:dns/promises';
import type { Lookups } from './resolver.ts';

/** `servers`: `192.0.2.53`, `[2001:db8::53]:5353`; none: those of the system. */
export function systemLookups(servers: readonly string[] = []): Lookups {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return {
    naptr: (name) => resolver.resolveNaptr(name),
    srv: (name) => resolver.resolveSrv(name),
    async address(name, version) {
      try {
        return await (version === 4
          ? resolver.resolve4(name, { ttl: true })
          : resolver.resolve6(name, { ttl: true }));
      } catch (error) {
        if (servers.length > 0) throw error;
        const found = await lookup(name, { all: true, family: version });
        return found.map(({ address }) => ({ address, ttl: SYSTEM_LIFE }));
      }
    },
  };
}

/** Seconds. */
const SYSTEM_LIFE = 30;
