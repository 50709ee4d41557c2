// --filter with each verb: what it chooses of messages, packets and calls.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, sipspect } from './program.ts';

const FAILED = 'samples/failed-calls/failed-calls.pcapng';

/** The field of each object that the verb prints. */
async function chosen(verb: string, field: string, filter: string, stdin?: Buffer): Promise<unknown[]> {
  const input = stdin === undefined ? FAILED : '-';
  const run = await sipspect(
    [verb, '--json', '--filter', filter, input],
    stdin === undefined ? {} : { stdin },
  );
  expect({ stderr: run.stderr, status: run.status }).toEqual({ stderr: '', status: 0 });
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line)[field]);
}

test.concurrent.for<readonly [filter: string, ids: readonly number[]]>([
  ['call.state == "rejected"', [1, 3, 5]],
  ['sip.Method == "INVITE" && sip.Status-Code in {302, 486}', [2, 4]],
  ['call.kind == "call" && sip.Status-Code >= 400', [1, 2, 3, 5]],
  ['call.setup > 1s || call.messages < 4', [1]],
  ['sip.to.user matches "^(busy|gone)$"', [2, 5]],
  ['!(ip.addr == 127.0.0.40)', [1, 5]],
  ['call.id == 9', []],
])('calls: %s', async ([filter, ids]) => {
  expect((await chosen('calls', 'id', filter)).sort()).toEqual(ids);
});

test('messages: fields of each message alone', async () => {
  expect(await chosen('messages', 'frame', 'sip.Status-Code >= 600')).toEqual([18, 20]);
  expect(await chosen('messages', 'frame', 'sip.Method == "INVITE" && sip.Status-Code == 404')).toEqual([]);
});

test('messages: fields of the call are those it ends with, or so far on standard input', async () => {
  const busy = [4, 5, 6, 7, 8, 9, 10, 11, 12];
  expect(await chosen('messages', 'frame', 'call.state == "busy"')).toEqual(busy);
  const stdin = readFileSync(join(ROOT, FAILED));
  const soFar = await chosen('messages', 'frame', 'call.state == "busy"', stdin);
  expect(soFar).toEqual(busy.slice(-soFar.length));
  expect(await chosen('messages', 'frame', 'call.id == 2', stdin)).toEqual(busy);
});

test('show, ladder and stats choose the same', async () => {
  const filter = ['--filter', 'call.state == "busy"', FAILED];
  const [show, shown, ladder, drawn, stats] = await Promise.all([
    sipspect(['show', ...filter]),
    sipspect(['show', '--index', '2', FAILED]),
    sipspect(['ladder', ...filter]),
    sipspect(['ladder', '--index', '2', FAILED]),
    sipspect(['stats', '--json', ...filter]),
  ]);
  expect(show).toEqual(shown);
  expect(ladder).toEqual(drawn);
  expect(JSON.parse(stats.stdout)).toMatchObject({ packets: 38, messages: 9, states: { 'call busy': 1 } });
});
