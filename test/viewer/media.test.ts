// Media in the viewer: RTP streams stand in the ladder, m hides them, and a large file gives the same ones when a call is
// opened as a small one while it is read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { flowStreams } from '../../src/ladder/from-streams.ts';
import { Reopener } from '../../src/viewer/reading/reopen.ts';
import { mediaCapture } from '../audit/media-capture.ts';
import { hasSharedCaptures, sharedCaptures, whetherShared } from '../capture/shared.ts';
import { scratchFolder } from '../cli/program.ts';
import { KEY, type OnScreen, onScreen } from './on-screen.ts';

const folder = scratchFolder();
let screen: OnScreen | null = null;

afterEach(() => {
  screen?.end();
  screen = null;
});

test('the streams of a call in its ladder, and what is known of one beside it', async () => {
  screen = await onScreen([capture()], { columns: 120, rows: 20 });
  await screen.press(KEY.enter, 'G', 'k', 'k');
  await expect(`${screen.frame()}\n`).toMatchFileSnapshot('frames/ladder-media.txt');
});

test('m hides them, and the cursor stays at its message', async () => {
  screen = await onScreen([capture()]);
  await screen.press(KEY.enter, 'G', 'k', 'm');
  await expect(`${screen.frame()}\n`).toMatchFileSnapshot('frames/ladder-no-media.txt');
  await screen.press('m', KEY.enter);
  expect(screen.frame()).toContain('\nBYE sip:bob@192.0.2.20:5060 SIP/2.0\n');
});

test('m says so where the capture has none', async () => {
  screen = await onScreen(['samples/failed-calls/failed-calls.pcapng']);
  await screen.press(KEY.enter, 'm');
  expect(screen.frame().split('\n').at(-1)).toBe('The capture shows no media of this call.');
});

test(`read again from the file, calls have the streams they had while it was read${whetherShared}`, async () => {
  const names = hasSharedCaptures ? SHARED : [];
  const paths = [
    capture(),
    ...sharedCaptures().flatMap(({ name, path }) => (names.includes(name) ? [path] : [])),
  ];
  let streams = 0;
  for (const path of paths) {
    const { library, end } = await onScreen([path]);
    const reopener = new Reopener([path]);
    for (let id = 1; id <= library.count; id++) {
      const call = library.reading.keptCall(id)!;
      const again = flowStreams((await reopener.streams([call])).of(id));
      expect(again).toEqual(flowStreams(library.reading.streams!.of(id)));
      streams += again.length;
    }
    end();
  }
  expect([paths.length, streams]).toEqual(hasSharedCaptures ? [6, 16] : [1, 2]);
});

function capture(): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'media.pcap');
  writeFileSync(path, mediaCapture());
  return path;
}

const SHARED = [
  'NormB__sipnab/register-invite-reinvite-bye.pcap',
  'NormB__sipnab/sip-rtp-g711.pcap',
  'goffinet__sip_captures/private-test-sip.pcapng',
  'ntop__nDPI/FAX-Call-t38-CA-TDM-SIP-FB-1.pcap',
  'pentesteracademy__voipshark/SIP-RTP-Normal_Call_two_parties.pcap',
];
