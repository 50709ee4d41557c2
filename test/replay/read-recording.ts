// A capture and a policy → its recording, as the verb makes it.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Call } from '../../src/dialog/call.ts';
import type { LegPair } from '../../src/legs/pair.ts';
import { LegPairing } from '../../src/legs/pairing.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { type Recording, recordingOf } from '../../src/replay/recording.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export async function readRecording(captures: readonly string[], policy: Policy): Promise<Recording> {
  const calls: Call[] = [];
  const pairs: LegPair[] = [];
  const pairing = new LegPairing({ policy, onPair: (pair) => pairs.push(pair) });
  await readCaptures({
    inputs: captures.map((capture) => resolve(ROOT, capture)),
    keepMessages: true,
    onCall(call) {
      calls.push(call);
      pairing.call(call);
    },
  });
  pairing.end();
  return recordingOf(calls, pairs, policy);
}

export function readPolicy(file: string): Policy {
  const { policy, errors } = parsePolicy(readFileSync(resolve(ROOT, file)), file);
  if (policy === undefined) throw new Error(JSON.stringify(errors));
  return policy;
}
