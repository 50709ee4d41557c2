// Names for addresses: `--alias name=address[,address]`, hosts files, and the names a capture brings (pcapng NRB).
// An address is an ip or `ip:port`; IPv6 with a port is written `[ip]:port` (RFC 3986 §3.2.2).
import { joinPort, parseAddress } from './address.ts';

export interface Alias {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** A name found for an address. Of a `box`, the user said that all its addresses are one: its ports are never told apart. */
export interface Resolved {
  readonly name: string;
  readonly box: boolean;
}

/** Names by address. The first name given to an address stays, and one for `ip:port` goes before one for the ip. */
export class Aliases {
  private readonly names = new Map<string, Resolved>();

  add(alias: Alias, box = true): this {
    for (const address of alias.addresses) {
      if (!this.names.has(address)) this.names.set(address, { name: alias.name, box });
    }
    return this;
  }

  /** The same names, to which others can be added. */
  copy(): Aliases {
    const copy = new Aliases();
    for (const [address, name] of this.names) copy.names.set(address, name);
    return copy;
  }

  /** Names the capture itself gives: ip → name. */
  addNames(names: ReadonlyMap<string, string>): this {
    for (const [ip, name] of names) {
      const address = parseAddress(ip);
      if (address !== null && name !== '') this.add({ name, addresses: [address] }, false);
    }
    return this;
  }

  resolve(ip: string, port: number): Resolved | undefined {
    return this.names.get(joinPort(ip, port)) ?? this.names.get(ip);
  }
}

/** `name=address[,address]`, or what is wrong with it. */
export function parseAlias(text: string): Alias | { readonly error: string } {
  const equals = text.lastIndexOf('=');
  if (equals <= 0) return { error: `"${text}" is not of the form name=address[,address]` };
  const addresses: string[] = [];
  for (const part of text.slice(equals + 1).split(',')) {
    const address = parseAddress(part.trim());
    if (address === null) return { error: `"${part.trim()}" is not an address (ip, ip:port or [ipv6]:port)` };
    addresses.push(address);
  }
  return { name: text.slice(0, equals).trim(), addresses };
}

/**
 * The lines of a hosts file: `address name…` as in /etc/hosts (the first name counts), `name address…`, or sngrep's
 * `alias address name`; `#` begins a comment. Lines that are none of these are given back with their numbers.
 */
export function parseHosts(text: string): { readonly aliases: HostsAlias[]; readonly unread: number[] } {
  const aliases: HostsAlias[] = [];
  const unread: number[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (words[0] === '') continue;
    if (words[0] === 'alias' && words.length === 3) words.shift();
    const alias = hostsAlias(words);
    if (alias === null) unread.push(index + 1);
    else aliases.push(alias);
  }
  return { aliases, unread };
}

/** An alias of a hosts file; `box` where one line lists several addresses of one name. */
export interface HostsAlias extends Alias {
  readonly box: boolean;
}

function hostsAlias(words: string[]): HostsAlias | null {
  const first = parseAddress(words[0]);
  if (first !== null) return words.length < 2 ? null : { name: words[1], addresses: [first], box: false };
  const addresses = words.slice(1).map(parseAddress);
  if (addresses.length === 0 || addresses.includes(null)) return null;
  return { name: words[0], addresses: addresses as string[], box: true };
}
