// Files that another process still writes: the list fills on, calls opened later are whole, a pause is a pause. What is half
// written is not damage.
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Reopener } from '../../src/viewer/reading/reopen.ts';
import { scratchFolder } from '../cli/program.ts';
import { Appender } from './appender.ts';
import { KEY, type OnScreen, onScreen } from './on-screen.ts';

const folder = scratchFolder();
const FAILED = 'samples/failed-calls/failed-calls.pcapng';
const TRANSFER = 'samples/hold-transfer/hold-transfer.pcap';
const screens: OnScreen[] = [];
const appenders: Appender[] = [];

afterEach(() => {
  for (const screen of screens.splice(0)) screen.end();
  for (const appender of appenders.splice(0)) appender.end();
});

test.each([
  ['pcapng', FAILED],
  ['pcap', TRANSFER],
])('%s that grows is read on, and what is opened later is as in the whole file', async (name, whole) => {
  const { path, appender, size } = begun(name, whole);
  await appender.upTo(Math.floor(size * 0.4) + 3);
  const screen = await shown([path]);
  const before = screen.library.packets;
  expect(screen.frame()).not.toContain('following');
  await appender.upTo(Math.floor(size * 0.7) + 5);
  await screen.until(() => screen.library.following && screen.library.packets > before);
  const half = screen.library.packets;
  await appender.upTo(size);
  const fresh = await shown([whole]);
  await screen.until(() => screen.library.packets === fresh.library.packets);
  expect([before < half, half < fresh.library.packets]).toEqual([true, true]);
  expect(rows(screen)).toEqual(rows(fresh));
  expect(screen.frame().split('\n')[0]).toMatch(/ calls {2}following$/);
  expect(screen.library.failure).toBe('');
  for (const one of [screen, fresh]) await one.press(KEY.end, KEY.enter, 'G');
  expect(withoutPath(screen.frame())).toBe(withoutPath(fresh.frame()));
});

test('a ladder that is open grows, and the list follows its last call', async () => {
  const { path, appender, size } = begun('open', FAILED);
  await appender.upTo(Math.floor(size * 0.35));
  const screen = await shown([path]);
  await screen.press('A', KEY.enter);
  const ladder = screen.frame();
  const id = screen.library.count;
  expect(ladder).toMatch(new RegExp(`^Call ${id} `));
  await appender.upTo(size);
  await screen.until(() => screen.library.count === 5);
  await screen.press(KEY.escape);
  // The last row, and the keys below it.
  const last = screen.library.row(5);
  await screen.press(KEY.enter);
  expect(screen.frame()).toContain(`Call 5  ${last.callId}`);
});

test('while it is paused nothing moves, and then all is there', async () => {
  const { path, appender, size } = begun('paused', FAILED);
  await appender.upTo(Math.floor(size * 0.3));
  const screen = await shown([path]);
  await appender.upTo(Math.floor(size * 0.5));
  await screen.until(() => screen.library.following);
  const { packets } = screen.library;
  screen.library.reading.pause(true);
  await appender.upTo(size);
  for (let looks = 0; looks < 10; looks++) await new Promise((resolve) => setTimeout(resolve, 10));
  await screen.press('j');
  expect(screen.frame().split('\n')[0]).toMatch(/ paused$/);
  expect(screen.library.packets).toBe(packets);
  screen.library.reading.pause(false);
  await screen.until(() => screen.library.count === 5);
});

test('a display filter sees what calls become', async () => {
  const { path, appender, size } = begun('filtered', FAILED);
  await appender.upTo(Math.floor(size * 0.3));
  const screen = await shown([path]);
  await screen.press('/', ...'rejected', KEY.enter, '>');
  await appender.upTo(size);
  await screen.until(() => / 5 calls {2}3 shown {2}following$/m.test(screen.frame()));
});

test('an empty file, to which a capture comes', async () => {
  const { path, appender, size } = begun('empty', FAILED);
  await appender.upTo(0);
  const screen = await shown([path]);
  expect(screen.frame().split('\n')[0]).toMatch(/ 0 calls/);
  await appender.upTo(size);
  await screen.until(() => screen.library.count === 5);
  expect(screen.library.failure).toBe('');
});

test('of several files one grows: they stay one capture in order of time', async () => {
  const { path, appender, size } = begun('one-of-two', FAILED);
  await appender.upTo(Math.floor(size * 0.5));
  const screen = await shown([path, TRANSFER]);
  await appender.upTo(size);
  const fresh = await shown([FAILED, TRANSFER]);
  await screen.until(() => screen.library.packets === fresh.library.packets);
  expect(rows(screen)).toEqual(rows(fresh));
});

test('a file that is begun anew is read anew, and a call that is gone does no harm', async () => {
  const { path, appender, size } = begun('anew', FAILED);
  await appender.upTo(size);
  const screen = await shown([path]);
  await screen.press(KEY.end, KEY.enter);
  truncateSync(path);
  writeFileSync(path, readFileSync(TRANSFER));
  await screen.until(() => screen.library.count === 2);
  await screen.press('j', 'x', KEY.escape);
  expect(screen.frame().split('\n')[0]).toMatch(/ 2 calls {2}following$/);
});

test('calls are read again from a file that has grown', async () => {
  const { path, appender, size } = begun('again', FAILED);
  await appender.upTo(Math.floor(size * 0.4));
  const fresh = await shown([FAILED]);
  const reopener = new Reopener([path]);
  const wanted = (id: number) => {
    const { callId } = fresh.library.row(id);
    return { id, callId, frames: fresh.library.reading.framesOf(id) };
  };
  const [first] = await reopener.calls([wanted(1)]);
  await appender.upTo(size);
  const [last] = await reopener.calls([wanted(5)]);
  expect([first, last].map((call) => [call?.id, call?.events?.length])).toEqual([
    [1, fresh.library.row(1).messages],
    [5, fresh.library.row(5).messages],
  ]);
});

function begun(name: string, whole: string): { path: string; appender: Appender; size: number } {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.cap`);
  writeFileSync(path, '');
  const appender = new Appender(whole, path);
  appenders.push(appender);
  return { path, appender, size: statSync(whole).size };
}

async function shown(captures: string[]): Promise<OnScreen> {
  const screen = await onScreen(captures, { lookEvery: 10 });
  screens.push(screen);
  return screen;
}

function rows({ library }: OnScreen): unknown[] {
  return Array.from({ length: library.count }, (_, index) => {
    const { id, callId, messages, state, end, retransmissions, cause } = library.row(index + 1);
    return { id, callId, messages, state, end, retransmissions, cause };
  });
}

function withoutPath(frame: string): string {
  return frame.replace(/^sipspect +\S+/, 'sipspect');
}
