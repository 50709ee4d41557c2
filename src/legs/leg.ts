// A call over all its hops → its legs: one for each pair of boxes that it passed between. Where a box kept the Call-ID, both
// its sides are legs of one call; where it wrote another (RFC 7092 §3), each side is a leg of a call of its own.
import type { Call, CallEvent } from '../dialog/call.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { METHOD } from '../sip/method.ts';
import { boxesOf } from './call-boxes.ts';
import { splitReturning } from './returning-leg.ts';

/** The messages of one call at one hop: between two boxes, in capture order. */
export interface Leg {
  readonly call: Call;
  /** Index among the legs of its call, in order of first message. */
  readonly index: number;
  /** Who sent its first request, and who received it; of a leg without requests, whom the first response says so of. */
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly events: readonly CallEvent[];
  /** Its first request outside a dialog (the one that creates it, or stands alone); undefined where that was not captured. */
  readonly initial: CallEvent | undefined;
}

/** The call must have been kept with its messages, and be over. Asked again, it gives the same legs. */
export function legsOf(call: Call & { [LEGS]?: readonly Leg[] }): readonly Leg[] {
  call[LEGS] ??= cutLegs(call);
  return call[LEGS];
}

function cutLegs(call: Call): readonly Leg[] {
  const events = call.events ?? [];
  // Most calls are seen at one hop.
  if (call.endpoints.length === 2 && events.length > 0) return legsOver(call, splitReturning(events));
  const boxOf = boxesOf(call);
  const hops = new Map<string, CallEvent[]>();
  for (const event of events) {
    const [one, other] = [boxOf(event.message.src), boxOf(event.message.dst)];
    const hop = one < other ? `${one} ${other}` : `${other} ${one}`;
    const sofar = hops.get(hop);
    if (sofar === undefined) hops.set(hop, [event]);
    else sofar.push(event);
  }
  return legsOver(call, [...hops.values()].flatMap(splitReturning));
}

function legsOver(call: Call, cut: readonly (readonly CallEvent[])[]): readonly Leg[] {
  if (cut.length === 1) return [legOf(call, 0, cut[0])];
  const events = call.events ?? [];
  const order = new Map(events.map((event, index) => [event, index]));
  return [...cut]
    .sort((a, b) => order.get(a[0])! - order.get(b[0])!)
    .map((own, index) => legOf(call, index, own));
}

function legOf(call: Call, index: number, events: readonly CallEvent[]): Leg {
  const initial = events.find(({ message }) => begins(message));
  const first = (initial ?? events.find(({ message }) => message.isRequest) ?? events[0]).message;
  const [from, to] = first.isRequest ? [first.src, first.dst] : [first.dst, first.src];
  return { call, index, from, to, events, initial };
}

/** RFC 3261 §12.2: a request with a To tag is inside a dialog; CANCEL and ACK belong to another request. */
function begins({ isRequest, toTagStart, methodId }: CallEvent['message']): boolean {
  return isRequest && toTagStart < 0 && methodId !== METHOD.CANCEL && methodId !== METHOD.ACK;
}

/** Kept with the call: a WeakMap of as many calls as a capture has is what a garbage collector is slowest at. */
const LEGS = Symbol('legs');
