// `sipspect ladder --rtp` draws the media of calls: regular files, several of them, standard input.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flowCapture } from '../audit/flow-capture.ts';
import { bothWays, mediaCapture } from '../audit/media-capture.ts';
import { pcapHeader } from '../capture/build.ts';
import { scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();

test('the streams of a call, in their place among its messages', async () => {
  const [signalling, media] = [join(folder, 'sip.pcap'), join(folder, 'rtp.pcap')];
  writeFileSync(signalling, flowCapture('call'));
  writeFileSync(media, Buffer.concat([pcapHeader(), ...bothWays()]));
  const args = ['ladder', '--rtp', '--index', '1', '--width', '100', signalling, media];
  expect(await sipspect(args)).toEqual({ status: 0, stderr: '', stdout: LADDER });
});

test('standard input has them too, and without --rtp there are none', async () => {
  const one = join(folder, 'one.pcap');
  writeFileSync(one, mediaCapture());
  const packets = async (...args: string[]): Promise<number[]> => {
    const stdin = readFileSync(one);
    const { stdout } = await sipspect(['ladder', '--json', '--index', '1', ...args], { stdin });
    const rows: { kind: string; packets: number }[] = JSON.parse(stdout).rows;
    return rows.filter(({ kind }) => kind === 'stream').map((row) => row.packets);
  };
  expect(await packets('--rtp', '-')).toEqual([100, 99]);
  expect(await packets('--rtp', one)).toEqual([100, 99]);
  expect(await packets(one)).toEqual([]);
});

const LADDER = `\
1  call  completed  12.0 s  7 messages
   sip:alice@example.com → sip:bob@example.com
   Call-ID call-1@192.0.2.10

           192.0.2.10                                                              192.0.2.20
           user-agent                                                              user-agent
  1   0.000000  │── INVITE (1)  SDP audio 192.0.2.10:40000 PCMU,PCMA,telephone-event ──>│
  2   0.010000  │<─────────────────────── 100 Trying (1 INVITE) ────────────────────────│
  3   0.200000  │<─────────────────── 180 Ringing (1 INVITE) +200 ms ───────────────────│
  4   2.000000  │<───────────────────── 200 OK (1 INVITE) +2.00 s ──────────────────────│
                │ SDP audio 192.0.2.20:50000 PCMU,telephone-event                       │
  5   2.020000  │────────────────────────────── ACK (1) ───────────────────────────────>│
  6   3.000000  │════════════════════════ RTP PCMU 100 packets ════════════════════════>│
                │ audio 192.0.2.10:40000 → 192.0.2.20:50000  1.98 s, jitter 0.00 ms     │
  7   3.000000  │<════════════════════════ RTP PCMU 99 packets ═════════════════════════│
                │ audio 192.0.2.20:50000 → 192.0.2.10:40000                             │
                │ 1.98 s, 1 lost (1.0 %), jitter 0.00 ms                                │
                ┊                            ··· 9.98 s ···                             ┊
205  12.000000  │────────────────────────────── BYE (2) ───────────────────────────────>│
206  12.010000  │<─────────────────────── 200 OK (2 BYE) +10 ms ────────────────────────│
                ══ completed: BYE by the caller

`;
