// Calls of SIPp to SIPp through the SBC, in each mode.
import { expect } from 'vitest';
import { peerTest } from './programs.ts';
import { cross } from './scene.ts';
import { WELL } from './sipp.ts';

const CALLS = 20;

for (const mode of ['rewriting', 'passthrough', 'privacy'] as const) {
  peerTest(['sipp'], `${CALLS} calls, ${mode}, over UDP`, async () => {
    const { caller, callee, sbc } = await cross({ mode, caller: 'caller', callee: 'callee', calls: CALLS });
    expect({ caller, callee, bad: sbc.bad }).toEqual({ caller: WELL, callee: WELL, bad: [] });
  });
}
