// Any prefix of a capture, cut at any octet, gives a prefix of its messages. What a prefix still waits for (the rest of a
// datagram or of a stream) is shown as far as it goes at the end: so a last message may be the beginning of a whole one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readCaptures } from '../../src/pipeline.ts';
import { whetherShared } from '../capture/shared.ts';
import { comparedCaptures } from './captures.ts';
import { SeededRandom } from './seeded-random.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipspect-prefix-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(`prefixes of every capture, cut at random octets${whetherShared}`, async () => {
  const random = new SeededRandom(20261121);
  const wrong: object[] = [];
  for (const { name, path } of comparedCaptures()) {
    const file = readFileSync(path);
    const octets = file.readUInt16BE(0) === 0x1f8b ? gunzipSync(file) : file;
    const whole = await readMessages(octets);
    const all = [...whole.read, ...whole.atEnd];
    const cuts = octets.length > LARGE ? 1 : all.length === 0 ? 2 : 6;
    for (let cut = 0; cut < cuts; cut++) {
      const length = random.below(octets.length);
      const { read, atEnd } = await readMessages(octets.subarray(0, length));
      const at = read.findIndex((message, index) => message !== all[index]);
      if (at >= 0) wrong.push({ name, length, at, found: read[at], whole: all[at] });
      for (const message of atEnd) {
        if (!all.slice(read.length).some((one) => isBeginning(message, one)))
          wrong.push({ name, length, message });
      }
    }
  }
  expect(wrong).toEqual([]);
});

interface Messages {
  /** Those that came while the capture was read. */
  readonly read: readonly string[];
  /** Those that came because it was at its end. */
  readonly atEnd: readonly string[];
}

async function readMessages(octets: Buffer): Promise<Messages> {
  const path = join(folder, 'capture');
  writeFileSync(path, octets);
  const messages: string[] = [];
  let read = 0;
  await readCaptures({
    inputs: [path],
    onMessage: (message) =>
      messages.push(`${message.src.text} ${message.bytes().toString('latin1')}\n${message.frame}`),
    onBlock() {
      read = messages.length;
    },
  });
  return { read: messages.slice(0, read), atEnd: messages.slice(read) };
}

function isBeginning(message: string, whole: string): boolean {
  const [octets, frame] = [
    message.slice(0, message.lastIndexOf('\n')),
    message.slice(message.lastIndexOf('\n')),
  ];
  return whole.endsWith(frame) && whole.startsWith(octets);
}

const LARGE = 1_000_000;
