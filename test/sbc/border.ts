// The core with a clock, spoken to in texts: for tests that look at more than a playbook tells.
import type { Command, SendCommand } from '../../src/sbc/command.ts';
import { SbcCore } from '../../src/sbc/core.ts';
import type { SbcEvent } from '../../src/sbc/event.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { CountedIdentifiers } from './counted-identifiers.ts';
import type { Peer } from './peer.ts';
import { policyOf, received } from './playbook.ts';
import { VirtualClock } from './virtual-clock.ts';

export class Border {
  readonly core: SbcCore;
  private readonly clock = new VirtualClock();

  /** `policy`: as YAML. */
  constructor(policy: string) {
    this.core = new SbcCore({ policy: policyOf(policy), identifiers: new CountedIdentifiers() });
  }

  /** What it sends upon it, lines ended by LF. */
  receives(from: Peer, text: string): readonly Sent[] {
    return this.takes(from, received(from, text.replaceAll('\n', '\r\n')));
  }

  /** What it sends last upon it. */
  last(from: Peer, text: string): string {
    return this.receives(from, text).at(-1)?.text ?? '';
  }

  passes(milliseconds: number): readonly Sent[] {
    const sent: Sent[] = [];
    const end = this.clock.now + milliseconds;
    for (let due = this.clock.advance(end); due !== undefined; due = this.clock.advance(end))
      sent.push(...this.happens({ kind: 'timer-fired', at: this.clock.now, timer: due.timer }));
    return sent;
  }

  protected takes(from: Peer, message: SipMessage): readonly Sent[] {
    return this.happens({ kind: 'received', at: this.clock.now, flow: from.flow, message });
  }

  private happens(event: SbcEvent): readonly Sent[] {
    const commands = this.core.handle(event);
    for (const command of commands)
      if (command.kind === 'set-timer' || command.kind === 'clear-timer') this.clock.command(command);
    return commands.filter(isSend).map(({ flow, octets }) => {
      return { to: flow.remote.text, text: octets.toString('latin1').replaceAll('\r\n', '\n') };
    });
  }
}

export interface Sent {
  /** `ip:port`. */
  readonly to: string;
  readonly text: string;
}

/** From the caller of the playbooks' scene to its callee; `within`: the rest of its To, as `;tag=…`. */
export function request(start: string, cseq: string, within = '', more = ''): string {
  const [head, body] = more.split('\n\n');
  return `${start} SIP/2.0
Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-${cseq.replace(' ', '-')}
Max-Forwards: 70
From: <sip:caller@caller.com>;tag=caller
To: <sip:callee@callee.com>${within}
Call-ID: short
CSeq: ${cseq}
Contact: <sip:caller@192.168.1.121:5060>
${linesOf(head)}${bodyOf(body)}`;
}

/** The callee's answer to a request that it was sent. */
export function response(sent: string, status: string, more = ''): string {
  const [head, body] = more.split('\n\n');
  const lines = sent.split('\n').filter((line) => /^(Via|From|To|Call-ID|CSeq|Record-Route):/.test(line));
  return `SIP/2.0 ${status}
${lines.map((line) => (/^To:(?!.*;tag=)/.test(line) ? `${line};tag=callee` : line)).join('\n')}
Contact: <sip:callee@192.168.2.200:5060>
${linesOf(head)}${bodyOf(body)}`;
}

/** `;tag=…` of its To. */
export function tagOf(message: string): string {
  return /^To: .*(;tag=\S+)/m.exec(message)?.[1] ?? '';
}

function linesOf(head: string | undefined): string {
  return head === undefined || head === '' ? '' : `${head}\n`;
}

function bodyOf(body: string | undefined): string {
  if (body === undefined) return 'Content-Length: 0\n\n';
  // With CRLF, as it is sent.
  const length = body.replaceAll('\n', '\r\n').length;
  return `Content-Type: application/sdp\nContent-Length: ${length}\n\n${body}`;
}

function isSend(command: Command): command is SendCommand {
  return command.kind === 'send';
}
