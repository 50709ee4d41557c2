// Files, folders and patterns → captures.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { findCaptures } from '../../src/audit/captures.ts';
import { flowCapture } from './flow-capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipspect-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const capture = flowCapture('call');
mkdirSync(join(folder, 'day/night'), { recursive: true });
for (const [name, octets] of [
  ['b.pcap', capture],
  ['a.bin', capture],
  ['notes.txt', Buffer.from('no capture')],
  ['empty.pcap', Buffer.alloc(0)],
  ['day/c.gz', gzipSync(capture)],
  ['day/text.gz', gzipSync('no capture')],
  ['day/night/d.pcap', capture],
  ['day/.hidden.pcap', capture],
] as const)
  writeFileSync(join(folder, name), octets);
symlinkSync(folder, join(folder, 'day/loop'));

async function found(...names: string[]): Promise<string[]> {
  const paths = await findCaptures(names.map((name) => (name === '-' ? name : join(folder, name))));
  return paths.map((path) => (path === '-' ? path : relative(folder, path)));
}

test('a folder gives the captures under it, known by their content', async () => {
  expect(await found('.')).toEqual(['a.bin', 'b.pcap', 'day/.hidden.pcap', 'day/c.gz', 'day/night/d.pcap']);
});

test('a file is taken as it is, standard input too, and each once', async () => {
  expect(await found('notes.txt', '-', 'b.pcap', 'no/such', 'b.pcap')).toEqual([
    'notes.txt',
    '-',
    'b.pcap',
    'no/such',
  ]);
});

test('patterns give what they match, folders included', async () => {
  expect(await found('*.pcap')).toEqual(['b.pcap', 'empty.pcap']);
  expect(await found('**/*.pcap')).toEqual(['b.pcap', 'day/night/d.pcap', 'empty.pcap']);
  expect(await found('da?')).toEqual(['day/.hidden.pcap', 'day/c.gz', 'day/night/d.pcap']);
  expect(await found('day/*/d.pcap')).toEqual(['day/night/d.pcap']);
  expect(await found('*.nothing')).toEqual(['*.nothing']);
});
