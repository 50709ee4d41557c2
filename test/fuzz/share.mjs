// What `anonymize` and `diff` make of a capture. Returns what is wrong as text; undefined when nothing is.
import { readFileSync, writeFileSync } from 'node:fs';
import { anonymizeCaptures } from '../../src/anonymize/anonymize-captures.ts';
import { CaptureSet } from '../../src/capture/capture-set.ts';
import { CaptureDifference } from '../../src/diff/capture-difference.ts';
import { readCaptures } from '../../src/pipeline.ts';

/** Every packet is there, as long as it was and when it was, and came to what it came to. */
export async function lostUnnamed(path, ledger, random) {
  const pieces = [];
  const before = readFileSync(path);
  const done = await anonymizeCaptures({
    ...{ inputs: [path], key: Buffer.alloc(32, random.below(256)), format: 'pcapng' },
    write: async (piece) => void pieces.push(Buffer.from(piece)),
    onDiagnostic() {},
  });
  if (!before.equals(readFileSync(path))) return 'the capture itself was written to';
  writeFileSync(`${path}-unnamed`, Buffer.concat(pieces));
  if (done.ledger.counts.some((count, index) => count !== ledger.counts[index]))
    return `outcomes with pseudonyms are others: ${ledger.occurred()} and ${done.ledger.occurred()}`;
  const [ours, theirs] = [await packetsOf(path), await packetsOf(`${path}-unnamed`)];
  return ours === theirs ? undefined : 'packets have other times or lengths with pseudonyms';
}

/** Nothing differs from itself. */
export async function differingFromItself(path) {
  const wrong = [];
  const difference = new CaptureDifference({
    ...{ by: 'auto', all: true, ignored: new Set() },
    onPair: ({ same, messages }) => {
      if (messages.some(({ kind }) => kind !== 'same')) wrong.push(JSON.stringify({ same, messages }));
    },
    onAlone: ({ call }) => wrong.push(JSON.stringify(call)),
  });
  for (const side of ['before', 'after']) {
    await readCaptures({
      inputs: [path],
      keepMessages: difference[side].keeps,
      onMessage: (message, info) => difference[side].message(message, info),
      onCall: (call) => difference.call(call, side),
    });
  }
  difference.end();
  return wrong.length === 0 ? undefined : `it differs from itself: ${wrong[0].slice(0, 2000)}`;
}

async function packetsOf(path) {
  const packets = [];
  await new CaptureSet([path], { onDiagnostic() {} }).each((packet) => {
    const { seconds, nanoseconds, start, end, originalLength } = packet;
    // Beyond, 64 bits do not hold them as nanoseconds: damaged ones become the latest that there can be.
    const time = seconds < 18_446_744_073 ? `${seconds}.${nanoseconds}` : 'late';
    packets.push(`${time} ${end - start}/${originalLength}`);
  });
  return packets.join();
}
