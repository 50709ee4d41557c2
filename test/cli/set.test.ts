// Several captures as one set, compressed captures, and standard input, also while it grows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { done, ended, ROOT, sipspect, start } from './program.ts';

const A = 'samples/failed-calls/failed-calls.pcapng';
const B = 'samples/messages/messages.pcap';
const C = 'samples/proxied-call/tcp.pcap.gz';

test.concurrent.for(['calls', 'ladder', 'messages', 'packets'])(
  '%s gives the same for the inputs in any order',
  async (verb) => {
    const orders = [
      [A, B, C],
      [C, A, B],
      [B, C, A],
    ];
    const [first, ...others] = await Promise.all(orders.map((order) => sipspect([verb, ...order])));
    expect(first!.stdout.length).toBeGreaterThan(500);
    expect(first).toEqual(done(first!.stdout));
    for (const other of others) expect(other).toEqual(first);
  },
);

test('compressed, plain, and from standard input, a capture gives the same', async () => {
  const compressed = readFileSync(join(ROOT, C));
  const [file, plain, again] = await Promise.all([
    sipspect(['messages', '--json', C]),
    sipspect(['messages', '--json', '-'], { stdin: gunzipSync(compressed) }),
    sipspect(['messages', '--json', '-'], { stdin: gzipSync(readFileSync(join(ROOT, B))) }),
  ]);
  expect(plain).toEqual(file);
  expect(again).toEqual(await sipspect(['messages', '--json', B]));
});

test('a file and standard input are one set', async () => {
  const [files, mixed] = await Promise.all([
    sipspect(['messages', A, B]),
    sipspect(['messages', A, '-'], { stdin: readFileSync(join(ROOT, B)) }),
  ]);
  expect(mixed).toEqual(files);
});

test.concurrent.for(['messages', 'packets'])(
  '%s gives the lines of what it has while standard input grows',
  async (verb) => {
    const octets = readFileSync(join(ROOT, B));
    const whole = (await sipspect([verb, '-'], { stdin: octets })).stdout;
    const child = start([verb, '-']);
    const seen: string[] = [];
    const half = new Promise<void>((resolve) => {
      child.stdout!.on('data', (chunk) => {
        seen.push(String(chunk));
        // 11783 octets hold 27 packets: 6000 hold 10 at least.
        if (seen.join('').split('\n').length > 10) resolve();
      });
    });
    child.stdin!.write(octets.subarray(0, 6000));
    await half;
    const first = seen.join('');
    expect(whole.startsWith(first)).toBe(true);
    expect(first.length).toBeLessThan(whole.length);
    child.stdin!.end(octets.subarray(6000));
    const { status, stderr } = await ended(child);
    expect({ stdout: seen.join(''), stderr, status }).toEqual(done(whole));
  },
);

test('an interrupt ends the reading of standard input, and what was read is shown', async () => {
  const octets = readFileSync(join(ROOT, B));
  const child = start(['messages', '-']);
  const half = new Promise((resolve) => child.stdout!.once('data', resolve));
  const table = ended(child);
  child.stdin!.write(octets.subarray(0, 6000));
  await half;
  child.kill('SIGINT');
  child.stdin!.end();
  const { stdout, stderr, status } = await table;
  expect({ signal: child.signalCode, status }).toEqual({ signal: null, status: 0 });
  expect(stderr).toMatch(/^(|sipspect: warning: -: the record at byte \d+ is cut short .*\n)$/);
  expect((await sipspect(['messages', B])).stdout.startsWith(stdout)).toBe(true);
});

test.concurrent.for([['messages'], ['packets', '--json'], ['show'], ['show', '--raw']])(
  '%s ends quietly when its reader goes, though its input goes on',
  async (verb) => {
    const child = start([...verb, '-']);
    child.stdout!.once('data', () => child.stdout!.destroy());
    feed(child.stdin!);
    let stderr = '';
    child.stderr!.on('data', (chunk) => {
      stderr += chunk;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  },
);

test.concurrent.for(['calls', 'ladder', 'messages', 'packets', 'show', 'stats'])(
  '%s ends quietly when its reader has gone before it says anything',
  async (verb) => {
    const child = start([verb, A, B]);
    child.stdout!.destroy();
    let stderr = '';
    child.stderr!.on('data', (chunk) => {
      stderr += chunk;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  },
);

/** The capture, and its packets again and again, until nobody reads them. */
function feed(stdin: Writable): void {
  const octets = readFileSync(join(ROOT, B));
  let isOpen = true;
  stdin.on('error', () => {
    isOpen = false;
  });
  const more = (): void => {
    while (isOpen && stdin.write(octets.subarray(24)));
  };
  stdin.on('drain', more);
  stdin.write(octets);
  more();
}
