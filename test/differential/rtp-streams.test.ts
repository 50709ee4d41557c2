// RTP streams of calls, their packets and how many got lost, against tshark. Where they differ, the list says why.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { CallStreams } from '../../src/dialog/session/call-streams.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { hasSharedCaptures, sharedCaptures, whetherShared } from '../capture/shared.ts';
import { sampleCaptures } from './captures.ts';
import { tsharkVersion } from './tshark.ts';

const SAMPLES = sampleCaptures().filter(({ name }) => name.startsWith('samples/plain-call/'));
const CAPTURES = [
  'MaryLS__Laborator09/sip.pcap',
  'NormB__sipnab/h263-over-rtp.pcap',
  'NormB__sipnab/register-invite-reinvite-bye.pcap',
  'NormB__sipnab/sip-rtp-g711.pcap',
  'goffinet__sip_captures/SIP-Call-Flow-Over-TCP.pcap',
  'goffinet__sip_captures/private-test-sip.pcapng',
  'goffinet__sip_captures/sip-flow-private-3.pcapng',
  'ntop__nDPI/FAX-Call-t38-CA-TDM-SIP-FB-1.pcap',
  'ntop__nDPI/pcap__sip.pcap',
  'pentesteracademy__voipshark/SIP-RTP-Normal_Call_two_parties.pcap',
  'slytechs-repos__jnetpcap-legacy/test-sip-rtp-g711.pcap',
];

/** Ours, then theirs. */
const REVIEWED = {
  // 592 packets of the capture are RTP, 231 of them the other way; tshark loses the stream when a port is named anew.
  'goffinet__sip_captures/sip-flow-private-3.pcapng 172.16.98.1:8000 > 172.16.98.182:7078 0x998e0300':
    '361 packets, 0 lost; 4 packets, 0 lost',
  // Packets of telephone events are counted by us, by tshark only in part.
  'ntop__nDPI/FAX-Call-t38-CA-TDM-SIP-FB-1.pcap 10.35.60.100:15580 > 10.23.1.52:16756 0x0eaf0eaf':
    '159 packets, 1712 lost; 132 packets, 1712 lost',
  // Its call was set up by MGCP.
  'slytechs-repos__jnetpcap-legacy/test-sip-rtp-g711.pcap 200.57.7.202:30000 > 200.57.7.196:40362 0x00002e3d':
    'none; 6 packets, 0 lost',
};

const skips = tsharkVersion() === undefined;
const whetherTshark = tsharkVersion() === undefined ? ' (SKIPPED: there is no tshark)' : '';

test.skipIf(skips)(`calls have the streams that tshark finds${whetherTshark}${whetherShared}`, async () => {
  const captures = [...SAMPLES, ...sharedCaptures().filter(({ name }) => CAPTURES.includes(name))];
  const found: Record<string, string> = {};
  let streams = 0;
  for (const { name, path } of captures) {
    const [ours, theirs] = [await ourStreams(path), tsharkStreams(path)];
    streams += ours.size;
    for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
      const [one, other] = [ours.get(key) ?? 'none', theirs.get(key) ?? 'none'];
      if (one !== other) found[`${name} ${key}`] = `${one}; ${other}`;
    }
  }
  expect(found).toEqual(hasSharedCaptures ? REVIEWED : {});
  expect(streams).toBe(hasSharedCaptures ? 28 : 4);
});

async function ourStreams(path: string): Promise<Map<string, string>> {
  const streams = new CallStreams();
  const found = new Map<string, string>();
  const calls: number[] = [];
  await readCaptures({
    inputs: [path],
    onMessage: (message, { call }) => streams.message(message, call),
    onRtp: (packet) => streams.packet(packet),
    onCall: (call) => {
      streams.call(call);
      calls.push(call.id);
    },
  });
  for (const { rtp } of calls.flatMap((call) => streams.of(call))) {
    const ssrc = `0x${rtp.ssrc.toString(16).padStart(8, '0')}`;
    found.set(`${rtp.src.text} > ${rtp.dst.text} ${ssrc}`, `${rtp.packets} packets, ${rtp.lost} lost`);
  }
  return found;
}

function tsharkStreams(path: string): Map<string, string> {
  const found = new Map<string, string>();
  const { stdout } = spawnSync('tshark', ['-r', path, '-n', '-q', '-z', 'rtp,streams'], { encoding: 'utf8' });
  for (const line of stdout.split('\n')) {
    const [, src, srcPort, dst, dstPort, ssrc, packets, lost] = ROW.exec(line) ?? [];
    if (src === undefined) continue;
    const key = `${src}:${srcPort} > ${dst}:${dstPort} ${ssrc!.toLowerCase()}`;
    // What came twice makes it negative.
    found.set(key, `${packets} packets, ${Math.max(0, Number(lost))} lost`);
  }
  return found;
}

/** Times, addresses and ports, SSRC, payloads, packets, lost (share). */
const ROW = /^\s*[\d.]+\s+[\d.]+\s+(\S+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(0x\w+)\s+.*?\s+(\d+)\s+(-?\d+) \(/;
