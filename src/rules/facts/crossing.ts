// The two sides of one box for one call: what came in, what went out (rules.md §0). Side A (near) is where the box received the
// dialog-creating request, side B (far) where it sent it. Everything is worked out when a rule asks for it, once.
import type { LegPair } from '../../legs/pair.ts';
import type { Adjacencies } from '../../policy/adjacency-lookup.ts';
import type { Adjacency, Policy } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { isAnonymousAddress } from './anonymous.ts';
import type { Bindings } from './bindings.ts';
import { type CrossedRequest, crossRequests } from './crossed-request.ts';
import { type CrossedSdp, crossedDescriptions } from './crossed-sdp.ts';
import { asksToHide, type CrossingPrivacy, crossingPrivacy, privacyAsked } from './crossing-privacy.ts';
import { crossingRegistered } from './crossing-registered.ts';
import { Side } from './crossing-side.ts';
import type { LegFacts } from './leg-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import {
  countSignals,
  type PassthroughSignals,
  passthroughSignals,
  signalsText,
} from './passthrough-signals.ts';
import { inferred, known, type Verdict } from './verdict.ts';

/** What all crossings of a run share. */
export interface World {
  readonly policy: Policy;
  readonly adjacencies: Adjacencies;
  readonly bindings: Bindings;
}

export class Crossing {
  readonly a: LegFacts;
  /** Null when nothing went out on the far side. */
  readonly b: LegFacts | null;
  /** Null likewise. */
  readonly pair: LegPair | null;
  readonly near: Side;
  readonly far: Side | null;
  readonly world: World;

  private requestList: readonly CrossedRequest[] | undefined = undefined;
  private sdpList: readonly CrossedSdp[] | undefined = undefined;
  private privacyFacts: CrossingPrivacy | undefined = undefined;
  private registeredVerdict: Verdict | undefined = undefined;
  private hidingVerdict: Verdict | undefined = undefined;
  private passthroughVerdict: Verdict | null | undefined = undefined;
  private dialogList: readonly CrossedRequest[] | undefined = undefined;
  private initialRequest: CrossedRequest | null | undefined = undefined;
  private callerAsks: ReadonlySet<string> | undefined = undefined;
  private calleeAsks: ReadonlySet<string> | undefined = undefined;
  private isProxied: boolean | undefined = undefined;
  private passthroughEvidence: PassthroughSignals | null | undefined = undefined;

  constructor(a: LegFacts, b: LegFacts | null, pair: LegPair | null, world: World) {
    this.a = a;
    this.b = b;
    this.pair = pair;
    this.world = world;
    this.near = new Side(a, true, world.adjacencies);
    this.far = b === null ? null : new Side(b, false, world.adjacencies);
  }

  /** Of the pairing, 0–1; 1 where there is no far side. */
  get confidence(): number {
    return this.pair?.confidence ?? 1;
  }

  get inbound(): Adjacency | undefined {
    return this.near.adjacency;
  }

  get outbound(): Adjacency | undefined {
    return this.far?.adjacency;
  }

  /** The requests that crossed, those from the caller and those from the callee, in the order they came in. */
  get requests(): readonly CrossedRequest[] {
    this.requestList ??= crossRequests(this.near, this.far);
    return this.requestList;
  }

  /** Those that create a dialog, from the caller, that went on. */
  get dialogRequests(): readonly CrossedRequest[] {
    this.dialogList ??= this.requests.filter(({ received, sent, fromCaller }) => {
      if (!fromCaller || sent === undefined || !received.createsDialog) return false;
      // Guard G8: headers that were cut off are not known to be missing.
      return !received.request!.truncated && !sent.request!.truncated;
    });
    return this.dialogList;
  }

  /** The request that began it: the first that went on, else the first. */
  get initial(): CrossedRequest | undefined {
    if (this.initialRequest === undefined) this.initialRequest = this.findInitial() ?? null;
    return this.initialRequest ?? undefined;
  }

  private findInitial(): CrossedRequest | undefined {
    const own = this.requests.filter(({ received, fromCaller }) => {
      return fromCaller && received.initial && received.method !== 'CANCEL';
    });
    return own.find(({ sent }) => sent !== undefined) ?? own[0];
  }

  /** Offers and answers that went on, in either direction. */
  get descriptions(): readonly CrossedSdp[] {
    this.sdpList ??= crossedDescriptions(this.requests);
    return this.sdpList;
  }

  /** The policy knows the box: then its rules hold as errors. */
  get known(): boolean {
    return this.near.adjacency !== undefined;
  }

  /**
   * Whether the rules for session border controllers judge it: a box of the policy, or one that does what no proxy may
   * (RFC 3261 §16.6, RFC 7092 §3).
   */
  get judged(): boolean {
    if (this.known || this.far?.adjacency !== undefined) return true;
    return this.b !== null && !this.proxied;
  }

  /** That it is a session border controller at all: known, or seen by what it rewrites. */
  get controller(): Verdict {
    return this.known ? known(true, 'policy') : inferred(true, 0.7, 'it rewrites what a proxy passes on');
  }

  /** The request went on with its Call-ID, From tag and the Vias it came with: as a proxy forwards it. */
  get proxied(): boolean {
    this.isProxied ??= this.seemsProxied();
    return this.isProxied;
  }

  private seemsProxied(): boolean {
    const { initial } = this;
    if (initial?.sent === undefined) return false;
    const before = initial.received.request!.sip;
    const after = initial.sent.request!.sip;
    if (before.callId !== after.callId || before.fromTag !== after.fromTag) return false;
    const kept = new Set(after.vias.map(({ branch }) => branch));
    return before.vias.every(({ branch }) => kept.has(branch));
  }

  /** Its side where a message of the box went: B for what comes from the caller. */
  out(fromCaller: boolean): Side | null {
    return fromCaller ? this.far : this.near;
  }

  /** L*: whether a host is one of the box's own, on whatever side. */
  isLocal(host: string): boolean {
    if (this.near.owns(host) || this.far?.owns(host) === true) return true;
    return this.world.adjacencies.isLocalHost(host) || this.pair?.box.includes(host) === true;
  }

  /** Whether what comes from this side is to be hidden from the other. */
  privacy(fromCaller: boolean): Verdict {
    this.privacyFacts ??= crossingPrivacy(this);
    return fromCaller ? this.privacyFacts.caller : this.privacyFacts.callee;
  }

  /** What a party asks for by Privacy with its first message, for the whole call (RFC 3323 §4.2). */
  asked(fromCaller: boolean): ReadonlySet<string> {
    this.callerAsks ??= privacyAsked(this.initial?.received.request);
    if (fromCaller) return this.callerAsks;
    this.calleeAsks ??= privacyAsked(
      this.initial?.responses.find(({ received }) => received !== undefined && asksAnything(received))
        ?.received,
    );
    return this.calleeAsks;
  }

  /** The caller is named to the box and not by it. Who did not ask for that is hidden because somebody configured it. */
  get hidesFrom(): boolean {
    const before = this.initial?.received.request?.sip.from;
    const after = this.initial?.sent?.request?.sip.from;
    if (before === undefined || after === undefined) return false;
    return isAnonymousAddress(after) && !isAnonymousAddress(before);
  }

  /** By the policy, as the traffic shows, or because the party asks for it. */
  hides(fromCaller: boolean): boolean {
    return this.privacy(fromCaller).holds || asksToHide(this.asked(fromCaller));
  }

  /** Of either party. */
  get anyPrivacy(): Verdict {
    const caller = this.privacy(true);
    const callee = this.privacy(false);
    if (caller.holds !== callee.holds) return caller.holds ? caller : callee;
    return caller.confidence <= callee.confidence ? caller : callee;
  }

  /** On either adjacency. */
  get hiding(): Verdict {
    this.hidingVerdict ??= this.decideHiding();
    return this.hidingVerdict;
  }

  private decideHiding(): Verdict {
    const sides = [this.near, this.far].flatMap((side) => side?.adjacency ?? []);
    if (sides.some(({ topologyHiding }) => topologyHiding === true))
      return known(true, 'policy: topology hiding');
    const told = sides.length > 0 && sides.every(({ topologyHiding }) => topologyHiding === false);
    return told
      ? known(false, 'policy: no topology hiding')
      : inferred(false, 0.8, 'topology hiding not known');
  }

  /** From or to a registered endpoint. */
  get registered(): Verdict {
    this.registeredVerdict ??= crossingRegistered(this);
    return this.registeredVerdict;
  }

  /** Null without a dialog-creating request that went on. */
  get signals(): PassthroughSignals | null {
    if (this.passthroughEvidence === undefined) {
      const request = this.dialogRequests[0];
      this.passthroughEvidence =
        request === undefined || this.far === null ? null : passthroughSignals(request, this.near, this.far);
    }
    return this.passthroughEvidence;
  }

  /** Effective Record-Route passthrough (rules.md §0, pt); null where nothing tells. Only the inbound adjacency counts. */
  get passthrough(): Verdict | null {
    if (this.passthroughVerdict === undefined) this.passthroughVerdict = this.decidePassthrough();
    return this.passthroughVerdict;
  }

  /** From passthrough, whatever is configured (rules.md §0, pt): so it says nothing of the configuration. */
  get exempt(): boolean {
    return (
      asksToHide(this.asked(true)) ||
      this.hidesFrom ||
      [this.registered, this.anyPrivacy, this.hiding].some(({ holds }) => holds)
    );
  }

  /** The adjacencies are configured apart, and nothing exempts the call: which of the two decides is then the question. */
  get conflicting(): boolean {
    const inbound = this.inbound?.recordRoutePassthrough ?? null;
    const outbound = this.outbound?.recordRoutePassthrough ?? null;
    if (inbound === null || outbound === null || inbound === outbound) return false;
    // What the caller asks for takes passthrough away, whatever the outbound adjacency says.
    if (inbound && asksToHide(this.asked(true))) return false;
    return ![this.registered, this.anyPrivacy, this.hiding].some(({ holds }) => holds);
  }

  private decidePassthrough(): Verdict | null {
    const configured = this.near.adjacency?.recordRoutePassthrough ?? null;
    if (configured === null) return this.inferPassthrough();
    if (!configured) return known(false, 'policy: passthrough off');
    for (const exempt of [this.registered, this.anyPrivacy, this.hiding])
      if (exempt.holds) return { ...exempt, holds: false };
    // RFC 3323 §5: a box that acts on what the caller asks for hides what passthrough would show; it need not act on it.
    if (asksToHide(this.asked(true))) return this.inferPassthrough();
    return known(true, 'policy: passthrough on');
  }

  private inferPassthrough(): Verdict | null {
    const { signals } = this;
    if (signals === null) return null;
    const { yes, of } = countSignals(signals);
    if (of < 2) return null;
    if (yes === 0) return inferred(false, 0.8, signalsText(signals));
    if (yes >= Math.min(3, of)) return inferred(true, yes / of, signalsText(signals));
    return null;
  }
}

function asksAnything({ sip }: MessageFacts): boolean {
  return sip.find(HEADER.Privacy) >= 0;
}
