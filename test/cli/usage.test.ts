// Wrong usage gives one clear line and 2; --version and --help; a Node that is too old.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, done, ROOT, refused, sipspect } from './program.ts';

const SAMPLE = 'samples/plain-call/call.pcap';

test.concurrent.for<readonly [args: readonly string[], stderr: string]>([
  [['calls'], "missing required argument 'captures'"],
  [['calls', '--jsom', SAMPLE], "unknown option '--jsom' (Did you mean --json?)"],
  [['extract', SAMPLE], "required option '-w, --write <file>' not specified"],
  [['call', SAMPLE], 'no verb and no file is called call: see sipspect --help'],
  [['ladder', '--width', '39', SAMPLE], '--width takes a whole number from 40 up, not 39'],
  [
    ['ladder', '--time', 'now', SAMPLE],
    "option '--time <mode>' argument 'now' is invalid. Allowed choices are absolute, relative, delta.",
  ],
  [['ladder', '--index', '1-x', SAMPLE], '--index takes numbers and ranges such as 3 or 1,4-6, not "1-x"'],
  [['show', '--frame', 'one', SAMPLE], '--frame takes numbers and ranges such as 3 or 1,4-6, not "one"'],
  [['ladder', '--hosts', 'no/such', SAMPLE], '--hosts: no/such: ENOENT: no such file or directory'],
  [
    ['packets', '--filter', 'call.state == "busy"', SAMPLE],
    '--filter: packets have no call.* fields: see `sipspect messages`',
  ],
  [
    ['calls', '--filter', 'sip.Methd == "INVITE"', SAMPLE],
    `--filter: column 1: unknown field "sip.Methd" (did you mean sip.Method?)
  sip.Methd == "INVITE"
  ^~~~~~~~~`,
  ],
  [
    ['messages', '--filter', 'sip.Method == "INVITE" &&', SAMPLE],
    `--filter: column 26: the filter ends too early: expected a field or a value
  sip.Method == "INVITE" &&
                           ^`,
  ],
  [['calls', '--filter', '', SAMPLE], '--filter: column 1: the filter is empty\n  \n  ^'],
  [
    ['extract', '-w', 'no/such/file.pcap', '-'],
    'extract reads its captures twice, which standard input cannot be: name a file',
  ],
  [
    ['extract', '--index', '9', '-w', 'no/such/file.pcap', SAMPLE],
    'no call was chosen: see `sipspect calls` for what there is',
  ],
])('%s', async ([args, stderr]) => {
  expect(await sipspect(args)).toEqual(refused(`sipspect: ${stderr}\n`));
});

test('nothing chosen is said, and is no failure', async () => {
  const [ladder, show] = await Promise.all([
    sipspect(['ladder', '--index', '9', SAMPLE]),
    sipspect(['show', '--call-id', 'nobody', SAMPLE]),
  ]);
  expect(ladder).toEqual({
    stdout: '',
    stderr: 'sipspect: no call was chosen: see `sipspect calls` for what there is\n',
    status: 0,
  });
  expect(show).toEqual({
    stdout: '',
    stderr: 'sipspect: no message was chosen: see `sipspect messages` for what there is\n',
    status: 0,
  });
});

test('--version, long and short', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [long, short] = await Promise.all([sipspect(['--version']), sipspect(['-V'])]);
  expect([long, short]).toEqual([done(`${version}\n`), done(`${version}\n`)]);
});

test('help VERB is VERB --help', async () => {
  const [help, option] = await Promise.all([sipspect(['help', 'show']), sipspect(['show', '--help'])]);
  expect(help).toEqual(option);
  expect(help).toEqual(done(help.stdout));
});

test('without arguments the help goes to standard error', async () => {
  const [asked, bare] = await Promise.all([sipspect(['--help']), sipspect([])]);
  expect(asked.stdout).toMatch(/^Usage: sipspect \[options\] \[command\] \[captures...\]\n/);
  expect(asked).toEqual(done(asked.stdout));
  expect(bare).toEqual(refused(asked.stdout));
});

const old = oldNode();

test.skipIf(old === null)(
  'a Node that is too old says so in one line, or there is none on this machine',
  () => {
    const run = spawnSync(old!.path, [BIN, 'calls', SAMPLE], { cwd: ROOT, encoding: 'utf8' });
    expect({ stdout: run.stdout, stderr: run.stderr, status: run.status }).toEqual(
      refused(
        `sipspect: needs Node 22.12 or newer, this is ${old!.version} (in a clone, \`npm ci\` brings a newer one: use \`npx sipspect\`)\n`,
      ),
    );
  },
);

/** The machine's own Node, when it is older than 22.12. */
function oldNode(): { path: string; version: string } | null {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  for (const folder of folders) {
    try {
      const path = join(folder, 'node');
      const version = execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
      const [major = 0, minor = 0] = version.split('.').map(Number);
      return major < 22 || (major === 22 && minor < 12) ? { path, version } : null;
    } catch {
      // No Node in this folder: the next one.
    }
  }
  return null;
}
