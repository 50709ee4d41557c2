// A user agent over TCP or TLS of as much as calls and their ends need. SIPp cannot stand in for it where the SBC is killed: it ends
// with its connection. It listens at its Contact, answers by the connection that a request came by (RFC 3261 §18.2.2), and opens
// one to the SBC for what it begins, unless it has one (§18.1.1).
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { HEADER } from '../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';
import { type PhoneCall, PhoneMessages, targetOf } from './phone-message.ts';
import type { Place } from './tls-bridge.ts';
import type { Certificate } from './tls-files.ts';

export class StreamPhone {
  /** Calls that it took, in their order. */
  readonly taken: PhoneCall[] = [];
  /** Call-IDs of those that the other side ended. */
  readonly ended: string[] = [];
  private readonly at: Place;
  private readonly sbc: Place;
  private readonly certificate: Certificate | null;
  private readonly messages: PhoneMessages;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  /** The connection that it opened. */
  private way: Socket | null = null;
  /** Requests without a final answer, by branch. */
  private readonly asked = new Map<string, (response: SipMessage) => void>();

  /** `certificate`: of TLS, on either side of it; null is TCP. */
  static async open(at: Place, sbc: Place, certificate: Certificate | null): Promise<StreamPhone> {
    const phone = new StreamPhone(at, sbc, certificate);
    phone.server.listen(at.port, at.ip);
    await once(phone.server, 'listening');
    return phone;
  }

  private constructor(at: Place, sbc: Place, certificate: Certificate | null) {
    this.at = at;
    this.sbc = sbc;
    this.certificate = certificate;
    this.messages = new PhoneMessages(certificate === null ? 'tcp' : 'tls', at);
    const serve = (socket: Socket): void => this.serve(socket);
    this.server =
      certificate === null
        ? createServer(serve)
        : createTlsServer({ ...certificate, requestCert: true }, serve);
  }

  /** Resolves once all connections that there are now are closed. */
  async alone(): Promise<void> {
    await Promise.all(
      [...this.sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))),
    );
  }

  /** Resolves once it is up. */
  async call(uri: string, name: string): Promise<PhoneCall> {
    const own = `<sip:${name}@example.net>;tag=a-${name}`;
    const begun = {
      callId: `${name}@${this.at.ip}`,
      own,
      other: `<${uri}>`,
      target: uri,
      routes: [],
      number: 1,
    };
    const answer = await this.ask('INVITE', begun);
    // RFC 3261 §12.1.2.
    const routes = answer.values(HEADER['Record-Route']).reverse();
    const up = { ...begun, other: answer.value(HEADER.To) ?? '', target: targetOf(answer), routes };
    this.connection().write(this.messages.request('ACK', up, this.messages.branch()));
    return { ...up, number: 2 };
  }

  /** The status that the other side answers. */
  async hangUp(call: PhoneCall): Promise<number> {
    return (await this.ask('BYE', call)).status;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private ask(method: string, call: PhoneCall): Promise<SipMessage> {
    const branch = this.messages.branch();
    this.connection().write(this.messages.request(method, call, branch));
    return new Promise((resolve) => this.asked.set(branch, resolve));
  }

  private connection(): Socket {
    if (this.way?.writable === true) return this.way;
    const way = { host: this.sbc.ip, port: this.sbc.port, localAddress: this.at.ip };
    const { certificate } = this;
    this.way = certificate === null ? connect(way) : connectTls({ ...way, ...certificate });
    this.serve(this.way);
    return this.way;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    // What is wrong shows in what does not come.
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    let rest = '';
    socket.on('data', (octets) => {
      rest += octets.toString('latin1');
      for (let end = endOf(rest); end !== undefined && end <= rest.length; end = endOf(rest)) {
        const message = messageOf(Buffer.from(rest.slice(0, end), 'latin1'));
        rest = rest.slice(end);
        if (message !== null) this.received(message, socket);
      }
    });
  }

  private received(message: SipMessage, socket: Socket): void {
    const { method, callId } = message;
    const to = message.value(HEADER.To) ?? '';
    if (!message.isRequest) {
      if (message.status >= 200) this.asked.get(message.branch)?.(message);
    } else if (method === 'INVITE') {
      const own = `${to};tag=b-${this.taken.length}`;
      const other = message.value(HEADER.From) ?? '';
      // RFC 3261 §12.1.1.
      const routes = message.values(HEADER['Record-Route']);
      this.taken.push({ callId, own, other, target: targetOf(message), routes, number: 1 });
      socket.write(this.messages.ok(message, own));
    } else if (method === 'BYE') {
      this.ended.push(callId);
      socket.write(this.messages.ok(message, to));
    }
  }
}

/** RFC 3261 §18.3; undefined: the head is not whole yet. */
function endOf(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  const length = /^content-length: *(\d+)/im.exec(text.slice(0, head));
  return head < 0 ? undefined : head + 4 + Number(length?.[1] ?? 0);
}
