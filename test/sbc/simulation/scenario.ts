// One scenario: a policy, a network and user agents by chance, lived through to the end, and what was not as it must be.
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import type { TransportName } from '../../../src/policy/policy.ts';
import { BEHAVIOUR } from './behaviour.ts';
import { call, type Parties, register, single, subscribe } from './caller.ts';
import { Invariants } from './invariants.ts';
import { Network } from './network.ts';
import { type MakeCore, SbcHost } from './sbc-host.ts';
import { UserAgent } from './user-agent.ts';
import { World } from './world.ts';

export interface Outcome {
  /** Empty: all was as it must be. */
  readonly violations: readonly string[];
  readonly ladder: readonly string[];
  /** In a few words, to count kinds of scenarios by. */
  readonly about: string;
}

export function playScenario(seed: number, makeCore: MakeCore): Outcome {
  const world = new World(seed);
  const network = new Network(
    world,
    world.one([
      { loss: 0, duplication: 0, delay: [1, 20] },
      { loss: 0.05, duplication: 0.02, delay: [5, 60] },
      { loss: 0.25, duplication: 0.1, delay: [1, 700] },
    ] as const),
  );
  const passthrough = world.chance(0.4);
  const isPrivate = world.chance(0.3);
  const subscribers = world.chance(0.2);
  const failsFirst = world.chance(0.15);
  const byName = world.chance(0.2);
  const transports = [world.one(['udp', 'udp', 'tcp']), world.one(['udp', 'udp', 'tcp'])] as TransportName[];
  const hop = `${byName ? 'callee.example' : '10.2.0.1'}${transports[1] === 'tcp' ? ';transport=tcp' : ''}`;
  const dead = `10.2.0.9${transports[1] === 'tcp' ? ';transport=tcp' : ''}`;
  const { policy, errors } = parsePolicy(
    `
adjacencies:
  - name: caller_adj
    local: [192.168.2.20, sbc.com]
    peers: [10.1.0.0/16]
    next-hops: ["10.1.0.1${transports[0] === 'tcp' ? ';transport=tcp' : ''}"]
    record-route-passthrough: ${passthrough}
    registered-subscribers: ${subscribers}
    trusted: ${world.chance(0.5)}
  - name: callee_adj
    local: [192.168.10.10]
    peers: [10.2.0.0/16]
    next-hops: [${failsFirst ? `"${dead}", ` : ''}"${hop}"]
    record-route-passthrough: ${world.chance(0.5)}
    trusted: ${world.chance(0.5)}
${isPrivate ? 'cac: [{ caller-privacy: always, callee-privacy: never }]' : ''}
routes:
  - { match: { inbound-adjacency: caller_adj }, adjacency: callee_adj }
  - { match: { inbound-adjacency: callee_adj }, adjacency: caller_adj }
`,
    'sbc.yaml',
  );
  if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));

  const invariants = new Invariants(world);
  const sbc = new SbcHost(world, network, invariants, makeCore, policy);
  const agentAt = (name: string, ip: string, sbcIp: string, transport: TransportName): UserAgent =>
    new UserAgent(world, network, sbc, BEHAVIOUR, {
      name,
      ip,
      sbcIp,
      transport,
      user: `${name}-contact`,
      hasProxy: world.chance(0.4),
    });
  const caller = agentAt('caller', '10.1.0.1', '192.168.2.20', transports[0]);
  const callee = agentAt('callee', '10.2.0.1', '192.168.10.10', transports[1]);
  const nobody = agentAt('nobody', '10.2.0.9', '192.168.10.10', transports[1]);
  nobody.dies(world.chance(0.5));
  sbc.names.set('callee.example', [
    ...(world.chance(0.2) ? [{ transport: transports[1], ip: '10.2.0.9', port: 5060 }] : []),
    ...(world.chance(0.95) ? [{ transport: transports[1], ip: '10.2.0.1', port: 5060 }] : []),
  ]);

  const out: Parties = {
    from: isPrivate ? 'Secret Person <sip:secret-caller@caller.com>' : 'Caller <sip:caller@caller.com>',
    to: '<sip:callee@callee.com>',
    uri: 'sip:callee@callee.com',
  };
  const home: Parties = { from: out.from, to: out.from, uri: 'sip:callee.com' };
  const back: Parties = { from: out.to, to: out.from, uri: 'sip:someone@caller.com' };
  const registers = subscribers && world.chance(0.8);
  const media = world.one(['im', 'im', 'audio', 'none', 'mixed']);
  if (isPrivate && !registers) {
    const texts = ['10.1.0.1', 'Secret Person', 'secret-caller', 'caller-contact'];
    for (const text of texts)
      invariants.secrets.push({
        side: '192.168.10.10',
        text,
        mayBeInBody: text === '10.1.0.1' || text === 'caller-contact',
      });
  }

  const kinds = [
    'call',
    'call',
    'call',
    'call',
    'call',
    'call',
    'call',
    'message',
    'subscribe',
    'refer',
    'publish',
    'options',
  ];
  const about: string[] = [];
  for (let begun = 1 + world.below(3); begun > 0; begun--) {
    const kind = world.one(kinds);
    about.push(kind);
    const begin = (): void => {
      if (kind === 'call') call(caller, out, media);
      else if (kind === 'subscribe') subscribe(caller, out, 'SUBSCRIBE');
      else if (kind === 'refer') subscribe(caller, out, 'REFER');
      else single(caller, out, kind.toUpperCase());
    };
    world.after(world.between(0, 5000), () => caller.act(begin));
  }
  if (registers) {
    about.push('register');
    world.after(world.between(0, 100), () =>
      caller.act(() =>
        register(caller, home, () => {
          world.after(world.between(1, 20_000), () => {
            if (callee.published !== '' && callee.alive)
              callee.act(() =>
                call(callee, { ...back, uri: callee.published }, media === 'mixed' ? 'im' : media),
              );
          });
        }),
      ),
    );
  } else if (!isPrivate && world.chance(0.2)) {
    about.push('call back');
    world.after(world.between(0, 20_000), () => callee.act(() => call(callee, back, media)));
  }
  if (world.chance(0.1)) {
    about.push('death');
    const who = world.one([caller, callee]);
    world.after(world.between(0, 30_000), () => {
      who.dies(world.chance(0.5));
      if (who.connection !== 0) sbc.handle({ kind: 'connection-closed', connection: who.connection });
    });
  }
  const trouble = world.below(20);
  if (trouble === 0) {
    about.push('restart');
    world.after(world.between(0, 30_000), () => sbc.restart());
  } else if (trouble === 1) {
    about.push('draining');
    world.after(world.between(0, 30_000), () => sbc.handle({ kind: 'draining' }));
  }

  world.run();
  judgeTheEnd(world, sbc, [caller, callee]);
  return { violations: world.violations, ladder: world.ladder, about: about.sort().join(' + ') };
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
      if (dialog.isCall && dialog.confirmed && !dialog.over)
        world.violated(`${agent.name} still has call ${dialog.callId} ${dialog.localTag}`);
    }
  }
}
