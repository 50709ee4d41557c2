// Pictures in files: the end of the name tells the format, a file is whole or not there, and what is left out is said.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datagram, pcap, request } from './captures.ts';
import { done, refused, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const CAPTURE = 'samples/failed-calls/failed-calls.pcapng';

test.concurrent.for([
  ['a.svg', '<svg xmlns='],
  ['a.html', '<!doctype html>'],
  ['a.HTM', '<!doctype html>'],
  ['a.mmd', 'sequenceDiagram\n'],
  ['a.puml', '@startuml\n'],
  ['a.json', '{"v":1,"index":1,'],
  ['a.txt', '1  call  rejected'],
])('%s begins with %s', async ([name, beginning]) => {
  const path = join(folder, name!);
  expect(await sipspect(['ladder', '-o', path, '--index', '1', CAPTURE])).toEqual(done(''));
  expect(readFileSync(path, 'utf8').slice(0, beginning!.length)).toBe(beginning);
});

test('--format goes before the end of the name; - is standard output', async () => {
  const path = join(folder, 'b.txt');
  expect(await sipspect(['ladder', '--format', 'mermaid', '-o', path, CAPTURE])).toEqual(done(''));
  const { stdout } = await sipspect(['ladder', '--format', 'mermaid', '-o', '-', CAPTURE]);
  expect(readFileSync(path, 'utf8')).toBe(stdout);
});

test('what is asked for wrongly is said, and leaves no file', async () => {
  const path = (name: string): string => join(folder, name);
  expect(await sipspect(['ladder', '-o', path('c.doc'), CAPTURE])).toEqual(
    refused(`sipspect: --output ${path('c.doc')}: its end names no format: give --format as well\n`),
  );
  expect(await sipspect(['stats', '-o', path('c.puml'), CAPTURE])).toEqual(
    refused(`sipspect: --output ${path('c.puml')}: its end names no format: give --format as well\n`),
  );
  expect(await sipspect(['ladder', '-o', path('c.svg'), '--index', '99', CAPTURE])).toEqual({
    stdout: '',
    stderr: 'sipspect: no call was chosen: see `sipspect calls` for what there is\n',
    status: 0,
  });
  expect(await sipspect(['ladder', '-o', path('none/c.svg'), CAPTURE])).toEqual(
    refused(`sipspect: ${path('none/c.svg')}: ENOENT: no such file or directory\n`),
  );
  expect(existsSync(path('c.svg'))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a picture of very many calls says how many it leaves out', async () => {
  const capture = join(folder, 'many.pcap');
  const calls = Array.from({ length: 503 }, (_, index) =>
    datagram(Buffer.from(request('OPTIONS').toString().replace('Call-ID: ', `Call-ID: ${index}-`))),
  );
  writeFileSync(capture, pcap(calls));
  const path = join(folder, 'many.html');
  expect(await sipspect(['ladder', '-o', path, capture])).toEqual(done(''));
  const html = readFileSync(path, 'utf8');
  expect(html.match(/<section /g)?.length).toBe(500);
  expect(html).toContain('<p>3 more ladders are not drawn</p>');
});
