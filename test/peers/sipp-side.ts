// SIPp at one address, over UDP, TCP or TLS. For TLS, which Debian's SIPp does not speak, it is elsewhere, under the same port, and
// a bridge has the address by which it calls itself.
import { freePort } from './free-port.ts';
import type { PeerTransport } from './policy-text.ts';
import type { ProcessGroup } from './process-group.ts';
import { Sipp } from './sipp.ts';
import type { Place, TlsBridge } from './tls-bridge.ts';

export interface SippSideOptions {
  readonly group: ProcessGroup;
  readonly folder: string;
  readonly transport: PeerTransport;
  readonly ip: string;
  /** Where SIPp is if there is a bridge. */
  readonly bridged: string;
  /** Of TLS. */
  readonly bridge: TlsBridge | null;
}

export interface SidePlay {
  readonly name: string;
  /** `name`, unless given. */
  readonly scenario?: string;
  /** User part of who is called. */
  readonly user: string;
  readonly calls: number;
  readonly port?: number;
  /** Milliseconds of each `<pause />`. */
  readonly pause?: number;
  /** Without it SIPp waits for calls. */
  readonly to?: Place;
}

export class SippSide {
  private readonly options: SippSideOptions;
  private readonly bridgedPorts = new Set<number>();

  constructor(options: SippSideOptions) {
    this.options = options;
  }

  async start({ name, scenario = name, user, calls, port = freePort(), pause = 100, to }: SidePlay) {
    const { group, folder, transport, ip, bridged, bridge } = this.options;
    const target = to === undefined ? undefined : await this.way(to);
    if (bridge !== null && !this.bridgedPorts.has(port)) {
      this.bridgedPorts.add(port);
      await bridge.unwrap({ ip, port }, { ip: bridged, port });
    }
    return Sipp.start(group, folder, {
      ...{ name, scenario, calls, port, pause, mediaIp: ip },
      ...(target !== undefined && { to: `${target.ip}:${target.port}` }),
      // TLS takes its time to begin: few calls are to wait for it together, so that their two sides can be told by their times.
      rate: bridge === null ? 10 : 4,
      ip: bridge === null ? ip : bridged,
      transport: transport === 'udp' ? 'udp' : 'tcp',
      keys: {
        ...{ play: user, ip, via: transport.toUpperCase() },
        uri_transport: transport === 'udp' ? '' : `;transport=${transport}`,
      },
    });
  }

  private async way(to: Place): Promise<Place> {
    const { ip, bridged, bridge } = this.options;
    if (bridge === null) return to;
    const at = { ip: bridged, port: freePort() };
    await bridge.wrap(at, to, ip);
    return at;
  }
}
