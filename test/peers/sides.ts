// SIPp on either side of the SBC, over UDP, TCP or TLS. For TLS, which it does not speak, SIPp is elsewhere, under the same port,
// and a bridge has the address by which it calls itself.
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { CALLEE_SIDE, CALLER_SIDE, type PeerTransport } from './policy-text.ts';
import type { ProcessGroup } from './process-group.ts';
import type { Play } from './scene.ts';
import { Sipp, type SippOptions } from './sipp.ts';
import { type Place, TlsBridge } from './tls-bridge.ts';
import { makeCertificates, readCertificate } from './tls-files.ts';

export const CALLER = '127.0.0.10';
export const CALLEE = '127.0.0.40';

export class Sides {
  private readonly group: ProcessGroup;
  private readonly folder: string;
  private readonly transport: PeerTransport;
  /** Where callers send to. */
  private readonly sbc: Place;
  private readonly bridge: TlsBridge | null;

  constructor(group: ProcessGroup, folder: string, transport: PeerTransport, sbc: Place) {
    this.group = group;
    this.folder = folder;
    this.transport = transport;
    this.sbc = sbc;
    if (transport === 'tls')
      makeCertificates(folder, { sbc: [CALLER_SIDE, CALLEE_SIDE], peers: [CALLER, CALLEE] });
    this.bridge = transport === 'tls' ? new TlsBridge(readCertificate(folder, 'peers')) : null;
  }

  async callee(play: Play): Promise<Sipp> {
    const port = freePort();
    await this.bridge?.unwrap({ ip: CALLEE, port }, { ip: BRIDGED_CALLEE, port });
    return this.start(play, 'callee', CALLEE, port);
  }

  async caller(play: Play): Promise<Sipp> {
    const port = freePort();
    const to = this.bridge === null ? this.sbc : { ip: BRIDGED_CALLER, port: freePort() };
    await this.bridge?.wrap(to, this.sbc, CALLER);
    await this.bridge?.unwrap({ ip: CALLER, port }, { ip: BRIDGED_CALLER, port });
    return this.start(play, 'caller', CALLER, port, { to: `${to.ip}:${to.port}` });
  }

  close(): void {
    this.bridge?.close();
  }

  private start(
    { name, calls, pause = 100 }: Play,
    side: 'caller' | 'callee',
    ip: string,
    port: number,
    more: Partial<SippOptions> = {},
  ): Promise<Sipp> {
    const bridged = side === 'caller' ? BRIDGED_CALLER : BRIDGED_CALLEE;
    return Sipp.start(this.group, this.folder, {
      ...{ name: `${name}-${side}`, scenario: `${name}-${side}`, calls, port, pause, ...more },
      // TLS takes its time to begin: few calls are to wait for it together, so that their two sides can be told by their times.
      rate: this.bridge === null ? 10 : 4,
      ip: this.bridge === null ? ip : bridged,
      mediaIp: ip,
      transport: this.transport === 'udp' ? 'udp' : 'tcp',
      keys: {
        ...{ play: name, ip, via: this.transport.toUpperCase() },
        uri_transport: this.transport === 'udp' ? '' : `;transport=${this.transport}`,
      },
    });
  }
}

/** Mutual TLS with the certificates of the folder. */
export function inlineTls(folder: string): string {
  return `inline:
  tls:
    certificate: ${join(folder, 'sbc.crt')}
    key: ${join(folder, 'sbc.key')}
    ca: ${join(folder, 'ca.crt')}
    client-certificate: required
`;
}

const BRIDGED_CALLER = '127.0.0.12';
const BRIDGED_CALLEE = '127.0.0.42';
