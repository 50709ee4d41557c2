// Start-up is part of speed: what one verb compiled, it finds again, whatever other verbs ran meanwhile.
import { expect, test } from 'vitest';
import { scratchFolder, sipspect } from './program.ts';

const env = { TMPDIR: scratchFolder(), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };

/** What Node says of its cache: how many modules it found there, did not, and found of no use. */
async function cached(...args: string[]): Promise<{ accepted: number; compiled: number; rejected: number }> {
  const { stdout, stderr } = await sipspect([...args, 'samples/plain-call/call.pcap'], { env });
  const said = (word: string) => `${stdout}\n${stderr}`.split(`was ${word}`).length - 1;
  return { accepted: said('accepted'), compiled: said('not initialized'), rejected: said('rejected') };
}

test('verbs that run one after the other compile once', async () => {
  const verbs = [['calls'], ['audit'], ['ladder'], ['stats', '--parallel']];
  const loaded: number[] = [];
  for (const verb of verbs) {
    const { accepted, compiled, rejected } = await cached(...verb);
    expect({ verb, rejected }).toEqual({ verb, rejected: 0 });
    // Each of these has modules that those before it do not have.
    expect(compiled).toBeGreaterThan(0);
    loaded.push(accepted + compiled);
  }
  for (const [i, verb] of verbs.entries())
    expect({ verb, ...(await cached(...verb)) }).toEqual({
      verb,
      accepted: loaded[i],
      compiled: 0,
      rejected: 0,
    });
});
