// Kamailio as `registrar.cfg` has it, at one port over UDP and TCP, and at another over TLS where certificates are given.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.ts';
import type { PeerTransport } from './policy-text.ts';
import type { ProcessGroup } from './process-group.ts';

/** Gives the port at which it takes what comes by this transport. TLS: with `peers.crt` of the folder, on either side of it. */
export async function startKamailio(
  group: ProcessGroup,
  folder: string,
  ip: string,
  transport: PeerTransport,
): Promise<number> {
  const port = freePort();
  const kind = transport === 'udp' ? 'udp' : 'tcp';
  const kamailio = group.start('kamailio', 'kamailio', [
    ...['-DD', '-E', '-f', resolve(import.meta.dirname, 'registrar.cfg'), '-Y', folder],
    ...['-l', `${transport}:${ip}:${port}`],
    ...(transport === 'tls' ? ['-A', `TLS_CONFIG="${tlsConfig(folder)}"`] : []),
  ]);
  await kamailio.until('its socket', () => group.listens(kind, ip, port));
  return port;
}

function tlsConfig(folder: string): string {
  const path = join(folder, 'kamailio-tls.cfg');
  const mutual = `method = TLSv1.2+
verify_certificate = yes
require_certificate = yes
private_key = ${join(folder, 'peers.key')}
certificate = ${join(folder, 'peers.crt')}
ca_list = ${join(folder, 'ca.crt')}
`;
  writeFileSync(path, `[server:default]\n${mutual}\n[client:default]\n${mutual}`);
  return path;
}
