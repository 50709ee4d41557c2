// The tunnels a packet was carried in, outermost first; words are made of them only when somebody asks.
import { ipText } from '../ip/ip-text.ts';
import type { Passage } from '../passage.ts';

/** Kinds of tunnel, as they are printed. */
export type TunnelKind =
  | 'ipip'
  | '6in4'
  | 'gre'
  | 'erspan'
  | 'vxlan'
  | 'geneve'
  | 'gtp-u'
  | 'esp-null'
  | 'mpls'
  | 'etherip'
  | 'hep';

/** `gtp-u 10.0.0.1→10.0.0.2 teid 0x1`, `hep 10.0.0.5→10.0.0.9 agent 2001`; several are joined by ` / `. */
export class TunnelPath {
  length = 0;
  private kept: string | null = null;
  private readonly tunnels: Tunnel[] = Array.from({ length: MAX_TUNNELS }, () => new Tunnel());

  /** `addressAt` is where the source address of the tunnel's own IP header is; `id` is NO_ID when it has none. */
  push(kind: TunnelKind, data: Buffer, version: number, addressAt: number, id: number): void {
    if (this.length === MAX_TUNNELS) return;
    const tunnel = this.tunnels[this.length++];
    tunnel.kind = kind;
    tunnel.data = data;
    tunnel.version = version;
    tunnel.addressAt = addressAt;
    tunnel.id = id;
  }

  clear(): void {
    this.length = 0;
    this.kept = null;
  }

  /** Words made before, of a packet whose octets are gone. */
  keep(text: string | null): void {
    this.kept = text;
  }

  get text(): string | null {
    if (this.length === 0) return this.kept;
    const inner = this.tunnels.slice(0, this.length).map(describe).join(' / ');
    return this.kept === null ? inner : `${this.kept} / ${inner}`;
  }

  /** The same for what came through them. */
  get passage(): Passage | null {
    const { text } = this;
    return text === null ? null : { tunnel: text, hep: null };
  }
}

class Tunnel {
  kind: TunnelKind = 'ipip';
  data: Buffer = Buffer.alloc(0);
  version = 4;
  addressAt = 0;
  id = -1;
}

function describe({ kind, data, version, addressAt, id }: Tunnel): string {
  const size = version === 6 ? 16 : 4;
  const ends = `${ipText(version, data, addressAt)}→${ipText(version, data, addressAt + size)}`;
  return tunnelText(kind, ends, id);
}

/** Of one tunnel, with its ends as text. */
export function tunnelText(kind: TunnelKind, ends: string, id: number): string {
  const name = ID_NAMES[kind];
  if (name === undefined || id === NO_ID) return `${kind} ${ends}`;
  // Agents are configured, and spoken of, by decimal numbers.
  return `${kind} ${ends} ${name} ${kind === 'hep' ? id : `0x${id.toString(16)}`}`;
}

/** For tunnels without an identifier. */
export const NO_ID = -1;

const MAX_TUNNELS = 16;

const ID_NAMES: Partial<Record<TunnelKind, string>> = {
  gre: 'key',
  erspan: 'session',
  vxlan: 'vni',
  geneve: 'vni',
  'gtp-u': 'teid',
  'esp-null': 'spi',
  hep: 'agent',
};
