// Calls that a box made of one another → one flow, with the box in one column.
import type { CallGroup } from '../legs/call-groups.ts';
import type { LegPair } from '../legs/pair.ts';
import type { Aliases } from './alias.ts';
import type { Flow } from './flow.ts';
import { flowOf, flowOfCalls } from './from-call.ts';

export function flowOfGroup({ calls, pairs }: CallGroup): Flow {
  if (calls.length === 1) return flowOf(calls[0]!);
  const others = calls.slice(1).map(({ callId }) => {
    const pair = pairs.find(({ a, b }) => b.call.callId === callId && a.call.callId !== callId);
    return { callId, note: pair === undefined ? '' : `${pair.bucket}, across ${boxName(pair)}` };
  });
  // RFC 7092 §3: what ends one dialog and begins another is a back-to-back user agent.
  const boxes = pairs.filter(({ a, b }) => a.call !== b.call).flatMap(({ a, b }) => [a.to.text, b.from.text]);
  return flowOfCalls(calls, others, new Map(boxes.map((box) => [box, 'b2bua'])));
}

/** A box with an address on either side stands in one column; names that the user gave it stay. */
export function boxNames(aliases: Aliases, { pairs }: CallGroup): Aliases {
  const sides = pairs.filter(({ a, b }) => a.to.ip !== b.from.ip);
  if (sides.length === 0) return aliases;
  const names = aliases.copy();
  for (const pair of sides) {
    const addresses = [pair.a.to.ip, pair.b.from.ip];
    if (addresses.some((ip) => names.resolve(ip, 0) !== undefined)) continue;
    names.add({ name: boxName(pair), addresses });
  }
  return names;
}

/** `192.0.2.1 | 198.51.100.1`: the side that was called, and the side that calls on. */
function boxName({ a, b }: LegPair): string {
  return a.to.ip === b.from.ip ? a.to.ip : `${a.to.ip} | ${b.from.ip}`;
}
