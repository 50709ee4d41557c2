// Torture messages, random octets and mutated traffic are thrown at the running SBC over UDP and TCP, by strangers and by peers,
// while SIPp's calls go on: no call fails, and the program has no error.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { SeededRandom } from '../differential/seeded-random.ts';
import { freePort } from './free-port.ts';
import {
  mutated,
  randomOctets,
  scenarioMessages,
  tortureMessages,
  whetherTorture,
} from './hostile-octets.ts';
import { CALLER_SIDE, policyText } from './policy-text.ts';
import { peerTest } from './programs.ts';
import { Sbc } from './sbc.ts';
import { inScene } from './scene.ts';
import { CALLEE, Sides } from './sides.ts';
import type { Place } from './tls-bridge.ts';

const CALLS = 40;

for (const transport of ['udp', 'tcp'] as const) {
  peerTest(
    ['sipp'],
    `hostile octets over ${transport.toUpperCase()} while calls go on${whetherTorture}`,
    async () => {
      await inScene(async (group, folder) => {
        const [callerPort, calleePort] = [freePort(), freePort()];
        const place = { ip: CALLER_SIDE, port: callerPort };
        const sides = new Sides(group, folder, transport, place);
        const play = { name: 'voice', calls: CALLS };
        const callee = await sides.callee(play);
        const policy = policyText({
          ...{ mode: 'rewriting', transport, callerPort, calleePort },
          // What is well enough to be sent on goes where nobody answers.
          routes: [
            ['voice-', `${CALLEE}:${callee.port}`],
            ['', `127.0.0.41:${freePort()}`],
          ],
        });
        const sbc = await Sbc.start(group, folder, policy);
        const caller = await sides.caller(play);
        const thrown = await (transport === 'udp' ? throwDatagrams : throwStreams)(
          place,
          () => caller.running.isOver,
        );
        expect(thrown).toBeGreaterThan(tortureMessages().length);
        const failed = [...(await caller.failure()), ...(await callee.failure(5000))];
        const { said, bad } = await sbc.end();
        const errors = bad.filter((line) => 'level' in line && line.level === 'error');
        expect({ failed, errors, programErrors: /^Errors of the program.*$/m.exec(said) }).toEqual({
          failed: [],
          errors: [],
          programErrors: null,
        });
      });
    },
  );
}

/** From an address of the callers and from one that nobody knows. Gives how many were sent. */
async function throwDatagrams({ ip, port }: Place, isOver: () => boolean): Promise<number> {
  const sockets = await Promise.all(SOURCES.map(async (source) => bound(source)));
  let count = 0;
  for (const octets of hostile()) {
    if (isOver() && count > LEAST) break;
    for (const socket of sockets) socket.send(octets, port, ip);
    count++;
    if (count % 20 === 0) await sleep(5);
  }
  for (const socket of sockets) socket.close();
  return count;
}

async function bound(source: string): Promise<ReturnType<typeof createSocket>> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, source, resolve));
  return socket;
}

/** A connection for every few messages, some of them cut off in the middle of one. */
async function throwStreams({ ip, port }: Place, isOver: () => boolean): Promise<number> {
  let count = 0;
  let batch: Buffer[] = [];
  for (const octets of hostile()) {
    if (isOver() && count > LEAST) break;
    batch.push(octets);
    count++;
    if (batch.length < 5) continue;
    const [source] = SOURCES;
    const socket = connect({ port, host: ip, localAddress: count % 10 === 0 ? SOURCES[1] : source });
    socket.on('error', () => {});
    socket.resume();
    socket.end(Buffer.concat(batch));
    batch = [];
    await sleep(2);
  }
  return count;
}

function* hostile(): Generator<Buffer> {
  const random = new SeededRandom(20261121);
  const torture = tortureMessages();
  yield* torture;
  const seeds = [...torture, ...SCENARIOS.flatMap(scenarioMessages)];
  for (let i = 0; i < MOST; i++)
    yield i % 8 === 0 ? randomOctets(random, 1500) : mutated(random, seeds[random.below(seeds.length)]!);
}

const SOURCES = ['127.0.0.11', '127.0.0.99'];
const SCENARIOS = ['voice-caller', 'cancel-caller', 'prack-caller', 'im-caller', 'voice-callee'];
const LEAST = 2000;
const MOST = 20_000;
