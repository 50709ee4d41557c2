// How much room the engine gives to what is young. bin/sipspect.cjs lets it grow in one step, which is enough for verbs that keep
// little of each message; a second step would take four times as much for no gain in time.
import { setFlagsFromString } from 'node:v8';
import { youngOctets } from './heap-level.ts';

/** Called now and then: once the first step is taken there is no other. */
export function boundYoungRoom(): void {
  if (bounded || youngOctets() < ONE_STEP) return;
  bounded = true;
  setFlagsFromString('--semi-space-growth-factor=1');
}

let bounded = false;
/** Octets; what it begins with is less. */
const ONE_STEP = 8 << 20;
