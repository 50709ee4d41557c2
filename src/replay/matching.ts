// Predicted messages and recorded ones → pairs, those that only the prediction has, and those that only the recording has. First by
// transaction, then by cause, then by what they answer, at last by time; in order, each but once.
import type { PredictedMessage } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';
import { branchKey } from './transaction-key.ts';

/** What is matched: a recorded message, or that of another prediction. */
export interface Sent {
  readonly message: RecordedMessage['message'];
  readonly flow: RecordedMessage['flow'];
  readonly at: number;
  readonly cause: RecordedMessage | null;
}

export interface Matching<Other extends Sent> {
  readonly pairs: readonly { readonly predicted: PredictedMessage; readonly recorded: Other }[];
  /** Predicted, and not recorded. */
  readonly missing: readonly PredictedMessage[];
  /** Recorded, and not predicted. */
  readonly extra: readonly Other[];
}

/** Both in order of time; of one scenario. */
export function match<Other extends Sent>(
  predicted: readonly PredictedMessage[],
  recorded: readonly Other[],
): Matching<Other> {
  const partners = new Map<PredictedMessage, Other>();
  let left: readonly Other[] = recorded;
  for (const keyOf of STEPS) {
    const open = predicted.filter((one) => !partners.has(one));
    if (open.length === 0 || left.length === 0) break;
    left = matchBy(open, left, keyOf, partners);
  }
  const pairs = predicted.flatMap((one) => {
    const other = partners.get(one);
    return other === undefined ? [] : [{ predicted: one, recorded: other }];
  });
  return { pairs, missing: predicted.filter((one) => !partners.has(one)), extra: left };
}

/** Gives those that found no partner. */
function matchBy<Other extends Sent>(
  predicted: readonly PredictedMessage[],
  recorded: readonly Other[],
  keyOf: (one: Sent) => string | null,
  partners: Map<PredictedMessage, Other>,
): Other[] {
  const waiting = new Map<string, PredictedMessage[]>();
  for (const one of predicted) {
    const key = keyOf(one);
    if (key === null) continue;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [one]);
    else queue.push(one);
  }
  return recorded.filter((other) => {
    const key = keyOf(other);
    const one = key === null ? undefined : waiting.get(key)?.shift();
    if (one === undefined) return true;
    partners.set(one, other);
    return false;
  });
}

/** `INVITE`, or `200 INVITE` for an answer. */
function what({ message }: Sent): string {
  return message.isRequest ? message.method : `${message.status} ${message.cseqMethod}`;
}

/** A final response is one fate of its request, whatever its status; a 100 is like no other (RFC 3261 §8.2.6.1). */
function fate({ message }: Sent): string {
  if (message.isRequest) return message.method;
  const { status, cseqMethod } = message;
  return `${status >= 200 ? 'final' : status === 100 ? '100' : 'provisional'} ${cseqMethod}`;
}

/** The request that is answered, or for whose sake another is sent. */
function root({ cause }: Sent): string | null {
  if (cause === null) return null;
  return String((cause.request?.cause ?? cause).index);
}

const STEPS: readonly ((one: Sent) => string | null)[] = [
  (one) => `${what(one)} ${branchKey(one.message, one.flow.remote.ip)}`,
  (one) => one.cause && `${what(one)} ${one.flow.remote.ip} ${one.cause.index}`,
  (one) => one.cause && `${what(one)} ${one.flow.local.ip} ${root(one)}`,
  (one) => one.cause && `${fate(one)} ${one.flow.remote.ip} ${root(one)}`,
  (one) => one.cause && `${fate(one)} ${root(one)}`,
  // What the box, or the core, did of itself.
  (one) => `${what(one)} ${one.flow.remote.ip} ${one.message.callId}`,
  (one) => (one.message.isRequest ? `${what(one)} ${one.flow.remote.ip}` : null),
];
