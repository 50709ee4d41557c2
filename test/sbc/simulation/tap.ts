// What is on the SBC's wires, told as a server on sockets tells it: connections with their beginning, and of two messages in one
// millisecond the later one a microsecond later.
import type { Traffic } from '../../../src/inline/traffic.ts';
import type { Flow } from '../../../src/sbc/flow.ts';
import type { World } from './world.ts';

export class Tap {
  private readonly world: World;
  private readonly traffic: Traffic;
  private readonly open = new Map<number, Flow>();
  private last = 0;

  constructor(world: World, traffic: Traffic) {
    this.world = world;
    this.traffic = traffic;
  }

  message(flow: Flow, incoming: boolean, octets: Buffer): void {
    if (flow.connection !== 0 && !this.open.has(flow.connection)) {
      this.open.set(flow.connection, flow);
      this.traffic.connected(this.now, flow, incoming);
    }
    this.traffic.message(this.now, flow, incoming, octets, 0, octets.length);
  }

  closed(connection: number): void {
    const flow = this.open.get(connection);
    this.open.delete(connection);
    if (flow !== undefined) this.traffic.closed(this.now, flow);
  }

  private get now(): number {
    this.last = Math.max(this.world.now, this.last + 0.001);
    return this.last;
  }
}
