// `kill -9` during calls, with a store: the SBC comes back with the calls that were up, and their BYEs pass. Over TCP and TLS all
// connections are gone by then: who hangs up opens another to the SBC, and the SBC one to the Contact of the other (RFC 3261
// §12.2.1.1, §18.1.1), in either direction.
import { expect } from 'vitest';
import { freePort } from './free-port.ts';
import { judged } from './judged.ts';
import { killOnceStored, STORE } from './kill.ts';
import type { PhoneCall } from './phone-message.ts';
import { CALLEE_SIDE, CALLER_SIDE, type Mode, type PeerTransport, policyText } from './policy-text.ts';
import { peerTest } from './programs.ts';
import { replayed } from './replayed.ts';
import { RECORD, Sbc } from './sbc.ts';
import { inScene } from './scene.ts';
import { CALLEE, CALLER, inlineTls, Sides } from './sides.ts';
import { StreamPhone } from './stream-phone.ts';
import { makeCertificates, readCertificate } from './tls-files.ts';

const MODES = ['rewriting', 'passthrough', 'privacy'] as const;
const CALLS = 10;
/** What both runs recorded is judged and predicted as that of one that was not killed. */
const AFTER = {
  ...{ bad: [], met: {}, received: `Received: ${2 * CALLS} (${CALLS} BYE, ${CALLS} 2xx)` },
  ...{ findings: [], unpaired: 0, replayed: { exact: CALLS, different: 0, surplus: 0 } },
};

peerTest(['sipp'], 'killed during calls of SIPp, in each mode, over UDP', async () => {
  const after = { failed: [], ...AFTER };
  expect(await Promise.all(MODES.map(killed))).toEqual([after, after, after]);
});

for (const transport of ['tcp', 'tls'] as const) {
  const name = `killed during calls, in each mode, over ${transport.toUpperCase()}`;
  peerTest(transport === 'tls' ? ['openssl'] : [], name, async () => {
    const half = CALLS / 2;
    const after = {
      ...{ answered: Array.from({ length: CALLS }, () => 200), endedByCaller: half, endedByCallee: half },
      ...AFTER,
    };
    const seen = await Promise.all(MODES.map((mode) => killedOfStreams(mode, transport)));
    expect(seen).toEqual([after, after, after]);
  });
}

async function killed(mode: Mode): Promise<object> {
  return inScene(async (group, folder) => {
    const [callerPort, calleePort] = [freePort(), freePort()];
    const sides = new Sides(group, folder, 'udp', { ip: CALLER_SIDE, port: callerPort });
    const play = { name: 'voice', calls: CALLS, pause: TALK };
    const callee = await sides.callee(play);
    const policy = policyText({
      ...{ mode, transport: 'udp', callerPort, calleePort },
      routes: [['voice-', `${CALLEE}:${callee.port}`]],
      more: `inline:\n${STORE}`,
    });
    const first = await Sbc.start(group, folder, policy);
    const caller = await sides.caller(play);
    await killOnceStored(first, folder, 'session', CALLS);
    const second = await Sbc.start(group, folder, policy, SECOND);
    const failed = [...(await caller.failure()), ...(await callee.failure(2000))];
    return { failed, ...(await outcome(second, folder)) };
  });
}

async function killedOfStreams(mode: Mode, transport: PeerTransport): Promise<object> {
  return inScene(async (group, folder) => {
    if (transport === 'tls')
      makeCertificates(folder, { sbc: [CALLER_SIDE, CALLEE_SIDE], peers: [CALLER, CALLEE] });
    const certificate = transport === 'tls' ? readCertificate(folder, 'peers') : null;
    const [callerPort, calleePort, port] = [freePort(), freePort(), freePort()];
    const policy = policyText({
      ...{ mode, transport, callerPort, calleePort },
      routes: [['voice-', `${CALLEE}:${port}`]],
      more: `${transport === 'tls' ? inlineTls(folder) : 'inline:\n'}${STORE}`,
    });
    const first = await Sbc.start(group, folder, policy);
    const sbc = { ip: CALLER_SIDE, port: callerPort };
    const caller = await StreamPhone.open({ ip: CALLER, port: freePort() }, sbc, certificate);
    const callee = await StreamPhone.open(
      { ip: CALLEE, port },
      { ip: CALLEE_SIDE, port: calleePort },
      certificate,
    );
    try {
      const calls: PhoneCall[] = [];
      while (calls.length < CALLS)
        calls.push(await caller.call(`sip:voice-${calls.length}@example.com`, `caller-${calls.length}`));
      const alone = Promise.all([caller.alone(), callee.alone()]);
      await killOnceStored(first, folder, 'session', CALLS);
      await alone;
      const second = await Sbc.start(group, folder, policy, SECOND);
      const answered = await Promise.all([
        ...calls.slice(0, CALLS / 2).map((call) => caller.hangUp(call)),
        ...callee.taken.slice(CALLS / 2).map((call) => callee.hangUp(call)),
      ]);
      const ended = { endedByCaller: callee.ended.length, endedByCallee: caller.ended.length };
      return { answered, ...ended, ...(await outcome(second, folder)) };
    } finally {
      caller.close();
      callee.close();
    }
  });
}

async function outcome(second: Sbc, folder: string): Promise<object> {
  const { bad, met, said } = await second.end();
  const records = [RECORD, SECOND];
  const seen = { ...(await judged(folder, records)), replayed: await replayed(folder, records) };
  return { bad, met, received: /^Received: .*$/m.exec(said)?.[0], ...seen };
}

const SECOND = 'second.pcapng';
/** Milliseconds: longer than it takes to kill it and to start it again. */
const TALK = 4000;
