// Boxes and the messages between them → the boxes from left to right: the caller first, and most arrows between neighbours.
import type { Endpoint } from '../network/endpoint.ts';
import type { FlowMessage } from './flow.ts';

/**
 * Boxes in order of first appearance, then moved as long as a move makes the arrows shorter in sum and turns none of
 * them round.
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
  const arrows: [number, number][] = [];
  for (const message of messages) {
    // The path is read off requests: when a call is joined at a response, its sender is on the right.
    const [left, right] = message.status === 0 ? [message.src, message.dst] : [message.dst, message.src];
    arrows.push([indexOf(boxOf(left)), indexOf(boxOf(right))]);
  }
  if (boxes.length < 3 || boxes.length > MAX_ORDERED) return boxes;
  return shorten(boxes.length, arrows).map((at) => boxes[at]);
}

/** Moves one column at a time to where the sum of arrow lengths is least, while that makes it less. */
function shorten(count: number, arrows: readonly [number, number][]): number[] {
  const weight = new Float64Array(count * count);
  for (const [a, b] of arrows) {
    if (a === b) continue;
    weight[a * count + b]++;
    weight[b * count + a]++;
  }
  // Of two boxes that talk, the one that asked first stands left of the other: the path is read from left to right.
  const leftOf = new Uint8Array(count * count);
  for (const [a, b] of arrows) if (a < b) leftOf[a * count + b] = 1;
  const order = Array.from({ length: count }, (_, at) => at);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let best = 0;
    let bestFrom = 0;
    let bestTo = 0;
    // The caller stays where it is.
    for (let from = 1; from < count; from++) {
      for (const step of [-1, 1]) {
        let change = 0;
        for (let to = from + step; to >= 1 && to < count; to += step) {
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
