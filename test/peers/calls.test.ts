// Calls of SIPp to SIPp through the SBC, all kinds at the same time, in each mode and over each transport. SIPp insists on what
// its scenarios say, the audit judges what was recorded on both sides, and replay
// predicts every message of it.
import { expect } from 'vitest';
import { peerTest } from './programs.ts';
import { cross, type Play } from './scene.ts';

const PLAYS: readonly Play[] = [
  { name: 'voice', calls: 10 },
  { name: 'late', calls: 5 },
  { name: 'busy', calls: 5 },
  { name: 'cancel', calls: 5 },
  { name: 'prack', calls: 5 },
  { name: 'reinvite', calls: 5 },
  { name: 'im', calls: 5 },
  { name: 'mixed', calls: 5, alone: true },
  { name: 'private', calls: 5 },
];

for (const transport of ['udp', 'tcp', 'tls'] as const) {
  for (const mode of ['rewriting', 'passthrough', 'privacy'] as const) {
    peerTest(
      ['sipp', ...(transport === 'tls' ? ['openssl' as const] : [])],
      `calls of SIPp, ${mode}, over ${transport.toUpperCase()}`,
      async () => {
        expect(await cross({ mode, transport, plays: PLAYS })).toEqual({
          failed: [],
          bad: [],
          met: { 'im/mixed-offer-not-488': 5 },
          findings: [],
          unpaired: 5,
          replayed: { exact: 50, different: 0, surplus: 0 },
        });
      },
    );
  }
}
