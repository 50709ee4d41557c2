// Kamailio behind the SBC as registrar and proxy: SIPp registers through the SBC, which publishes a Contact of its own, and is
// called by it; the way is caller, SBC, Kamailio, SBC, phone. sipsak asks and registers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { freePort } from './free-port.ts';
import { judged } from './judged.ts';
import { startKamailio } from './kamailio.ts';
import { CORE, INNER, PHONES, phonesPolicy } from './phones-border.ts';
import type { PeerTransport } from './policy-text.ts';
import { type Program, peerTest } from './programs.ts';
import { replayed } from './replayed.ts';
import { Sbc } from './sbc.ts';
import { inScene } from './scene.ts';
import { inlineTls } from './sides.ts';
import { SippSide } from './sipp-side.ts';
import { TlsBridge } from './tls-bridge.ts';
import { makeCertificates, readCertificate } from './tls-files.ts';

const USERS = 5;

for (const transport of ['udp', 'tcp', 'tls'] as const) {
  const name = `registered through the SBC and called, over ${transport.toUpperCase()}`;
  peerTest(['sipp', ...kamailio(transport)], name, async () => {
    await inScene(async (group, folder) => {
      if (transport === 'tls')
        makeCertificates(folder, { sbc: [PHONES, INNER], peers: [PHONE, CALLER, CORE] });
      const bridge = transport === 'tls' ? new TlsBridge(readCertificate(folder, 'peers')) : null;
      const core = { ip: CORE, port: await startKamailio(group, folder, CORE, transport) };
      const [inner, to] = [INNER, PHONES].map((ip) => ({ ip, port: freePort() }));
      const phones = [`${to.ip}:${to.port};transport=${transport}`];
      const more = transport === 'tls' ? inlineTls(folder) : '';
      const sbc = await Sbc.start(group, folder, phonesPolicy({ phones, inner, core, transport, more }));
      const common = { group, folder, transport, bridge };
      const phone = new SippSide({ ...common, ip: PHONE, bridged: '127.0.0.12' });
      const others = new SippSide({ ...common, ip: CALLER, bridged: '127.0.0.13' });
      const bob = { user: 'bob', calls: USERS, port: freePort() };
      const failed: string[] = [];
      try {
        const register = await phone.start({ ...bob, name: 'register-caller', to });
        failed.push(...(await register.failure()));
        const callee = await phone.start({ ...bob, name: 'voice-callee' });
        const caller = await others.start({ name: 'voice-caller', user: 'bob', calls: USERS, to });
        failed.push(...(await caller.failure()), ...(await callee.failure(2000)));
        const unregister = await phone.start({ ...bob, name: 'unregister-caller', to });
        failed.push(...(await unregister.failure()));
      } finally {
        bridge?.close();
      }
      const { bad, met } = await sbc.end();
      expect({ failed, bad, met, ...(await judged(folder)), replayed: await replayed(folder) }).toEqual({
        ...{ failed: [], bad: [], met: {}, findings: [] },
        // Kamailio is a box as well, and answers REGISTER itself.
        unpaired: 2 * USERS,
        // Registered, called and unregistered.
        replayed: { exact: 3 * USERS, different: 0, surplus: 0 },
      });
    });
  });
}

for (const transport of ['udp', 'tcp', 'tls'] as const) {
  const name = `sipsak asks the SBC for its options and registers through it, over ${transport.toUpperCase()}`;
  peerTest(['sipsak', 'kamailio', ...(transport === 'tls' ? ['openssl' as const] : [])], name, async () => {
    await inScene(async (group, folder) => {
      if (transport === 'tls') makeCertificates(folder, { sbc: [PHONES, SBC, 'example.com'] });
      const core = { ip: CORE, port: await startKamailio(group, folder, CORE, 'udp') };
      const [inner, to] = [INNER, PHONES].map((ip) => ({ ip, port: freePort() }));
      const phones = [`${to.ip}:${to.port};transport=${transport}`, SBC];
      const more = transport === 'tls' ? inlineTls(folder, 'optional') : '';
      const policy = phonesPolicy({ phones, inner, core, transport: 'udp', more });
      const sbc = await Sbc.start(group, folder, policy);
      const way = ['-E', transport, '--local-ip=127.0.0.12', '-p', `${to.ip}:${to.port}`];
      const tls = transport === 'tls' ? trust(folder) : { args: [], env: {} };
      const sipsak = (...args: string[]): Promise<number | string> => {
        const env = { ...process.env, ...tls.env };
        return group.start('sipsak', 'sipsak', [...way, ...tls.args, ...args], { env }).ended;
      };
      const contact = `sip:carol@127.0.0.12:5999${transport === 'udp' ? '' : `;transport=${transport}`}`;
      expect([
        await sipsak('-s', `sip:${SBC}`),
        await sipsak('-U', '-C', contact, '-x', '60', '-a', 'wonderland', '-s', 'sip:carol@example.com'),
      ]).toEqual([0, 0]);
      const { bad, met, said } = await sbc.end();
      expect({
        ...{ bad, met, ...(await judged(folder)), received: /^Received: .*$/m.exec(said)?.[0] },
        replayed: await replayed(folder),
      }).toEqual({
        ...{ bad: [], met: {}, findings: [] },
        // OPTIONS goes no further.
        unpaired: 1,
        // REGISTER is challenged once; Kamailio's answers are the others.
        received: 'Received: 5 (2 REGISTER, 1 OPTIONS, 1 4xx, 1 2xx)',
        replayed: { exact: 2, different: 0, surplus: 0 },
      });
    });
  });
}

/** sipsak shows no certificate, and takes the session ticket that follows the handshake of TLS 1.3 for an answer that never comes. */
function trust(folder: string): { args: string[]; env: Record<string, string> } {
  const path = join(folder, 'gnutls.conf');
  writeFileSync(path, '[overrides]\ndisabled-version = tls1.3\n');
  return { args: [`--tls-ca-cert=${join(folder, 'ca.crt')}`], env: { GNUTLS_SYSTEM_PRIORITY_FILE: path } };
}

function kamailio(transport: PeerTransport): Program[] {
  return transport === 'tls' ? ['kamailio', 'kamailio-tls', 'openssl'] : ['kamailio'];
}

const [PHONE, CALLER] = ['127.0.0.10', '127.0.0.11'];
const SBC = 'sbc.example.com';
