// SIPp on either side of the SBC, over UDP, TCP or TLS.
import { join } from 'node:path';
import { CALLEE_SIDE, CALLER_SIDE, type PeerTransport } from './policy-text.ts';
import type { ProcessGroup } from './process-group.ts';
import type { Play } from './scene.ts';
import type { Sipp } from './sipp.ts';
import { SippSide } from './sipp-side.ts';
import { type Place, TlsBridge } from './tls-bridge.ts';
import { makeCertificates, readCertificate } from './tls-files.ts';

export const CALLER = '127.0.0.10';
export const CALLEE = '127.0.0.40';

export class Sides {
  /** Where callers send to. */
  private readonly sbc: Place;
  private readonly bridge: TlsBridge | null;
  private readonly callers: SippSide;
  private readonly callees: SippSide;

  constructor(group: ProcessGroup, folder: string, transport: PeerTransport, sbc: Place) {
    this.sbc = sbc;
    if (transport === 'tls')
      makeCertificates(folder, { sbc: [CALLER_SIDE, CALLEE_SIDE], peers: [CALLER, CALLEE] });
    const bridge = transport === 'tls' ? new TlsBridge(readCertificate(folder, 'peers')) : null;
    this.bridge = bridge;
    const common = { group, folder, transport, bridge };
    this.callers = new SippSide({ ...common, ip: CALLER, bridged: '127.0.0.12' });
    this.callees = new SippSide({ ...common, ip: CALLEE, bridged: '127.0.0.42' });
  }

  callee({ name, calls, pause }: Play): Promise<Sipp> {
    return this.callees.start({ name: `${name}-callee`, user: name, calls, ...(pause && { pause }) });
  }

  caller({ name, calls, pause }: Play): Promise<Sipp> {
    const play = { name: `${name}-caller`, user: name, calls, ...(pause && { pause }) };
    return this.callers.start({ ...play, to: this.sbc });
  }

  close(): void {
    this.bridge?.close();
  }
}

/** Mutual TLS with the certificates of the folder, where nothing else is said. */
export function inlineTls(folder: string, clientCertificate: 'required' | 'optional' = 'required'): string {
  return `inline:
  tls:
    certificate: ${join(folder, 'sbc.crt')}
    key: ${join(folder, 'sbc.key')}
    ca: ${join(folder, 'ca.crt')}
    client-certificate: ${clientCertificate}
`;
}
