// The real program on a real terminal (tmux): it draws, answers keys, and leaves the terminal as it was.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
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
