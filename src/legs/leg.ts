// A call over all its hops → its legs: one for each pair of boxes that it passed between. Where a box kept the Call-ID, both
// its sides are legs of one call; where it wrote another (RFC 7092 §3), each side is a leg of a call of its own.
import type { Call, CallEvent } from '../dialog/call.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { METHOD } from '../sip/method.ts';
import { boxesOf } from './call-boxes.ts';
import { standsForJoined } from './joined-leg.ts';
import { splitReturning } from './returning-leg.ts';

/** The messages of one call at one hop: between two boxes, in capture order. */
export interface Leg {
  readonly call: Call;
  /** Index among the legs of its call, in order of first message. */
  readonly index: number;
  /**
   * Who sent its first request, and who received it; of a leg whose beginning was not captured the BYE tells, and of one without
   * requests the first response.
   */
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly events: readonly CallEvent[];
  /** How many they are. */
  readonly size: number;
  /** Its first request outside a dialog (the one that creates it, or stands alone); undefined where that was not captured. */
  readonly initial: CallEvent | undefined;
}

/** The call must have been kept with its messages, and be over. Asked again, it gives the same legs. */
export function legsOf(call: CutCall): readonly Leg[] {
  call[LEGS] ??= hopsOf(call).map((events, index) => new CallLeg(call, index, events));
  return call[LEGS];
}

/** The messages of a call are not needed for now: they, and the legs they are cut into, are made anew when asked for. */
export function letGoOfEvents(call: CutCall): void {
  call[HOPS] = undefined;
  call.letGoOfEvents?.();
}

/** Holds its call, not the messages: those the call may let go. */
class CallLeg implements Leg {
  readonly call: CutCall;
  readonly index: number;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly size: number;
  private readonly first: number;

  constructor(call: CutCall, index: number, events: readonly CallEvent[]) {
    this.call = call;
    this.index = index;
    this.size = events.length;
    this.first = events.findIndex(({ message }) => begins(message));
    const { message } =
      events[this.first] ??
      standsForJoined(events) ??
      events.find(({ message: { isRequest } }) => isRequest) ??
      events[0];
    [this.from, this.to] = message.isRequest ? [message.src, message.dst] : [message.dst, message.src];
  }

  get events(): readonly CallEvent[] {
    return hopsOf(this.call)[this.index];
  }

  get initial(): CallEvent | undefined {
    return this.first < 0 ? undefined : this.events[this.first];
  }
}

/** The messages of each leg. */
function hopsOf(call: CutCall): readonly (readonly CallEvent[])[] {
  call[HOPS] ??= cutIntoHops(call);
  return call[HOPS];
}

function cutIntoHops(call: Call): readonly (readonly CallEvent[])[] {
  const events = call.events ?? [];
  // Most calls are seen at one hop.
  if (call.endpoints.length === 2 && events.length > 0) return inOrder(events, splitReturning(events));
  const boxOf = boxesOf(call);
  const hops = new Map<string, CallEvent[]>();
  for (const event of events) {
    const [one, other] = [boxOf(event.message.src), boxOf(event.message.dst)];
    const hop = one < other ? `${one} ${other}` : `${other} ${one}`;
    const sofar = hops.get(hop);
    if (sofar === undefined) hops.set(hop, [event]);
    else sofar.push(event);
  }
  return inOrder(events, [...hops.values()].flatMap(splitReturning));
}

function inOrder(
  events: readonly CallEvent[],
  cut: readonly (readonly CallEvent[])[],
): readonly (readonly CallEvent[])[] {
  if (cut.length === 1) return cut;
  const order = new Map(events.map((event, index) => [event, index]));
  return [...cut].sort((a, b) => order.get(a[0])! - order.get(b[0])!);
}

/** RFC 3261 §12.2: a request with a To tag is inside a dialog; CANCEL and ACK belong to another request. */
function begins({ isRequest, toTagStart, methodId }: CallEvent['message']): boolean {
  return isRequest && toTagStart < 0 && methodId !== METHOD.CANCEL && methodId !== METHOD.ACK;
}

/** Kept with the call: a WeakMap of as many calls as a capture has is what a garbage collector is slowest at. */
const LEGS = Symbol('legs');
const HOPS = Symbol('hops');

type CutCall = Call & {
  [LEGS]?: readonly Leg[];
  [HOPS]?: readonly (readonly CallEvent[])[] | undefined;
};
