// One request on its way through the SBC: place after place is tried until one answers (RFC 3263 §4.3, RFC 3261 §16.7 step 6,
// §21.5.4), a CANCEL goes after it, and an INVITE that rings for too long is given up (Timer C, §16.6 step 11, §16.8).
import type { Adjacency, NextHop } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Target } from '../event.ts';
import type { Flow } from '../flow.ts';
import type { Parts } from '../parts.ts';
import { numericTarget } from '../routing/next-hop.ts';
import { flowTo, viaValue } from '../routing/own-address.ts';
import type { ClientTransaction, ClientUser } from '../transaction/transaction-user.ts';

/** A flow that is open, or a hop that is to be found. */
export type Place = Flow | NextHop;

export interface ForwardPlan {
  readonly method: string;
  /** The side it goes out on. */
  readonly adjacency: Adjacency;
  /** What came; null: the SBC's own request. */
  readonly cause: SipMessage | null;
  /** The first to be tried first. */
  readonly places: readonly Place[];
  /** The message for this flow, `via` the value of its Via; asked again for each place. */
  octets(flow: Flow, hop: NextHop | null, via: string): Buffer | Refusal;
  /** Each response that counts; a final one only once, but every 2xx to an INVITE. No 100. */
  response(message: SipMessage, flow: Flow): void;
  /** No place gave a final response: 408, 500, or 487 when it was cancelled before any was tried or no one said so. */
  failed(status: number, reason?: string): void;
}

/** It may not be sent at all: what to answer. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

export class Forwarding implements ClientUser {
  private readonly parts: Parts;
  private readonly plan: ForwardPlan;
  private next = 0;
  private targets: readonly Target[] = [];
  private hop: NextHop | null = null;
  private target: Target | null = null;
  private client: ClientTransaction | null = null;
  private cancelHeaders: readonly (readonly [string, string])[] | null = null;
  private timerC = 0;
  private ringsUntil = 0;
  private rangTooLong = false;
  private over = false;

  constructor(parts: Parts, plan: ForwardPlan) {
    this.parts = parts;
    this.plan = plan;
  }

  start(): void {
    this.tryNext(UNREACHABLE);
  }

  /** RFC 3261 §9.1. The outcome comes as ever. */
  cancel(headers: readonly (readonly [string, string])[] = []): void {
    if (this.over || this.cancelHeaders !== null) return;
    this.cancelHeaders = headers;
    if (this.client === null) this.fail(487);
    else this.client.cancel(headers);
  }

  /** Whatever comes yet is for another. */
  handOver(heir: ClientUser): void {
    this.end();
    this.client?.handOver(heir);
    this.client = null;
  }

  response(message: SipMessage, transaction: ClientTransaction): void {
    const { status } = message;
    if (transaction !== this.client) return;
    if (status === 100) return;
    if (status < 200) {
      this.ringsUntil = this.parts.outbox.now + this.parts.limits.timerC;
      if (!this.over) this.plan.response(message, transaction.flow);
      return;
    }
    if (status === 503) {
      this.penalise();
      if (this.cancelHeaders === null && this.hasMore()) {
        this.tryNext(UNREACHABLE);
        return;
      }
    } else if (this.target !== null) this.parts.hops.answered(this.target);
    if (this.rangTooLong && status === 487) {
      this.fail(408);
      return;
    }
    this.end();
    this.plan.response(message, transaction.flow);
  }

  failed(reason: 'timeout' | 'transport', transaction: ClientTransaction): void {
    if (transaction !== this.client || this.over) return;
    this.penalise();
    // After a CANCEL nobody says more (RFC 3261 §9.1), the caller is told what a callee would have said.
    if (this.cancelHeaders !== null) this.fail(this.rangTooLong ? 408 : 487);
    // RFC 4320 §4.2, §3: after timer F the requester has given up, too; within a dialog later requests may have gone.
    else if (reason === 'timeout' && this.plan.method !== 'INVITE') this.fail(408);
    else this.tryNext(reason === 'timeout' ? 408 : UNREACHABLE);
  }

  /** `status`: what to say when there is no place left. */
  private tryNext(status: number): void {
    this.client = null;
    for (;;) {
      const target = this.targets[0];
      if (target !== undefined) {
        this.targets = this.targets.slice(1);
        const flow = flowTo(this.plan.adjacency, target);
        if (flow === undefined) continue;
        this.target = target;
        this.attempt(flow);
        return;
      }
      const place = this.plan.places[this.next++];
      if (place === undefined) {
        this.fail(status);
        return;
      }
      if ('remote' in place) {
        this.hop = null;
        this.target = null;
        this.attempt(place);
        return;
      }
      this.hop = place;
      const numeric = numericTarget(place);
      if (numeric === undefined) {
        this.parts.outbox.resolve(place, this.plan.adjacency.name, (targets) => {
          if (this.over) return;
          this.targets = this.ordered(targets);
          this.tryNext(targets.length === 0 ? UNREACHABLE : status);
        });
        return;
      }
      this.targets = [numeric];
      if (this.next === 1) this.hopsByHealth();
    }
  }

  /** Several hops by address: those that failed lately come last. */
  private hopsByHealth(): void {
    const { places } = this.plan;
    if (places.length < 2) return;
    const numeric: Target[] = [];
    for (const place of places) {
      const target = 'remote' in place ? undefined : numericTarget(place);
      if (target === undefined) return;
      numeric.push(target);
    }
    const ordered = this.ordered(numeric);
    if (ordered.every((target, index) => target === numeric[index])) return;
    this.targets = ordered;
    this.hop = null;
    this.next = places.length;
  }

  private ordered(targets: readonly Target[]): readonly Target[] {
    return this.parts.hops.order(targets, this.parts.outbox.now);
  }

  private attempt(flow: Flow): void {
    const { plan, parts } = this;
    const branch = parts.identifiers.next({
      kind: 'branch',
      cause: plan.cause,
      adjacency: plan.adjacency.name,
    });
    const octets = plan.octets(flow, this.hop, viaValue(flow, branch));
    if ('status' in octets) {
      this.end();
      plan.failed(octets.status, octets.reason);
      return;
    }
    if (plan.method === 'INVITE') this.startTimerC();
    this.client = parts.transactions.request({
      method: plan.method,
      branch,
      octets,
      flow,
      cause: plan.cause,
      user: this,
    });
  }

  private startTimerC(): void {
    const { outbox, limits } = this.parts;
    this.ringsUntil = outbox.now + limits.timerC;
    if (this.timerC === 0) this.timerC = outbox.setTimer('C', limits.timerC, () => this.ringsTooLong());
  }

  private ringsTooLong(): void {
    const { outbox } = this.parts;
    this.timerC = 0;
    if (this.over) return;
    if (this.ringsUntil > outbox.now) {
      this.timerC = outbox.setTimer('C', this.ringsUntil - outbox.now, () => this.ringsTooLong());
      return;
    }
    this.rangTooLong = true;
    if (this.cancelHeaders === null) this.cancel();
  }

  private hasMore(): boolean {
    return this.targets.length > 0 || this.next < this.plan.places.length;
  }

  private penalise(): void {
    const { target, parts } = this;
    if (target !== null) parts.hops.penalise(target, parts.outbox.now + parts.limits.hopPenalty);
  }

  private fail(status: number): void {
    if (this.over) return;
    this.end();
    this.client?.abandon();
    this.plan.failed(status);
  }

  private end(): void {
    this.over = true;
    this.parts.outbox.clearTimer(this.timerC);
    this.timerC = 0;
  }
}

/** RFC 3261 §16.7 step 6, §16.9: what cannot be reached, and a 503 that is all there is, become a 500 here. */
const UNREACHABLE = 500;
