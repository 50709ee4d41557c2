// Where to send to: RFC 3263 §4.1 (transport), §4.2 (port and address), with NAPTR, SRV, A and AAAA.

import { isIP } from 'node:net';
import { defaultPort } from '../policy/host-address.ts';
import type { NextHop, TransportName } from '../policy/policy.ts';
import type { Target } from '../sbc/event.ts';
import type { Clock } from './clock.ts';
import { DnsCache } from './dns-cache.ts';
import { endpointOf } from './peer-table.ts';
import { type SrvRecord, srvOrder } from './srv-order.ts';

/** What is asked of DNS; all reject or give nothing when there is nothing. */
export interface Lookups {
  naptr(name: string): Promise<readonly NaptrRecord[]>;
  srv(name: string): Promise<readonly SrvRecord[]>;
  /** `ttl`: seconds. */
  address(
    name: string,
    version: 4 | 6,
  ): Promise<readonly { readonly address: string; readonly ttl: number }[]>;
}

export interface NaptrRecord {
  readonly flags: string;
  readonly service: string;
  readonly replacement: string;
  readonly order: number;
  readonly preference: number;
}

/** What the adjacency that sends can speak. */
export interface Reach {
  /** The one it likes best first. */
  readonly transports: readonly TransportName[];
  readonly versions: readonly (4 | 6)[];
}

export class HopResolver {
  private readonly lookups: Lookups;
  private readonly random: () => number;
  private readonly cache: DnsCache;
  /** By which name an address was found last: a certificate has to have it (RFC 5922 §7.2). */
  private readonly names = new Map<string, string>();

  constructor(lookups: Lookups, clock: Clock, random: () => number) {
    this.lookups = lookups;
    this.random = random;
    this.cache = new DnsCache(clock);
  }

  nameOf(remote: { readonly text: string }): string | undefined {
    return this.names.get(remote.text);
  }

  /** In the order to be tried; empty when there is nowhere. At once for an address. */
  resolve(hop: NextHop, reach: Reach): readonly Target[] | Promise<readonly Target[]> {
    const transport = hop.transport ?? usual(reach);
    if (isIP(hop.host) !== 0) return [{ transport, ip: hop.host, port: hop.port ?? defaultPort(transport) }];
    return this.byName(hop, transport, reach);
  }

  private async byName(hop: NextHop, transport: TransportName, reach: Reach): Promise<readonly Target[]> {
    const targets = hop.port === null ? await this.byService(hop, reach) : [];
    if (targets.length === 0)
      targets.push(...(await this.addresses(hop.host, hop.port ?? defaultPort(transport), transport, reach)));
    const most = targets.slice(0, MOST_TARGETS);
    for (const { transport: found, ip, port } of most)
      if (found === 'tls') this.remember(endpointOf(ip, port).text, hop.host);
    return most;
  }

  /** §4.1, §4.2: without a port SRV says it, and NAPTR by which transport. */
  private async byService({ host, transport }: NextHop, reach: Reach): Promise<Target[]> {
    if (transport !== null) return this.bySrv(`${SRV_PREFIX[transport]}.${host}`, transport, reach);
    const naptr = await this.cache.records(`naptr ${host}`, async () => ({
      records: await this.lookups.naptr(host),
      life: UNTOLD,
    }));
    const services = naptr
      .filter(({ flags }) => flags.toLowerCase() === 's')
      .map((record) => ({ ...record, transport: SERVICES.get(record.service.toUpperCase()) }))
      .filter((record) => record.transport !== undefined && reach.transports.includes(record.transport))
      .sort((a, b) => a.order - b.order || a.preference - b.preference);
    const asked =
      services.length > 0
        ? services.map((one) => [one.replacement, one.transport!] as const)
        : // §4.1: no NAPTR: SRV for each transport that is spoken.
          reach.transports.map((one) => [`${SRV_PREFIX[one]}.${host}`, one] as const);
    const found: Target[] = [];
    for (const [name, by] of asked.slice(0, MOST_SERVICES))
      found.push(...(await this.bySrv(name, by, reach)));
    return found;
  }

  private async bySrv(name: string, transport: TransportName, reach: Reach): Promise<Target[]> {
    const records = await this.cache.records(`srv ${name}`, async () => ({
      records: await this.lookups.srv(name),
      life: UNTOLD,
    }));
    const targets: Target[] = [];
    for (const { name: host, port } of srvOrder(records.slice(0, MOST_RECORDS), this.random)) {
      // RFC 2782: a target of "." says that the service is not there.
      if (host !== '' && host !== '.') targets.push(...(await this.addresses(host, port, transport, reach)));
      if (targets.length >= MOST_TARGETS) break;
    }
    return targets;
  }

  private async addresses(
    host: string,
    port: number,
    transport: TransportName,
    { versions }: Reach,
  ): Promise<Target[]> {
    const found = await Promise.all(
      versions.map((version) =>
        this.cache.records(`${version} ${host}`, async () => {
          const records = await this.lookups.address(host, version);
          return { records, life: Math.min(...records.map(({ ttl }) => ttl)) };
        }),
      ),
    );
    return found.flat().map(({ address }) => ({ transport, ip: endpointOf(address, port).ip, port }));
  }

  private remember(address: string, name: string): void {
    this.names.delete(address);
    this.names.set(address, name);
    if (this.names.size > MOST_NAMES) this.names.delete(this.names.keys().next().value!);
  }
}

/** RFC 3263 §4.1: UDP where nothing says otherwise, if it is spoken. */
function usual({ transports }: Reach): TransportName {
  return transports.includes('udp') ? 'udp' : (transports[0] ?? 'udp');
}

/** RFC 3263 §4.1; RFC 7118 §5.3. */
const SERVICES: ReadonlyMap<string, TransportName> = new Map([
  ['SIP+D2U', 'udp'],
  ['SIP+D2T', 'tcp'],
  ['SIPS+D2T', 'tls'],
]);
const SRV_PREFIX: Readonly<Record<TransportName, string>> = {
  udp: '_sip._udp',
  tcp: '_sip._tcp',
  tls: '_sips._tcp',
  ws: '_sip._ws',
  wss: '_sips._ws',
};
/** Seconds that a record without a life is kept. */
const UNTOLD = 60;
const MOST_RECORDS = 32;
const MOST_SERVICES = 6;
const MOST_TARGETS = 16;
const MOST_NAMES = 10_000;
