// One UDP socket: datagrams in, datagrams out. ICMP errors do not reach a socket that is not connected, in Node.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Flow } from '../sbc/flow.ts';
import type { ListenerPlan } from './listener-plan.ts';
import { endpointOf, PeerTable } from './peer-table.ts';
import { isStun, stunAnswer } from './stun.ts';
import type { TransportUser } from './transport-user.ts';

export class UdpListener {
  private readonly socket: Socket;
  private readonly peers: PeerTable;
  private readonly user: TransportUser;
  private isOpen = true;

  /** Rejects when the address cannot be had. */
  static async open(plan: ListenerPlan, user: TransportUser): Promise<UdpListener> {
    const isV6 = plan.ip.includes(':');
    const socket = createSocket({
      type: isV6 ? 'udp6' : 'udp4',
      ipv6Only: isV6,
      // What comes while one message is worked on waits here.
      recvBufferSize: BUFFER,
      sendBufferSize: BUFFER,
      // Addresses are never names here; the usual look-up would take a turn for each datagram.
      lookup: (address, _options, callback) => callback(null, address, isV6 ? 6 : 4),
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ address: plan.ip, port: plan.port }, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    return new UdpListener(plan, socket, user);
  }

  private constructor(plan: ListenerPlan, socket: Socket, user: TransportUser) {
    this.socket = socket;
    this.user = user;
    this.peers = new PeerTable(endpointOf(plan.ip, plan.port));
    socket.on('message', (data, from) => this.datagram(data, from));
    // What concerns one datagram is told to its sender.
    socket.on('error', () => {});
  }

  send(flow: Flow, octets: Buffer, send: number): void {
    if (!this.isOpen) {
      this.user.sendFailed(send, 'closed');
      return;
    }
    try {
      this.socket.send(octets, flow.remote.port, flow.remote.ip, (error) => {
        if (error !== null) this.user.sendFailed(send, reasonOf(error));
      });
    } catch (error) {
      this.user.sendFailed(send, reasonOf(error));
    }
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  private datagram(data: Buffer, { address, port }: RemoteInfo): void {
    if (!this.isOpen) return;
    const flow = this.peers.flow(address, port);
    if (!this.user.admit(flow)) return;
    if (data.length <= 4 && isLineEnds(data)) {
      this.user.keepAlive(flow);
      return;
    }
    if (data[0] < 4 && isStun(data)) {
      this.user.keepAlive(flow);
      const answer = stunAnswer(data, flow.remote.ip, flow.remote.port);
      if (answer !== null) this.socket.send(answer, port, address, () => {});
      return;
    }
    this.user.received(flow, data, 0, data.length);
  }
}

/** The code of a system's error, which is stable. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** RFC 5626 §3.5.1 has them on streams; over UDP many send them too, and nothing is said to it. */
function isLineEnds(data: Buffer): boolean {
  for (const octet of data) if (octet !== 10 && octet !== 13 && octet !== 0) return false;
  return true;
}

const BUFFER = 4 << 20;
