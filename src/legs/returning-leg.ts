// A request may come back to the box it came from: a spiral (RFC 3261 §16.3), or a caller who is its own callee. The two
// hops are between the same boxes, and are two legs all the same.
import type { CallEvent } from '../dialog/call.ts';

/** The messages between two boxes → those of one leg, or of two where a request went there and back. */
export function splitReturning(events: readonly CallEvent[]): readonly (readonly CallEvent[])[] {
  const here = new Set(events.map(({ transaction }) => transaction));
  if (!events.some((event) => isReturn(event, here))) return [events];
  const first = events.find(({ message }) => message.isRequest);
  // Responses alone do not say who began.
  if (first === undefined) return [events];
  const back = new Map<number, boolean>();
  const out: CallEvent[] = [];
  const returned: CallEvent[] = [];
  for (const event of events) {
    const { transaction, upstream, message } = event;
    let isBack = back.get(transaction);
    if (isBack === undefined) {
      // What the callee begins comes over the second leg, and goes on over the first.
      const before = isReturn(event, here) ? back.get(upstream) : undefined;
      isBack = before === undefined ? message.fromTag !== first.message.fromTag : !before;
      back.set(transaction, isBack);
    }
    (isBack ? returned : out).push(event);
  }
  return [out, returned].filter((part) => part.length > 0);
}

function isReturn({ transaction, upstream }: CallEvent, here: ReadonlySet<number>): boolean {
  return transaction >= 0 && upstream >= 0 && here.has(upstream);
}
