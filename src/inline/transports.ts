// All sockets of the SBC: those that the policy has it listen on, and connections both ways. Messages in and out by flow.
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Endpoint } from '../network/endpoint.ts';
import type { InlineLimits } from '../policy/inline-settings.ts';
import type { Flow } from '../sbc/flow.ts';
import type { Clock } from './clock.ts';
import { Connection } from './connection.ts';
import { Connections } from './connections.ts';
import { type ListenerPlan, planKey } from './listener-plan.ts';
import { StreamListener, type StreamListenerUser } from './stream-listener.ts';
import type { TlsMaterial } from './tls-files.ts';
import type { TransportUser } from './transport-user.ts';
import { reasonOf, UdpListener } from './udp-listener.ts';

export interface TransportOptions {
  readonly user: TransportUser;
  readonly clock: Clock;
  readonly limits: InlineLimits;
  /** TLS on a local address, `planKey`; null: there is none. */
  readonly tlsAt: (key: string) => TlsMaterial | null;
  /** The name that a next hop was found by, for its certificate; undefined: only its address is known. */
  readonly hopName: (remote: Endpoint) => string | undefined;
}

export class Transports {
  limits: InlineLimits;
  private readonly options: TransportOptions;
  private readonly user: TransportUser;
  private readonly udp = new Map<string, UdpListener>();
  private readonly streams = new Map<string, StreamListener>();
  private readonly connections = new Connections();
  private lastConnection = 0;
  /** Connections that TLS is being agreed upon with, which count as well. */
  private arriving = 0;
  private isOver = false;

  constructor(options: TransportOptions) {
    this.options = options;
    this.user = options.user;
    this.limits = options.limits;
  }

  get connectionCount(): number {
    return this.connections.size;
  }

  /** What is listened on, `udp 192.0.2.1 5060`. */
  get listening(): readonly string[] {
    return [...this.udp.keys(), ...this.streams.keys()];
  }

  /** Rejects, saying where, when an address cannot be had. */
  async listen(plan: ListenerPlan): Promise<void> {
    const key = planKey(plan.transport, plan.ip, plan.port);
    if (this.udp.has(key) || this.streams.has(key)) return;
    try {
      if (plan.transport === 'udp') this.udp.set(key, await UdpListener.open(plan, this.user));
      else {
        const tls = plan.transport === 'tls' ? this.options.tlsAt(key) : null;
        const opened = await StreamListener.open(plan, tls, this.limits.connectMs, this.streamUser);
        this.streams.set(key, opened);
      }
    } catch (error) {
      throw new Error(`cannot listen on ${key}: ${reasonOf(error)}`);
    }
  }

  /** No new connection is taken there, and no datagram; connections that are there go on. */
  async leave(key: string): Promise<void> {
    const listener = this.udp.get(key) ?? this.streams.get(key);
    this.udp.delete(key);
    this.streams.delete(key);
    // A server is closed once its last connection is: that may take as long as it likes.
    const closed = listener?.close();
    if (listener instanceof UdpListener) await closed;
  }

  renewTls(): void {
    for (const [key, listener] of this.streams) {
      const tls = listener.plan.transport === 'tls' ? this.options.tlsAt(key) : null;
      if (tls !== null) listener.renew(tls);
    }
  }

  send(flow: Flow, octets: Buffer, send: number): Flow | null {
    const { transport, local } = flow;
    if (transport === 'udp') {
      const listener = this.udp.get(planKey('udp', local.ip, local.port));
      if (listener === undefined) return this.fail(send, 'no-listener');
      listener.send(flow, octets, send);
      return flow;
    }
    if (transport !== 'tcp' && transport !== 'tls') return this.fail(send, 'no-transport');
    const { connection, reason } = this.connectionFor(flow);
    if (connection === undefined) return this.fail(send, reason);
    connection.send(octets, send);
    return connection.flow;
  }

  /** RFC 5923 §5: the port of the address that the peer's Via names. */
  alias(flow: Flow, port: number): void {
    const connection = this.connections.numbered(flow.connection);
    if (connection?.incoming && flow.transport === 'tls' && (connection.socket as TLSSocket).authorized)
      this.connections.alias(connection, port);
  }

  closeConnection(flow: Flow, reason: string): void {
    this.connections.numbered(flow.connection)?.close(reason);
  }

  /** About once a second. */
  look(): void {
    const now = this.options.clock.now();
    for (const connection of this.connections.all()) connection.look(now);
  }

  /** Everything. */
  async close(): Promise<void> {
    this.isOver = true;
    const listeners = [...this.udp.values(), ...this.streams.values()];
    this.udp.clear();
    this.streams.clear();
    const closed = listeners.map((listener) => listener.close());
    for (const connection of [...this.connections.all()]) connection.close('stopped');
    await Promise.all(closed);
  }

  private fail(send: number, reason: string): null {
    this.user.sendFailed(send, reason);
    return null;
  }

  private connectionFor(flow: Flow): {
    readonly connection?: Connection | undefined;
    readonly reason: string;
  } {
    const { transport, local, remote } = flow;
    if (flow.connection !== 0)
      return { connection: this.connections.numbered(flow.connection), reason: 'connection-closed' };
    const there = this.connections.to(transport, local.ip, remote.ip, remote.port);
    if (there !== undefined) return { connection: there, reason: '' };
    if (this.isOver) return { reason: 'stopped' };
    if (this.connections.size >= this.limits.connections) return { reason: 'too-many-connections' };
    return { connection: this.open(flow), reason: '' };
  }

  private open({ transport, local, remote }: Flow): Connection {
    const to = { host: remote.ip, port: remote.port, localAddress: local.ip };
    const tls = transport === 'tls' ? this.options.tlsAt(planKey('tls', local.ip, local.port)) : null;
    const name = this.options.hopName(remote);
    const socket =
      transport === 'tcp'
        ? connectTcp(to)
        : connectTls({
            ...to,
            ...tls?.context,
            rejectUnauthorized: tls?.verify ?? true,
            // RFC 5922 §7.2: held against the name that the next hop was found by, not what DNS made of it.
            ...(name !== undefined && { servername: name }),
          });
    const connection = this.connection(socket, { transport, local, remote }, false);
    socket.once(transport === 'tcp' ? 'connect' : 'secureConnect', () => connection.connected());
    return connection;
  }

  private connection(socket: Socket, flow: Omit<Flow, 'connection'>, incoming: boolean): Connection {
    const connection = new Connection({
      socket,
      flow: { ...flow, connection: ++this.lastConnection },
      incoming,
      user: this.user,
      limits: this.limits,
      clock: this.options.clock,
      onClosed: (closed) => this.connections.remove(closed),
    });
    this.connections.add(connection);
    return connection;
  }

  private readonly streamUser: StreamListenerUser = {
    arriving: ({ transport }, local, remote) => {
      const isFull = this.connections.size + this.arriving >= this.limits.connections;
      if (isFull) this.user.refused(remote.ip, 'too-many-connections');
      else if (this.connections.ofSource(remote.ip) >= this.limits.connectionsPerSource)
        this.user.refused(remote.ip, 'too-many-of-source');
      else if (!this.user.isWelcome(local, remote, transport)) this.user.refused(remote.ip, 'unknown-source');
      else {
        if (transport === 'tls') this.arriving++;
        return true;
      }
      return false;
    },
    accepted: ({ transport }, local, remote, socket) => {
      if (transport === 'tls') this.arriving--;
      this.connection(socket, { transport, local, remote }, true);
    },
    gone: () => {
      this.arriving--;
    },
  };
}
