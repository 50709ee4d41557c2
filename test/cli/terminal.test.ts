// What differs on a terminal: colour, width, progress. util-linux's script(1) gives one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, environment, ROOT, scratchFolder, sipspect } from './program.ts';

const FAILED = 'samples/failed-calls/failed-calls.pcapng';
const hasScript = spawnSync('script', ['--version']).status === 0;
const folder = scratchFolder();

/** What comes out on a terminal of so many columns; line ends as the program wrote them. */
function onTerminal(command: string, columns: number, env: Record<string, string> = {}): string {
  const shell = `stty cols ${columns} rows 24; ${command.replace('sipspect', `'${process.execPath}' '${BIN}'`)}`;
  const run = spawnSync('script', ['-qec', shell, '/dev/null'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...environment(), SHELL: '/bin/bash', ...env },
  });
  return run.stdout.replaceAll('\r\n', '\n');
}

const plain = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');

test.runIf(hasScript)('a table fits the terminal (skipped without script)', () => {
  expect(plain(onTerminal(`sipspect calls ${FAILED}`, 80))).toBe(`\
#  Kind  From               To                   Msgs  Duration  State
1  call  alice@example.com  nobody@example.com      3  0.613 ms  rejected
2  call  alice@example.com  busy@example.com        9    405 ms  busy
3  call  alice@example.com  decline@example.com     9    405 ms  rejected
4  call  alice@example.com  moved@example.com       9    405 ms  diverted
5  call  alice@example.com  gone@example.com        8   4.977 s  rejected
`);
  expect(plain(onTerminal(`sipspect calls ${FAILED}`, 48))).toBe(`\
#  Kind  From    To      Msgs  Duration  State
1  call  alice…  nobod…     3  0.613 ms  reject…
2  call  alice…  busy@…     9    405 ms  busy
3  call  alice…  decli…     9    405 ms  reject…
4  call  alice…  moved…     9    405 ms  divert…
5  call  alice…  gone@…     8   4.977 s  reject…
`);
});

test.runIf(hasScript)('no line of any table or ladder is wider than the terminal', () => {
  for (const columns of [40, 80, 132]) {
    for (const command of [`calls ${FAILED}`, `stats ${FAILED}`, `ladder ${FAILED}`, FAILED]) {
      // Without a verb a terminal gets the viewer, but one that cannot be drawn on the summary.
      const env = command === FAILED ? { TERM: 'dumb' } : {};
      const lines = plain(onTerminal(`sipspect ${command}`, columns, env)).split('\n');
      expect(lines.length).toBeGreaterThan(5);
      // Sentences wrap as they are.
      expect(
        lines.filter((line) => line.length > columns && !/^(samples|SIP messages|packets|kinds)/.test(line)),
      ).toEqual([]);
    }
  }
});

test.runIf(hasScript)('colour is for terminals, not with NO_COLOR, and as asked for', async () => {
  const coloured = (text: string): boolean => text.includes('\x1b[');
  const command = `sipspect ladder ${FAILED}`;
  expect(coloured(onTerminal(command, 80))).toBe(true);
  expect(coloured(onTerminal(command, 80, { NO_COLOR: '1' }))).toBe(false);
  expect(coloured(onTerminal(command, 80, { TERM: 'dumb' }))).toBe(false);
  expect(coloured(onTerminal(`${command} --color never`, 80))).toBe(false);
  expect(coloured(onTerminal(`${command} --color always`, 80, { NO_COLOR: '1' }))).toBe(true);
  const [pipe, asked] = await Promise.all([
    sipspect(['ladder', FAILED]),
    sipspect(['ladder', '--color', 'always', FAILED], { env: { NO_COLOR: '1' } }),
  ]);
  expect([coloured(pipe.stdout), coloured(asked.stdout)]).toEqual([false, true]);
});

test.runIf(hasScript)('progress is shown on a terminal, wiped at the end, and never in a pipe', async () => {
  const large = largeCapture();
  const shown = onTerminal(`sipspect stats ${large} > ${join(folder, 'out')}`, 80);
  expect(shown).toMatch(/^(\r\x1b\[K\[█* *\] \d+ % of \d+ MB, [\d,]+ packets)+\r\x1b\[K$/);
  const piped = await sipspect(['stats', large]);
  expect(piped).toEqual({ stdout: readFileSync(join(folder, 'out'), 'utf8'), stderr: '', status: 0 });
});

test.runIf(hasScript)('--raw is not for terminals', () => {
  expect(onTerminal(`sipspect show --raw ${FAILED}`, 80)).toBe(
    'sipspect: --raw writes octets as they are: send them to a file or a pipe\n',
  );
});

/** The sample many times over, long enough to read for progress to be shown. */
function largeCapture(): string {
  const sample = readFileSync(join(ROOT, 'samples/messages/messages.pcap'));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'large.pcap');
  writeFileSync(path, Buffer.concat([sample, ...Array<Buffer>(6000).fill(sample.subarray(24))]));
  return path;
}
