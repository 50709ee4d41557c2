// `kill -9` during calls, with a store: the SBC comes back with the calls that were up, and their BYEs pass. (Over TCP SIPp gives
// up the calls of a connection that is closed.)
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { freePort } from './free-port.ts';
import { CALLER_SIDE, type Mode, policyText } from './policy-text.ts';
import { peerTest } from './programs.ts';
import { Sbc } from './sbc.ts';
import { inScene } from './scene.ts';
import { CALLEE, Sides } from './sides.ts';

peerTest(['sipp'], 'killed during calls, in each mode, over UDP', async () => {
  const modes = ['rewriting', 'passthrough', 'privacy'] as const;
  const after = { failed: [], bad: [], received: `Received: ${2 * CALLS} (${CALLS} BYE, ${CALLS} 2xx)` };
  expect(await Promise.all(modes.map(killed))).toEqual([after, after, after]);
});

async function killed(mode: Mode): Promise<object> {
  return inScene(async (group, folder) => {
    const [callerPort, calleePort] = [freePort(), freePort()];
    const sides = new Sides(group, folder, 'udp', { ip: CALLER_SIDE, port: callerPort });
    const play = { name: 'voice', calls: CALLS, pause: TALK };
    const callee = await sides.callee(play);
    const policy = policyText({
      ...{ mode, transport: 'udp', callerPort, calleePort },
      routes: [['voice-', `${CALLEE}:${callee.port}`]],
      more: 'inline:\n  store: sbc.sqlite\n',
    });
    const first = await Sbc.start(group, folder, policy);
    const caller = await sides.caller(play);
    // All calls are up a second after the first, and stored soon after.
    await sleep(1800);
    first.running.child.kill('SIGKILL');
    expect(await first.running.ended).toBe('SIGKILL');
    const second = await Sbc.start(group, folder, policy, 'second.pcapng');
    const failed = [...(await caller.failure()), ...(await callee.failure(2000))];
    const { bad, said } = await second.end();
    return { failed, bad, received: /^Received: .*$/m.exec(said)?.[0] };
  });
}

const CALLS = 10;
/** Milliseconds: longer than it takes to kill it and to start it again. */
const TALK = 4000;
