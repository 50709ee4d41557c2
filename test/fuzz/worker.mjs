// Runs cases one after the other; fuzz.mjs watches from outside, for a case may hang.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { examine } from './examine.mjs';
import { makeCase, readSeeds } from './mutate.mjs';
import { CaseRandom } from './random.mjs';

const { seed, first, folder } = workerData;
const seeds = readSeeds();
for (let number = first; ; number++) {
  const random = new CaseRandom(seed, number);
  const octets = makeCase(random, seeds);
  // The one before may still be looked at.
  const path = join(folder, `case-${number % 8}`);
  writeFileSync(path, octets);
  parentPort.postMessage({ number });
  const start = performance.now();
  let wrong;
  let counts = { packets: 0, messages: 0 };
  try {
    const result = await examine(path, random);
    if (typeof result === 'string') wrong = result;
    else counts = result;
  } catch (error) {
    wrong = error.stack ?? String(error);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  parentPort.postMessage({
    ...{ number, octets: octets.length, wrong, ...counts },
    ...{ milliseconds: performance.now() - start, memory: heapUsed + arrayBuffers },
  });
}
