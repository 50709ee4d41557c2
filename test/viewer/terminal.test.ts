// The real program on a real terminal (tmux): it draws, answers keys, and leaves the terminal as it was.
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BIN, environment, ROOT, scratchFolder } from '../cli/program.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
const folder = scratchFolder();
const SOCKET = `sipspect-${process.pid}`;
const FAILED = 'samples/failed-calls/failed-calls.pcapng';

afterAll(() => {
  if (hasTmux) tmux('kill-server');
});

test('tmux is there, or the tests of the terminal say that they skipped', () => {
  if (!hasTmux) console.warn('SKIPPED: no tmux, so the viewer was not driven on a terminal');
  expect(hasTmux || process.env.CI === undefined).toBe(true);
});

test.runIf(hasTmux)('a session through the screens at 80×24, and q gives the terminal back', async () => {
  const before = await begin('keys', 80, 24);
  type('keys', `${program(FAILED)}\n`);
  await until('keys', /5 calls[\s\S]*2W 1I/);
  keys('keys', 'j', 'Enter');
  expect(await until('keys', /^Call 2 [\s\S]*busy: 486 Busy Here/m)).toMatch(/^Call 2 {2}1-45@127.0.0.10/);
  keys('keys', 'Enter');
  await until('keys', /message 1 of 9/);
  keys('keys', 'q', 'q', 'q');
  await until('keys', /Leave sipspect/);
  keys('keys', 'y');
  expect(await leftAsFound('keys')).toEqual(before);
});

test.runIf(hasTmux)('a window of another size is filled, the mouse is heard, a pipe may go on', async () => {
  await begin('window', 80, 24);
  type('window', `(cat ${FAILED}; sleep 60) | ${program('-')}\n`);
  expect(await until('window', /5 calls {2}reading[\s\S]*gone@.*2W 1I/)).not.toContain('Destination');
  tmux('resize-window', '-t', 'window', '-x', '120', '-y', '12');
  const wide = await until('window', /Destination[\s\S]*\nEsc Quit .*F8 Settings/);
  expect(wide.trimEnd().split('\n').length).toBe(12);
  const click = '\x1b[<0;10;6M';
  type('window', click);
  type('window', click);
  await until('window', /^Call 3 /m);
  tmux('resize-window', '-t', 'window', '-x', '60', '-y', '10');
  expect((await until('window', /^Esc Back/m)).split('\n').every((line) => line.length <= 60)).toBe(true);
  keys('window', 'C-c');
  await until('window', /\$|#/);
});

test.runIf(hasTmux)('without colours where NO_COLOR says so, in ASCII where the locale does', async () => {
  await begin('plain', 80, 24);
  type('plain', `NO_COLOR=1 LC_ALL=C ${program(FAILED)}\n`);
  await until('plain', /5 calls[\s\S]*2W 1I/);
  keys('plain', 'Enter');
  await until('plain', /^Call 1 [\s\S]*rejected/m);
  const screen = tmux('capture-pane', '-p', '-e', '-t', 'plain');
  expect(screen).not.toMatch(/\x1b\[[\d;]*(3[0-8]|4[0-8]|9\d)[;m]/);
  expect(screen).toMatch(/^[\x00-\x7f]*$/);
  keys('plain', 'C-c');
});

test.runIf(hasTmux)('Ctrl-C, SIGTERM and a crash give the terminal back', async () => {
  const before = await begin('ends', 100, 30);
  type('ends', `${program(FAILED)}\n`);
  await until('ends', /5 calls/);
  keys('ends', 'C-c');
  expect(await leftAsFound('ends')).toEqual(before);
  type('ends', `${program(FAILED)}\n`);
  await until('ends', /5 calls/);
  const viewer = tmux('display', '-p', '-t', 'ends', '#{pane_pid}').trim();
  const children = spawnSync('pgrep', ['-P', viewer], { encoding: 'utf8' }).stdout.trim().split('\n');
  for (const pid of children) process.kill(Number(pid), 'SIGTERM');
  expect(await leftAsFound('ends')).toEqual(before);
  const crash = "setTimeout(()=>{throw(new/**/Error('boom'))},1500)";
  type('ends', `NODE_OPTIONS="--import=data:text/javascript,${crash}" ${program(FAILED)}\n`);
  await until('ends', /5 calls/);
  await until('ends', /Error: boom/);
  expect(await leftAsFound('ends')).toEqual(before);
});

const canCapture = process.getuid?.() === 0 && spawnSync('tcpdump', ['--version']).status === 0;

test.runIf(hasTmux && (canCapture || process.env.CI !== undefined))(
  'an interface is followed, what was seen can be saved, and nothing stays behind',
  async () => {
    const held = join(folder, 'held');
    const saved = join(folder, 'live.pcapng');
    mkdirSync(held);
    const receiver = createSocket('udp4').bind(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address();
    const before = await begin('live', 100, 24);
    type('live', `TMPDIR=${held} ${program(`-i lo -f 'udp port ${port}'`)}\n`);
    await until('live', /lo\.pcap/);
    const behind = (): string[] => readdirSync(held).filter((name) => name.startsWith('sipspect-'));
    expect(behind().length).toBe(1);
    const lines = [
      'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1',
      'From: <sip:alice@a>;tag=1',
      'To: <sip:bob@b>',
    ];
    const more = ['Call-ID: seen-live', 'CSeq: 1 OPTIONS', 'Content-Length: 0', '', ''];
    const sender = createSocket('udp4');
    sender.send(['OPTIONS sip:bob@b SIP/2.0', ...lines, ...more].join('\r\n'), port, '127.0.0.1');
    await until('live', /1 call\b[\s\S]*OPTIONS/);
    keys('live', 'F2');
    await until('live', /Save/);
    keys('live', 'C-u');
    for (let left = 0; left < 40; left++) keys('live', 'BSpace');
    type('live', saved);
    keys('live', 'Enter');
    await until('live', /Saved|saved/);
    keys('live', 'C-c');
    expect(await leftAsFound('live')).toEqual(before);
    expect(behind()).toEqual([]);
    expect(readFileSync(saved).includes('Call-ID: seen-live')).toBe(true);
    sender.close();
    receiver.close();
  },
);

test('tcpdump may capture, or the test of an interface says that it skipped', () => {
  if (!canCapture) console.warn('SKIPPED: no tcpdump that may capture, so no interface was followed');
  expect(canCapture || process.env.CI === undefined).toBe(true);
});

/** A shell in a terminal of its own; gives the state of that terminal. */
async function begin(name: string, columns: number, rows: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const size = ['-x', String(columns), '-y', String(rows)];
  const env = { LANG: 'C.UTF-8', XDG_CONFIG_HOME: folder, PS1: '$ ', ENV: '' };
  const set = Object.entries(env).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', name, ...size, ...set, 'bash --norc --noprofile');
  return leftAsFound(name);
}

/** Settings of the terminal's line and what tmux knows of its screen, once the shell is back. */
async function leftAsFound(name: string): Promise<string[]> {
  await shellIsBack(name);
  const mark = `mark-${marks++}`;
  const file = `${folder}/${mark}`;
  type(name, `stty -a > ${file}; echo ${mark.replace('-', "'-'")}\n`);
  await until(name, new RegExp(`^${mark}`, 'm'));
  const stty = spawnSync('cat', [file], { encoding: 'utf8' }).stdout.trim();
  const modes = '#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{mouse_sgr_flag} #{bracketed_paste_flag}';
  return [stty, tmux('display', '-p', '-t', name, modes).trim().slice(0, 7)];
}

let marks = 0;

async function shellIsBack(name: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (tmux('display', '-p', '-t', name, '#{pane_current_command}').trim() === 'bash') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the program goes on');
}

/** What the screen shows once it matches. */
async function until(name: string, wanted: RegExp): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const screen = tmux('capture-pane', '-p', '-t', name);
    if (wanted.test(screen)) return screen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${wanted} is not on the screen:\n${tmux('capture-pane', '-p', '-t', name)}`);
}

function keys(name: string, ...all: string[]): void {
  for (const one of all) tmux('send-keys', '-t', name, one);
}

function type(name: string, text: string): void {
  tmux('send-keys', '-t', name, '-l', text);
}

function program(capture: string): string {
  return `'${process.execPath}' '${BIN}' ${capture}`;
}

function tmux(...args: string[]): string {
  const run = spawnSync('tmux', ['-L', SOCKET, ...args], { cwd: ROOT, encoding: 'utf8', env: environment() });
  return run.stdout;
}
