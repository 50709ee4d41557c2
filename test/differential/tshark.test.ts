// SIP messages (last frame, Call-ID, CSeq, method or status) of every capture, against tshark. Every difference is in the
// reviewed list, and the list holds none that is gone.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { whetherShared } from '../capture/shared.ts';
import { type ComparedCapture, comparedCaptures } from './captures.ts';
import { differencesOf, readSipByFrame } from './sip-by-frame.ts';
import { Sharkd, sharkdVersion } from './tshark.ts';

interface Reviewed {
  readonly capture: string;
  readonly kind: 'only ours' | 'only theirs' | 'different';
  readonly frames: readonly number[];
  /** Of a frame that is different: ours, then theirs. */
  readonly ours?: string;
  readonly theirs?: string;
  readonly reason: string;
}

const REVIEWED: readonly Reviewed[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../differences/tshark.json'), 'utf8'),
);

const version = sharkdVersion();
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
const skipped =
  version === undefined ? ' (SKIPPED: there is no sharkd, which comes with tshark)' : whetherShared;

test.skipIf(version === undefined && !isCi)(
  `every capture has the messages that tshark ${version ?? ''} finds${skipped}`,
  async () => {
    expect(version, 'sharkd is needed where CI is set').toBeDefined();
    const captures = comparedCaptures();
    const found = await differencesOfAll(captures);
    const compared = new Set(captures.map(({ name }) => name));
    const reviewed = REVIEWED.filter(({ capture }) => compared.has(capture)).flatMap(eachFrame);
    expect(found.sort()).toEqual(reviewed.sort());
  },
);

test('every reviewed difference has its reason', () => {
  expect(REVIEWED.filter(({ reason }) => reason.length < 20)).toEqual([]);
});

async function differencesOfAll(captures: readonly ComparedCapture[]): Promise<string[]> {
  const sharkd = new Sharkd();
  const found: string[] = [];
  for (const { name, path } of captures) {
    const theirs = await sharkd.read(path);
    for (const { frame, kind, ours, theirs: their } of differencesOf(await readSipByFrame(path), theirs))
      found.push(line(name, kind, frame, ours, their));
  }
  sharkd.close();
  return found;
}

function eachFrame({ capture, kind, frames, ours, theirs }: Reviewed): string[] {
  return frames.map((frame) => line(capture, kind, frame, ours, theirs));
}

function line(capture: string, kind: string, frame: number, ours?: string, theirs?: string): string {
  const difference = kind === 'different' ? `: ${JSON.stringify({ ours, theirs })}` : '';
  return `${capture} frame ${frame} ${kind}${difference}`;
}
