// Generated messages → the pairs that are found in them.
import { Correlator } from '../../../src/dialog/correlator.ts';
import type { LegPair } from '../../../src/legs/pair.ts';
import { LegPairing, type LegPairingOptions } from '../../../src/legs/pairing.ts';
import type { Traffic } from './traffic.ts';

export function pairTraffic(
  { messages, media }: Traffic,
  options: Partial<LegPairingOptions> = {},
): { pairs: LegPair[]; unpaired: number } {
  const pairs: LegPair[] = [];
  let unpaired = 0;
  const pairing = new LegPairing({
    onPair: (pair) => pairs.push(pair),
    onUnpaired: () => unpaired++,
    joined: true,
    ...options,
  });
  const correlator = new Correlator({ keepMessages: true, onCall: (call) => pairing.call(call) });
  let heard = 0;
  for (const message of messages) {
    for (; heard < media.length && media[heard]!.seconds < message.seconds; heard++)
      pairing.rtp(media[heard]!);
    correlator.message(message);
  }
  correlator.end();
  pairing.end();
  return { pairs, unpaired };
}
