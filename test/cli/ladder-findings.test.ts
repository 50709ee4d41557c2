// `sipspect ladder --findings` marks what `audit` finds: the same findings, at the messages that are guilty of them.
import { expect, test } from 'vitest';
import { sipspect } from './program.ts';

const IM = 'samples/im-session/im-session.pcapng';

interface Found {
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
}

test('every finding of an audit is in the ladders, at the packet it is of', async () => {
  const audit = await sipspect(['audit', '--format', 'ndjson', '--fail-on', 'never', IM]);
  const expected = lines<Found & { frames: number[] }>(audit.stdout).map(
    ({ frames, severity, rule, message }) => `${frames[0]} ${severity} ${rule} ${message}`,
  );
  const { stdout, stderr } = await sipspect(['ladder', '--json', '--findings', IM]);
  const found = lines<{ rows: { frames: number[]; findings?: Found[] }[] }>(stdout).flatMap(({ rows }) =>
    rows.flatMap(({ frames, findings = [] }) =>
      findings.map(({ severity, rule, message }) => `${frames[0]} ${severity} ${rule} ${message}`),
    ),
  );
  expect(found.sort()).toEqual(expected.sort());
  expect([stderr, found.length > 5]).toEqual(['', true]);
});

test('--min-severity leaves out what is less, and without --findings there are none', async () => {
  const marks = async (...args: string[]): Promise<string[]> => {
    const { stdout } = await sipspect(['ladder', '--width', '100', ...args, IM]);
    return stdout.match(/! .*/g)?.map((line) => line.replace(/[│\s]+$/, '')) ?? [];
  };
  expect(await marks('--findings', '--min-severity', 'error')).toEqual([
    '! E sdp/answer-mline-count',
    '! E sdp/answer-mline-count',
  ]);
  expect(await marks()).toEqual([]);
});

test('a policy judges, too: what it ignores is not marked', async () => {
  const { stdout, status } = await sipspect(['ladder', '--policy', 'samples/policy/typical.yaml', IM]);
  expect([status, stdout.includes('! ')]).toEqual([0, true]);
});

test('standard input cannot be read twice', async () => {
  expect(await sipspect(['ladder', '--findings', '-'])).toEqual({
    ...{ status: 2, stdout: '' },
    stderr: 'sipspect: --findings reads the captures twice, which standard input cannot be: name a file\n',
  });
});

function lines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
