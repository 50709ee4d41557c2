// A simulated user agent: honest transactions (the SBC's own layer, which has its own tests), 2xx and reliable 1xx sent until
// they are acknowledged, glare met as RFC 3261 §14 says. What it does, and when, is chance.
import type { Endpoint } from '../../../src/network/endpoint.ts';
import type { TransportName } from '../../../src/policy/policy.ts';
import type { Command } from '../../../src/sbc/command.ts';
import type { Flow } from '../../../src/sbc/flow.ts';
import { makeRequest } from '../../../src/sbc/message/request.ts';
import { makeResponse } from '../../../src/sbc/message/response.ts';
import { Outbox } from '../../../src/sbc/outbox.ts';
import type { ServerTransaction, TransactionUser } from '../../../src/sbc/transaction/transaction-user.ts';
import { Transactions } from '../../../src/sbc/transaction/transactions.ts';
import { HEADER } from '../../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { endpoint } from '../peer.ts';
import { linesOf, mediaOf, numbered } from './descriptions.ts';
import type { Network } from './network.ts';
import { inShort, read } from './read.ts';
import type { SbcHost } from './sbc-host.ts';
import { newDialog, type UaDialog } from './ua-dialog.ts';
import type { Planned, World } from './world.ts';

export interface UserAgentSettings {
  readonly name: string;
  readonly ip: string;
  readonly sbcIp: string;
  readonly transport: TransportName;
  /** A proxy before it records its route. */
  readonly hasProxy: boolean;
}

/** What a user agent does of its own will; see behaviour.ts. */
export interface Behaviour {
  invited(agent: UserAgent, server: ServerTransaction): void;
  asked(agent: UserAgent, server: ServerTransaction): void;
  /** A dialog of its is up, acknowledged and all. */
  established(agent: UserAgent, dialog: UaDialog): void;
  /** A request within a dialog that nothing general can be said of. */
  askedWithin(agent: UserAgent, dialog: UaDialog, server: ServerTransaction): void;
}

export type Answered = (status: number, response: SipMessage | null) => void;

export interface Ask {
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Buffer | undefined;
  readonly type?: string;
  readonly contact?: string | null;
}

export class UserAgent implements TransactionUser {
  readonly settings: UserAgentSettings;
  readonly address: Endpoint;
  readonly world: World;
  readonly flow: Flow;
  readonly dialogs = new Map<string, UaDialog>();
  /** Every dialog it ever had. */
  readonly all: UaDialog[] = [];
  alive = true;
  /** Once dead: whether those who send to it are told. */
  refuses = false;
  /** Subscriptions that it asked for, by Call-ID: their first NOTIFY may make the dialog (RFC 6665 §4.1.2.4). */
  readonly expected = new Map<string, { number: number; from: string; to: string }>();
  /** Of a registrar: the Contact that was registered last. */
  published = '';
  /** A MESSAGE of its own outside a dialog waits for its answer. */
  messaging = false;
  readonly outbox = new Outbox();
  private readonly behaviour: Behaviour;
  private readonly network: Network;
  private readonly sbc: SbcHost;
  private readonly transactions: Transactions;
  private readonly timers = new Map<number, Planned>();
  private count = 0;
  private reconnections = 0;

  constructor(
    world: World,
    network: Network,
    sbc: SbcHost,
    behaviour: Behaviour,
    settings: UserAgentSettings,
  ) {
    const { ip, sbcIp, transport } = settings;
    this.world = world;
    this.network = network;
    this.sbc = sbc;
    this.behaviour = behaviour;
    this.settings = settings;
    this.address = endpoint(`${ip}:5060`);
    this.flow = { transport, local: this.address, remote: endpoint(`${sbcIp}:5060`), connection: 0 };
    this.transactions = new Transactions(this.outbox, this);
    sbc.add(this);
  }

  get name(): string {
    return this.settings.name;
  }

  get transport(): TransportName {
    return this.settings.transport;
  }

  /** User part of its Contact and of what its session descriptions name. */
  get user(): string {
    return `${this.name}-contact`;
  }

  get ip(): string {
    return this.settings.ip;
  }

  get contact(): string {
    const { name, ip, transport } = this.settings;
    return `<sip:${name}-contact@${ip}:5060${transport === 'tcp' ? ';transport=tcp' : ''}>`;
  }

  get proxy(): string {
    const { ip, transport } = this.settings;
    return `<sip:proxy@${ip}:5060;lr${transport === 'tcp' ? ';transport=tcp' : ''}>`;
  }

  /** From the wire. */
  receive(octets: Buffer): void {
    if (!this.alive) return;
    const message = read(octets, this.flow);
    if (message !== null) this.act(() => this.transactions.receive(message, this.flow));
  }

  /** `run` may send; what it sends goes out afterwards. */
  act(run: () => void): void {
    if (!this.alive) return;
    this.outbox.now = this.world.now;
    run();
    for (const command of this.outbox.take()) this.obey(command);
  }

  later(delay: number, run: () => void): void {
    this.outbox.setTimer('2xx', delay, run);
  }

  dies(refuses: boolean): void {
    this.world.said(`${this.name} dies`);
    this.alive = false;
    this.refuses = refuses;
  }

  /** A word that was not used before. */
  fresh(kind: string): string {
    return `${kind}${++this.count}-${this.world.below(1_000_000)}-${this.name}`;
  }

  // Requests of its own.

  /** The octets of a request, and its branch. */
  write(
    method: string,
    uri: string,
    dialogue: readonly (readonly [string, string])[],
    number: number,
    ask: Ask,
    routes: readonly string[] = [],
    branch = `z9hG4bK${this.fresh('')}`,
  ): { octets: Buffer; branch: string } {
    const { transport } = this.settings;
    const contact =
      ask.contact === undefined && HAS_CONTACT.has(method) ? this.contact : (ask.contact ?? null);
    const octets = makeRequest({
      method,
      uri,
      headers: [
        ['Via', `SIP/2.0/${transport.toUpperCase()} ${this.address.text};branch=${branch}`],
        ...routes.map((route) => ['Route', route] as const),
        ['Max-Forwards', '70'],
        ...dialogue,
        ['CSeq', `${number} ${method}`],
        ...(contact === null ? [] : [['Contact', contact] as const]),
        ['User-Agent', `${this.name}-software`],
        ...(ask.headers ?? []),
        ...(ask.body === undefined ? [] : [['Content-Type', ask.type ?? 'application/sdp'] as const]),
      ],
      ...(ask.body === undefined ? {} : { body: ask.body }),
    });
    return { octets, branch };
  }

  /** Any response; for INVITE each of them (status 0: none will come). Gives what cancels it. */
  start(
    method: string,
    { octets, branch }: { octets: Buffer; branch: string },
    answered: Answered,
  ): (() => void) | undefined {
    const transaction = this.transactions.request({
      method,
      branch,
      octets,
      flow: this.flow,
      cause: null,
      user: {
        response: (message) => answered(message.status, message),
        failed: () => answered(0, null),
      },
    });
    return () => transaction.cancel();
  }

  /** A request within a dialog; its final response. */
  ask(dialog: UaDialog, method: string, ask: Ask = {}, answered: Answered = () => {}): void {
    if (dialog.over && method !== 'BYE' && dialog.subscriptions === 0) return;
    const number = ++dialog.localNumber;
    const written = this.write(method, dialog.target, headersOf(dialog), number, ask, dialog.routes);
    this.start(method, written, (status, response) => {
      if (status > 0 && status < 200) return;
      // RFC 3261 §12.2.1.2, RFC 5057 §5.1.
      if ((status === 481 || status === 408 || status === 0) && method !== 'BYE')
        this.lost(dialog, method, status);
      answered(status, response);
    });
  }

  /** INVITE within a dialog. */
  reinvite(dialog: UaDialog, body: Buffer | undefined, answered: Answered): void {
    dialog.inviting = true;
    const number = ++dialog.localNumber;
    const written = this.write('INVITE', dialog.target, headersOf(dialog), number, { body }, dialog.routes);
    this.start('INVITE', written, (status, response) => {
      if (status > 0 && status < 200) return;
      // A 2xx that comes again says nothing new of what may have changed since.
      if (dialog.acks.has(number)) {
        this.acknowledge(dialog, number, undefined);
        return;
      }
      dialog.inviting = false;
      if (status >= 200 && status < 300 && response !== null) {
        dialog.target = contactOf(response) ?? dialog.target;
        const offer = body === undefined ? response.body : undefined;
        if (body !== undefined) this.isAnswer(dialog, body, response.body);
        else this.isOffer(dialog, response.body);
        this.acknowledge(dialog, number, offer);
      } else if (status === 481 || status === 408 || status === 0) this.lost(dialog, 'INVITE', status);
      answered(status, response);
    });
  }

  /** Sends the ACK to a 2xx, the same each time. `offer`: what the 2xx brought to an INVITE without one. */
  acknowledge(dialog: UaDialog, number: number, offer: Buffer | undefined): void {
    let ack = dialog.acks.get(number);
    if (ack === undefined) {
      const body = offer === undefined || offer.length === 0 ? undefined : this.answerTo(dialog, offer);
      ack = this.write('ACK', dialog.target, headersOf(dialog), number, { body }, dialog.routes).octets;
      dialog.acks.set(number, ack);
    }
    this.outbox.send(this.flow, ack, null);
  }

  /** Line by line; what is refused stays so (RFC 3264 §6). */
  answerTo(dialog: UaDialog, offer: Buffer): Buffer {
    const { ip, user } = this;
    const answer = Buffer.from(
      offer
        .toString()
        .replace(/^o=.*?\r$/m, `o=${user} 1 1 IN IP4 ${ip}\r`)
        .replace(/^c=.*?\r$/m, `c=IN IP4 ${ip}\r`)
        .replace(/^(m=message \d+ sip) .*?\r$/gm, `$1 sip:${user}@${ip}\r`),
    );
    return numbered(answer, dialog.described);
  }

  /** A description of its own in this dialog. */
  says(dialog: UaDialog, body: Buffer | undefined): Buffer | undefined {
    return body && numbered(body, dialog.described);
  }

  /** RFC 3264 §6: as many lines as were offered. */
  isAnswer(dialog: UaDialog, offer: Buffer, answer: Buffer): void {
    const [offered, answered] = [offer, answer].map(linesOf);
    if (answered > 0 && answered !== offered && !this.sbc.restarted)
      this.world.violated(`an offer of ${offered} lines is answered with ${answered}`);
    dialog.lines = offered;
  }

  /** §8: no line of the session is left out of a new offer. */
  isOffer(dialog: UaDialog, offer: Buffer): void {
    const lines = linesOf(offer);
    if (lines === 0) return;
    // What the core knew of lines does not outlive a restart.
    if (lines < dialog.lines && !this.sbc.restarted)
      this.world.violated(`${this.name} had ${dialog.lines} lines and is offered ${lines}`);
    dialog.lines = lines;
  }

  hangUp(dialog: UaDialog): void {
    if (dialog.over) return;
    dialog.over = true;
    this.stop(dialog);
    this.ask(dialog, 'BYE');
  }

  // Responses of its own.

  respond(server: ServerTransaction, status: number, ask: Ask & { tag?: string } = {}): Buffer {
    const { request } = server;
    const { headers = [], body, type = 'application/sdp', tag = '' } = ask;
    const makesDialog = status > 100 && status < 300 && HAS_CONTACT.has(request.method);
    const records =
      makesDialog && request.toTag === '' && request.method !== 'REGISTER' ? this.recordsFor(request) : [];
    server.toTag ||= tag || this.fresh('t');
    const octets = makeResponse(request, server.vias, status, {
      toTag: tag || server.toTag,
      headers: [
        ...records.map((value) => ['Record-Route', value] as const),
        ...(makesDialog && ask.contact !== null ? [['Contact', this.contact] as const] : []),
        ['Server', `${this.name}-software`],
        ...headers,
      ],
      ...(body === undefined ? {} : { body, contentType: type }),
    });
    server.respond(status, octets, request);
    return octets;
  }

  /** The 200 to an INVITE, sent again until its ACK comes (§13.3.1.4). */
  accept(
    server: ServerTransaction,
    dialog: UaDialog,
    body: Buffer | undefined,
    acknowledged: () => void,
  ): void {
    const { request } = server;
    const octets = this.respond(server, 200, { body, tag: dialog.localTag });
    let waiting = true;
    dialog.offered = request.body.length === 0 && body !== undefined;
    dialog.awaitedAcks.set(request.cseqNumber, () => {
      waiting = false;
      dialog.offered = false;
      acknowledged();
    });
    const again = (wait: number): void => {
      this.later(wait, () => {
        if (!waiting) return;
        server.respond(200, octets, request);
        again(Math.min(2 * wait, 4000));
      });
    };
    again(500);
    this.later(32_000, () => {
      if (!waiting) return;
      waiting = false;
      this.hangUp(dialog);
    });
  }

  // What comes.

  request(server: ServerTransaction): void {
    const { request } = server;
    this.world.said(`  ${this.name} gets ${inShort(request)}`);
    if (request.toTag === '') {
      if (request.method === 'INVITE') this.behaviour.invited(this, server);
      else this.behaviour.asked(this, server);
      return;
    }
    const dialog =
      this.dialogs.get(keyOf(request.callId, request.toTag, request.fromTag)) ?? this.byNotify(request);
    if (dialog === undefined) {
      // A call whose 2xx never came to it is ended by the SBC all the same.
      if (request.method !== 'BYE' && !this.all.some(({ callId }) => callId === request.callId))
        this.world.violated(`${this.name} gets ${inShort(request)} of no dialog it ever had`);
      this.respond(server, 481);
      return;
    }
    if (request.cseqNumber <= dialog.remoteNumber) {
      dialog.missedBye ||= request.method === 'BYE';
      this.respond(server, 500, { headers: [['Retry-After', '1']] });
      return;
    }
    dialog.remoteNumber = request.cseqNumber;
    if (`<${request.requestUri}>` !== this.contact)
      this.world.violated(`${this.name} gets ${inShort(request)} for ${request.requestUri}`);
    this.within(dialog, server);
  }

  cancelled(server: ServerTransaction): void {
    if (!server.answered) this.respond(server, 487);
    for (const dialog of this.dialogs.values()) {
      if (dialog.invited !== server) continue;
      dialog.invited = null;
      if (!dialog.confirmed) this.end(dialog);
    }
  }

  ack(message: SipMessage): void {
    const dialog = this.dialogs.get(keyOf(message.callId, message.toTag, message.fromTag));
    const stop = dialog?.awaitedAcks.get(message.cseqNumber);
    dialog?.awaitedAcks.delete(message.cseqNumber);
    stop?.();
  }

  /** Of a fork, or of a call that was given up. */
  strayResponse(): void {}

  established(dialog: UaDialog): void {
    this.behaviour.established(this, dialog);
  }

  /** Makes a dialog, or finds it again. */
  dialog(parts: Parameters<typeof newDialog>[0]): UaDialog {
    const key = keyOf(parts.callId, parts.localTag, parts.remoteTag);
    let dialog = this.dialogs.get(key);
    if (dialog === undefined) {
      dialog = newDialog(parts);
      this.dialogs.set(key, dialog);
      this.all.push(dialog);
    }
    return dialog;
  }

  /** As the user agent server of a request that makes one (§12.1.1). */
  dialogOfRequest(server: ServerTransaction, localTag: string): UaDialog {
    const { request } = server;
    return this.dialog({
      callId: request.callId,
      localTag,
      remoteTag: request.fromTag,
      localParty: withoutTag(request.value(HEADER.To) ?? ''),
      remoteParty: withoutTag(request.value(HEADER.From) ?? ''),
      isCall: request.method === 'INVITE',
      target: contactOf(request) ?? '',
      routes: request.values(HEADER['Record-Route']),
      remoteNumber: request.cseqNumber,
      localNumber: 100,
      media: mediaOf(request.body),
      lines: linesOf(request.body),
    });
  }

  /** As the user agent client (§12.1.2). `number`: of the request. */
  dialogOfResponse(response: SipMessage, number: number, isCall: boolean): UaDialog {
    const routes = response.values(HEADER['Record-Route']).reverse();
    // The proxy before it takes its own value off.
    const own = this.settings.hasProxy && routes[0] === this.proxy ? routes.slice(1) : routes;
    const dialog = this.dialog({
      callId: response.callId,
      localTag: response.fromTag,
      remoteTag: response.toTag,
      localParty: withoutTag(response.value(HEADER.From) ?? ''),
      remoteParty: withoutTag(response.value(HEADER.To) ?? ''),
      isCall,
      localNumber: number,
    });
    if (response.status < 300) {
      dialog.target = contactOf(response) ?? dialog.target;
      if (!dialog.confirmed) dialog.routes = own;
    }
    return dialog;
  }

  private byNotify(request: SipMessage): UaDialog | undefined {
    const expected = request.method === 'NOTIFY' ? this.expected.get(request.callId) : undefined;
    if (expected === undefined) return undefined;
    const dialog = this.dialog({
      callId: request.callId,
      localTag: request.toTag,
      remoteTag: request.fromTag,
      localParty: withoutTag(expected.from),
      remoteParty: expected.to,
      isCall: false,
      localNumber: expected.number,
      target: contactOf(request) ?? '',
      routes: request.values(HEADER['Record-Route']),
      subscriptions: 1,
    });
    return dialog;
  }

  end(dialog: UaDialog): void {
    if (dialog.over) return;
    dialog.over = true;
    this.stop(dialog);
    // §15.1.2: an INVITE that waits is answered 487.
    if (dialog.invited !== null && !dialog.invited.answered) this.respond(dialog.invited, 487);
    dialog.invited = null;
  }

  /** A 481 ends what the request belongs to: the subscription or the call (RFC 5057 §5.1, its tables and note 8). */
  private lost(dialog: UaDialog, method: string, status: number): void {
    this.world.said(`  ${this.name} gives its dialog up after ${status}`);
    const ofSubscription = method === 'SUBSCRIBE' || method === 'NOTIFY';
    if (ofSubscription || status !== 481) dialog.subscriptions = 0;
    if (ofSubscription && status === 481) return;
    // A call that is lost for a request without an answer is ended with BYE (RFC 3261 §12.2.1.2).
    if (status === 481) this.end(dialog);
    else this.hangUp(dialog);
  }

  private stop(dialog: UaDialog): void {
    for (const stop of dialog.awaitedPracks.values()) stop();
    dialog.awaitedPracks.clear();
  }

  private within(dialog: UaDialog, server: ServerTransaction): void {
    const { request } = server;
    const { method } = request;
    if (dialog.over && dialog.subscriptions === 0) {
      this.respond(server, method === 'BYE' ? 200 : 481);
      return;
    }
    if (HAS_CONTACT.has(method)) dialog.target = contactOf(request) ?? dialog.target;
    if (method === 'BYE') {
      this.respond(server, 200);
      this.end(dialog);
    } else if (method === 'PRACK') {
      const sequence = Number.parseInt(request.value(HEADER.RAck) ?? '', 10);
      const stop = dialog.awaitedPracks.get(sequence);
      this.respond(server, stop === undefined ? 481 : 200);
      stop?.();
      dialog.awaitedPracks.delete(sequence);
    } else this.behaviour.askedWithin(this, dialog, server);
  }

  private recordsFor(request: SipMessage): readonly string[] {
    const values = request.values(HEADER['Record-Route']);
    return this.settings.hasProxy ? [this.proxy, ...values] : values;
  }

  private obey(command: Command): void {
    const { world } = this;
    if (command.kind === 'set-timer') {
      const { timer, at } = command;
      this.timers.set(
        timer,
        world.at(at, () => {
          this.timers.delete(timer);
          this.act(() => this.outbox.fired(timer));
        }),
      );
    } else if (command.kind === 'clear-timer') {
      const planned = this.timers.get(command.timer);
      if (planned !== undefined) planned.run = null;
      this.timers.delete(command.timer);
    } else if (command.kind === 'send') {
      const message = read(command.octets, this.flow);
      const what = message === null ? '?' : inShort(message);
      world.said(`${this.name} → SBC: ${what}${command.again ? ' (again)' : ''}`);
      const { octets } = command;
      const flow = { ...this.sbcFlow, transport: this.transport };
      this.network.carry(`${this.name} SBC`, what, this.transport, () => this.sbc.receive(octets, flow));
    }
  }

  /** The way to it as the SBC sees it. */
  private get sbcFlow(): Flow {
    const { flow } = this;
    return { transport: flow.transport, local: flow.remote, remote: flow.local, connection: this.connection };
  }

  /** Number of its connection; 0 where there is none. */
  get connection(): number {
    return this.transport === 'udp' ? 0 : Number(this.ip.replaceAll('.', '')) * 100 + this.reconnections;
  }

  /** The connection is lost, and another one is opened. */
  reconnects(): void {
    const { connection } = this;
    this.world.said(`${this.name} reconnects`);
    this.reconnections++;
    this.sbc.handle({ kind: 'connection-closed', connection });
  }
}

export function keyOf(callId: string, localTag: string, remoteTag: string): string {
  return `${callId} ${localTag} ${remoteTag}`;
}

function headersOf(dialog: UaDialog): readonly (readonly [string, string])[] {
  return [
    ['From', `${dialog.localParty};tag=${dialog.localTag}`],
    ['To', `${dialog.remoteParty};tag=${dialog.remoteTag}`],
    ['Call-ID', dialog.callId],
  ];
}

export function contactOf(message: SipMessage): string | undefined {
  const { contacts } = message;
  return contacts === '*' ? undefined : contacts[0]?.uri.text;
}

function withoutTag(value: string): string {
  return value.replace(/;tag=[^;]*/, '');
}

const HAS_CONTACT: ReadonlySet<string> = new Set([
  'INVITE',
  'UPDATE',
  'SUBSCRIBE',
  'NOTIFY',
  'REFER',
  'REGISTER',
]);
