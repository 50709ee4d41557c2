// The wires: datagrams are lost, doubled and overtake each other; connections only take their time. Of one message no more
// than three copies are lost, so that whoever sends it again for 32 seconds gets through.

import type { TransportName } from '../../../src/policy/policy.ts';
import { isReliable } from '../../../src/sbc/flow.ts';
import type { World } from './world.ts';

export interface NetworkSettings {
  readonly loss: number;
  readonly duplication: number;
  /** Milliseconds, at least and at most. */
  readonly delay: readonly [number, number];
}

export class Network {
  private readonly world: World;
  private readonly settings: NetworkSettings;
  private readonly lost = new Map<string, number>();
  private readonly lastArrival = new Map<string, number>();

  constructor(world: World, settings: NetworkSettings) {
    this.world = world;
    this.settings = settings;
  }

  /** `what`: the same for copies of one message. */
  carry(way: string, what: string, transport: TransportName, deliver: () => void): void {
    const { world, settings } = this;
    const delay = world.between(...settings.delay);
    if (isReliable(transport)) {
      const at = Math.max(this.lastArrival.get(way) ?? 0, world.now + delay);
      this.lastArrival.set(way, at);
      world.at(at, deliver);
      return;
    }
    const key = `${way} ${what}`;
    const losses = this.lost.get(key) ?? 0;
    if (losses < MOST_LOSSES && world.chance(settings.loss)) {
      this.lost.set(key, losses + 1);
      world.said(`   lost: ${key}`);
      return;
    }
    world.after(delay, deliver);
    if (world.chance(settings.duplication)) world.after(world.between(...settings.delay), deliver);
  }
}

const MOST_LOSSES = 3;
