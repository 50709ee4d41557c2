// baresip as a phone behind the SBC, with Kamailio as registrar: it registers, is called by SIPp through both, and answers.
// It will not use 127.0.0.0/8: all is in a network namespace of its own, which has this address besides.
import { expect } from 'vitest';
import { startBaresip } from './baresip.ts';
import { freePort } from './free-port.ts';
import { judged } from './judged.ts';
import { startKamailio } from './kamailio.ts';
import { killOnceStored, STORE } from './kill.ts';
import { CORE, INNER, PHONES, phonesPolicy } from './phones-border.ts';
import type { PeerTransport } from './policy-text.ts';
import type { Running } from './process-group.ts';
import { type Program, peerTest } from './programs.ts';
import { replayed } from './replayed.ts';
import { RECORD, Sbc } from './sbc.ts';
import { inScene } from './scene.ts';
import { inlineTls } from './sides.ts';
import { Sipp } from './sipp.ts';
import { makeCertificates } from './tls-files.ts';

const PHONE = '192.0.2.10';
const SECOND = 'second.pcapng';
const AFTER = {
  // Kamailio is a box as well, and answers REGISTER itself.
  ...{ failed: [], bad: [], met: {}, findings: [], unpaired: 1 },
  // Registered until the end, and called.
  replayed: { exact: 2, different: 0, surplus: 0 },
};

for (const transport of ['udp', 'tcp', 'tls'] as const) {
  const over = `over ${transport.toUpperCase()}`;
  phoneTest(`baresip registers and answers a call, ${over}`, transport, async (scene) => {
    const sbc = await scene.startSbc();
    const phone = await scene.register();
    const failed = await scene.call();
    await phone.end();
    expect({ failed, ...(await outcome(sbc, scene.folder, [RECORD])) }).toEqual(AFTER);
  });

  // RFC 3261 §18.1.1: over TCP and TLS the SBC opens a connection to its Contact then.
  phoneTest(
    `registered when the SBC is killed, baresip is called after it, ${over}`,
    transport,
    async (scene) => {
      const first = await scene.startSbc();
      const phone = await scene.register();
      await killOnceStored(first, scene.folder, 'binding', 1);
      const second = await scene.startSbc(SECOND);
      const failed = await scene.call();
      await phone.end();
      expect({ failed, ...(await outcome(second, scene.folder, [RECORD, SECOND])) }).toEqual(AFTER);
    },
  );
}

async function outcome(sbc: Sbc, folder: string, records: readonly string[]): Promise<object> {
  const { bad, met } = await sbc.end();
  return { bad, met, ...(await judged(folder, records)), replayed: await replayed(folder, records) };
}

interface PhoneScene {
  readonly folder: string;
  /** It has a store. */
  startSbc(record?: string): Promise<Sbc>;
  /** baresip, once it is registered. */
  register(): Promise<Running>;
  /** SIPp calls it, over UDP whatever the phone speaks; what it says if that fails. */
  call(): Promise<string[]>;
}

/** baresip speaks to the SBC, and that to Kamailio, by this transport. */
function phoneTest(name: string, transport: PeerTransport, play: (scene: PhoneScene) => Promise<void>): void {
  const more: Program[] = transport === 'tls' ? ['kamailio-tls', 'openssl'] : [];
  peerTest(['sipp', 'kamailio', 'baresip', 'network namespace', ...more], name, async () => {
    await inScene(async (group, folder) => {
      await group.isolate(PHONE, PHONES);
      if (transport === 'tls') makeCertificates(folder, { sbc: [PHONES, INNER], peers: [PHONE, CORE] });
      const core = { ip: CORE, port: await startKamailio(group, folder, CORE, transport) };
      const inner = { ip: INNER, port: freePort() };
      const [toPhone, toCaller] = [`${PHONES}:${freePort()}`, `${PHONES}:${freePort()}`];
      const phones = [`${toPhone};transport=${transport}`, `${toCaller};transport=udp`];
      const inline = transport === 'tls' ? inlineTls(folder) : 'inline:\n';
      await play({
        folder,
        startSbc(record) {
          const border = { phones, further: PHONE, inner, core, transport, more: `${inline}${STORE}` };
          return Sbc.start(group, folder, phonesPolicy(border), record);
        },
        register: () => startBaresip(group, folder, { user: 'dave-1', ip: PHONE, transport, to: toPhone }),
        async call() {
          const caller = await Sipp.start(group, folder, {
            ...{ name: 'caller', scenario: 'voice-caller', ip: '127.0.0.11', calls: 1 },
            ...{ to: toCaller, pause: 500 },
            keys: { play: 'dave', ip: '127.0.0.11', via: 'UDP', uri_transport: '' },
          });
          return caller.failure();
        },
      });
    });
  });
}
