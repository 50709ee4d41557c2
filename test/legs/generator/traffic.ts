// A mode and a seed → messages, and which legs belong together. What is true is known here and written nowhere: no header
// carries it, except one that is constant, as captures have whose truth was blotted out.
import type { Endpoint } from '../../../src/network/endpoint.ts';
import type { RtpPacket } from '../../../src/network/rtp-packet.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { Dice } from './dice.ts';
import { endpoint, type Hop, messagesOf, type Sending, type Sent, write } from './hop.ts';
import { mediaOf, timeOf } from './media.ts';
import type { Carried, Kind, Mode } from './mode.ts';
import { knownTruth, type PairedHops } from './truth.ts';

export interface Traffic {
  readonly messages: readonly SipMessage[];
  /** `keyOf` of every pair of legs that belong together; those of `named` share a value made for one call. */
  readonly truth: ReadonlySet<string>;
  readonly named: ReadonlySet<string>;
  /** RTP, in order of time. */
  readonly media: readonly RtpPacket[];
}

export function generate(mode: Mode, seed: number, calls: number): Traffic {
  const writer = new Writer(mode, new Dice(seed));
  let time = START;
  if (mode.phones > 0) writer.register(START - mode.phones * 0.1);
  for (let number = 0; number < calls; number++) {
    time += writer.dice.around(1 / mode.rate);
    writer.call(writer.dice.pick(mode.kinds), time, number);
  }
  const begin = mode.joins === 0 ? Number.NEGATIVE_INFINITY : START + (mode.joins * calls) / mode.rate;
  const all = mode.resent === 0 ? writer.sent : withResent(writer.sent, mode.resent, new Dice(seed + 1));
  const sent = all.filter(({ time }) => time >= begin);
  return {
    messages: messagesOf(sent),
    ...knownTruth(sent, writer.pairs),
    media: writer.media.filter(({ seconds }) => seconds >= begin).sort((a, b) => timeOf(a) - timeOf(b)),
  };
}

/** RFC 3261 §17.1.1.2, §17.2.1: after T1, 2*T1, 4*T1 …, at this hop alone. */
function withResent(sent: readonly Sent[], share: number, dice: Dice): Sent[] {
  return sent.flatMap((one) => {
    const times = dice.share() < share ? 1 + dice.below(3) : 0;
    return [one, ...RESENT.slice(0, times).map((later) => ({ ...one, time: one.time + later }))];
  });
}

const RESENT = [0.5, 1.5, 3.5];

interface Phone {
  readonly own: string;
  readonly published: string;
  readonly near: Hop;
  readonly far: Hop;
}

class Writer {
  readonly sent: Sent[] = [];
  readonly pairs: PairedHops[] = [];
  readonly media: RtpPacket[] = [];
  private readonly phones: Phone[] = [];
  readonly dice: Dice;
  /** Hops that the capture does not show. */
  private readonly missing = new Set<Hop>();
  private readonly mode: Mode;

  constructor(mode: Mode, dice: Dice) {
    this.mode = mode;
    this.dice = dice;
  }

  call(kind: Kind, time: number, number: number): void {
    const { dice, mode } = this;
    const carried = dice.share() < mode.share ? mode.carried : [];
    const caller = this.caller(number);
    const near = this.nearHop(caller, kind, number, carried);
    if (kind === 'to-phone') {
      this.toPhone(this.phones[dice.below(this.phones.length)]!, near, time);
    } else if (kind === 'refused') this.refuse(near, time);
    else if (kind === 'fork' || kind === 'hunt') this.branches(kind, near, time, carried);
    else {
      const hops = [near];
      for (let box = 0; box < mode.boxes; box++) hops.push(this.farHop(hops.at(-1)!, box, carried, 0));
      if (dice.share() < mode.missing) this.missing.add(dice.pick(hops));
      if (kind === 'challenged' || kind === 'register') this.challenged(kind, hops, time, carried);
      else {
        this.paired(hops, carried);
        if (kind === 'message' || kind === 'options') this.single(kind, hops, time);
        else this.session(kind, hops, time);
      }
    }
  }

  /** Phones, each a tenth of a second after the other. */
  register(start: number): void {
    const { dice, mode } = this;
    for (let number = 0; number < mode.phones; number++) {
      const near = this.nearHop(this.caller(number), 'register', number, []);
      const own = `sip:phone${number}@${near.client.text}`;
      const far = this.farHop(near, 0, [], 0);
      const published = `sip:${dice.hex(8)}@${far.client.text}`;
      this.phones.push({ own, published, near, far });
      const hops = [
        { ...near, contact: own },
        { ...far, contact: published },
      ];
      this.paired(hops, []);
      const request = { method: 'REGISTER', number: 0, inDialog: false, headers: ['Expires: 3600'] };
      const time = this.pass(hops, { ...request, time: start + number / 10, away: true, what: 'REGISTER' });
      this.pass(hops, { ...request, time: time + 0.01, away: false, what: 200 });
    }
  }

  /** From the far side to the near one, where nothing of the parties is the same. */
  private toPhone({ own, published, near, far }: Phone, like: Hop, time: number): void {
    const { dice } = this;
    const client = endpoint(`10.9.0.${1 + dice.below(5)}`);
    const [a, b] = [like, this.farHop(like, 0, [], 0)];
    const hops: Hop[] = [
      { ...a, client, server: far.client, target: published, toUser: `+4940${dice.below(1e7)}` },
      { ...b, client: near.server, server: near.client, target: own, toUser: own.slice(4).split('@')[0]! },
    ];
    if (dice.share() < this.mode.missing) this.missing.add(dice.pick(hops));
    this.paired(hops, []);
    this.session('answered', hops, time);
  }

  /** Sends it along the hops; gives when it came to the end. A few are not in the capture. */
  private pass(
    hops: readonly Hop[],
    sending: Omit<Sending, 'body'> & { sdp?: 'offer' | 'answer'; text?: string },
  ): number {
    const { dice, mode } = this;
    let { time } = sending;
    const way = sending.away
      ? hops.map((hop, at) => [hop, at] as const)
      : hops.map((hop, at) => [hop, at] as const).reverse();
    for (const [index, [hop, at]] of way.entries()) {
      if (index > 0) time = this.leaves(time + dice.between(...mode.delay) / 1000);
      const sdp = sending.sdp === undefined ? '' : hop[sending.sdp];
      const body =
        sdp !== ''
          ? { type: 'application/sdp', text: sdp }
          : sending.text !== undefined
            ? { type: 'text/plain', text: sending.text }
            : undefined;
      if (this.missing.has(hop) || (dice.share() < LOST && sending.inDialog)) continue;
      const clock = at > 0 ? mode.skew : 0;
      this.sent.push(write(hop, { ...sending, time: time + clock, ...(body !== undefined && { body }) }));
    }
    return time;
  }

  /** When it goes on: those that come while the box connects go together, in the order in which they came. */
  private leaves(time: number): number {
    const [lasts, takes] = this.mode.handshake;
    if (takes === 0) return time;
    const into = (time - START) % (lasts + takes);
    if (into >= takes) return time;
    return time - into + takes + into * 0.002;
  }

  private trying(hops: readonly Hop[], time: number, method: string, number: number): void {
    this.pass(hops.slice(0, 1), {
      time: time + 0.0005,
      away: false,
      what: 100,
      method,
      number,
      inDialog: false,
    });
  }

  /** RFC 3261 §14.1: offered and answered anew. */
  private refresh(hops: readonly Hop[], start: number, away: boolean, number: number): number {
    const invite = { method: 'INVITE', number, inDialog: true };
    const sdp = away ? (['offer', 'answer'] as const) : (['answer', 'offer'] as const);
    let time = this.pass(hops, { ...invite, time: start, away, what: 'INVITE', sdp: sdp[0] });
    time = this.pass(hops, { ...invite, time: time + 0.03, away: !away, what: 200, sdp: sdp[1] });
    return this.pass(hops, { ...invite, method: 'ACK', time: time + 0.002, away, what: 'ACK' });
  }

  /** RFC 3326. Where calls are joined under way there is little else to tell them by. */
  private reason(): { headers?: readonly string[] } {
    return this.mode.joins > 0 ? { headers: [`Reason: ${this.dice.pick(REASONS)}`] } : {};
  }

  /** How long people, or machines, take. */
  private lasts(mean: number): number {
    return this.mode.alike ? mean / 10 : this.dice.around(mean);
  }

  private rings(): number {
    return this.mode.alike ? 0.02 : this.dice.between(0.02, 0.3);
  }

  private session(kind: Kind, hops: readonly Hop[], start: number): void {
    const { dice, mode } = this;
    const invite = { method: 'INVITE', number: 0, inDialog: false };
    let time = this.pass(hops, { ...invite, time: start, away: true, what: 'INVITE', sdp: 'offer' });
    this.trying(hops, start, 'INVITE', 0);
    time = this.pass(hops, { ...invite, time: time + this.rings(), away: false, what: 180 });
    if (kind === 'busy') {
      time = this.pass(hops, { ...invite, time: time + this.lasts(1), away: false, what: 486 });
      this.pass(hops, {
        ...invite,
        method: 'ACK',
        time: time + 0.001,
        away: true,
        what: 'ACK',
        inDialog: true,
      });
      return;
    }
    if (kind === 'cancelled') {
      time = this.pass(hops, {
        ...invite,
        method: 'CANCEL',
        time: time + this.lasts(2),
        away: true,
        what: 'CANCEL',
      });
      this.answered(hops, { ...invite, method: 'CANCEL', time: time + 0.001, away: false, what: 200 });
      time = this.answered(hops, { ...invite, time: time + 0.002, away: false, what: 487 });
      this.answered(hops, {
        ...invite,
        method: 'ACK',
        time: time + 0.001,
        away: true,
        what: 'ACK',
        inDialog: true,
      });
      return;
    }
    time = this.pass(hops, { ...invite, time: time + this.lasts(3), away: false, what: 200, sdp: 'answer' });
    time = this.pass(hops, {
      ...invite,
      method: 'ACK',
      time: time + 0.002,
      away: true,
      what: 'ACK',
      inDialog: true,
    });
    let number = 1;
    if (kind === 'im') {
      for (let left = 1 + dice.below(4); left > 0; left--, number++) {
        const message = { method: 'MESSAGE', number, inDialog: true };
        time = this.pass(hops, {
          ...message,
          time: time + this.lasts(2),
          away: true,
          what: 'MESSAGE',
          text: dice.pick(TEXTS),
        });
        time = this.pass(hops, { ...message, time: time + 0.003, away: false, what: 200 });
      }
    }
    let back = 0;
    if (kind === 'refreshed') {
      for (let left = 1 + dice.below(3); left > 0; left--) {
        const away = dice.share() < 0.5;
        time = this.refresh(hops, time + dice.around(6), away, away ? number++ : back++);
      }
    }
    const answered = time;
    const away = dice.share() < 0.6;
    const bye = { method: 'BYE', number: away ? number : back, inDialog: true, ...this.reason() };
    time = this.pass(hops, { ...bye, time: time + this.lasts(12), away, what: 'BYE' });
    if (mode.media !== 'none') this.media.push(...mediaOf(hops, mode, answered, time, dice));
    this.answered(hops, { ...bye, time: time + 0.002, away: !away, what: 200 });
  }

  /** A box may answer for itself rather than wait for the other side. */
  private answered(hops: readonly Hop[], sending: Parameters<Writer['pass']>[1]): number {
    if (!this.mode.answersItself) return this.pass(hops, sending);
    const { time } = sending;
    const each = hops.map((hop, at) => {
      const clock = at > 0 ? this.mode.skew : 0;
      const spent = sending.away ? 0.002 * at : 0.002 * (hops.length - 1 - at);
      return this.pass([hop], { ...sending, time: time + clock + spent }) - clock;
    });
    return Math.max(...each);
  }

  private single(kind: Kind, hops: readonly Hop[], start: number): void {
    const method = kind === 'message' ? 'MESSAGE' : 'OPTIONS';
    const common = { method, number: 0, inDialog: false };
    const text = kind === 'message' ? this.text() : undefined;
    const time = this.pass(hops, {
      ...common,
      time: start,
      away: true,
      what: method,
      ...(text !== undefined && { text }),
    });
    this.pass(hops, { ...common, time: time + 0.003, away: false, what: 200 });
  }

  /** Half of what people write they write all the time. */
  private text(): string {
    return this.dice.share() < 0.5
      ? this.dice.pick(TEXTS)
      : `see you at ${this.dice.hex(8)} in room ${this.dice.below(40)}`;
  }

  private refuse(near: Hop, time: number): void {
    const invite = { method: 'INVITE', number: 0, inDialog: false };
    this.pass([near], { ...invite, time, away: true, what: 'INVITE', sdp: 'offer' });
    this.pass([near], { ...invite, time: time + 0.004, away: false, what: this.dice.pick([403, 503, 404]) });
    this.pass([near], {
      ...invite,
      method: 'ACK',
      time: time + 0.006,
      away: true,
      what: 'ACK',
      inDialog: true,
    });
  }

  /** The box asks the callee side twice: once is challenged, once is granted. It may write a Call-ID for each. */
  private challenged(
    kind: Kind,
    [near, ...rest]: readonly Hop[],
    start: number,
    carried: readonly Carried[],
  ): void {
    const { dice } = this;
    const method = kind === 'register' ? 'REGISTER' : 'INVITE';
    const nonce = dice.share() < 0.5 ? dice.hex(16) : '';
    const ask = nonce === '' ? [] : [`WWW-Authenticate: Digest realm="example.com", nonce="${nonce}"`];
    const proof =
      nonce === ''
        ? []
        : [
            `Authorization: Digest username="a", realm="example.com", nonce="${nonce}", uri="sip:b", response="${dice.hex(32)}"`,
          ];
    const again =
      this.mode.boxes === 1 && !carried.includes('call-id') ? [this.farHop(near!, 0, carried, 7)] : rest;
    const first = [near!, ...rest];
    const second = [near!, ...again];
    this.paired(first, carried);
    this.paired(second, carried);
    const sdp = method === 'INVITE' ? { sdp: 'offer' as const } : {};
    const expires = method === 'REGISTER' ? ['Expires: 3600'] : [];
    let time = this.pass(first, {
      method,
      number: 0,
      inDialog: false,
      time: start,
      away: true,
      what: method,
      ...sdp,
      headers: expires,
    });
    time = this.pass(first, {
      method,
      number: 0,
      inDialog: false,
      time: time + 0.003,
      away: false,
      what: 401,
      headers: ask,
    });
    const number = 1;
    if (method === 'INVITE') {
      this.pass(first, {
        method: 'ACK',
        number: 0,
        inDialog: true,
        time: time + 0.001,
        away: true,
        what: 'ACK',
      });
    }
    time = this.pass(second, {
      method,
      number,
      inDialog: false,
      time: time + 0.002,
      away: true,
      what: method,
      ...sdp,
      headers: [...expires, ...proof],
    });
    const answer = method === 'INVITE' ? { sdp: 'answer' as const } : {};
    time = this.pass(second, {
      method,
      number,
      inDialog: false,
      time: time + 0.05,
      away: false,
      what: 200,
      ...answer,
    });
    if (method === 'REGISTER') return;
    time = this.pass(second, {
      method: 'ACK',
      number,
      inDialog: true,
      time: time + 0.002,
      away: true,
      what: 'ACK',
    });
    time = this.pass(second, {
      method: 'BYE',
      number: 2,
      inDialog: true,
      time: time + dice.around(8),
      away: true,
      what: 'BYE',
    });
    this.pass(second, {
      method: 'BYE',
      number: 2,
      inDialog: true,
      time: time + 0.002,
      away: false,
      what: 200,
    });
  }

  /** One near leg, several far ones: at once, or one after the other has failed. */
  private branches(kind: Kind, near: Hop, start: number, carried: readonly Carried[]): void {
    const { dice, mode } = this;
    const invite = { method: 'INVITE', number: 0, inDialog: false };
    this.pass([near], { ...invite, time: start, away: true, what: 'INVITE', sdp: 'offer' });
    this.trying([near], start, 'INVITE', 0);
    const far = [0, 1].map((branch) => this.farHop(near, 0, carried, branch));
    for (const hop of far) this.paired([near, hop], carried);
    const box = () => dice.between(...mode.delay) / 1000;
    const [lost, won] = far as [Hop, Hop];
    let time = this.alone(lost, { ...invite, time: start + box(), away: true, what: 'INVITE', sdp: 'offer' });
    this.alone(lost, { ...invite, time: time + 0.1, away: false, what: 180 });
    if (kind === 'hunt') {
      time = this.alone(lost, {
        ...invite,
        time: time + 0.4 + dice.around(0.8),
        away: false,
        what: dice.pick([486, 480, 503]),
      });
      this.alone(lost, {
        ...invite,
        method: 'ACK',
        time: time + 0.001,
        away: true,
        what: 'ACK',
        inDialog: true,
      });
      time += 0.003;
    }
    time = this.alone(won, { ...invite, time: time + 0.002, away: true, what: 'INVITE', sdp: 'offer' });
    time = this.alone(won, { ...invite, time: time + 0.15, away: false, what: 180 });
    this.pass([near], { ...invite, time: time + box(), away: false, what: 180 });
    time = this.alone(won, {
      ...invite,
      time: time + dice.around(2) + 0.4,
      away: false,
      what: 200,
      sdp: 'answer',
    });
    const answered = time + box();
    this.pass([near], { ...invite, time: answered, away: false, what: 200, sdp: 'answer' });
    if (kind === 'fork') {
      this.alone(lost, { ...invite, method: 'CANCEL', time: answered + 0.002, away: true, what: 'CANCEL' });
      this.alone(lost, { ...invite, method: 'CANCEL', time: answered + 0.004, away: false, what: 200 });
      this.alone(lost, { ...invite, time: answered + 0.006, away: false, what: 487 });
      this.alone(lost, {
        ...invite,
        method: 'ACK',
        time: answered + 0.008,
        away: true,
        what: 'ACK',
        inDialog: true,
      });
    }
    const both = [near, won];
    time = this.pass(both, {
      ...invite,
      method: 'ACK',
      time: answered + 0.02,
      away: true,
      what: 'ACK',
      inDialog: true,
    });
    const bye = { method: 'BYE', number: 1, inDialog: true };
    time = this.pass(both, { ...bye, time: time + dice.around(10), away: true, what: 'BYE' });
    this.pass(both, { ...bye, time: time + 0.002, away: false, what: 200 });
  }

  /** On a far hop only, by its clock. */
  private alone(hop: Hop, sending: Parameters<Writer['pass']>[1]): number {
    const { skew } = this.mode;
    return this.pass([hop], { ...sending, time: sending.time + skew }) - skew;
  }

  private paired(hops: readonly Hop[], carried: readonly Carried[]): void {
    for (let at = 1; at < hops.length; at++) {
      const [a, b] = [hops[at - 1]!, hops[at]!];
      if (this.missing.has(a) || this.missing.has(b)) continue;
      this.pairs.push({ a, b, named: carried.some((one) => NAMING.has(one)) });
    }
  }

  private caller(number: number): Endpoint {
    const { mode, dice } = this;
    if (mode.nat) return endpoint('203.0.113.7', 20000 + (number % 400) * 3);
    return endpoint(`10.1.${dice.below(2)}.${1 + dice.below(200)}`);
  }

  private nearHop(client: Endpoint, kind: Kind, number: number, carried: readonly Carried[]): Hop {
    const { dice, mode } = this;
    const same = mode.parties === 'same';
    const digits = () => `+4930${5000000 + dice.below(mode.users) * 7}`;
    const user = () => (dice.share() < 0.5 ? digits() : `user${dice.below(mode.users)}`);
    const fromUser = same ? 'alice' : mode.parties === 'translated' ? digits() : user();
    const toUser = same
      ? 'bob'
      : kind === 'register'
        ? fromUser
        : mode.parties === 'translated'
          ? digits()
          : user();
    const uuid = dice.hex(32);
    const server = endpoint('198.51.100.1');
    const host = mode.nat ? `192.168.1.${1 + (number % 200)}` : client.ip;
    return {
      ...{ client, server, fromUser, toUser, host, cseq: mode.alike ? 1 : 1 + dice.below(3) },
      callId: `${dice.hex(16)}@${host}`,
      fromTag: dice.hex(8),
      toTag: dice.hex(8),
      vias: [],
      agent: mode.alike ? AGENTS[0]! : dice.pick(AGENTS),
      headers: ['X-Truth-Id: 00000000', ...identifiers(carried, uuid, dice)],
      offer: hasSession(kind) ? this.sdp(kind, host, true) : '',
      answer: hasSession(kind) ? this.sdp(kind, '10.2.0.9', false) : '',
    };
  }

  private sdp(kind: Kind, host: string, isOffer: boolean): string {
    const { dice, mode } = this;
    const same = mode.session === 'same';
    const id = same ? '3724394400' : String(1e9 + dice.below(1e9));
    const media =
      kind === 'im'
        ? ['m=message 5060 sip sip:x@example.com', 'a=accept-types:text/plain']
        : [
            `m=audio ${same ? 40000 : 10000 + 2 * dice.below(20000)} RTP/AVP 0 8 101`,
            ...['a=rtpmap:0 PCMU/8000', 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:101 telephone-event/8000'],
            ...(!same && dice.share() < 0.2 && isOffer ? [`a=x-note:${dice.below(50)}`] : []),
          ];
    return ['v=0', `o=- ${id} 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', ...media, ''].join(
      '\r\n',
    );
  }

  private farHop(before: Hop, box: number, carried: readonly Carried[], branch: number): Hop {
    const { dice, mode } = this;
    const ip = mode.oneAddress ? before.server.ip : `198.51.${100 + box}.2`;
    const client = endpoint(ip);
    const last = box === mode.boxes - 1;
    const server = last
      ? endpoint(`10.2.0.${1 + ((branch + dice.below(5)) % 6) + (branch > 0 ? 10 : 0)}`)
      : endpoint(`198.51.${101 + box}.1`);
    const kept = (one: Carried) => carried.includes(one);
    const hidden = mode.parties === 'hidden';
    const translated = (user: string) => (mode.parties === 'translated' ? user.replace('+49', '0') : user);
    const callId = kept('call-id')
      ? before.callId
      : kept('derived')
        ? `${before.callId.split('@')[0]}_b2b-${branch + 1}@${ip}`
        : `${dice.hex(20)}@${ip}`;
    return {
      ...{ client, server, callId, host: ip },
      fromUser: hidden ? 'anonymous' : translated(before.fromUser),
      toUser: translated(before.toUser),
      fromTag: kept('from-tag') ? before.fromTag : dice.hex(10),
      toTag: kept('from-tag') ? before.toTag : dice.hex(10),
      cseq: kept('call-id') || mode.alike ? before.cseq : 10,
      vias: kept('via')
        ? [
            `Via: SIP/2.0/UDP ${before.client.text};branch=z9hG4bK${before.callId.slice(-12).replaceAll('@', '.')}.c${before.cseq}INVITE`,
          ]
        : [],
      agent: kept('via') || mode.alike ? before.agent : 'border',
      headers: passed(before, carried),
      offer: this.relayed(before.offer, ip, dice),
      answer: this.relayed(before.answer, ip, dice),
    };
  }

  private relayed(sdp: string, ip: string, dice: Dice): string {
    if (sdp === '' || this.mode.session === 'kept' || this.mode.session === 'same') return sdp;
    const moved = sdp
      .replace(/c=.*/, `c=IN IP4 ${ip}`)
      .replace(/^m=audio \d+/m, `m=audio ${30000 + 2 * dice.below(9000)}`);
    if (this.mode.session === 'relayed') return moved.replace(/(o=\S+ \S+ \S+).*/, `$1 IN IP4 ${ip}`);
    return moved.replace(/o=.*/, `o=SBC ${1e6 + dice.below(9e6)} 1 IN IP4 ${ip}`);
  }
}

function identifiers(carried: readonly Carried[], uuid: string, dice: Dice): string[] {
  const headers: string[] = [];
  for (const one of carried) {
    if (one === 'session-id') headers.push(`Session-ID: ${uuid};remote=${'0'.repeat(32)}`);
    if (one === 'icid')
      headers.push(`P-Charging-Vector: icid-value="${dice.hex(24)}";icid-generated-at=192.0.2.1`);
    if (one === 'guid')
      headers.push(`Cisco-Guid: ${dice.below(4e9)}-${dice.below(4e9)}-${dice.below(4e9)}-${dice.below(4e9)}`);
    if (one === 'own-header') headers.push(`X-Correlation: ${dice.hex(18)}`);
  }
  return headers;
}

function passed(before: Hop, carried: readonly Carried[]): string[] {
  const headers = [...before.headers];
  if (carried.includes('leg-header')) headers.push(`X-CID: ${before.callId}`);
  return headers;
}

function hasSession(kind: Kind): boolean {
  return kind !== 'message' && kind !== 'options' && kind !== 'register';
}

const NAMING: ReadonlySet<Carried> = new Set([
  ...(['call-id', 'from-tag', 'session-id', 'icid', 'guid', 'leg-header', 'own-header', 'derived'] as const),
]);
const TEXTS = ['ok', 'hi', 'yes', 'on my way', 'call me'];
const AGENTS = ['phone 1.0', 'phone 2.3', 'desk 4', 'soft 7.1'];
const REASONS = [
  ...['Q.850;cause=16', 'Q.850;cause=16;text="Normal call clearing"', 'Q.850;cause=31', 'SIP;cause=200'],
];
const LOST = 0.002;
const START = 1_795_240_000;
