// A request that repeats one of another call: a client that gives every request the same branch (RFC 3261 §8.1.1.7 forbids it)
// makes calls that are nothing but repetitions, and they are legs all the same.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datagram, pcap, request } from '../cli/captures.ts';
import { scratchFolder, sipspect } from '../cli/program.ts';

const folder = scratchFolder();

test.for(['OPTIONS', 'INVITE', 'MESSAGE', 'REGISTER'])('%s with one branch in two calls', async (method) => {
  const path = join(folder, `${method}.pcap`);
  const packets = [1, 2].map((call) =>
    datagram(Buffer.from(request(method).toString().replace('Call-ID: ', `Call-ID: ${call}-`))),
  );
  writeFileSync(path, pcap(packets));
  const run = await sipspect(['legs', '--json', '--unpaired', path]);
  expect({ stderr: run.stderr, status: run.status }).toEqual({ stderr: '', status: 0 });
  const ladders = await sipspect(['ladder', '--json', path]);
  expect({ stderr: ladders.stderr, status: ladders.status }).toEqual({ stderr: '', status: 0 });
  const callIds = ladders.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).callId);
  expect(callIds).toEqual(['1-call-1@10.0.0.1', '2-call-1@10.0.0.1']);
});
