// TLS for programs that were built without it, as Debian's SIPp is: what comes by TCP goes on by TLS, and the reverse.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './tls-files.ts';

export interface Place {
  readonly ip: string;
  readonly port: number;
}

export class TlsBridge {
  private readonly certificate: Certificate;
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();

  constructor(certificate: Certificate) {
    this.certificate = certificate;
  }

  /** Who comes to `at` by TCP gets to `to` by TLS, from the address `from`. */
  async wrap(at: Place, to: Place, from: string): Promise<void> {
    const server = createServer((near) => {
      const way = { host: to.ip, port: to.port, localAddress: from };
      const far = connectTls({ ...way, ...this.certificate });
      this.join(near, far);
    });
    await this.listen(server, at);
  }

  /** Who comes to `at` by TLS, with a certificate, gets to `to` by TCP. */
  async unwrap(at: Place, to: Place): Promise<void> {
    const server = createTlsServer({ ...this.certificate, requestCert: true }, (near) => {
      this.join(near, connect({ host: to.ip, port: to.port, localAddress: to.ip }));
    });
    await this.listen(server, at);
  }

  close(): void {
    for (const server of this.servers) server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private async listen(server: Server, { ip, port }: Place): Promise<void> {
    this.servers.push(server);
    server.listen(port, ip);
    await once(server, 'listening');
  }

  private join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.end();
      });
      socket.pipe(other);
    }
  }
}
