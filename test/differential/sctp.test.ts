// SIP over SCTP (frame, Call-ID, CSeq, method or status), against tshark. There is no public capture of it: this one is
// written by the tests.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../cli/program.ts';
import { sctpCapture } from '../cli/sctp-capture.ts';
import { describeSip, differencesOf, readSipByFrame, type SipByFrame } from './sip-by-frame.ts';
import { tsharkVersion } from './tshark.ts';

const folder = scratchFolder();
const version = tsharkVersion();
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
const skipped = version === undefined ? ' (SKIPPED: there is no tshark)' : '';

test.skipIf(version === undefined && !isCi)(
  `SIP over SCTP is what tshark ${version ?? ''} finds${skipped}`,
  async () => {
    expect(version, 'tshark is needed where CI is set').toBeDefined();
    const path = join(folder, 'sctp.pcap');
    writeFileSync(path, sctpCapture());
    const theirs = readWithTshark(path);
    expect(theirs.size).toBe(9);
    expect(differencesOf(await readSipByFrame(path), theirs)).toEqual([
      // A packet shown twice: tshark takes its chunks for sent again, and looks into them but once.
      { frame: 11, kind: 'only ours', ours: 'call@10.0.0.1; 2 BYE; BYE', theirs: undefined },
    ]);
  },
);

function readWithTshark(path: string): SipByFrame {
  const { stdout } = spawnSync(
    'tshark',
    ['-n', '-r', path, '-Y', 'sip', '-T', 'fields', ...FIELDS.flatMap((field) => ['-e', field])],
    { encoding: 'utf8' },
  );
  const rows = stdout.split('\n').filter((row) => row !== '');
  return new Map(
    rows.map((row) => {
      const [frame, ...lists] = row.split('\t');
      const [callIds, numbers, cseqMethods, methods, statuses] = lists.map((list) =>
        list === '' ? [] : list.split(','),
      );
      const cseqs = numbers!.map((number, index) => `${number} ${cseqMethods![index]}`);
      return [
        Number(frame),
        describeSip({ callIds: callIds!, cseqs, methods: methods!, statuses: statuses! }),
      ];
    }),
  );
}

const FIELDS = [
  'frame.number',
  'sip.Call-ID',
  'sip.CSeq.seq',
  'sip.CSeq.method',
  'sip.Method',
  'sip.Status-Code',
];
