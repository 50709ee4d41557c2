// Secrets that stand in a pcapng behind the packets they are for.
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CaptureSet } from '../../src/capture/capture-set.ts';
import type { DecryptionSecrets } from '../../src/capture/pcapng-annotation.ts';
import { TLS_KEY_LOG } from '../../src/capture/pcapng-block.ts';
import { KeyLogTail, SecretsAhead } from '../../src/capture/source-secrets.ts';
import { scratchFolder } from '../cli/program.ts';
import { BE, block, type Endian, enhanced, iface, LE, pad, section } from './build.ts';

const folder = scratchFolder();

test.each([
  ['little', LE],
  ['big', BE],
])('%s-endian, behind blocks of any length, in a later section too', (_, e) => {
  const octets = Buffer.concat([
    section(e),
    iface(e),
    ...[10, 300_000, 0, 65_000].map((length) => enhanced(Buffer.alloc(length), { e })),
    secrets('one', e),
    enhanced(Buffer.alloc(2_000_000), { e }),
    section(LE),
    secrets('two'.repeat(200_000), LE),
    section(BE),
    secrets('three', BE),
  ]);
  expect(
    ahead(octets)
      .look(28, e === LE)
      .map(textOf),
  ).toEqual(['one', 'two'.repeat(200_000), 'three']);
});

test('it looks on from where it was, and not past what is far', () => {
  const octets = Buffer.concat([
    section(),
    secrets('near'),
    ...Array.from({ length: 10 }, (_, index) => [
      enhanced(Buffer.alloc(12 << 20)),
      secrets(`${index}`),
    ]).flat(),
  ]);
  const source = ahead(octets);
  expect(source.look(28, true).map(textOf)).toEqual(['near', '0', '1', '2', '3', '4']);
  expect(source.look(28, true)).toEqual([]);
  expect(source.look(60 << 20, true).map(textOf)).toEqual(['5', '6', '7', '8', '9']);
  expect(source.look(70 << 20, true)).toEqual([]);
});

test('a file that grows, and one that is gone', () => {
  const octets = Buffer.concat([section(), secrets('one'), secrets('two')]);
  const path = join(folder, 'grows.pcapng');
  writeFileSync(path, octets.subarray(0, 60));
  const source = new SecretsAhead(path);
  expect(source.look(28, true).map(textOf)).toEqual(['one']);
  writeFileSync(path, octets);
  expect(source.look(28, true).map(textOf)).toEqual(['two']);
  truncateSync(path);
  expect(source.look(28, true)).toEqual([]);
  expect(new SecretsAhead(join(folder, 'none')).look(0, true)).toEqual([]);
});

test('whatever the octets are, it ends', () => {
  const valid = Buffer.concat([section(), iface(), enhanced(Buffer.alloc(40)), secrets('one')]);
  const path = join(folder, 'any.pcapng');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255))), fc.nat(80), (damage, from) => {
      const octets = Buffer.from(valid);
      for (const [at, octet] of damage) octets[at] = octet;
      writeFileSync(path, octets);
      expect(new SecretsAhead(path).look(from, true).length).toBeLessThan(10);
    }),
    { numRuns: 300 },
  );
});

test('a set of captures has each as soon as it is looked for, and none is lost', async () => {
  const paths = ['a', 'b'].map((name) => {
    const path = join(folder, `${name}.pcapng`);
    const first = enhanced(Buffer.alloc(20), { time: 1n });
    const second = enhanced(Buffer.alloc(20), { time: 2n });
    const blocks = [section(), iface(), first, secrets(`${name}1`), second, secrets(`${name}2`)];
    writeFileSync(path, Buffer.concat(blocks));
    return path;
  });
  const captures = new CaptureSet(paths, { onDiagnostic: () => {} });
  const seen: string[][] = [];
  await captures.each(() => {
    captures.lookAhead();
    seen.push(captures.secrets.map(textOf));
  });
  expect([...new Set(seen[0])].sort()).toEqual(['a1', 'a2', 'b1', 'b2']);

  const alone = new CaptureSet(paths, { onDiagnostic: () => {} });
  const grown: string[][] = [];
  await alone.each(() => grown.push(alone.secrets.map(textOf)));
  expect(alone.secrets.map(textOf).sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
  // What was met stays where it is in the list.
  for (const list of grown) expect(alone.secrets.map(textOf).slice(0, list.length)).toEqual(list);
});

test('a key log that grows is read on, from the line that was half written', () => {
  const path = join(folder, 'grows.txt');
  const line = `CLIENT_RANDOM ${'a'.repeat(64)} ${'b'.repeat(96)}\n`;
  writeFileSync(path, line.slice(0, 100));
  const tail = new KeyLogTail(path, 100);
  expect(tail.look()).toBeNull();
  writeFileSync(path, line + line.slice(0, 50));
  expect(textOf(tail.look()!)).toBe(line + line.slice(0, 50));
  expect(tail.look()).toBeNull();
  writeFileSync(path, line.repeat(20));
  const seen = textOf(tail.look()!);
  expect([seen.endsWith(line.repeat(18)), line.repeat(20).endsWith(seen)]).toEqual([true, true]);
  writeFileSync(path, '');
  expect(tail.look()).toBeNull();
  expect(new KeyLogTail(join(folder, 'none'), 0).look()).toBeNull();
});

function ahead(octets: Buffer): SecretsAhead {
  const path = join(folder, 'capture.pcapng');
  writeFileSync(path, octets);
  return new SecretsAhead(path);
}

function secrets(text: string, e: Endian = LE): Buffer {
  return block(10, Buffer.concat([e.u32(TLS_KEY_LOG, text.length), pad(Buffer.from(text))]), e);
}

function textOf({ data }: DecryptionSecrets): string {
  return data.toString();
}
