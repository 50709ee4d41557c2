// The messages of a recording → which one that reached the SBC made it send which other (rules.md §13.1: within a scenario, by
// method, CSeq, status, order and time).
import { METHOD } from '../sip/method.ts';
import type { RecordedMessage } from './recorded-message.ts';
import type { Scenario, Scenarios } from './scenario.ts';
import { inviteKey, isInitial, transactionKey } from './transaction-key.ts';

/** Fills in `request`, `cause` and `effects`. Retransmissions stay with their first sending. */
export function linkCauses(messages: readonly RecordedMessage[], scenarios: Scenarios): void {
  const byScenario = new Map<Scenario, Links>();
  for (const one of messages) {
    if (one.repeats !== null) continue;
    const scenario = scenarios.of(one.call);
    let links = byScenario.get(scenario);
    if (links === undefined) {
      links = new Links();
      byScenario.set(scenario, links);
    }
    links.add(one);
  }
  // What was parsed for it is not kept.
  for (const { message } of messages) message.forget();
}

/** What came and went so far in one scenario. */
class Links {
  /** Requests by their transactions, of either way. */
  private readonly requests = new Map<string, RecordedMessage>();
  /** Requests that reached the SBC, by method. */
  private readonly received = new Map<string, RecordedMessage[]>();

  add(one: RecordedMessage): void {
    const { message, way } = one;
    const hop = hopOf(one);
    if (!message.isRequest) {
      one.request = this.requests.get(transactionKey(message, hop)) ?? null;
      one.request?.responses.push(one);
      if (way === 'out') link(one, this.causeOfResponse(one));
      return;
    }
    this.requests.set(transactionKey(message, hop), one);
    if (way === 'in') append(this.received, message.method, one);
    else link(one, this.causeOfRequest(one));
  }

  private causeOfResponse(sent: RecordedMessage): RecordedMessage | null {
    const { request } = sent;
    const { status } = sent.message;
    // RFC 3261 §8.2.6.1: a 100 goes one hop.
    if (request === null || status === 100) return request;
    const came = request.effects
      .filter(({ message }) => message.isRequest)
      .flatMap(({ responses }) => responses)
      .filter((response) => response.message.status !== 100);
    const fresh = came.filter((response) => response.effects.every(({ message }) => message.isRequest));
    const latest = (list: readonly RecordedMessage[]): RecordedMessage | undefined => list[list.length - 1];
    return (
      fresh.find((response) => response.message.status === status) ??
      // Another failure, or another success, may be what became of it.
      latest(fresh.filter((response) => sameFate(response.message.status, status))) ??
      latest(came.filter((response) => response.message.status === status)) ??
      request
    );
  }

  private causeOfRequest(sent: RecordedMessage): RecordedMessage | null {
    const { message } = sent;
    const hop = hopOf(sent);
    if (message.methodId === METHOD.ACK) {
      const invite = this.requests.get(inviteKey(message, hop));
      // RFC 3261 §17.1.1.3: to a failure it has the branch of the INVITE, and is the hop's own.
      const failure = invite?.responses.find((one) => one.message.status >= 300);
      if (failure !== undefined) return failure;
    }
    if (message.methodId === METHOD.CANCEL) {
      const invite = this.requests.get(inviteKey(message, hop));
      const cancel = invite?.cause && this.cancelOf(invite.cause);
      if (cancel !== undefined && cancel !== null) return cancel;
    }
    return this.sourceOf(sent);
  }

  private cancelOf(invite: RecordedMessage): RecordedMessage | null {
    return this.requests.get(transactionKey(invite.message, hopOf(invite), 'CANCEL')) ?? null;
  }

  private sourceOf(sent: RecordedMessage): RecordedMessage | null {
    let best: RecordedMessage | null = null;
    let bestScore = 0;
    const received = this.received.get(sent.message.method) ?? [];
    for (let at = received.length - 1; at >= 0 && sent.at - received[at]!.at <= WINDOW; at--) {
      const one = received[at]!;
      const score = likeness(one, sent);
      if (score > bestScore) {
        best = one;
        bestScore = score;
      }
    }
    return best;
  }
}

/** 0: it cannot be. */
function likeness(received: RecordedMessage, sent: RecordedMessage): number {
  const [one, other] = [received.message, sent.message];
  if (hopOf(received) === hopOf(sent)) return 0;
  if (isInitial(one) !== isInitial(other)) return 0;
  let score = 4 - (sent.at - received.at) / WINDOW;
  if (one.callId === other.callId) score += 1;
  if (one.cseqNumber === other.cseqNumber) score += 2;
  if (one.body.equals(other.body)) score += 2;
  const fromCaller = one.fromTag === other.fromTag && one.toTag === other.toTag;
  if (fromCaller) score += 1;
  // What went on already may fork, or be tried again; what did not is likelier.
  if (!received.effects.some(({ message }) => message.isRequest)) score += 4;
  return score;
}

function link(sent: RecordedMessage, cause: RecordedMessage | null): void {
  sent.cause = cause;
  cause?.effects.push(sent);
}

/** Adjacency and peer: a transaction is between two ends. */
function hopOf({ adjacency, flow }: RecordedMessage): string {
  return `${adjacency.name} ${flow.remote.ip}`;
}

/** RFC 3261 §7.2: both provisional, both successes, or both neither. */
function sameFate(one: number, other: number): boolean {
  const fate = (status: number): number => (status < 200 ? 0 : status < 300 ? 1 : 2);
  return fate(one) === fate(other);
}

function append<Key>(lists: Map<Key, RecordedMessage[]>, key: Key, one: RecordedMessage): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

/** Milliseconds from a request that came in to its going out (rules.md §13.1). */
const WINDOW = 10_000;
