// Start-up is part of speed: what one verb compiled, it finds again, whatever other verbs ran meanwhile.
import { expect, test } from 'vitest';
import { scratchFolder, sipspect } from './program.ts';

const env = { TMPDIR: scratchFolder(), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };

/** What Node says of the modules that it found in its cache. */
async function cached(...args: string[]): Promise<{ accepted: number; rejected: number }> {
  const { stdout, stderr } = await sipspect([...args, 'samples/plain-call/call.pcap'], { env });
  const said = (word: string) => `${stdout}\n${stderr}`.split(`was ${word}`).length - 1;
  return { accepted: said('accepted'), rejected: said('rejected') };
}

test('verbs that run one after the other compile once', async () => {
  const verbs = [['calls'], ['audit'], ['ladder'], ['stats', '--parallel']];
  for (const verb of verbs) expect((await cached(...verb)).rejected).toBe(0);
  for (const verb of verbs) {
    const { accepted, rejected } = await cached(...verb);
    expect(rejected).toBe(0);
    expect(accepted).toBeGreaterThan(20);
  }
});
