// Playbooks: what happens to the SBC and what it does of it, step by step, as a text that reads like a protocol.
//
//   plays('an OPTIONS is answered', POLICY, (sbc) => {
//     sbc.receives(CALLER, `OPTIONS sip:sbc.com SIP/2.0 …`);
//     sbc.sends(CALLER, `SIP/2.0 200 OK …`);
//     sbc.rests();
//   });
//
// Expected messages are whole: every header line in its order, and the body (see message-text.ts and placeholders.ts).
// What the SBC does and no step expects fails, as does a step whose expectation is not met, and a playbook that ends
// with something unsaid. Messages to one peer come in their order; those to different peers in any.
import { expect, test } from 'vitest';
import { Payload } from '../../src/network/payload.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Command, SendCommand } from '../../src/sbc/command.ts';
import type { SbcEvent, Target } from '../../src/sbc/event.ts';
import type { StoredRecord } from '../../src/sbc/stored-record.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf, parseMessage } from '../../src/sip/parse.ts';
import { messageDifference } from './message-difference.ts';
import { messageText } from './message-text.ts';
import { type Peer, reaches } from './peer.ts';
import { Placeholders } from './placeholders.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What a playbook needs of the core. */
export interface Core {
  handle(event: SbcEvent): readonly Command[];
  /** Numbers by what they count. */
  readonly pending: object;
}

export type MakeCore = (policy: Policy) => Core;

/** A test that plays one playbook. `policy` is YAML, as users write it. */
export function playsWith(
  makeCore: MakeCore,
): (title: string, policy: string, steps: (sbc: Playbook) => void) => void {
  return (title, policy, steps) => {
    test(title, () => {
      play(makeCore, policy, steps);
    });
  };
}

export function play(makeCore: MakeCore, policy: string, steps: (sbc: Playbook) => void): void {
  const playbook = new Playbook(makeCore, policyOf(policy));
  steps(playbook);
  playbook.ends();
}

export class Playbook {
  private readonly clock = new VirtualClock();
  private readonly placeholders = new Placeholders();
  private readonly makeCore: MakeCore;
  private policy: Policy;
  private core: Core;
  private commands: Command[] = [];
  private readonly disk = new Map<string, StoredRecord>();
  private readonly sent = new Map<Peer, SendCommand>();
  private written = '';

  constructor(makeCore: MakeCore, policy: Policy) {
    this.makeCore = makeCore;
    this.policy = policy;
    this.core = makeCore(policy);
  }

  /** A message comes from the peer. */
  receives(from: Peer, text: string): void {
    this.silent(`before the next message of ${from.name}`);
    const filled = this.placeholders.use(messageText(text));
    this.written += filled;
    this.happens({ kind: 'received', at: this.clock.now, flow: from.flow, message: received(from, filled) });
  }

  /** The next message that the SBC sends to the peer, from the first octet to the last. */
  sends(to: Peer, text: string): void {
    const at = this.commands.findIndex((command) => command.kind === 'send' && reaches(command.flow, to));
    if (at < 0)
      throw new Error(
        `nothing is sent to ${to.name}, where this was expected:\n${messageText(text)}${this.rest()}`,
      );
    const [command] = this.commands.splice(at, 1) as [SendCommand];
    const actual = command.octets.toString('utf8');
    const expected = this.placeholders.bind(messageText(text), actual, this.written);
    const difference = messageDifference(expected, actual);
    if (difference !== '') throw new Error(`SBC → ${to.name} (- expected, + sent):\n${difference}`);
    expect(faultsOf(command), `faults in what the SBC sends to ${to.name}`).toEqual([]);
    this.sent.set(to, command);
  }

  /** The SBC does nothing more. */
  nothing(): void {
    this.silent('where nothing was expected');
  }

  /** Time passes; timers that fall due fire in their order. */
  passes(milliseconds: number): void {
    this.silent('before time passes');
    const end = this.clock.now + milliseconds;
    for (;;) {
      const timer = this.clock.advance(end);
      if (timer === undefined) return;
      this.happens({ kind: 'timer-fired', at: this.clock.now, timer: timer.timer });
    }
  }

  /** A name is looked up, and this is found; addresses need no looking up. */
  resolves(host: string, ...targets: readonly Target[]): void {
    const at = this.commands.findIndex((command) => command.kind === 'resolve' && command.hop.host === host);
    const command = at < 0 ? undefined : this.commands.splice(at, 1)[0];
    if (command?.kind !== 'resolve') throw new Error(`${host} is not looked up${this.rest()}`);
    this.happens({ kind: 'resolved', at: this.clock.now, query: command.query, targets });
  }

  /** Something came that the rule forbids. */
  finds(rule: string): void {
    const at = this.commands.findIndex((command) => command.kind === 'finding' && command.rule === rule);
    if (at < 0) throw new Error(`${rule} is not found${this.rest()}`);
    this.commands.splice(at, 1);
  }

  /** What is on the disk now: the kinds of records, in the order in which they came there. */
  stores(...kinds: readonly StoredRecord['kind'][]): void {
    expect(
      [...this.disk.values()].map(({ kind }) => kind),
      'records stored',
    ).toEqual(kinds);
  }

  /** What was sent last to the peer could not be delivered. */
  cannotReach(to: Peer, reason = 'ECONNREFUSED'): void {
    const command = this.sent.get(to);
    if (command === undefined) throw new Error(`nothing was sent to ${to.name} before`);
    this.silent('before sending fails');
    this.happens({ kind: 'send-failed', at: this.clock.now, send: command.send, reason });
  }

  /** The connection of a peer is closed. */
  loses({ name, flow: { connection } }: Peer): void {
    this.silent(`before ${name} closes`);
    this.happens({ kind: 'connection-closed', at: this.clock.now, connection });
  }

  /** A new policy for what is new. */
  changesPolicy(policy: string): void {
    this.silent('before the policy changes');
    this.policy = policyOf(policy);
    this.happens({ kind: 'policy-changed', at: this.clock.now, policy: this.policy });
  }

  drains(): void {
    this.silent('before draining');
    this.happens({ kind: 'draining', at: this.clock.now });
  }

  /** Another core takes over, with nothing but what was stored. Its clock is the same. */
  restarts(): void {
    this.silent('before the restart');
    this.clock.forget();
    this.core = this.makeCore(this.policy);
    const records = JSON.parse(JSON.stringify([...this.disk.values()])) as StoredRecord[];
    this.happens({ kind: 'restored', at: this.clock.now, records });
  }

  /** Nothing is sent any more however long one waits, and nothing is left behind but what is named. */
  rests(left: Readonly<Record<string, number>> = {}): void {
    const keeps = Object.keys(left).length > 0;
    this.passes(keeps ? AFTERWARDS : LONG_AFTERWARDS);
    this.silent('although all is said');
    const pending = Object.entries(this.core.pending).filter(([, count]) => count !== 0);
    expect(Object.fromEntries(pending), 'left behind').toEqual(left);
    expect(this.clock.pending.length, 'timers left behind').toBe(left['timers'] ?? 0);
  }

  /** Called by play(). */
  ends(): void {
    this.silent('at the end of the playbook');
    const unused = this.placeholders.unused();
    if (unused.length > 0) throw new Error(`bound, but never met again: ${unused.join(', ')}`);
  }

  private happens(event: SbcEvent): void {
    for (const command of this.core.handle(event)) this.obey(command);
    // Addresses are their own answer; the driver gives it after the event, not within.
    for (let at = 0; at < this.commands.length; at++) {
      const command = this.commands[at];
      if (command.kind !== 'resolve' || !isAddress(command.hop.host)) continue;
      this.commands.splice(at, 1);
      const { host: ip, port, transport } = command.hop;
      const target: Target = { ip, port: port ?? 5060, transport: transport ?? 'udp' };
      this.happens({ kind: 'resolved', at: this.clock.now, query: command.query, targets: [target] });
      return;
    }
  }

  private obey(command: Command): void {
    if (command.kind === 'set-timer' || command.kind === 'clear-timer') this.clock.command(command);
    else if (command.kind === 'store') this.keep(command.key, command.record);
    else if (command.kind !== 'log') this.commands.push(command);
  }

  private keep(key: string, record: StoredRecord | null): void {
    if (record === null) this.disk.delete(key);
    else this.disk.set(key, record);
  }

  private silent(when: string): void {
    if (this.commands.length > 0) throw new Error(`no step expects this, ${when}:${this.rest()}`);
  }

  private rest(): string {
    return this.commands.map((command) => `\n${described(command)}`).join('');
  }
}

export function policyOf(text: string): Policy {
  const { policy, errors } = parsePolicy(text, 'sbc.yaml');
  if (policy === undefined)
    throw new Error(errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return policy;
}

export function received({ flow }: Peer, text: string): SipMessage {
  const payload = new Payload();
  payload.data = Buffer.from(text);
  payload.end = payload.data.length;
  payload.src = flow.remote;
  payload.dst = flow.local;
  payload.transport = flow.transport;
  const message = parseMessage(payload);
  if (message === null) throw new Error(`no SIP message:\n${text}`);
  return message.keep();
}

/** Codes of what is wrong with a message, but for what was wrong with the one that it passes on. */
function faultsOf({ octets, cause }: SendCommand): string[] {
  const message = messageOf(octets);
  if (message === null) return ['no SIP message'];
  const inherited = new Set(cause?.diagnose().map(({ code }) => code));
  return message
    .diagnose()
    .map(({ code }) => code)
    .filter((code) => !inherited.has(code));
}

function described(command: Command): string {
  switch (command.kind) {
    case 'send':
      return `to ${command.flow.transport} ${command.flow.remote.text}:\n${command.octets.toString('utf8')}`;
    case 'resolve':
      return `looks up ${command.hop.host}`;
    case 'finding':
      return `finds ${command.rule}: ${command.message}`;
    default:
      return command.kind;
  }
}

function isAddress(host: string): boolean {
  return /^[\d.]+$|:/.test(host);
}

/** RFC 3261 §17: 64*T1 and what comes after it; a server transaction over UDP lives so long, too. */
const AFTERWARDS = 100_000;
/** Whatever a core keeps for safety's sake is gone by then. */
const LONG_AFTERWARDS = 7 * 24 * 3600_000;
