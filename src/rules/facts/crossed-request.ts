// The requests and responses of both sides of a box → what it received with what it sent on (rules.md §13.1: within a pair of
// dialogs by method, order and time; responses follow their requests).
import { countWhile } from '../../capture/count-while.ts';
import type { Side } from './crossing-side.ts';
import type { MessageFacts } from './message-facts.ts';
import type { TransactionFacts } from './transaction-facts.ts';

/** A request that the box received, and what it sent on. */
export interface CrossedRequest {
  readonly received: TransactionFacts;
  /** Undefined when it was answered or dropped by the box. */
  readonly sent: TransactionFacts | undefined;
  readonly fromCaller: boolean;
  /** What the box sent back, each with what it had received; provisional ones first, a 100 never. */
  readonly responses: readonly CrossedResponse[];
}

export interface CrossedResponse {
  /** Undefined when the box made it itself, or made another of it. */
  readonly received: MessageFacts | undefined;
  readonly sent: MessageFacts;
}

/** In the order they were received. `b` null: nothing went out. */
export function crossRequests(a: Side, b: Side | null): CrossedRequest[] {
  const received = requestsOf(a, true);
  const fromCaller = pairRequests(
    b === null || !isElsewhere(a, b) ? received : received.filter(({ initial }) => initial),
    b === null ? [] : requestsOf(b, false),
    true,
  );
  const fromCallee = b === null ? [] : pairRequests(requestsOf(b, true), requestsOf(a, false), false);
  return [...fromCaller, ...fromCallee].sort((one, other) => {
    return -one.received.request!.millisecondsTo(other.received.request!);
  });
}

/** Another leg has the dialog, a fork or the next in a hunt: what is sent within it does not come by here. */
function isElsewhere(a: Side, b: Side): boolean {
  return makesDialog(a) && !makesDialog(b);
}

function makesDialog({ leg }: Side): boolean {
  return leg.transactions.some(({ createsDialog, success }) => createsDialog && success !== undefined);
}

function requestsOf(side: Side, received: boolean): TransactionFacts[] {
  return side.leg.transactions.filter(({ request }) => {
    return request !== undefined && side.received(request) === received;
  });
}

function pairRequests(
  received: readonly TransactionFacts[],
  sent: readonly TransactionFacts[],
  fromCaller: boolean,
): CrossedRequest[] {
  const partner = new Map<TransactionFacts, TransactionFacts>();
  const all = new Set(received);
  const inOrder = [...received].sort((a, b) => b.request!.millisecondsTo(a.request!));
  for (const one of sent) {
    const { upstream } = one;
    const isKnown = upstream !== undefined && all.has(upstream) && !partner.has(upstream);
    const source = isKnown ? upstream : sourceOf(one, inOrder, partner);
    if (source !== undefined) partner.set(source, one);
  }
  return received.map((one) => {
    const other = partner.get(one);
    return { received: one, sent: other, fromCaller, responses: crossResponses(one, other) };
  });
}

/** What a request that was sent had come from; those that were received are in order of time. */
function sourceOf(
  sent: TransactionFacts,
  received: readonly TransactionFacts[],
  partner: ReadonlyMap<TransactionFacts, TransactionFacts>,
): TransactionFacts | undefined {
  const until = sent.request!;
  let best: TransactionFacts | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  const before = countWhile(received, ({ request }) => request!.millisecondsTo(until) >= 0);
  for (let at = before - 1; at >= 0; at--) {
    const one = received[at]!;
    const delay = one.request!.millisecondsTo(until);
    if (delay > WINDOW) break;
    if (partner.has(one) || one.methodId !== sent.methodId || one.initial !== sent.initial) continue;
    // Extension methods are told by their names.
    if (one.methodId === 0 && one.method !== sent.method) continue;
    // What was answered before cannot have waited for this.
    if (one.final !== undefined && one.final.millisecondsTo(until) > 0) continue;
    const score = likeness(one, sent) - delay / WINDOW;
    // Of those that are alike the first.
    if (score >= bestScore) {
      best = one;
      bestScore = score;
    }
  }
  return best;
}

function likeness(received: TransactionFacts, sent: TransactionFacts): number {
  let score = 0;
  if (received.cseq === sent.cseq) score += 2;
  if (sameBody(received.request!, sent.request!)) score += 2;
  if (received.final?.status === sent.final?.status) score += 1;
  return score;
}

function sameBody(one: MessageFacts, other: MessageFacts): boolean {
  return one.sip.body.equals(other.sip.body);
}

function crossResponses(received: TransactionFacts, sent: TransactionFacts | undefined): CrossedResponse[] {
  // Another branch of a fork, or another try, brought the answer (RFC 3261 §16.7): what came here went no further.
  const elsewhere = received.success !== undefined && sent?.success === undefined;
  const left = elsewhere ? [] : (sent?.responses ?? []).filter(({ status }) => status !== 100);
  return received.responses
    .filter(({ status }) => status !== 100)
    .map((out) => {
      const before = left.filter((one) => one.millisecondsTo(out) >= 0);
      const found =
        before.find(({ status }) => status === out.status) ??
        // Another failure, or another success, may be what became of it.
        before.find(({ status }) => status >= 200 && out.status >= 200 && status < 300 === out.status < 300);
      if (found !== undefined) left.splice(left.indexOf(found), 1);
      return { received: found, sent: out };
    });
}

/** Milliseconds from a request that came in to its going out (rules.md §13.1). */
const WINDOW = 10_000;
