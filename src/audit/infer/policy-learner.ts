// Crossings in, a policy out: the box's addresses, its adjacencies and their modes, each with what shows it (rules.md §13.4,
// record-route/mode-inferred, privacy/mode-inferred). What traffic does not tell stays unknown.
import type { Endpoint } from '../../network/endpoint.ts';
import { type AddressRange, parseRange } from '../../policy/address-range.ts';
import { EMPTY_POLICY } from '../../policy/default-policy.ts';
import { formatNextHop } from '../../policy/host-address.ts';
import type { CacEntry, Known, Policy, PrivacyMode } from '../../policy/policy.ts';
import { contactOf } from '../../rules/facts/contact.ts';
import type { Crossing } from '../../rules/facts/crossing.ts';
import { asksToHide } from '../../rules/facts/crossing-privacy.ts';
import type { Side } from '../../rules/facts/crossing-side.ts';
import { countSignals } from '../../rules/facts/passthrough-signals.ts';
import { sameContact } from '../../rules/facts/route-set.ts';
import { shownPrivacy } from '../../rules/facts/shown-privacy.ts';
import { plural } from '../words.ts';
import { LearntSide } from './learnt-side.ts';
import { listeningPort, transportAt } from './listening-port.ts';

export interface LearntPolicy {
  readonly policy: Policy;
  /** What each part of it was learnt from, a line each. */
  readonly evidence: readonly string[];
}

export class PolicyLearner {
  private readonly sides = new Map<string, LearntSide>();
  private readonly registrars = new Set<string>();
  /** Pairs of sides between which offers were made that nobody brought. */
  private readonly lateEarly = new Map<string, readonly [LearntSide, LearntSide]>();
  private pairs = 0;
  private proxied = 0;

  learn(crossing: Crossing): void {
    const { near, far, pair } = crossing;
    if (far === null || pair === null || pair.confidence < SURE) return;
    if (!crossing.judged) {
      this.proxied++;
      return;
    }
    this.pairs++;
    const inbound = this.side(near);
    const outbound = this.side(far);
    inbound.inbound++;
    outbound.outbound++;
    inbound.see(near.peer, transportAt(near));
    outbound.see(far.peer, transportAt(far));
    const request = crossing.initial?.received.request;
    if (request === undefined) return;
    if (request.method === 'REGISTER') this.learnRegistration(crossing, inbound, far.peer);
    else this.learnCall(crossing, inbound, outbound);
  }

  result(): LearntPolicy {
    const sides = [...this.sides.values()].sort((one, other) => other.inbound - one.inbound);
    const names = new Map(sides.map((side) => [side, nameOf(side, sides)]));
    const policy: Policy = {
      ...EMPTY_POLICY,
      adjacencies: sides.map((side) => side.adjacency(names.get(side)!)),
      cac: sides.flatMap((side) => cacOf(side, names.get(side)!)),
      interworking: {
        lateEarly: [...this.lateEarly.values()].map(([one, other]) => [names.get(one)!, names.get(other)!]),
      },
      registrars: [...this.registrars].sort().flatMap((ip): AddressRange[] => {
        const range = parseRange(ip);
        return range === undefined ? [] : [range];
      }),
    };
    return {
      policy,
      evidence: [...this.counts(), ...sides.flatMap((side) => evidenceOf(side, names.get(side)!))],
    };
  }

  private learnRegistration(crossing: Crossing, inbound: LearntSide, registrar: Endpoint): void {
    const { received, sent } = crossing.initial!;
    if (sent?.request === undefined) return;
    const came = contactOf(received.request!);
    const went = contactOf(sent.request);
    if (came === undefined || went === undefined) return;
    inbound.rewritesRegister.add(!sameContact(came.uri, went.uri), sent.request.frame);
    if (this.registrars.size < MOST_REGISTRARS) this.registrars.add(registrar.ip);
  }

  private learnCall(crossing: Crossing, inbound: LearntSide, outbound: LearntSide): void {
    const { signals, far } = crossing;
    const { received, sent } = crossing.initial!;
    if (signals !== null && !crossing.exempt) {
      const { yes, of } = countSignals(signals);
      if (yes === 0 && of > 0) inbound.passthrough.add(false, received.request!.frame);
      else if (yes >= Math.min(3, of)) inbound.passthrough.add(true, received.request!.frame);
    }
    for (const fromCaller of [true, false]) {
      const shown = privacyShown(crossing, fromCaller);
      const votes = fromCaller ? inbound.callerPrivacy : inbound.calleePrivacy;
      if (shown !== null) votes.add(shown.on, shown.frame);
    }
    const offered = sent?.request?.sdp !== undefined && received.request!.sdp === undefined;
    if (offered && received.method === 'INVITE' && far !== null)
      this.lateEarly.set(`${inbound.text} ${outbound.text}`, [inbound, outbound]);
  }

  private side(seen: Side): LearntSide {
    const { ip } = seen.box;
    const port = listeningPort(seen);
    // A connection of the box's own that does not say where it listens: then it belongs to an address that is known.
    const known = [...this.sides.values()].find((one) => one.ip === ip && isFree(port));
    if (known !== undefined) return known;
    const text = formatNextHop({ host: ip, port, transport: null });
    let side = this.sides.get(text);
    if (side === undefined) {
      side = new LearntSide(ip, port);
      if (this.sides.size < MOST_SIDES) this.sides.set(text, side);
    }
    return side;
  }

  private counts(): string[] {
    const lines: string[] = [];
    if (this.pairs > 0 || this.proxied === 0)
      lines.push(
        `${plural(this.pairs, 'pair')} of legs across ${plural(this.sides.size, 'address', 'addresses')} of a box that rewrites.`,
      );
    if (this.proxied > 0)
      lines.push(
        `${plural(this.proxied, 'pair')} crossed boxes that only forward, as a proxy does: not described here.`,
      );
    return lines;
  }
}

/** By the first description of the party that tells; of a caller by From as well. Who asks for it is hidden for that reason. */
function privacyShown(crossing: Crossing, fromCaller: boolean): { on: boolean; frame: number } | null {
  if (asksToHide(crossing.asked(fromCaller))) return null;
  const shown = shownPrivacy(crossing, fromCaller);
  if (shown !== null && shown.mode !== 'partial')
    return { on: shown.mode === 'on', frame: shown.sent.message.frame };
  const { initial } = crossing;
  if (!fromCaller || !crossing.hidesFrom || crossing.asked(true).size > 0) return null;
  return { on: true, frame: initial!.sent!.request!.frame };
}

/** RFC 6335 §6: the dynamic ports. */
function isFree(port: number): boolean {
  return port >= 32_768;
}

/** `callers` and `callees` where there are two sides; else by address. */
function nameOf(side: LearntSide, sides: readonly LearntSide[]): string {
  const { ip, port } = side;
  if (sides.length === 2) return side === sides[0] ? 'callers' : 'callees';
  const several = sides.some((other) => other !== side && other.ip === ip);
  return several ? `at ${ip} port ${port}` : `at ${ip}`;
}

function cacOf(side: LearntSide, name: string): CacEntry[] {
  const caller = side.callerPrivacy.verdict;
  const callee = side.calleePrivacy.verdict;
  if (caller === null && callee === null) return [];
  return [
    {
      name: `calls from ${name}`,
      match: {
        ...{ adjacency: null, inboundAdjacency: name, outboundAdjacency: null },
        ...{ account: null, inboundAccount: null, outboundAccount: null, caller: null, callee: null },
      },
      callerPrivacy: privacyOf(caller),
      calleePrivacy: privacyOf(callee),
    },
  ];
}

function privacyOf(known: Known): PrivacyMode | null {
  return known === null ? null : known ? 'always' : 'never';
}

function evidenceOf(side: LearntSide, name: string): string[] {
  const { passthrough, callerPrivacy, calleePrivacy, rewritesRegister, inbound, outbound, peers } = side;
  const lines = [
    `${name}: ${side.text}, ${plural(inbound, 'pair')} came in and ${outbound} went out, ${plural(peers.size, 'peer')}.`,
  ];
  for (const [what, votes] of [
    ['record-route-passthrough', passthrough],
    ['caller-privacy', callerPrivacy],
    ['callee-privacy', calleePrivacy],
    ['rewrite-register', rewritesRegister],
  ] as const) {
    if (votes.count === 0) continue;
    const { verdict } = votes;
    const said = verdict === null ? 'divided' : verdict ? 'on' : 'off';
    lines.push(`${name}: ${what} ${said}: ${votes.text}.`);
  }
  return lines;
}

/** Confidence from which a pair teaches something. */
const SURE = 0.7;
const MOST_SIDES = 256;
const MOST_REGISTRARS = 64;
