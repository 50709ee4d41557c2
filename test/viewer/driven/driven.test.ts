// The real program on a real terminal (tmux), through every screen and key of its help, at two sizes: each screen whole, and the
// terminal as it was found when it is left. `vitest run test/viewer/driven -u` renews the screens.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { HELP } from '../../../src/viewer/screens/help.ts';
import { whetherShared } from '../../capture/shared.ts';
import { datagram, pcap, request } from '../../cli/captures.ts';
import { scratchFolder } from '../../cli/program.ts';
import { comparedCaptures } from '../../differential/captures.ts';
import { readGolden, writeGolden } from './golden.ts';
import { KEY_TABLE, keysOf } from './key-table.ts';
import { Session } from './session.ts';
import { hasTmux, Tmux } from './tmux.ts';

const SIZES = [
  [80, 24],
  [200, 50],
] as const;
const CAPTURES = [
  ...['samples/failed-calls/failed-calls.pcapng', 'samples/im-session/im-session.pcapng'],
  ...['samples/plain-call/softphone.pcapng', 'samples/hold-transfer/hold-transfer.pcap'],
];

const folder = scratchFolder();
const tmux = hasTmux ? new Tmux('driven') : null;
afterAll(() => tmux?.end());

test('tmux is there, or the tests of the terminal say that they skipped', () => {
  if (!hasTmux) console.warn('SKIPPED: no tmux, so the viewer was not driven through its keys');
  expect(hasTmux || process.env.CI === undefined).toBe(true);
});

test('every key of the help is pressed, and no others are said to be of it', () => {
  const pressed = KEY_TABLE.flatMap(([section, entries]) =>
    entries
      .filter(([label]) => label !== '')
      .map(([label, steps]) => {
        const missing = keysOf(label).filter((key) => key !== 'Mouse' && !steps.includes(key));
        return [section, label, missing.length === 0 ? 'pressed' : `not pressed: ${missing.join(' ')}`];
      }),
  );
  const listed = HELP.flatMap(([section, keys]) => keys.map(([label]) => [section, label, 'pressed']));
  expect(pressed.sort()).toEqual(listed.sort());
});

test('the file of the screens gives back the screens', () => {
  const screens = [
    ['|a', '|', '>c'],
    ['>a', '|', '|c'],
    ['|a', '|', '>c'],
    ['|'],
    ['|x (2 back)'],
    ['|', '|', '|'],
  ];
  const seen = screens.map((lines, index) => ({ step: `step ${index % 4}`, lines }));
  const written = writeGolden(seen);
  expect(written.split('\n').slice(3, 8)).toEqual([
    '== step 1',
    ' 1>a',
    ' 3|c',
    '== step 2 (2 back)',
    '== step 3 (1 lines)',
  ]);
  expect(readGolden(written)).toEqual(seen);
});

describe.runIf(hasTmux).concurrent('on a terminal', () => {
  for (const size of SIZES) {
    const name = size.join('x');
    test(`every screen and key at ${name}`, { timeout: 600_000 }, async ({ expect }) => {
      const session = new Session(tmux!, name, size, folder);
      const before = await session.begin(CAPTURES);
      await session.until(/\d calls$/m);
      // Findings come a moment after the calls: of the last call, too.
      await session.until(/callee@callee.* 1E 2I *$/m);
      const steps = KEY_TABLE.flatMap(([section, entries]) =>
        entries.flatMap(([label, all]) =>
          all.map((step) => [`${section}${label === '' ? '' : `, ${label}`}: ${step}`, step] as const),
        ),
      );
      const file = join(import.meta.dirname, `screens-${name}.txt`);
      const seen = await session.play([['the list', ''], ...steps.slice(0, -1)], file);
      await session.step('C-c');
      expect(await session.terminalState()).toEqual(before);
      expect(await actsOf(session.written)).toEqual([]);
      // Each section begins at the list: what is pressed is pressed where it is meant to be.
      const begins = KEY_TABLE.map(([section], at) => {
        const before = KEY_TABLE.slice(0, at).flatMap(([, entries]) => entries.flatMap(([, all]) => all));
        return [section, seen[before.length]!.lines[0]!.slice(0, 9)];
      });
      expect(begins).toEqual(KEY_TABLE.map(([section]) => [section, '|sipspect']));
      await expect(writeGolden(seen)).toMatchFileSnapshot(file);
    });
  }

  test('octets of a capture never act on the terminal', async () => {
    const evil = '\x1b]0;owned\x07\x1b[2J\x1b[3;3H\x1bc\x9b31m\x00\x08\x7f\u202e\u{e000}\u{e011}';
    const path = join(folder, 'hostile.pcap');
    const headers = [
      ...[`Subject: ${evil}`, `X-${evil}: v`, `Contact: "${evil}" <sip:${evil}@10.0.0.1>`],
      ...[`User-Agent: ${evil}`, `X-Call-ID: ${evil}`, `Warning: 399 ${evil} "${evil}"`],
    ];
    const invite = datagram(request('INVITE', headers, `v=0\r\ns=${evil}\r\n`));
    writeFileSync(path, pcap([invite, datagram(request('BYE', headers))]));
    const session = new Session(tmux!, 'hostile', [120, 40], folder);
    const before = await session.begin([relativeToRoot(path)]);
    await session.until(/ 1 call\n/);
    for (const [step, shown] of [
      ['Enter', /^Call 1 [\s\S]*INVITE/],
      ['Enter', /message 1 of 2\n/],
      ['d', /message 1 of 2\n/],
      ['q', /^Call 1 [\s\S]*INVITE/],
      ['Space', /^Call 1 [\s\S]*\*/],
      ['j', /^Call 1 /],
      ['Space', /^Compare/],
      ['q', /^Call 1 /],
      ['e', /^Findings of call 1/],
      ['e', /Sources/],
      ['q', /^Findings of call 1/],
      ['q', /^Call 1 /],
      ['q', /^sipspect/],
      ['i', /^Statistics/],
      ['q', /^sipspect/],
      ['/', /Display filter: _/],
    ] as const) {
      await session.step(step);
      expect(await session.until(shown)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ue000-\uf8ff]/);
    }
    await session.step('C-c');
    expect(await session.terminalState()).toEqual(before);
    expect(await actsOf(session.written)).toEqual([]);
  });

  test(`public captures, some at each size${whetherShared}`, { timeout: 300_000 }, async () => {
    const chosen = comparedCaptures()
      .filter(({ name, path }) => !name.startsWith('samples/') && statSync(path).size < LARGEST)
      .filter((_, index) => index % EVERY === 0);
    for (const [index, { path }] of chosen.entries()) {
      const session = new Session(tmux!, `public-${index}`, SIZES[index % SIZES.length]!, folder);
      const before = await session.begin([relativeToRoot(path)]);
      await session.until(/\d calls?$|reading failed/m);
      for (const step of WALK) await session.step(step);
      const help = await session.until(/^Keys/);
      expect(help).toContain('Everywhere');
      await session.step('C-c');
      expect(await session.terminalState()).toEqual(before);
      expect(await actsOf(session.written)).toEqual([]);
    }
  });
});

/** What was written to the terminal that is no text, no colour, and none of the sequences that the viewer means to send. */
async function actsOf(file: string): Promise<string[]> {
  let written = '';
  let begin = -1;
  let end = -1;
  // What tmux hands on goes through a program of its own, which may be late where the machine is busy.
  for (let looks = 0; looks < 200 && end <= begin; looks++) {
    if (looks > 0) await setTimeout(50);
    written = readFileSync(file, 'utf8');
    begin = written.indexOf('\x1b[?1049h');
    end = written.lastIndexOf('\x1b[?1049l');
  }
  expect([begin >= 0, end > begin]).toEqual([true, true]);
  return (
    written
      .slice(begin, end)
      .replace(MEANT, '')
      .match(/[\x00-\x1f\x7f-\x9f\u202a-\u202e].{0,20}/gs) ?? []
  );
}

function relativeToRoot(path: string): string {
  return path.startsWith('/') ? `../../../../../../../..${path}` : path;
}

/** Colours; the cursor moved and lines erased; alternate screen, cursor, mouse, and a frame drawn at once, on and off. */
const MEANT = /\x1b\[[\d;]*m|\x1b\[\d*(?:;\d+)?[A-HJK]|\x1b\[\?(?:1049|25|1000|1006|2026|2004)[hl]|\r?\n|\r/g;
const LARGEST = 300_000;
const EVERY = 45;
/** Through the screens with no look at them, back to the list whether it has calls or not, and to the help. */
const WALK = [
  ...[
    'Enter',
    'j',
    'Enter',
    'd',
    'Escape',
    'Escape',
    'n',
    'x',
    'j',
    'b',
    'Escape',
    'n',
    'Enter',
    'Space',
    'j',
  ],
  ...['Space', 'G', 'Escape', 'n', 'Escape', 'n', 'e', 'e', 'Escape', 'n', 'Escape', 'n', 'i', 'G', 'q', 'n'],
  ...['r', 'G', 'Escape', 'n', 'F7', 'Escape', 'F10', 'Escape', 'F8', 'Escape', 'F1'],
];
