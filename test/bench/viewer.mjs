// The viewer on a large capture: how long to the first list and to the last call, beside what `calls` takes; how long each
// key is without its answer; how much memory. script(1) gives it a terminal, of which terminal-screen.mjs keeps what is to be
// seen: a key is answered when what it is for is on the screen, not when something is.
//   node test/bench/viewer.mjs CAPTURE [runs of calls and of the viewer in turn: 3]
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DrivenViewer } from './driven-viewer.mjs';

const [capture, runs = '3'] = process.argv.slice(2);
if (capture === undefined) throw new Error('which capture?');
const bin = fileURLToPath(new URL('../../bin/sipspect.cjs', import.meta.url));
const [HOME, END] = ['\x1b[H', '\x1b[F'];
const MOVES = ['j', 'j', '\x1b[6~', 'k', '\x1b[5~', '\x06', '\x02', END, '\x15', HOME, '\x04', HOME];
/** Which call the cursor is on, by what the list is sorted, the line of the cursor. */
const index = ({ chosen }) =>
  chosen === undefined ? undefined : `${chosen.row} ${chosen.text.slice(0, 44)}`;
const sorted = (screen) => (/^Sorted by/.test(screen.line(39)) ? screen.line(39) : undefined);
const place = ({ chosen }) => (chosen === undefined ? undefined : `${chosen.row} ${chosen.text}`);
const now = () => performance.now();

// The machine may be shared: both in turn, and the least disturbed run of each counts.
const plain = [];
const listed = [];
for (let run = 0; run < Number(runs); run++) {
  plain.push(measuredCalls());
  listed.push(await reading(false));
}
const one = await reading(true);
listed.push(one);
const wall = least(listed.map(({ all }) => all)) / least(plain.map(({ took }) => took));
const cpu = least(listed.map(({ busy }) => busy)) / least(plain.map(({ busy }) => busy));
const first = least(listed.map((run) => run.first));
console.log(
  `calls --json       ${each(plain, ({ took, busy }) => `${took.toFixed(2)} s (${busy.toFixed(2)} s of processors)`)}`,
);
console.log(
  `viewer, all listed ${each(listed, ({ all, busy }) => `${all.toFixed(2)} s (${busy.toFixed(2)} s)`)}`,
);
target('first list', `${first.toFixed(2)} s`, '1.5 s', first <= 1.5);
target(
  'all listed',
  `${wall.toFixed(2)} times calls --json, ${cpu.toFixed(2)} times its processor time`,
  '1.3 times',
  wall <= 1.3,
);
for (const [what, times] of one.keys) keysTarget(what, times);
keysTarget('all keys', [...one.keys.values()].flat());
target('memory at the peak', `${one.peak} MB`, 'under 700 MB', one.peak < 700);

function measuredCalls() {
  const began = now();
  const command = `'${process.execPath}' '${bin}' calls --json '${capture}' > /dev/null; times`;
  const { stdout } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  const took = (now() - began) / 1000;
  const [, user, system] = /\n([\dms.]+) ([\dms.]+)\n$/.exec(stdout);
  return { took, busy: inSeconds(user) + inSeconds(system) };
}

function inSeconds(minutes) {
  const [, m, s] = /(\d+)m([\d.]+)s/.exec(minutes);
  return Number(m) * 60 + Number(s);
}

/** From the start to the last call; with `withKeys` keys are pressed in a second session, while it reads and after. */
async function reading(withKeys) {
  const began = now();
  const viewer = new DrivenViewer(bin, capture);
  await viewer.until((screen) => /^\[ \] +1 /.test(screen.line(3)));
  const firstAfter = (now() - began) / 1000;
  const keys = new Map();
  if (withKeys) await whileReading(viewer, keys);
  await viewer.until((screen) => /\d+ calls$/.test(screen.line(0)), 120_000);
  const all = (now() - began) / 1000;
  const busy = viewer.processorTime();
  if (withKeys) await afterReading(viewer, keys);
  const peak = viewer.peakMegabytes();
  await viewer.end();
  // Keys take their time: that session says nothing of how long the list takes.
  return { first: firstAfter, all: withKeys ? Infinity : all, busy: withKeys ? Infinity : busy, keys, peak };
}

async function whileReading(viewer, keys) {
  const moves = times(keys, 'moves while reading');
  for (let round = 0; round < 3; round++) {
    for (const key of MOVES) moves.push(await viewer.press(key, differs(viewer, index)));
  }
  const sorts = times(keys, 'sorting while reading');
  for (const key of ['>', 'z', '>', 'z']) sorts.push(await viewer.press(key, differs(viewer, sorted)));
  const words = times(keys, 'filter while reading');
  await typeFilter(viewer, words, 'ali');
  for (const key of ['<', '<', 'z', 'z']) sorts.push(await viewer.press(key, differs(viewer, sorted)));
}

async function afterReading(viewer, keys) {
  await pause(1500);
  const moves = times(keys, 'moves');
  for (let round = 0; round < 15; round++) {
    for (const key of MOVES) moves.push(await viewer.press(key, differs(viewer, index)));
  }
  const sorts = times(keys, 'sorting');
  for (let round = 0; round < 14; round++) {
    for (const key of ['>', 'z', END, HOME]) {
      const changed = key === '>' || key === 'z' ? differs(viewer, sorted) : differs(viewer, index);
      sorts.push(await viewer.press(key, changed));
    }
  }
  const typed = times(keys, 'filter, letters');
  await typeFilter(viewer, typed, 'alice9');
  await typeFilter(viewer, typed, 'ok 12');
  const dialogs = times(keys, 'dialogs, help');
  for (const [key, back, title] of [
    ['\x1b[18~', '\x1b', 'Filter'],
    ['\x1b[21~', '\x1b', 'Columns'],
    ['\x1bOQ', '\x1b', 'Save'],
    ['\x1b[19~', '\x1b', 'Settings'],
    ['\x1bOP', 'q', 'Keys'],
    ['e', 'q', 'Findings'],
  ]) {
    const isOpen = (screen) => screen.lines.some((line) => new RegExp(`(─|^) ?${title}\\b`).test(line));
    for (let round = 0; round < 3; round++) {
      dialogs.push(await viewer.press(key, isOpen));
      dialogs.push(await viewer.press(back, (screen) => !isOpen(screen)));
    }
  }
  const ladders = times(keys, 'ladders, messages');
  for (let round = 0; round < 8; round++) {
    for (const key of [END, HOME, '\x1b[6~', 'j'].slice(0, 1 + (round % 4)))
      await viewer.press(key, () => true);
    ladders.push(await viewer.press('\r', (screen) => isLadder(screen, 'Call')));
    ladders.push(await viewer.press('j', differs(viewer, place)));
    ladders.push(await viewer.press('\r', (screen) => /message 2 of \d+$/.test(screen.line(0))));
    ladders.push(await viewer.press('N', (screen) => /message 1 of \d+$/.test(screen.line(0))));
    ladders.push(await viewer.press('\x1b', (screen) => isLadder(screen, 'Call')));
    ladders.push(await viewer.press('x', (screen) => isLadder(screen, 'Extended call')));
    ladders.push(await viewer.press('q', (screen) => screen.line(0).startsWith('sipspect')));
  }
  const statistics = times(keys, 'statistics');
  statistics.push(await viewer.press('i', (screen) => screen.line(0) === 'Statistics'));
  for (const key of [END, HOME, '\x1b[6~', 'k', '\x06', '\x02', END, HOME])
    statistics.push(
      await viewer.press(
        key,
        differs(viewer, (screen) => screen.lines.join('\n')),
      ),
    );
  statistics.push(await viewer.press('q', (screen) => screen.line(0).startsWith('sipspect')));
  const select = times(keys, 'select, keep, clear');
  for (let round = 0; round < 5; round++) select.push(await viewer.press(' ', differs(viewer, place)));
  select.push(await viewer.press('\x1b[20~', differs(viewer, place)));
  select.push(await viewer.press('\x1b[15~', (screen) => screen.line(0).endsWith(' 0 shown')));
}

/** Each letter is answered when it is seen and all calls have been looked at. */
async function typeFilter(viewer, all, text) {
  all.push(await viewer.press('/', (screen) => filterOf(screen) === '_'));
  let typed = '';
  const shows = (screen) => filterOf(screen) === `${typed}_`;
  for (const letter of text) {
    typed += letter;
    all.push(
      await viewer.press(letter, letter === ' ' ? (screen) => filterOf(screen) === `${typed}_` : shows),
    );
  }
  all.push(await viewer.press('\x1b', (screen) => filterOf(screen) === '' && !/shown/.test(screen.line(0))));
}

/** What stands in the field, with the cursor; with `looking` as long as not all calls were looked at. */
function filterOf(screen) {
  return screen.line(1).replace(/^Display filter: ?/, '');
}

function isLadder(screen, title) {
  return screen.line(0).startsWith(`${title} `) && !screen.lines.some((line) => line.trim() === 'Reading ..');
}

/** Other than when the key is pressed; what is undefined while a frame comes in is no answer. */
function differs(viewer, what) {
  let before;
  const isOther = (screen) => what(screen) !== undefined && what(screen) !== before;
  isOther.begin = () => {
    before = what(viewer.screen);
  };
  return isOther;
}

function times(keys, what) {
  const list = [];
  keys.set(what, list);
  return list;
}

function keysTarget(what, all) {
  const at = (which, share) => {
    const ordered = all.map((one) => one[which]).sort((a, b) => a - b);
    return ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))];
  };
  const said = (which) =>
    `median ${at(which, 0.5).toFixed(1)} ms, p95 ${at(which, 0.95).toFixed(1)} ms, most ${at(which, 1).toFixed(1)} ms`;
  const met = at('took', 0.5) <= 50 && at('took', 0.95) <= 100;
  const got = `${said('took')} (${all.length} keys; without waiting for a processor: ${said('alone')})`;
  target(what, got, 'median 50 ms, p95 100 ms', met);
}

function target(what, got, wanted, met) {
  console.log(`  ${met ? 'met   ' : 'MISSED'} ${what}: ${got} (target: ${wanted})`);
}

function each(all, text) {
  return all
    .filter(({ busy }) => busy !== Infinity)
    .map(text)
    .join(', ');
}

function least(all) {
  return Math.min(...all);
}
