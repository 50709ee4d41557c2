// One scenario: a policy, a network and user agents by chance, lived through to the end, and what was not as it must be.
import type { Traffic } from '../../../src/inline/traffic.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { BEHAVIOUR } from './behaviour.ts';
import { call, type Parties, register, single, subscribe } from './caller.ts';
import { Invariants } from './invariants.ts';
import { Network } from './network.ts';
import { type MakeCore, SbcHost } from './sbc-host.ts';
import { type Setting, settingOf } from './setting.ts';
import { UserAgent } from './user-agent.ts';
import { World } from './world.ts';

export interface Outcome {
  /** Empty: all was as it must be. */
  readonly violations: readonly string[];
  readonly ladder: readonly string[];
  /** In a few words, to count kinds of scenarios by. */
  readonly about: string;
  /** Nothing is lost, nothing overtakes, and nobody fails. */
  readonly calm: boolean;
  /** Somebody fails, or the SBC is changed under way. */
  readonly troubled: boolean;
  /** What the SBC was configured to do. */
  readonly policy: Policy;
}

/** `traffic`: told of what is on the SBC's wires. */
export function playScenario(seed: number, makeCore: MakeCore, traffic?: Traffic): Outcome {
  const world = new World(seed);
  const wires = world.one(NETWORKS);
  const network = new Network(world, wires);
  const setting = settingOf(world);
  const invariants = new Invariants(world);
  const sbc = new SbcHost(world, network, invariants, makeCore, setting.policy, traffic);
  const [callerTransport, calleeTransport] = setting.transports;
  const agentAt = (name: string, ip: string, sbcIp: string, transport: typeof callerTransport): UserAgent =>
    new UserAgent(world, network, sbc, BEHAVIOUR, {
      name,
      ip,
      sbcIp,
      transport,
      hasProxy: world.chance(0.4),
    });
  const caller = agentAt('caller', '10.1.0.1', '192.168.2.20', callerTransport);
  const callee = agentAt('callee', '10.2.0.1', '192.168.10.10', calleeTransport);
  const nobody = agentAt('nobody', '10.2.0.9', '192.168.10.10', calleeTransport);
  nobody.dies(world.chance(0.5));
  sbc.names.set('callee.example', [
    ...(world.chance(0.2) ? [{ transport: calleeTransport, ip: '10.2.0.9', port: 5060 }] : []),
    ...(world.chance(0.95) ? [{ transport: calleeTransport, ip: '10.2.0.1', port: 5060 }] : []),
  ]);

  const begun = begin(world, setting, invariants, caller, callee);
  const troubles = trouble(world, setting, sbc, [caller, callee]);
  world.run();
  judgeTheEnd(world, sbc, [caller, callee]);
  return {
    violations: world.violations,
    ladder: world.ladder,
    about: [...begun, ...troubles].sort().join(' + '),
    calm: wires.loss === 0 && troubles.length === 0,
    troubled: troubles.length > 0,
    policy: setting.policy,
  };
}

/** What the user agents do of their own will. */
function begin(
  world: World,
  setting: Setting,
  invariants: Invariants,
  caller: UserAgent,
  callee: UserAgent,
): string[] {
  const out: Parties = {
    from: 'Secret Person <sip:secret-caller@caller.com>',
    to: '<sip:callee@callee.com>',
    uri: 'sip:callee@callee.com',
    headers: setting.headers,
  };
  const media = world.one(['im', 'im', 'audio', 'none', 'mixed']);
  const about: string[] = [];
  for (let begun = 1 + world.below(3); begun > 0; begun--) {
    const kind = world.one(KINDS);
    about.push(kind);
    const start = (): void => {
      if (kind === 'call') call(caller, out, media);
      else if (kind === 'subscribe') subscribe(caller, out, 'SUBSCRIBE');
      else if (kind === 'refer') subscribe(caller, out, 'REFER');
      else single(caller, out, kind.toUpperCase());
    };
    world.after(world.between(0, 5000), () => caller.act(start));
  }
  // Who registers, or is called, is known to the other side by name.
  const back: Parties = { from: out.to, to: out.from, uri: 'sip:someone@caller.com', headers: [] };
  if (setting.subscribers && world.chance(0.8)) {
    about.push('register');
    const isRegistered = (): void => {
      world.after(world.between(1, 20_000), () => {
        const to = { ...back, uri: callee.published };
        if (to.uri !== '') callee.act(() => call(callee, to, media === 'mixed' ? 'im' : media));
      });
    };
    const home = { from: out.from, to: out.from, uri: 'sip:callee.com', headers: [] };
    world.after(world.between(0, 100), () => caller.act(() => register(caller, home, isRegistered)));
  } else if (!setting.isPrivate && world.chance(0.2)) {
    about.push('call back');
    world.after(world.between(0, 20_000), () => callee.act(() => call(callee, back, media)));
  } else invariants.secrets.push(...setting.secrets);
  return about;
}

/** What befalls them. */
function trouble(world: World, setting: Setting, sbc: SbcHost, agents: readonly UserAgent[]): string[] {
  const about: string[] = [];
  const sometime = (probability: number, what: string, happens: () => void): void => {
    if (!world.chance(probability)) return;
    about.push(what);
    world.after(world.between(0, 30_000), happens);
  };
  const who = world.one(agents);
  sometime(0.1, 'death', () => {
    who.dies(world.chance(0.5));
    if (who.connection !== 0) sbc.handle({ kind: 'connection-closed', connection: who.connection });
  });
  for (const agent of agents)
    if (agent.connection !== 0) sometime(0.2, 'reconnection', () => agent.reconnects());
  sometime(0.04, 'restart', () => sbc.restart());
  sometime(0.04, 'draining', () => sbc.handle({ kind: 'draining' }));
  sometime(0.05, 'policy', () => sbc.changes(setting.otherPolicy));
  return about;
}

/** Nothing is left in the core, and nobody has a call that the other has not. */
function judgeTheEnd(world: World, sbc: SbcHost, agents: readonly UserAgent[]): void {
  for (const [what, count] of Object.entries(sbc.core.pending)) {
    if (count !== 0) world.violated(`${count} ${what} are left in the core`);
  }
  if (sbc.timers.size > 0) world.violated(`${sbc.timers.size} timers are left`);
  if (sbc.restarted) return;
  for (const agent of agents) {
    if (!agent.alive) continue;
    for (const dialog of agent.all) {
      if (dialog.isCall && dialog.confirmed && !dialog.over && !dialog.missedBye)
        world.violated(`${agent.name} still has call ${dialog.callId} ${dialog.localTag}`);
    }
  }
}

const NETWORKS = [
  { loss: 0, duplication: 0, delay: [1, 20] },
  { loss: 0.05, duplication: 0.02, delay: [5, 60] },
  { loss: 0.25, duplication: 0.1, delay: [1, 700] },
] as const;
const CALLS = new Array<string>(7).fill('call');
const KINDS = [...CALLS, 'message', 'subscribe', 'refer', 'publish', 'options'];
