// What users do over several keys, and what comes of it outside the screen.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LadderMessage } from '../../src/ladder/html-message.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { configPath, readSettings, writeSettings } from '../../src/viewer/config-file.ts';
import { DEFAULT_SETTINGS } from '../../src/viewer/model/settings.ts';
import { firstState, type SaveFormat } from '../../src/viewer/model/state.ts';
import type { Library } from '../../src/viewer/reading/library.ts';
import { Reopener } from '../../src/viewer/reading/reopen.ts';
import { saveCalls } from '../../src/viewer/save-calls.ts';
import { datagram, pcap, request } from '../cli/captures.ts';
import { scratchFolder } from '../cli/program.ts';
import { KEY, type OnScreen, onScreen } from './on-screen.ts';

const FAILED = 'samples/failed-calls/failed-calls.pcapng';
const folder = scratchFolder();
let screen: OnScreen | null = null;

afterEach(() => {
  screen?.end();
  screen = null;
});

async function begin(...captures: string[]): Promise<OnScreen> {
  screen = await onScreen(captures.length === 0 ? [FAILED] : captures);
  return screen;
}

/** Saves calls to the scratch folder. */
function saving(library: Library): (format: SaveFormat, name: string, ids: number[]) => Promise<string> {
  const state = firstState(DEFAULT_SETTINGS, 80, 24);
  const page = (): LadderMessage => ({ head: ['packet'], lines: [] });
  return (format, name, ids) =>
    saveCalls({ kind: 'save', path: join(folder, name), format, which: 'this', ids }, state, library, page);
}

/** The calls that the list shows, by number. */
function listed(frame: string): number[] {
  return [...frame.matchAll(/^\[.\] +(\d+)/gm)].map((match) => Number(match[1]));
}

test('leaving is asked about, Ctrl-C is not, and p pauses', async () => {
  const { press, effects } = await begin();
  await press('q', 'n', 'q', 'y', '\x03', 'p');
  expect(effects).toEqual([{ kind: 'quit' }, { kind: 'quit' }, { kind: 'pause', on: true }]);
});

test('calls are selected, and saved', async () => {
  const { press, effects, frame } = await begin();
  await press(' ', 'j', ' ', KEY.f2);
  expect(frame()).toContain('(*) selected');
  await press('\x15', 'a.txt', KEY.down, ' ', ' ', KEY.enter);
  expect(effects).toEqual([{ kind: 'save', path: 'a.txt', format: 'text', which: 'selected', ids: [1, 3] }]);
});

test('the filter dialog chooses by parts of a call, its payload and its methods', async () => {
  const { press, frame } = await begin();
  await press(KEY.f7, KEY.down, 'decline', KEY.enter);
  expect(listed(frame())).toEqual([3]);
  await press(KEY.f7, '\t', '\x15', '\t', '\t', '\t', 'Moved Temporarily', KEY.enter);
  expect(listed(frame())).toEqual([4]);
  await press(KEY.f7, KEY.up, KEY.enter);
  expect(listed(frame())).toEqual([1, 2, 3, 4, 5]);
  await press(KEY.f7, ...Array<string>(5).fill('\t'), ' ', '\t', ' ', '\t', KEY.enter);
  expect(listed(frame())).toEqual([]);
});

test('the display filter chooses by the agent that mirrored a call', async () => {
  const { press, frame } = await begin('samples/hep-mirror/hep.pcap');
  for (const [expression, ids] of [
    ['packet.agent == 2001', [1]],
    ['packet.agent == 2002', []],
    ['hep3.capture_id', [1]],
    ['hep2.capture_id', []],
  ] as const) {
    await press('/', expression, KEY.enter);
    expect([expression, listed(frame())]).toEqual([expression, ids]);
    await press('/', KEY.escape);
  }
});

test('F9 keeps what is shown, F5 clears all, Escape empties the filter', async () => {
  const { press, frame } = await begin();
  await press('/', '302', KEY.enter, '\x1b[20~', '/', KEY.escape);
  expect(listed(frame())).toEqual([4]);
  await press('\x1b[15~');
  expect(listed(frame())).toEqual([]);
});

test('columns are hidden and moved', async () => {
  const { press, frame } = await begin();
  await press(KEY.f10, 'j', ' ', KEY.home, '+', '+', KEY.enter);
  expect(frame().split('\n')[2]!.trim().split(/ +/).slice(0, 4)).toEqual(['From', 'Idx▲', 'To', 'Msgs']);
});

test('a click moves the cursor, a second one opens, the wheel scrolls', async () => {
  const { press, frame } = await begin();
  const click = '\x1b[<0;10;6M';
  await press(click, click);
  expect(frame()).toMatch(/^Call 3 /);
  await press('\x1b[<65;10;6M', KEY.enter);
  expect(frame()).toMatch(/^Call 3 .*message 4 of 9\n/);
});

test('the same packets make the same call when they are read again by their offsets', async () => {
  const wanted: { id: number; callId: string; frames: readonly number[] }[] = [];
  const whole: unknown[] = [];
  await readCaptures({
    inputs: [FAILED],
    keepMessages: true,
    onCall({ id, callId, frames, events }) {
      wanted.push({ id, callId, frames: [...frames] });
      whole.push([
        id,
        callId,
        events!.map(({ message, moment }) => [message.bytes().toString('latin1'), moment]),
      ]);
    },
  });
  const again = await new Reopener([FAILED]).calls(wanted);
  const shown = again.map(({ id, callId, events }) => {
    return [id, callId, events!.map(({ message, moment }) => [message.bytes().toString('latin1'), moment])];
  });
  expect(new Map(shown.map((one) => [one[0], one]))).toEqual(
    new Map((whole as typeof shown).map((one) => [one[0], one])),
  );
});

test('calls are saved as captures, text and a page; a file that is there stays', async () => {
  const { library } = await begin();
  const save = saving(library);
  for (const format of ['pcap', 'pcapng'] as const) {
    expect(await save(format, `two.${format}`, [2])).toBe(`Saved 1 call to ${join(folder, `two.${format}`)}`);
    const calls: string[] = [];
    await readCaptures({
      inputs: [join(folder, `two.${format}`)],
      onCall: ({ callId }) => void calls.push(callId),
    });
    expect(calls).toEqual(['1-45@127.0.0.10']);
  }
  await save('text', 'two.txt', [2]);
  expect(readFileSync(join(folder, 'two.txt'), 'utf8')).toMatch(
    /^2 {2}call {2}busy[\s\S]*486 Busy Here from 127.0.0.40\n\n$/,
  );
  await save('html', 'two.html', [2]);
  expect(readFileSync(join(folder, 'two.html'), 'utf8')).toMatch(
    /^<!doctype html>[\s\S]*486 Busy Here[\s\S]*<\/html>\n$/,
  );
  expect(await save('text', 'two.txt', [2])).toBe(`Not saved: ${join(folder, 'two.txt')} is there already.`);
});

test('what is saved of a call over TLS can be decrypted', async () => {
  const [capture, keys] = ['samples/tls-call/call.pcap', 'samples/tls-call/keys.txt'];
  const { library } = await begin(capture, keys);
  await saving(library)('pcap', 'tls.pcap', [1]);
  const messages: string[] = [];
  await readCaptures({
    inputs: [join(folder, 'tls.pcap'), keys],
    onMessage: ({ transport }) => void messages.push(transport),
  });
  expect([messages.length, messages.filter((transport) => transport === 'tls').length]).toEqual([13, 7]);
});

test('settings are kept in the user’s config folder', () => {
  const path = configPath({ XDG_CONFIG_HOME: folder });
  expect(path).toBe(join(folder, 'sipspect', 'viewer.json'));
  expect(readSettings(path)).toEqual(DEFAULT_SETTINGS);
  writeSettings(path, { ...DEFAULT_SETTINGS, pane: 55, columns: ['from', 'to'] });
  expect(readSettings(path)).toEqual({ ...DEFAULT_SETTINGS, pane: 55, columns: ['from', 'to'] });
  writeFileSync(path, '{');
  expect(readSettings(path)).toEqual(DEFAULT_SETTINGS);
});

test('octets of a capture never reach the terminal as control sequences', async () => {
  const evil = '\x1b]0;owned\x07\x1b[2J\x9b31m\x00\x08\x7f\u202e\u{e000}\u{e011}';
  const path = join(folder, 'hostile.pcap');
  const headers = [
    `Subject: ${evil}`,
    `X-${evil}: v`,
    `Contact: "${evil}" <sip:${evil}@10.0.0.1>`,
    `User-Agent: ${evil}`,
  ];
  writeFileSync(
    path,
    pcap([datagram(request('INVITE', headers, `v=0\r\ns=${evil}\r\n`)), datagram(request('BYE', headers))]),
  );
  const { press, frame, raw } = await begin(path);
  for (const keys of [
    [],
    [KEY.enter],
    [KEY.enter, 'd'],
    [KEY.escape],
    [' ', 'j', ' '],
    [KEY.escape, KEY.escape, 'e'],
    ['q', 'i'],
    ['q', '/', evil],
  ]) {
    await press(...keys);
    expect(frame()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ue000-\uf8ff]/);
    expect(raw().replace(/\x1b\[[\d;]*m/g, '')).not.toMatch(/\x1b/);
  }
});
