// Kamailio behind the SBC as registrar and proxy: SIPp, sipsak and baresip register through the SBC, which publishes a Contact of
// its own, and are called by it; the way is caller, SBC, Kamailio, SBC, phone.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { judged } from './judged.ts';
import { canIsolate, type ProcessGroup } from './process-group.ts';
import { peerTest } from './programs.ts';
import { Sbc } from './sbc.ts';
import { inScene } from './scene.ts';
import { Sipp } from './sipp.ts';

const USERS = 5;

for (const transport of ['udp', 'tcp'] as const) {
  peerTest(['sipp', 'kamailio'], `registered through the SBC and called, over ${transport}`, async () => {
    await inScene(async (group, folder) => {
      const core = await startKamailio(group, folder);
      const [phones, inner, phone] = [freePort(), freePort(), freePort()];
      const sbc = await Sbc.start(group, folder, policy(phones, inner, core));
      const sipp = (scenario: string, name: string, ip: string, port: number, to?: number): Promise<Sipp> =>
        Sipp.start(group, folder, {
          ...{ name, scenario, ip, port, transport, calls: USERS, ...(to && { to: `${PHONES}:${to}` }) },
          keys: {
            ...{ play: 'bob', ip, via: transport.toUpperCase() },
            uri_transport: transport === 'udp' ? '' : ';transport=tcp',
          },
        });
      const failed: string[] = [];
      failed.push(
        ...(await (await sipp('register-caller', 'register', '127.0.0.10', phone, phones)).failure()),
      );
      const callee = await sipp('voice-callee', 'bob', '127.0.0.10', phone);
      const caller = await sipp('voice-caller', 'caller', '127.0.0.11', freePort(), phones);
      failed.push(...(await caller.failure()), ...(await callee.failure(2000)));
      failed.push(
        ...(await (await sipp('unregister-caller', 'unregister', '127.0.0.10', phone, phones)).failure()),
      );
      const { bad, met } = await sbc.end();
      expect({ failed, bad, met, ...(await judged(folder)) }).toEqual({
        ...{ failed: [], bad: [], met: {}, findings: [] },
        // Kamailio is a box as well, and answers REGISTER itself.
        unpaired: 2 * USERS,
      });
    });
  });
}

peerTest(['sipsak', 'kamailio'], 'sipsak asks the SBC for its options and registers through it', async () => {
  await inScene(async (group, folder) => {
    const core = await startKamailio(group, folder);
    const [phones, inner] = [freePort(), freePort()];
    const sbc = await Sbc.start(group, folder, policy(phones, inner, core));
    const sipsak = (...args: string[]): Promise<number | string> =>
      group.start('sipsak', 'sipsak', [...args, '--local-ip=127.0.0.12']).ended;
    const proxy = `${PHONES}:${phones}`;
    expect([
      await sipsak('-s', `sip:${proxy}`),
      await sipsak(
        '-U',
        '-C',
        'sip:carol@127.0.0.12:5999',
        '-x',
        '60',
        '-a',
        'wonderland',
        '-p',
        proxy,
        '-s',
        AOR,
      ),
    ]).toEqual([0, 0]);
    const { bad, met, said } = await sbc.end();
    expect({ bad, met, ...(await judged(folder)), received: /^Received: .*$/m.exec(said)?.[0] }).toEqual({
      ...{ bad: [], met: {}, findings: [] },
      // OPTIONS goes no further.
      unpaired: 1,
      // REGISTER is challenged once; Kamailio's answers are the others.
      received: 'Received: 5 (2 REGISTER, 1 OPTIONS, 1 4xx, 1 2xx)',
    });
  });
});

// baresip will not use 127.0.0.0/8: all is in a network namespace of its own, which has this address besides.
const PHONE = '192.0.2.10';
if (canIsolate())
  peerTest(['sipp', 'kamailio', 'baresip'], 'baresip registers and answers a call', async () => {
    await inScene(async (group, folder) => {
      await group.isolate(PHONE);
      const core = await startKamailio(group, folder);
      const [phones, inner, phone] = [freePort(), freePort(), freePort()];
      const sbc = await Sbc.start(group, folder, policy(phones, inner, core, PHONE));
      const home = join(folder, 'dave');
      mkdirSync(home);
      writeFileSync(join(home, 'config'), `sip_listen ${PHONE}:${phone}\n${BARESIP_CONFIG}`);
      const account = `<sip:dave-1@example.com>;auth_user=alice;auth_pass=wonderland;regint=60;answermode=auto`;
      writeFileSync(join(home, 'accounts'), `${account};outbound="sip:${PHONES}:${phones}"\n`);
      const baresip = group.start('baresip', 'baresip', ['-f', home, '-t', '20'], { cwd: home });
      await baresip.says('200 OK');
      const caller = await Sipp.start(group, folder, {
        ...{ name: 'caller', scenario: 'voice-caller', ip: '127.0.0.11', calls: 1 },
        ...{ to: `${PHONES}:${phones}`, pause: 500 },
        keys: { play: 'dave', ip: '127.0.0.11', via: 'UDP', uri_transport: '' },
      });
      const failed = await caller.failure();
      await baresip.end();
      const { bad, met } = await sbc.end();
      expect({ failed, bad, met, ...(await judged(folder)) }).toEqual({
        ...{ failed: [], bad: [], met: {}, findings: [], unpaired: 1 },
      });
    });
  });
else test.skip('baresip registers (SKIPPED: no network namespace of its own can be made here)', () => {});

async function startKamailio(group: ProcessGroup, folder: string): Promise<number> {
  const port = freePort();
  const kamailio = group.start('kamailio', 'kamailio', [
    ...['-DD', '-E', '-f', resolve(import.meta.dirname, 'registrar.cfg'), '-Y', folder],
    ...['-l', `udp:${CORE}:${port}`, '-l', `tcp:${CORE}:${port}`],
  ]);
  await kamailio.until(
    'its socket',
    () => group.listens('udp', CORE, port) && group.listens('tcp', CORE, port),
  );
  return port;
}

function policy(phones: number, inner: number, core: number, further?: string): string {
  return `name: border
adjacencies:
  - name: phones
    local: ['${PHONES}:${phones}']
    peers: [127.0.0.8/29${further === undefined ? '' : `, ${further}`}]
    registered-subscribers: true
    rewrite-register: true
    record-route-passthrough: false
    topology-hiding: false
  - name: core
    local: ['${INNER}:${inner}']
    peers: [${CORE}]
    next-hops: ['${CORE}:${core};transport=udp']
    record-route-passthrough: false
    topology-hiding: false
routes:
  - match: { inbound-adjacency: phones }
    adjacency: core
registrars: [${CORE}]
cac:
  - { name: all calls, caller-privacy: never, callee-privacy: never }
thresholds:
  short-session: 0s
  effectiveness-ratio: 0.5
ignore:
  - { rule: security/digest-weak, reason: Kamailio offers MD5 only }
  - { rule: security/digest-username-realm, reason: what SIPp writes into uri is the address it sends to }
  - { rule: security/nonce-reuse, reason: Kamailio gives all of a second the same nonce }
  - { rule: message/mandatory-header, user-agent: 'baresip*', reason: baresip lists no Supported in its 200 }
  - { rule: nat/received-rport, reason: SIPp answers as if there were no rport (RFC 3581 §4) }
`;
}

const [PHONES, INNER, CORE] = ['127.0.0.20', '127.0.0.30', '127.0.0.40'];
const AOR = 'sip:carol@example.com';
const BARESIP_CONFIG = `audio_source aubridge,nothing
audio_player aubridge,nothing
audio_alert aubridge,nothing
module_path /usr/lib/baresip/modules
module g711.so
module ausine.so
module aubridge.so
module stdio.so
module_app account.so
module_app menu.so
`;
