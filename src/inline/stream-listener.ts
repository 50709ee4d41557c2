// One address on which TCP, or TLS on it, is taken.
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import {
  createServer as createTlsServer,
  type TLSSocket,
  type TlsOptions,
  type Server as TlsServer,
} from 'node:tls';
import type { Endpoint } from '../network/endpoint.ts';
import type { ListenerPlan } from './listener-plan.ts';
import { endpointOf } from './peer-table.ts';
import type { TlsMaterial } from './tls-files.ts';

export interface StreamListenerUser {
  /** A connection has come in, TLS on it not agreed upon yet: false refuses it. */
  arriving(plan: ListenerPlan, local: Endpoint, remote: Endpoint): boolean;
  /** It is there, and speaks. */
  accepted(plan: ListenerPlan, local: Endpoint, remote: Endpoint, socket: Socket): void;
  /** It went without being accepted. */
  gone(remote: Endpoint, reason: string): void;
}

export class StreamListener {
  readonly plan: ListenerPlan;
  private readonly server: Server | TlsServer;
  /** Connections that TLS is being agreed upon with. */
  private readonly arriving = new Map<string, Socket>();

  /** Rejects when the address cannot be had. */
  static async open(
    plan: ListenerPlan,
    tls: TlsMaterial | null,
    handshakeMs: number,
    user: StreamListenerUser,
  ): Promise<StreamListener> {
    const server =
      tls === null
        ? createTcpServer({ noDelay: true })
        : createTlsServer({ ...serverOptions(tls), handshakeTimeout: handshakeMs });
    const listener = new StreamListener(plan, server, tls !== null && tls.clientCertificate !== 'none', user);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      const options = { host: plan.ip, port: plan.port, ipv6Only: plan.ip.includes(':'), backlog: 4096 };
      server.listen(options, () => {
        server.off('error', reject);
        server.on('error', () => {});
        resolve();
      });
    });
    return listener;
  }

  private constructor(
    plan: ListenerPlan,
    server: Server | TlsServer,
    asksFor: boolean,
    user: StreamListenerUser,
  ) {
    this.plan = plan;
    this.server = server;
    const local = endpointOf(plan.ip, plan.port);
    server.on('connection', (socket: Socket) => {
      const remote = remoteOf(socket);
      if (remote === null || !user.arriving(plan, local, remote)) {
        socket.destroy();
        return;
      }
      if (plan.transport !== 'tls') {
        user.accepted(plan, local, remote, socket);
        return;
      }
      this.arriving.set(remote.text, socket);
      socket.once('close', () => {
        if (this.arriving.delete(remote.text)) user.gone(remote, 'tls-handshake');
      });
    });
    server.on('secureConnection', (socket: TLSSocket) => {
      const remote = remoteOf(socket);
      // RFC 5246 §7.4.4: where a certificate is asked for and not needed, one that comes has to be right.
      const isWrong = !socket.authorized && socket.getPeerX509Certificate() !== undefined;
      if (remote === null || (asksFor && isWrong) || !this.arriving.delete(remote.text)) {
        socket.destroy();
        return;
      }
      user.accepted(plan, local, remote, socket);
    });
    server.on('tlsClientError', () => {});
  }

  /** For connections to come. */
  renew(tls: TlsMaterial): void {
    if ('setSecureContext' in this.server) this.server.setSecureContext(tls.context);
  }

  /** No new connection is taken; those that are there go on. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.arriving.values()) socket.destroy();
    await closed;
  }
}

function serverOptions({ context, clientCertificate }: TlsMaterial): TlsOptions {
  return {
    ...context,
    requestCert: clientCertificate !== 'none',
    rejectUnauthorized: clientCertificate === 'required',
  };
}

/** null when the peer is gone already. */
function remoteOf(socket: Socket): Endpoint | null {
  const { remoteAddress, remotePort } = socket;
  return remoteAddress === undefined || remotePort === undefined
    ? null
    : endpointOf(remoteAddress, remotePort);
}
