// baresip as a phone behind the SBC, with Kamailio as registrar: it registers, is called by SIPp through both, and answers.
// It will not use 127.0.0.0/8: all is in a network namespace of its own, which has this address besides.
import { expect, test } from 'vitest';
import { startBaresip } from './baresip.ts';
import { freePort } from './free-port.ts';
import { judged } from './judged.ts';
import { startKamailio } from './kamailio.ts';
import { CORE, INNER, PHONES, phonesPolicy } from './phones-border.ts';
import { canIsolate } from './process-group.ts';
import { type Program, peerTest } from './programs.ts';
import { replayed } from './replayed.ts';
import { Sbc } from './sbc.ts';
import { inScene } from './scene.ts';
import { inlineTls } from './sides.ts';
import { Sipp } from './sipp.ts';
import { makeCertificates } from './tls-files.ts';

const PHONE = '192.0.2.10';

for (const transport of ['udp', 'tcp', 'tls'] as const) {
  const name = `baresip registers and answers a call, over ${transport.toUpperCase()}`;
  if (!canIsolate()) {
    test.skip(`${name} (SKIPPED: no network namespace of its own can be made here)`, () => {});
    continue;
  }
  const more: Program[] = transport === 'tls' ? ['kamailio-tls', 'openssl'] : [];
  peerTest(['sipp', 'kamailio', 'baresip', ...more], name, async () => {
    await inScene(async (group, folder) => {
      await group.isolate(PHONE, PHONES);
      if (transport === 'tls') makeCertificates(folder, { sbc: [PHONES, INNER], peers: [PHONE, CORE] });
      const core = { ip: CORE, port: await startKamailio(group, folder, CORE, transport) };
      const inner = { ip: INNER, port: freePort() };
      const [toPhone, toCaller] = [freePort(), freePort()];
      // SIPp calls over UDP whatever the phone speaks.
      const policy = phonesPolicy({
        phones: [`${PHONES}:${toPhone};transport=${transport}`, `${PHONES}:${toCaller};transport=udp`],
        ...{ further: PHONE, inner, core, transport, more: transport === 'tls' ? inlineTls(folder) : '' },
      });
      const sbc = await Sbc.start(group, folder, policy);
      const phone = await startBaresip(group, folder, {
        ...{ user: 'dave-1', ip: PHONE, transport, to: `${PHONES}:${toPhone}` },
      });
      const caller = await Sipp.start(group, folder, {
        ...{ name: 'caller', scenario: 'voice-caller', ip: '127.0.0.11', calls: 1 },
        ...{ to: `${PHONES}:${toCaller}`, pause: 500 },
        keys: { play: 'dave', ip: '127.0.0.11', via: 'UDP', uri_transport: '' },
      });
      const failed = await caller.failure();
      await phone.end();
      const { bad, met } = await sbc.end();
      expect({ failed, bad, met, ...(await judged(folder)), replayed: await replayed(folder) }).toEqual({
        ...{ failed: [], bad: [], met: {}, findings: [], unpaired: 1 },
        // Registered until the end, and called.
        replayed: { exact: 2, different: 0, surplus: 0 },
      });
    });
  });
}
