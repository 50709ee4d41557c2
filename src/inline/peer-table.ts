// Addresses as sockets give them → endpoints and flows; the same address and port gives the same objects as long as it is in
// use. Two generations, so that addresses from the wire cannot fill the memory.
import type { Endpoint } from '../network/endpoint.ts';
import { normalHost } from '../policy/address-range.ts';
import type { Flow } from '../sbc/flow.ts';

export function endpointOf(address: string, port: number): Endpoint {
  const ip = normalHost(address);
  const version = ip.includes(':') ? 6 : 4;
  return { ip, port, text: version === 6 ? `[${ip}]:${port}` : `${ip}:${port}`, version };
}

/** The flows of one UDP socket. */
export class PeerTable {
  private readonly local: Endpoint;
  private readonly half: number;
  private young = new Map<string, Flow>();
  private old = new Map<string, Flow>();

  constructor(local: Endpoint, capacity: number = CAPACITY) {
    this.local = local;
    this.half = Math.max(1, capacity >>> 1);
  }

  get size(): number {
    return this.young.size + this.old.size;
  }

  flow(address: string, port: number): Flow {
    const key = `${address} ${port}`;
    let flow = this.young.get(key);
    if (flow !== undefined) return flow;
    flow = this.old.get(key) ?? this.make(address, port);
    if (this.young.size >= this.half) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, flow);
    return flow;
  }

  private make(address: string, port: number): Flow {
    return { transport: 'udp', local: this.local, remote: endpointOf(address, port), connection: 0 };
  }
}

const CAPACITY = 1 << 18;
