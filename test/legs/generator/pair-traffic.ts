// Generated messages → the pairs that are found in them.
import { Correlator } from '../../../src/dialog/correlator.ts';
import type { LegPair } from '../../../src/legs/pair.ts';
import { LegPairing, type LegPairingOptions } from '../../../src/legs/pairing.ts';
import { legKey, type Traffic } from './traffic.ts';

export function pairTraffic(
  { messages }: Traffic,
  options: Partial<LegPairingOptions> = {},
): { pairs: LegPair[]; unpaired: number } {
  const pairs: LegPair[] = [];
  let unpaired = 0;
  const pairing = new LegPairing({
    onPair: (pair) => pairs.push(pair),
    onUnpaired: () => unpaired++,
    ...options,
  });
  const correlator = new Correlator({ keepMessages: true, onCall: (call) => pairing.call(call) });
  for (const message of messages) correlator.message(message);
  correlator.end();
  pairing.end();
  return { pairs, unpaired };
}

export function trafficKey({ a, b }: LegPair): string {
  return `${legKey(a)} ${legKey(b)}`;
}
