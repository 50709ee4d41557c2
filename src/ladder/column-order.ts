// Boxes and the messages between them → the boxes from left to right: the caller first, and most arrows between neighbours.
import type { Endpoint } from '../network/endpoint.ts';
import type { FlowMessage } from './flow.ts';

/**
 * Of two boxes that talk, the one that asks first stands left of the other; else in order of first appearance; then
 * moved as long as a move makes the arrows shorter in sum and turns none of these pairs round.
 */
export function orderColumns<Box>(
  messages: readonly FlowMessage[],
  boxOf: (endpoint: Endpoint) => Box,
): Box[] {
  const boxes: Box[] = [];
  const index = new Map<Box, number>();
  const indexOf = (box: Box): number => {
    let at = index.get(box);
    if (at === undefined) {
      at = boxes.length;
      boxes.push(box);
      index.set(box, at);
    }
    return at;
  };
  const hops: Hop[] = [];
  for (const message of messages) {
    // The path is read off requests: a response came back over it.
    const [left, right] = message.status === 0 ? [message.src, message.dst] : [message.dst, message.src];
    // Those of the method it began with: a BYE may come from either end.
    const path = message.cseqMethod === messages[0].cseqMethod;
    hops.push({ left: indexOf(boxOf(left)), right: indexOf(boxOf(right)), path });
  }
  if (boxes.length > MAX_ORDERED) return boxes;
  const leftOf = pathOf(boxes.length, hops);
  return shorten(alongPath(boxes.length, leftOf), hops, leftOf).map((at) => boxes[at]);
}

interface Hop {
  readonly left: number;
  readonly right: number;
  readonly path: boolean;
}

/** `leftOf[a * count + b]` is 1 where the first request of the path between them goes from `a` to `b`. */
function pathOf(count: number, hops: readonly Hop[]): Uint8Array {
  const leftOf = new Uint8Array(count * count);
  for (const { left, right, path } of hops) {
    if (path && left !== right && leftOf[right * count + left] === 0) leftOf[left * count + right] = 1;
  }
  return leftOf;
}

/** Each column as soon as all that stand left of it are there; where a path turns back on itself, the first seen. */
function alongPath(count: number, leftOf: Uint8Array): number[] {
  const order: number[] = [];
  const left = Array.from({ length: count }, (_, at) => at);
  while (left.length > 0) {
    const free = left.findIndex((at) => left.every((other) => leftOf[other * count + at] === 0));
    order.push(...left.splice(Math.max(free, 0), 1));
  }
  return order;
}

/** Moves one column at a time to where the sum of arrow lengths is least, while that makes it less. */
function shorten(order: number[], hops: readonly Hop[], leftOf: Uint8Array): number[] {
  const count = order.length;
  const weight = new Float64Array(count * count);
  for (const { left, right } of hops) {
    if (left === right) continue;
    weight[left * count + right]++;
    weight[right * count + left]++;
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let best = 0;
    let bestFrom = 0;
    let bestTo = 0;
    for (let from = 0; from < count; from++) {
      for (const step of [-1, 1]) {
        let change = 0;
        for (let to = from + step; to >= 0 && to < count; to += step) {
          const mover = order[from];
          const passed = order[to];
          if (leftOf[step > 0 ? mover * count + passed : passed * count + mover] === 1) break;
          change += swapChange(order, weight, count, from, to, step);
          if (change < best) {
            best = change;
            bestFrom = from;
            bestTo = to;
          }
        }
      }
    }
    if (best === 0) break;
    order.splice(bestTo, 0, ...order.splice(bestFrom, 1));
  }
  return order;
}

/**
 * What the sum of lengths changes when the column from `from`, already moved next to `to`, changes places with the one
 * at `to`: arrows to what lies behind get longer by one, arrows to what lies ahead shorter, and the other way round for
 * the column it passes.
 */
function swapChange(
  order: readonly number[],
  weight: Float64Array,
  count: number,
  from: number,
  to: number,
  step: number,
): number {
  const mover = order[from] * count;
  const passed = order[to] * count;
  let change = 0;
  for (let at = 0; at < count; at++) {
    if (at === from || at === to) continue;
    const ahead = step > 0 ? at > to : at < to;
    const pull = weight[mover + order[at]] - weight[passed + order[at]];
    change += ahead ? -pull : pull;
  }
  return change;
}

/** Beyond this, the work of moving columns is not worth it: nobody sees so many at once. */
const MAX_ORDERED = 100;
const MAX_ROUNDS = 200;
