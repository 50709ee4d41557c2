// A core of a few lines to prove the playbooks with: answers OPTIONS, relays MESSAGE with a Via of its own and repeats it
// once after 500 ms, looks up a name for INFO, and does by the user part of the Request-URI what a playbook must notice.
import type { Command } from '../../src/sbc/command.ts';
import type { SbcEvent } from '../../src/sbc/event.ts';
import type { Flow } from '../../src/sbc/flow.ts';
import { Outbox } from '../../src/sbc/outbox.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { endpoint } from './peer.ts';
import type { Core } from './playbook.ts';

export class StandIn implements Core {
  private readonly outbox = new Outbox();
  private branches = 0;
  private tags = 0;

  get pending(): Readonly<Record<string, number>> {
    return { ...this.outbox.pending };
  }

  handle(event: SbcEvent): readonly Command[] {
    this.outbox.now = event.at;
    if (event.kind === 'timer-fired') this.outbox.fired(event.timer);
    else if (event.kind === 'resolved') this.outbox.resolved(event.query, event.targets);
    else if (event.kind === 'received') this.received(event.message, event.flow);
    else if (event.kind === 'restored') this.outbox.finding('im/restored', `${event.records.length}`, null);
    else if (event.kind === 'send-failed') this.outbox.finding('im/send-failed', event.reason, null);
    return this.outbox.take();
  }

  private received(message: SipMessage, flow: Flow): void {
    const { outbox } = this;
    if (message.method === 'OPTIONS') outbox.send(flow, this.response(message), message);
    else if (message.method === 'MESSAGE') this.relay(message);
    else if (message.method === 'INFO')
      outbox.resolve({ host: message.uri.host, port: null, transport: null }, 'out', (targets) => {
        for (const { ip, port, transport } of targets)
          outbox.send(
            { ...flow, transport, remote: endpoint(`${ip}:${port}`) },
            this.response(message),
            message,
          );
      });
    else if (message.method === 'REGISTER')
      outbox.store({ version: 1, kind: 'binding', key: message.callId, until: outbox.now + 1000, data: {} });
    if (message.uri.user === 'forbidden') outbox.finding('im/forbidden', 'no', message);
  }

  private response(message: SipMessage): Buffer {
    const lines = Array.from({ length: message.headerCount }, (_, row) => message.headerRaw(row).toString());
    const kept = lines.filter((line) => /^(?:via|from|to|call-id|cseq):/i.test(line));
    const answer = kept.map((line) => (line.startsWith('To:') ? `${line};tag=t${++this.tags}` : line));
    return Buffer.from(`SIP/2.0 200 OK\r\n${answer.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
  }

  private relay(message: SipMessage): void {
    const branch = message.uri.user === 'same' ? 'z9hG4bKsame' : `z9hG4bKb${++this.branches}`;
    const via = `Via: SIP/2.0/UDP 192.168.10.10:5060;branch=${branch}\r\n`;
    const text = message.bytes().toString().replace('Via: ', `${via}Via: `);
    const octets = Buffer.from(
      message.uri.user === 'broken' ? text.replace(/Content-Length: \d+/, 'Content-Length: 99') : text,
    );
    const flow: Flow = {
      transport: 'udp',
      local: endpoint('192.168.10.10:5060'),
      remote: endpoint('192.168.10.200:5060'),
      connection: 0,
    };
    this.outbox.send(flow, octets, message);
    this.outbox.setTimer('E', 500, () => this.outbox.send(flow, octets, message, true));
  }
}
