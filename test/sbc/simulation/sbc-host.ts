// The core in the simulated world: what comes from the wires goes in, what it asks for is done, and each message it sends
// is judged.
import type { Traffic } from '../../../src/inline/traffic.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import type { Command, SendCommand } from '../../../src/sbc/command.ts';
import type { SbcEvent, Target } from '../../../src/sbc/event.ts';
import type { Flow } from '../../../src/sbc/flow.ts';
import type { StoredRecord } from '../../../src/sbc/stored-record.ts';
import type { Core } from '../playbook.ts';
import type { Invariants } from './invariants.ts';
import type { Network } from './network.ts';
import { inShort, read } from './read.ts';
import { Tap } from './tap.ts';
import type { UserAgent } from './user-agent.ts';
import type { Planned, World } from './world.ts';

export type MakeCore = (policy: Policy) => Core;

/** Without the time, which the host knows. */
type Happening = SbcEvent extends infer E ? (E extends SbcEvent ? Omit<E, 'at'> : never) : never;

export class SbcHost {
  core: Core;
  /** Names in next hops. */
  readonly names = new Map<string, readonly Target[]>();
  /** It was started again, so that what was under way then is lost. */
  restarted = false;
  readonly timers = new Map<number, Planned>();
  private readonly world: World;
  private readonly network: Network;
  private readonly invariants: Invariants;
  private readonly makeCore: MakeCore;
  private policy: Policy;
  private readonly tap: Tap | null;
  private readonly agents = new Map<string, UserAgent>();
  private readonly disk = new Map<string, StoredRecord>();
  private life = 0;

  /** `traffic`: told of what is on the SBC's wires. */
  constructor(
    world: World,
    network: Network,
    invariants: Invariants,
    makeCore: MakeCore,
    policy: Policy,
    traffic?: Traffic,
  ) {
    this.world = world;
    this.tap = traffic === undefined ? null : new Tap(world, traffic);
    this.network = network;
    this.invariants = invariants;
    this.makeCore = makeCore;
    this.policy = policy;
    this.core = makeCore(policy);
  }

  add(agent: UserAgent): void {
    this.agents.set(agent.address.text, agent);
  }

  /** From the wire. */
  receive(octets: Buffer, flow: Flow): void {
    this.tap?.message(flow, true, octets);
    const message = read(octets, flow);
    if (message === null) this.world.violated('a user agent sends what is no SIP');
    else this.handle({ kind: 'received', flow, message });
  }

  handle(happening: Happening): void {
    if (happening.kind === 'connection-closed') this.tap?.closed(happening.connection);
    const event = { ...happening, at: this.world.now } as SbcEvent;
    for (const command of this.core.handle(event)) this.obey(command);
  }

  changes(policy: Policy): void {
    this.world.said('another policy');
    this.policy = policy;
    this.handle({ kind: 'policy-changed', policy });
  }

  restart(): void {
    this.restarted = true;
    this.life++;
    this.world.said('SBC starts again');
    for (const planned of this.timers.values()) planned.run = null;
    this.timers.clear();
    this.invariants.forget();
    this.core = this.makeCore(this.policy);
    const records = JSON.parse(JSON.stringify([...this.disk.values()])) as StoredRecord[];
    this.handle({ kind: 'restored', records });
  }

  private obey(command: Command): void {
    const { world } = this;
    switch (command.kind) {
      case 'send':
        this.send(command);
        return;
      case 'set-timer': {
        const { timer, name, at } = command;
        if (!(at >= world.now)) world.violated(`timer ${name} is set for ${at - world.now} ms from now`);
        if (this.timers.has(timer)) world.violated(`timer ${name} is set twice`);
        this.timers.set(
          timer,
          world.at(at, () => {
            this.timers.delete(timer);
            this.handle({ kind: 'timer-fired', timer });
          }),
        );
        return;
      }
      case 'clear-timer': {
        const planned = this.timers.get(command.timer);
        if (planned === undefined) world.violated('a timer is cleared that is not set');
        else planned.run = null;
        this.timers.delete(command.timer);
        return;
      }
      case 'resolve': {
        const { life } = this;
        const targets = this.names.get(command.hop.host) ?? [];
        world.after(world.between(1, 300), () => {
          if (life === this.life) this.handle({ kind: 'resolved', query: command.query, targets });
        });
        return;
      }
      case 'store':
        if (command.record === null) this.disk.delete(command.key);
        else this.disk.set(command.key, command.record);
    }
  }

  private send(command: SendCommand): void {
    const { world, network, life } = this;
    const { flow, octets, send } = command;
    const message = this.invariants.check(command);
    const agent = this.agents.get(flow.remote.text);
    if (message === null) return;
    const what = inShort(message);
    world.said(`SBC → ${agent?.name ?? flow.remote.text}: ${what}${command.again ? ' (again)' : ''}`);
    if (agent === undefined) {
      world.violated(`sent to nobody at ${flow.remote.text}: ${what}`);
      return;
    }
    if (flow.transport !== agent.transport)
      world.violated(`sent to ${agent.name} over ${flow.transport}: ${what}`);
    const isClosed = flow.connection !== 0 && flow.connection !== agent.connection;
    if (isClosed || (!agent.alive && agent.refuses)) {
      world.after(world.between(1, 50), () => {
        if (life === this.life) this.handle({ kind: 'send-failed', send, reason: 'ECONNREFUSED' });
      });
      return;
    }
    this.tap?.message(
      flow.connection === 0 ? { ...flow, connection: agent.connection } : flow,
      false,
      octets,
    );
    network.carry(`SBC ${agent.name}`, what, flow.transport, () => agent.receive(octets));
  }
}
