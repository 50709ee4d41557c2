// What is held of a call that is over, for as long as its transactions stay: little. Where calls are short, most of what an SBC
// holds is of such calls.
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Command } from '../../../src/sbc/command.ts';
import { SbcCore } from '../../../src/sbc/core.ts';
import type { SbcEvent } from '../../../src/sbc/event.ts';
import { CountedIdentifiers } from '../counted-identifiers.ts';
import type { Peer } from '../peer.ts';
import { policyOf, received } from '../playbook.ts';
import { CALLEE, CALLER, PLAIN } from '../scene.ts';
import { VirtualClock } from '../virtual-clock.ts';

test('none of its messages is held once its BYE is answered', async () => {
  const border = new Border();
  const tag = up(border);
  const bye = border.receives(CALLER, request('BYE sip:sbc@192.168.2.20', '2 BYE', tag));
  expect(await border.held()).toEqual(['INVITE', 'BYE']);
  border.receives(CALLEE, response(bye, '200 OK'));
  expect(await border.held()).toEqual([]);
  // Timers L, M, J and K go on (RFC 3261 §17, RFC 6026 §7).
  expect(border.core.pending).toEqual({
    ...{ timers: 4, queries: 0, transactions: 4 },
    ...{ dialogs: 0, setups: 0, bindings: 0 },
  });
});

test('nor is the INVITE of a call that goes on, once no other callee can answer it', async () => {
  const border = new Border();
  up(border);
  expect(await border.held()).toEqual(['INVITE']);
  border.passes(32_000);
  expect(await border.held()).toEqual([]);
  // The call itself may not be silent for ever.
  expect(border.core.pending).toEqual({
    ...{ timers: 1, queries: 0, transactions: 0 },
    ...{ dialogs: 1, setups: 0, bindings: 0 },
  });
});

/** INVITE, 180, 200 and ACK; gives the tag of its 200. */
function up(border: Border): string {
  const invite = border.receives(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE', ''));
  border.receives(CALLEE, response(invite, '180 Ringing'));
  const accepted = border.receives(CALLEE, response(invite, '200 OK'));
  const tag = /^To: .*(;tag=\S+)/m.exec(accepted)?.[1] ?? '';
  border.receives(CALLER, request('ACK sip:sbc@192.168.2.20', '1 ACK', tag));
  return tag;
}

class Border {
  readonly core = new SbcCore({ policy: policyOf(PLAIN), identifiers: new CountedIdentifiers() });
  private readonly clock = new VirtualClock();
  private readonly seen: { readonly what: string; readonly message: WeakRef<object> }[] = [];

  /** What the SBC sends last upon it. */
  receives(from: Peer, text: string): string {
    const message = received(from, text.replaceAll('\n', '\r\n'));
    const what = message.isRequest ? message.method : `${message.status} ${message.cseqMethod}`;
    this.seen.push({ what, message: new WeakRef(message) });
    const commands = this.happens({ kind: 'received', at: this.clock.now, flow: from.flow, message });
    const last = commands.findLast((command) => command.kind === 'send');
    return last?.octets.toString('latin1').replaceAll('\r\n', '\n') ?? '';
  }

  passes(milliseconds: number): void {
    const end = this.clock.now + milliseconds;
    for (let due = this.clock.advance(end); due !== undefined; due = this.clock.advance(end))
      this.happens({ kind: 'timer-fired', at: this.clock.now, timer: due.timer });
  }

  /** Messages that somebody still refers to. */
  async held(): Promise<string[]> {
    // What a weak reference was made for stays until the end of the turn.
    await turn();
    collectGarbage();
    return this.seen.filter(({ message }) => message.deref() !== undefined).map(({ what }) => what);
  }

  private happens(event: SbcEvent): readonly Command[] {
    const commands = this.core.handle(event);
    for (const command of commands)
      if (command.kind === 'set-timer' || command.kind === 'clear-timer') this.clock.command(command);
    return commands;
  }
}

function request(start: string, cseq: string, toTag: string): string {
  return `${start} SIP/2.0
Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-${cseq.replace(' ', '-')}
Max-Forwards: 70
From: <sip:caller@caller.com>;tag=caller
To: <sip:callee@callee.com>${toTag}
Call-ID: short
CSeq: ${cseq}
Contact: <sip:caller@192.168.1.121:5060>
Content-Length: 0

`;
}

function response(sent: string, status: string): string {
  const lines = sent.split('\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
  return `SIP/2.0 ${status}
${lines.map((line) => (/^To:(?!.*;tag=)/.test(line) ? `${line};tag=callee` : line)).join('\n')}
Contact: <sip:callee@192.168.2.200:5060>
Content-Length: 0

`;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
