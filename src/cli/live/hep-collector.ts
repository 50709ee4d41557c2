// `--hep`: collects what agents mirror, as Homer does, by UDP and by TCP. What came is a capture of packets, so that HEP is read of it as
// of any other.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIP, type Server, type Socket as TcpSocket } from 'node:net';
import { endpointOf } from '../../inline/peer-table.ts';
import { Recorder } from '../../inline/recorder.ts';
import { parseNextHop } from '../../policy/host-address.ts';
import type { NextHop } from '../../policy/policy.ts';
import type { Flow } from '../../sbc/flow.ts';
import { CliError } from '../exit.ts';
import { reasonOf } from '../reason.ts';

export class HepCollector {
  private readonly udp: Socket;
  private readonly tcp: Server;
  private readonly connections = new Set<TcpSocket>();
  private readonly recorder: Recorder;
  private made = 0;

  /** `write` takes the octets of a pcapng, and says whether it did. Rejects with CliError where nothing can be heard on `address`. */
  static async open(address: string, write: (octets: Buffer) => boolean): Promise<HepCollector> {
    const [host, port] = parse(address);
    const collector = new HepCollector(host, port, write);
    try {
      await collector.listen(host, port);
    } catch (error) {
      collector.close();
      throw new CliError(`--hep ${address}: ${reasonOf(error as Error)}`);
    }
    return collector;
  }

  private constructor(host: string, port: number, write: (octets: Buffer) => boolean) {
    this.recorder = new Recorder(write);
    this.udp = createSocket({ type: isIP(host) === 6 ? 'udp6' : 'udp4', recvBufferSize: ROOM });
    this.tcp = createServer({ noDelay: true });
    const local = endpointOf(host, port);
    this.udp.on('message', (octets, { address, port: remotePort }) => {
      const flow: Flow = { transport: 'udp', local, remote: endpointOf(address, remotePort), connection: 0 };
      this.recorder.message(now(), flow, true, octets, 0, octets.length);
    });
    this.tcp.on('connection', (socket) => this.connected(socket));
    this.tcp.maxConnections = MOST_CONNECTIONS;
  }

  /** Nothing is heard any more. */
  close(): void {
    for (const socket of this.connections) socket.destroy();
    this.tcp.close();
    try {
      this.udp.close();
    } catch {
      // It never was open.
    }
  }

  private async listen(host: string, port: number): Promise<void> {
    this.udp.bind({ address: host, port, exclusive: true });
    await once(this.udp, 'listening');
    this.tcp.listen({ host, port });
    await once(this.tcp, 'listening');
    for (const listener of [this.udp, this.tcp]) listener.on('error', () => {});
  }

  private connected(socket: TcpSocket): void {
    const { localAddress, localPort, remoteAddress, remotePort } = socket;
    socket.on('error', () => {});
    if (localAddress === undefined || remoteAddress === undefined) return;
    const local = endpointOf(localAddress, localPort!);
    const remote = endpointOf(remoteAddress, remotePort!);
    const flow: Flow = { transport: 'tcp', local, remote, connection: ++this.made };
    this.connections.add(socket);
    this.recorder.connected(now(), flow, true);
    socket.on('data', (octets) => this.recorder.message(now(), flow, true, octets, 0, octets.length));
    socket.on('close', () => {
      this.connections.delete(socket);
      this.recorder.closed(now(), flow);
    });
  }
}

/** `9060`, `192.0.2.1:9060`, `[2001:db8::1]:9060`. */
function parse(address: string): [host: string, port: number] {
  const { host, port, transport } =
    parseNextHop(/^\d+$/.test(address) ? `0.0.0.0:${address}` : address) ?? NONE;
  if (port === null || transport !== null || isIP(host) === 0)
    throw new CliError(
      `--hep takes a port, or an address and a port, such as 192.0.2.1:9060, not ${address}`,
    );
  return [host, port];
}

/** Milliseconds since 1970, with fractions. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

const NONE: NextHop = { host: '', port: null, transport: null };
const ROOM = 4 << 20;
const MOST_CONNECTIONS = 1000;
