// What the schema cannot say: names that stand twice, references that lead nowhere, addresses that belong to two
// adjacencies. Other sections may be broken; what is not of its type is passed over, since the schema has said so.

import { nearest } from '../sip/text/nearest-name.ts';
import { parseRange } from './address-range.ts';
import { parseLocalAddress } from './host-address.ts';
import type { LocalAddress } from './policy.ts';
import type { PolicyFile } from './policy-schema.ts';
import { type Path, type PolicySource, quoted } from './policy-source.ts';

/** The adjacencies follow the schema; the rest may not. */
export function checkReferences(file: PolicyFile, source: PolicySource): void {
  const adjacencies = file.adjacencies ?? [];
  uniqueNames(source, 'adjacencies', 'adjacency', adjacencies);
  uniqueNames(source, 'cac', 'CAC entry', file.cac);
  uniqueNames(source, 'routes', 'route', file.routes);
  localAddresses(source, adjacencies);

  const names = [...new Set(adjacencies.map((one) => one.name))];
  const accounts = [...new Set(adjacencies.flatMap((one) => one.account ?? []))];
  const refer = (what: string, known: readonly string[], name: unknown, ...path: Path): void => {
    if (typeof name !== 'string' || source.full || known.includes(name)) return;
    const meant = nearest(name, known.slice(0, MOST_NAMES));
    const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
    source.errorAtValue(path, `no adjacency ${what} ${quoted(name)}${hint}`);
  };
  for (const [i, entry] of items(file.cac)) {
    const match = mapping(entry['match']);
    for (const key of ['adjacency', 'inbound-adjacency', 'outbound-adjacency'])
      refer('is called', names, match[key], 'cac', i, 'match', key);
    for (const key of ['account', 'inbound-account', 'outbound-account'])
      refer('has the account', accounts, match[key], 'cac', i, 'match', key);
  }
  for (const [i, pair] of items(mapping(file.interworking)['late-early']))
    for (const key of ['inbound', 'outbound'])
      refer('is called', names, pair[key], 'interworking', 'late-early', i, key);
  for (const [i, route] of items(file.routes)) {
    refer('is called', names, route['adjacency'], 'routes', i, 'adjacency');
    const inbound = mapping(route['match'])['inbound-adjacency'];
    refer('is called', names, inbound, 'routes', i, 'match', 'inbound-adjacency');
  }
}

function uniqueNames(source: PolicySource, section: string, what: string, list: unknown): void {
  const seen = new Set<string>();
  for (const [i, { name }] of items(list)) {
    if (typeof name !== 'string' || source.full) continue;
    if (seen.has(name))
      source.errorAtValue([section, i, 'name'], `another ${what} is called ${quoted(name)}`);
    seen.add(name);
  }
}

// Adjacencies may share an address where their peers tell them apart, as in adjacency-lookup.ts.
function localAddresses(source: PolicySource, adjacencies: NonNullable<PolicyFile['adjacencies']>): void {
  const owners = new Map<string, { address: LocalAddress; index: number; peers: readonly string[] }[]>();
  for (const [i, { local, peers }] of adjacencies.entries()) {
    const ranges = (peers ?? []).map((text) => parseRange(text)?.text ?? '');
    for (const [j, text] of (local ?? []).entries()) {
      const address = parseLocalAddress(text);
      // A name stands for wherever it leads to: several adjacencies may go by it.
      if (source.full || address === undefined || parseRange(address.host)?.version === 0) continue;
      const key = `${address.host} ${address.port}`;
      const others = owners.get(key) ?? [];
      const other = others.find((one) => overlap(one.address, address) && samePeers(one.peers, ranges));
      if (other?.index === i) source.errorAtValue(['adjacencies', i, 'local', j], `${text} stands twice`);
      else if (other !== undefined)
        source.errorAtValue(
          ['adjacencies', i, 'local', j],
          `${text} belongs to ${quoted(adjacencies[other.index].name)} too, and no peers tell them apart`,
        );
      owners.set(key, [...others, { address, index: i, peers: ranges }]);
    }
  }
}

function overlap(a: LocalAddress, b: LocalAddress): boolean {
  return a.transport === null || b.transport === null || a.transport === b.transport;
}

function samePeers(a: readonly string[], b: readonly string[]): boolean {
  return (a.length === 0 && b.length === 0) || a.some((range) => b.includes(range));
}

function items(value: unknown): [number, Readonly<Record<string, unknown>>][] {
  return Array.isArray(value) ? value.map((item, index) => [index, mapping(item)]) : [];
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

// A hint is not worth a long search.
const MOST_NAMES = 500;
