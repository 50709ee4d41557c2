// All connections: by number, by peer for reuse, and how many each source has. A connection that a peer opened is used for what
// goes to the address it came from; with mutual TLS and `alias` also for the address that its Via names (RFC 5923 §5).
import type { TransportName } from '../policy/policy.ts';
import type { Connection } from './connection.ts';

export class Connections {
  private readonly byNumber = new Map<number, Connection>();
  private readonly byPeer = new Map<string, Connection>();
  /** Addresses of Via that connections answer to besides their own: one each. */
  private readonly aliases = new Map<Connection, string>();
  private readonly perSource = new Map<string, number>();

  get size(): number {
    return this.byNumber.size;
  }

  all(): IterableIterator<Connection> {
    return this.byNumber.values();
  }

  numbered(connection: number): Connection | undefined {
    return this.byNumber.get(connection);
  }

  /** An open connection to that end from that local address. */
  to(transport: TransportName, localIp: string, ip: string, port: number): Connection | undefined {
    const found = this.byPeer.get(peerKey(transport, localIp, ip, port));
    return found?.isOpen ? found : undefined;
  }

  ofSource(ip: string): number {
    return this.perSource.get(ip) ?? 0;
  }

  add(connection: Connection): void {
    const { transport, local, remote } = connection.flow;
    this.byNumber.set(connection.number, connection);
    this.byPeer.set(peerKey(transport, local.ip, remote.ip, remote.port), connection);
    this.perSource.set(remote.ip, this.ofSource(remote.ip) + 1);
  }

  alias(connection: Connection, port: number): void {
    const { transport, local, remote } = connection.flow;
    const key = peerKey(transport, local.ip, remote.ip, port);
    const before = this.aliases.get(connection);
    if (before === key || this.byPeer.get(key)?.isOpen) return;
    if (before !== undefined && this.byPeer.get(before) === connection) this.byPeer.delete(before);
    this.aliases.set(connection, key);
    this.byPeer.set(key, connection);
  }

  remove(connection: Connection): void {
    if (!this.byNumber.delete(connection.number)) return;
    const { transport, local, remote } = connection.flow;
    const alias = this.aliases.get(connection);
    this.aliases.delete(connection);
    for (const key of [peerKey(transport, local.ip, remote.ip, remote.port), alias])
      if (key !== undefined && this.byPeer.get(key) === connection) this.byPeer.delete(key);
    const left = this.ofSource(remote.ip) - 1;
    if (left > 0) this.perSource.set(remote.ip, left);
    else this.perSource.delete(remote.ip);
  }
}

function peerKey(transport: TransportName, localIp: string, ip: string, port: number): string {
  return `${transport} ${localIp} ${ip} ${port}`;
}
