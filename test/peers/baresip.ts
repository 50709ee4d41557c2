// baresip with one account, registered where it is told, which takes every call.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import type { PeerTransport } from './policy-text.ts';
import type { ProcessGroup, Running } from './process-group.ts';

export interface BaresipOptions {
  /** At example.com. */
  readonly user: string;
  readonly ip: string;
  /** TLS: with `peers.crt` of the folder. */
  readonly transport: PeerTransport;
  /** Where it sends everything, `ip:port`. */
  readonly to: string;
}

/** Resolves once it is registered. */
export async function startBaresip(
  group: ProcessGroup,
  folder: string,
  { user, ip, transport, to }: BaresipOptions,
): Promise<Running> {
  const home = join(folder, user);
  mkdirSync(home);
  const tls = transport === 'tls' ? tlsConfig(folder, home) : '';
  writeFileSync(join(home, 'config'), `sip_listen ${ip}:${freePort()}\n${tls}${CONFIG}`);
  const account = `<sip:${user}@example.com>;auth_user=alice;auth_pass=wonderland;regint=60;answermode=auto`;
  const outbound = `outbound="sip:${to};transport=${transport}"`;
  writeFileSync(join(home, 'accounts'), `${account};${outbound}\n`);
  const baresip = group.start('baresip', 'baresip', ['-f', home, '-t', '20'], { cwd: home });
  await baresip.says('200 OK');
  return baresip;
}

/** Certificate and key are one file. */
function tlsConfig(folder: string, home: string): string {
  const files = ['peers.crt', 'peers.key'].map((name) => readFileSync(join(folder, name), 'latin1'));
  writeFileSync(join(home, 'own.pem'), files.join(''));
  return `sip_certificate ${join(home, 'own.pem')}\nsip_cafile ${join(folder, 'ca.crt')}\n`;
}

const CONFIG = `audio_source aubridge,nothing
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
