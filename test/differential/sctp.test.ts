// SIP over SCTP (frame, Call-ID, CSeq, method or status), against tshark. There is no public capture of it: this one is
// written by the tests.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../cli/program.ts';
import { sctpCapture } from '../cli/sctp-capture.ts';
import { differencesOf, readSipByFrame } from './sip-by-frame.ts';
import { readWithTshark, tsharkVersion } from './tshark.ts';

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
