// Captures of the wild: all can be read, with as many packets as the index says; written again they are the same octets.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { CaptureSet } from '../../src/capture/capture-set.ts';
import { copyPackets } from '../../src/capture/copy-packets.ts';
import { readAll } from './read.ts';
import { hasSharedCaptures, type SharedCapture, sharedCaptures, whetherShared } from './shared.ts';

test.skipIf(!hasSharedCaptures)(
  `every capture is read without a diagnostic, with as many packets as the index says${whetherShared}`,
  async () => {
    const captures = sharedCaptures();
    expect(captures.length).toBeGreaterThan(170);
    const read: object[] = [];
    for (const { name, path, packets } of captures) {
      const diagnostics: string[] = [];
      const set = new CaptureSet([path], { onDiagnostic: ({ code }) => diagnostics.push(code) });
      let count = 0;
      await set.each(() => count++);
      read.push({ name, packets: packets === undefined ? undefined : count, diagnostics });
    }
    expect(read).toEqual(captures.map(({ name, packets }) => ({ name, packets, diagnostics: [] })));
  },
);

test.skipIf(!hasSharedCaptures)(
  `every capture written again in its own format is the same, section lengths aside${whetherShared}`,
  async () => {
    const different: string[] = [];
    for (const { name, path } of sharedCaptures()) {
      const octets = content({ path });
      const { reader } = readAll(octets);
      const written: Buffer[] = [];
      const format = reader.format === 'pcap' ? 'pcap' : 'pcapng';
      await copyPackets({
        inputs: [path],
        frames: null,
        format,
        write: (piece) => void written.push(Buffer.from(piece)),
      });
      if (!Buffer.concat(written).equals(withoutSectionLengths(octets))) different.push(name);
    }
    expect(different).toEqual([]);
  },
);

test.skipIf(!hasSharedCaptures)(`every capture as pcapng has the same packets${whetherShared}`, async () => {
  const different: string[] = [];
  for (const { name, path } of sharedCaptures()) {
    const written: Buffer[] = [];
    // Twice the same input: it is not copied block by block then.
    await copyPackets({
      inputs: [path, path],
      frames: null,
      format: 'pcapng',
      write: (piece) => void written.push(Buffer.from(piece)),
    });
    const again = readAll(Buffer.concat(written));
    const once = readAll(content({ path }));
    const key = ({ data, originalLength, linkType }: (typeof once.packets)[0]) =>
      `${data} ${originalLength} ${linkType}`;
    const expected = once.packets.flatMap((packet) => [key(packet), key(packet)]).sort();
    if (again.codes.length > 0) different.push(`${name}: ${again.codes}`);
    else if (again.packets.map(key).sort().join() !== expected.join()) different.push(name);
  }
  expect(different).toEqual([]);
});

function content({ path }: Pick<SharedCapture, 'path'>): Buffer {
  const octets = readFileSync(path);
  return octets.readUInt16BE(0) === 0x1f8b ? gunzipSync(octets) : octets;
}

/** What a copy leaves out: lengths of sections, and blocks that are not to be copied. */
function withoutSectionLengths(octets: Buffer): Buffer {
  if (octets.readUInt32BE(0) !== 0x0a0d0d0a) return octets;
  const blocks: Buffer[] = [];
  let isLittle = true;
  for (let at = 0; at < octets.length; ) {
    const isSection = octets.readUInt32BE(at) === 0x0a0d0d0a;
    if (isSection) isLittle = octets.readUInt32LE(at + 8) === 0x1a2b3c4d;
    const total = isLittle ? octets.readUInt32LE(at + 4) : octets.readUInt32BE(at + 4);
    const block = Buffer.from(octets.subarray(at, at + total));
    if (isSection) block.fill(0xff, 16, 24);
    const type = isLittle ? block.readUInt32LE(0) : block.readUInt32BE(0);
    if (type !== 0x40000bad) blocks.push(block);
    at += total;
  }
  return Buffer.concat(blocks);
}
