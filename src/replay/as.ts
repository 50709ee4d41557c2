// `inside=192.0.2.1:5060` → a policy in which that address of the capture is the SBC's own on an adjacency: so that captures
// without an SBC, or of one with other addresses, drive the core too.
import { EMPTY_POLICY } from '../policy/default-policy.ts';
import { parseLocalAddress } from '../policy/host-address.ts';
import type { Adjacency, LocalAddress, Policy } from '../policy/policy.ts';

export interface As {
  readonly adjacency: string;
  readonly local: LocalAddress;
}

/** Undefined when the text is none. */
export function parseAs(text: string): As | undefined {
  const equals = text.indexOf('=');
  const local = parseLocalAddress(text.slice(equals + 1).trim());
  const adjacency = text.slice(0, equals).trim();
  return equals <= 0 || adjacency === '' || local === undefined ? undefined : { adjacency, local };
}

/**
 * Adjacencies that are named have those addresses only, and anyone as peer. Without a policy they are all there are; where that is
 * one, another stands for the side that is not seen. Throws RangeError for a name that the policy does not have.
 */
export function withAddresses(policy: Policy | null, all: readonly As[]): Policy {
  const names = [...new Set(all.map(({ adjacency }) => adjacency))];
  const localsOf = (name: string): LocalAddress[] =>
    all.filter(({ adjacency }) => adjacency === name).map(({ local }) => local);
  if (policy === null) {
    const adjacencies = names.map((name) => adjacencyOf(name, localsOf(name)));
    if (adjacencies.length === 1) adjacencies.push(adjacencyOf(FAR_SIDE, [FAR_ADDRESS]));
    return { ...EMPTY_POLICY, adjacencies };
  }
  const unknown = names.find((name) => policy.adjacencies.every((one) => one.name !== name));
  if (unknown !== undefined) throw new RangeError(`the policy has no adjacency ${unknown}`);
  const adjacencies = policy.adjacencies.map((one) => {
    return names.includes(one.name) ? { ...one, local: localsOf(one.name), peers: [] } : one;
  });
  return { ...policy, adjacencies };
}

function adjacencyOf(name: string, local: readonly LocalAddress[]): Adjacency {
  return {
    ...{ name, local, account: null, peers: [], nextHops: [], recordRouteUri: null },
    ...{ recordRoutePassthrough: false, topologyHiding: false, rewriteRegister: null, trusted: null },
    ...{ registeredSubscribers: false, h323: false, tls: null },
  };
}

const FAR_SIDE = 'far side';
/** RFC 5737 §3. */
const FAR_ADDRESS: LocalAddress = { host: '192.0.2.2', port: 5060, transport: null };
