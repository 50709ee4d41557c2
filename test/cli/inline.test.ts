// `sipspect inline` as a program: signals, logs, the record that the other verbs read, the judging of its own traffic.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ended, scratchFolder, sipspect, start } from './program.ts';

const folder = scratchFolder();
const file = (name: string): string => join(folder, name);

test('it answers, records, judges, reads its policy anew, and ends with a summary', async () => {
  const port = await freePort();
  const policy = (more = ''): string => `
adjacencies:
  - {name: a, local: ['127.0.0.1:${port};transport=udp'], peers: [127.0.0.1]}
${more}`;
  writeFileSync(file('sbc.yaml'), policy());
  const child = start([
    ...['inline', '--policy', file('sbc.yaml'), '--record', file('own.pcapng'), '--check'],
    ...['--log', file('log.ndjson'), '--min-severity', 'warning'],
  ]);
  const outcome = ended(child);
  await logged('inline/listening');
  const peer = createSocket('udp4').bind(0, '127.0.0.1');
  await once(peer, 'listening');
  // Without Max-Forwards, which RFC 3261 §8.1.1 wants: the rules say so once the call is over.
  const options = [
    `OPTIONS sip:127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${peer.address().port};branch=z9hG4bK1;rport`,
    ...['From: <sip:a@example.com>;tag=1', `To: <sip:127.0.0.1:${port}>`, 'Call-ID: c1', 'CSeq: 1 OPTIONS'],
    ...['Content-Length: 0', '', ''],
  ].join('\r\n');
  peer.send(options, port, '127.0.0.1');
  const [answer] = (await once(peer, 'message')) as [Buffer];
  expect(answer.toString().split('\r\n')[0]).toBe('SIP/2.0 200 OK');
  writeFileSync(file('sbc.yaml'), policy('cac: [{caller-privacy: nonsense}]'));
  child.kill('SIGHUP');
  const failed = await logged('inline/reload-failed');
  expect(failed.error).toBe(
    `${file('sbc.yaml')}:4:24: expected never, account-boundary or always, not nonsense\n    cac: [{caller-privacy: nonsense}]\n                           ^~~~~~~~`,
  );
  writeFileSync(file('sbc.yaml'), policy('cac: [{caller-privacy: never}]'));
  child.kill('SIGHUP');
  await logged('inline/reloaded');
  child.kill('SIGTERM');
  const { stdout, stderr, status } = await outcome;
  expect({ stdout: stdout.replace(/^Ran \d+ s\./, 'Ran 1 s.'), stderr, status }).toEqual({
    stdout: `Ran 1 s.
Received: 1 (1 OPTIONS)
Sent: 1 (1 2xx)
Findings: 1 (1 message/max-forwards)
`,
    stderr: '',
    status: 0,
  });
  expect(log().map(({ level, code }) => `${level} ${code}`)).toEqual([
    'info inline/listening',
    'error inline/reload-failed',
    'info inline/listening',
    'warn check/finding',
    'info inline/reloaded',
    'info inline/draining',
    'info inline/stopping',
  ]);
  expect(log().find(({ code }) => code === 'check/finding')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[0-9:.]+Z$/),
    code: 'check/finding',
    rule: 'message/max-forwards',
    severity: 'error',
    message: 'OPTIONS has no Max-Forwards',
    peer: `127.0.0.1:${peer.address().port}`,
    callId: 'c1',
    frames: '1',
  });
  const recorded = await sipspect(['messages', '--json', file('own.pcapng')]);
  expect(
    recorded.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ frame, src, dst, method, status: code }) => [frame, src, dst, code ?? method]),
  ).toEqual([
    [1, `127.0.0.1:${peer.address().port}`, `127.0.0.1:${port}`, 'OPTIONS'],
    [2, `127.0.0.1:${port}`, `127.0.0.1:${peer.address().port}`, 200],
  ]);
  peer.close();
});

test.each([
  ['no policy', ['inline'], "sipspect: required option '--policy <file>' not specified\n"],
  [
    'a policy that is not there',
    ['inline', '--policy', file('no.yaml')],
    `sipspect: ${file('no.yaml')}: ENOENT: no such file or directory\n`,
  ],
  [
    'a policy without addresses',
    ['inline', '--policy', file('empty.yaml')],
    `sipspect: ${file('empty.yaml')}: has no adjacency to listen for\n`,
  ],
  [
    'a record that cannot be written',
    ['inline', '--policy', file('empty.yaml'), '--record', file('no/own.pcapng')],
    `sipspect: --record ${file('no/own.pcapng')}: ENOENT: no such file or directory\n`,
  ],
  [
    'a log that cannot be written',
    ['inline', '--policy', file('empty.yaml'), '--log', file('no/log')],
    `sipspect: --log ${file('no/log')}: ENOENT: no such file or directory\n`,
  ],
  [
    'an address that is not here',
    ['inline', '--policy', file('elsewhere.yaml')],
    'sipspect: cannot listen on udp 192.0.2.1 5060: EADDRNOTAVAIL\n',
  ],
])('%s is said in a line', async (_, args, stderr) => {
  writeFileSync(file('empty.yaml'), 'name: empty\n');
  writeFileSync(file('elsewhere.yaml'), 'adjacencies: [{name: a, local: [192.0.2.1]}]\n');
  expect(await sipspect(args)).toEqual({ stdout: '', stderr, status: 2 });
});

test('a signal that comes as soon as it listens ends it with a summary, too', async () => {
  writeFileSync(
    file('early.yaml'),
    `adjacencies: [{name: a, local: ['127.0.0.1:${await freePort()};transport=udp'], peers: [127.0.0.1]}]`,
  );
  const child = start(['inline', '--policy', file('early.yaml')]);
  const outcome = ended(child);
  child.stderr?.once('data', () => child.kill('SIGINT'));
  const { stdout, status } = await outcome;
  expect({ stdout: stdout.replace(/^Ran \d+ s\./, 'Ran 0 s.'), status }).toEqual({
    stdout: 'Ran 0 s.\n',
    status: 0,
  });
});

test('sipspect inline --help tells the signals, and its lines fit', async () => {
  const { stdout, stderr, status } = await sipspect(['inline', '--help']);
  expect({ stderr, status, long: stdout.split('\n').filter((line) => line.length > 105) }).toEqual({
    ...{ stderr: '', status: 0, long: [] },
  });
  expect(stdout.slice(stdout.indexOf('Examples'))).toBe(`Examples:
  $ sipspect inline --policy sbc.yaml
  $ sipspect inline --policy sbc.yaml --record own.pcapng --check
  $ sipspect audit --policy sbc.yaml own.pcapng

SIGHUP reads the policy and the certificates anew, calls go on; SIGTERM takes nothing new and ends with
the last call (or after inline.drain of the policy); SIGINT, or a second SIGTERM, ends at once.

`);
});

function log(): Record<string, unknown>[] {
  return readFileSync(file('log.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The line of the log with that code, once it is there. */
async function logged(code: string): Promise<Record<string, unknown>> {
  for (;;) {
    try {
      const found = log().find((line) => line['code'] === code);
      if (found !== undefined) return found;
    } catch {
      // The file is not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}
