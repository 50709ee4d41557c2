// `anonymize` on real captures: what it says, what it writes, and that the same key gives the same pseudonyms.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, refused, scratchFolder, sipspect } from './program.ts';
import { sctpCapture } from './sctp-capture.ts';

const folder = scratchFolder();
const CALL = 'samples/plain-call/call.pcap';
const FAILED = 'samples/failed-calls/failed-calls.pcapng';
const TLS = 'samples/tls-call/call.pcap';

async function anonymize(to: string, ...args: string[]): Promise<{ path: string; said: string }> {
  const path = join(folder, to);
  const { stdout, stderr, status } = await sipspect(['anonymize', '-w', path, ...args]);
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  return { path, said: stderr.replace(` to ${path}\n`, '').replace('sipspect: ', '') };
}

test('a call: the same ladder, with other names', async () => {
  const { path, said } = await anonymize('call.pcapng', CALL);
  expect(said).toBe(
    'wrote 48 packets; 7 messages with pseudonyms; 41 packets of media without what was said',
  );
  const arrows = async (capture: string): Promise<string[]> => {
    const { stdout } = await sipspect(['ladder', '--json', capture]);
    const { rows } = JSON.parse(stdout) as {
      rows: { label: string; sinceStart: number; frames: number[] }[];
    };
    return rows.map(({ label, sinceStart, frames }) => `${frames} ${sinceStart} ${label}`);
  };
  expect(await arrows(path)).toEqual(await arrows(CALL));
  const octets = readFileSync(path, 'latin1');
  expect(octets).not.toMatch(/alice|bob/i);
});

test('findings of an audit stay, without whom they are about', async () => {
  const { path } = await anonymize('failed.pcapng', FAILED);
  const findings = async (capture: string): Promise<unknown[]> => {
    const { stdout } = await sipspect(['audit', '--format', 'json', capture]);
    const report = JSON.parse(stdout) as { findings: { rule: string; severity: string; frames: number[] }[] };
    return report.findings.map(({ rule, severity, frames }) => [rule, severity, frames]);
  };
  const original = await findings(FAILED);
  expect(original.length).toBeGreaterThan(5);
  expect(await findings(path)).toEqual(original);
});

test('what is left blank is said', async () => {
  const { said } = await anonymize('tls.pcapng', TLS);
  expect(said).toMatch(
    /^wrote \d+ packets; 6 messages with pseudonyms; \d+ packets blank \(tls-no-keys \d+\)$/,
  );
  const path = join(folder, 'sctp.pcap');
  writeFileSync(path, sctpCapture());
  const { said: sctp } = await anonymize('sctp.pcapng', path);
  expect(sctp).toContain('4 messages blank, since what carried them cannot be written anew');
});

test('what was encrypted is plain, for whom secrets are given', async () => {
  const { path, said } = await anonymize('opened.pcapng', TLS, 'samples/tls-call/keys.txt');
  expect(said).toMatch(
    /^wrote \d+ packets; 13 messages with pseudonyms; \d+ packets of TLS and WebSockets without their own$/,
  );
  const { stdout } = await sipspect(['calls', '--json', path]);
  const { stdout: original } = await sipspect(['calls', '--json', TLS, 'samples/tls-call/keys.txt']);
  const facts = (json: string): unknown => {
    const { state, frames, timings } = JSON.parse(json);
    return { state, frames, timings };
  };
  expect(facts(stdout)).toEqual(facts(original));
});

test('--key: made once, the same pseudonyms from then on; without it others each time', async () => {
  const key = join(folder, 'case.key');
  const first = await anonymize('first.pcapng', '--key', key, CALL);
  expect(statSync(key).mode & 0o777).toBe(0o600);
  const second = await anonymize('second.pcapng', '--key', key, CALL);
  const third = await anonymize('third.pcapng', CALL);
  expect(readFileSync(second.path)).toEqual(readFileSync(first.path));
  expect(readFileSync(third.path)).not.toEqual(readFileSync(first.path));
});

test('classic pcap, standard output and standard input', async () => {
  const key = join(folder, 'pipe.key');
  const { path } = await anonymize('classic.pcap', '--key', key, CALL);
  expect(readFileSync(path).readUInt32LE(0)).toBe(0xa1b2c3d4);
  const stdin = readFileSync(join(ROOT, CALL));
  const { path: whole } = await anonymize('whole.pcapng', '--key', key, CALL);
  const piped = await sipspect(['anonymize', '--key', key, '-w', '-', '-'], { stdin, octets: true });
  expect(piped.stdout).toBe(readFileSync(whole, 'latin1'));
  expect(piped.stderr).toContain('7 messages with pseudonyms');
});

test('an extract of one call goes on to be anonymized', async () => {
  const extracted = await sipspect(['extract', '--index', '2', '-w', '-', FAILED], { octets: true });
  const stdin = Buffer.from(extracted.stdout, 'latin1');
  const { status, stderr } = await sipspect(['anonymize', '-w', join(folder, 'two.pcapng'), '-'], { stdin });
  expect([status, stderr]).toEqual([0, expect.stringMatching(/wrote \d+ packets; \d+ messages/)]);
});

test('what the user can mend', async () => {
  expect(await sipspect(['anonymize', '-w', join(folder, 'x'), join(folder, 'none.pcap')])).toEqual(
    refused(expect.stringContaining('no capture could be read')),
  );
  const short = join(folder, 'short.key');
  writeFileSync(short, 'secret\n');
  expect(await sipspect(['anonymize', '--key', short, '-w', join(folder, 'x'), CALL])).toEqual(
    refused(`sipspect: --key: ${short} holds less than 16 characters: a key is not to be guessed\n`),
  );
  expect(await sipspect(['anonymize', '--key', folder, '-w', join(folder, 'x'), CALL])).toEqual(
    refused(expect.stringContaining(`--key: ${folder}: EISDIR`)),
  );
  expect(await sipspect(['anonymize', CALL])).toEqual(
    refused(expect.stringContaining("required option '-w, --write <file>' not specified")),
  );
});
