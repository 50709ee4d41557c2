// Whose media an RTP packet is, and what a stream of them tells: how many, how many got lost, how evenly they came.
import { expect, test } from 'vitest';
import type { Call } from '../../src/dialog/call.ts';
import { CallStreams } from '../../src/dialog/session/call-streams.ts';
import { Payload } from '../../src/network/payload.ts';
import type { RtpPacket } from '../../src/network/rtp-packet.ts';
import { parseMessage } from '../../src/sip/parse.ts';
import { request } from '../cli/captures.ts';
import { endpoint } from '../ladder/scene.ts';

const ALICE = '10.0.0.1:4000';
const BOB = '10.0.0.2:5000';

/** `from sip:ip:port` asks in call `id`, at a second, for what the lines of its session say. */
function asks(
  streams: CallStreams,
  id: number,
  seconds: number,
  from: string,
  ...lines: readonly string[]
): Call {
  const [ip] = from.split(':');
  const body = ['v=0', `o=- 1 1 IN IP4 ${ip}`, 's=-', `c=IN IP4 ${ip}`, 't=0 0', ...lines, ''].join('\r\n');
  const payload = new Payload();
  payload.data = request('INVITE', ['Content-Type: application/sdp'], body);
  payload.end = payload.data.length;
  payload.seconds = seconds;
  payload.src = endpoint(from);
  const call = { id, start: at(seconds), end: at(seconds), state: 'in-call', partial: false } as Call;
  streams.message(parseMessage(payload)!, call);
  return call;
}

function at(seconds: number): { seconds: number; nanoseconds: number } {
  return { seconds: Math.floor(seconds), nanoseconds: Math.round((seconds % 1) * 1e9) };
}

let frame = 0;

/** A packet each 20 ms of a source, from a second on, with the sequence numbers given. */
function plays(
  streams: CallStreams,
  from: string,
  to: string,
  seconds: number,
  sequences: readonly number[],
  more: Partial<RtpPacket> = {},
): void {
  for (const [index, sequence] of sequences.entries())
    streams.packet({
      ...{ frame: ++frame, ...at(seconds + index / 50), src: endpoint(from), dst: endpoint(to), ssrc: 7 },
      ...{ payloadType: 0, sequence: sequence & 0xffff, timestamp: (index * 160) >>> 0, ...more },
    });
}

function count(first: number, packets: number): number[] {
  return Array.from({ length: packets }, (_, index) => first + index);
}

function told(streams: CallStreams, id: number): string[] {
  return streams.of(id).map(({ rtp, media, secure, srcAsker, dstAsker }) => {
    const { src, dst, packets, lost, jitter, codecs } = rtp;
    const words = [secure ? 'SRTP' : 'RTP', media, codecs.join('+'), `${src.text} > ${dst.text}`];
    const facts = `${packets} packets, ${lost} lost, jitter ${jitter === null ? '?' : jitter.toFixed(2)}`;
    return `${words.join(' ')}: ${facts}, asked by ${srcAsker?.text ?? '-'} and ${dstAsker?.text ?? '-'}`;
  });
}

test('both directions of a call, with the codecs that the receiver named', () => {
  const streams = new CallStreams();
  asks(streams, 1, 100, '10.0.0.1:5060', 'm=audio 4000 RTP/AVP 0 97', 'a=rtpmap:97 opus/48000/2');
  asks(streams, 1, 101, '10.0.0.2:5060', 'm=audio 5000 RTP/SAVP 97', 'a=rtpmap:97 AMR/8000');
  plays(streams, ALICE, BOB, 101, count(1, 50), { payloadType: 97 });
  plays(streams, BOB, ALICE, 101.5, count(9, 10), { payloadType: 97, ssrc: 8 });
  plays(streams, BOB, '10.0.0.9:9', 102, count(1, 1), { payloadType: 5, ssrc: 9 });
  plays(streams, '10.0.0.8:8', '10.0.0.9:9', 102, count(1, 5));
  expect(told(streams, 1)).toEqual([
    `SRTP audio AMR/8000 ${ALICE} > ${BOB}: 50 packets, 0 lost, jitter 0.00, asked by 10.0.0.1:5060 and 10.0.0.2:5060`,
    `RTP audio opus/48000/2 ${BOB} > ${ALICE}: 10 packets, 0 lost, jitter 4.43, asked by 10.0.0.2:5060 and 10.0.0.1:5060`,
    `SRTP audio DVI4/8000 ${BOB} > 10.0.0.9:9: 1 packets, 0 lost, jitter ?, asked by 10.0.0.2:5060 and -`,
  ]);
  expect(told(streams, 2)).toEqual([]);
});

test('behind an address translator the other end tells', () => {
  const streams = new CallStreams();
  asks(streams, 1, 100, '203.0.113.7:1024', 'c=IN IP4 192.168.1.5', 'm=audio 4000 RTP/AVP 8');
  asks(streams, 1, 101, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 8');
  plays(streams, '203.0.113.7:61000', BOB, 102, count(1, 5), { payloadType: 8 });
  plays(streams, BOB, '203.0.113.7:61000', 102, count(1, 5), { payloadType: 8, ssrc: 8 });
  expect(told(streams, 1)).toEqual([
    `RTP audio PCMA/8000 203.0.113.7:61000 > ${BOB}: 5 packets, 0 lost, jitter 0.00, asked by - and 10.0.0.2:5060`,
    `RTP audio PCMA/8000 ${BOB} > 203.0.113.7:61000: 5 packets, 0 lost, jitter 0.00, asked by 10.0.0.2:5060 and -`,
  ]);
});

test.each<readonly [string, readonly number[], number, number]>([
  ['none', count(1, 100), 100, 0],
  ['three in the middle', [...count(1, 10), ...count(14, 10)], 20, 3],
  ['none where the numbers go round', count(65530, 20), 20, 0],
  ['two where they go round', [...count(65530, 4), ...count(65536, 4)], 8, 2],
  ['none where two change places', [1, 3, 2, 4], 4, 0],
  ['none where the first comes second', [2, 1, 3], 3, 0],
  ['none where some come twice', [1, 2, 2, 2, 3], 5, 0],
  ['none where the numbers begin anew', [...count(1, 5), ...count(30_000, 5)], 10, 0],
])('lost: %s', (_, sequences, packets, lost) => {
  const streams = new CallStreams();
  asks(streams, 1, 100, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 0');
  plays(streams, ALICE, BOB, 101, sequences);
  expect(streams.of(1).map(({ rtp }) => [rtp.packets, rtp.lost])).toEqual([[packets, lost]]);
});

test('jitter as RFC 3550 §A.8 has it, of events there is none', () => {
  const streams = new CallStreams();
  const lines = ['m=audio 5000 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000'];
  asks(streams, 1, 100, '10.0.0.2:5060', ...lines);
  // 10 ms late, in time, and an event whose timestamp stands still.
  plays(streams, ALICE, BOB, 101, [1], { timestamp: 0 });
  plays(streams, ALICE, BOB, 101.03, [2], { timestamp: 160 });
  plays(streams, ALICE, BOB, 101.04, [3], { timestamp: 320 });
  plays(streams, ALICE, BOB, 101.06, count(4, 9), { timestamp: 480, payloadType: 101 });
  const [first, second] = [10 / 16, 10 / 16 + (10 - 10 / 16) / 16];
  expect(streams.of(1).map(({ rtp }) => [rtp.jitter!.toFixed(6), rtp.codecs])).toEqual([
    [((first + second) / 2).toFixed(6), ['telephone-event/8000', 'PCMU/8000']],
  ]);
});

test('a port that is used again belongs to the call that has it', () => {
  const streams = new CallStreams();
  const ended = asks(streams, 1, 100, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 0');
  plays(streams, ALICE, BOB, 101, count(1, 5));
  streams.call({ ...ended, state: 'completed', end: at(110) } as Call);
  plays(streams, ALICE, BOB, 111, count(6, 2));
  plays(streams, ALICE, BOB, 113, count(8, 2));
  // The end of this one is not in the capture: the next one with the port ends it.
  asks(streams, 2, 120, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 0');
  plays(streams, ALICE, BOB, 121, count(10, 3));
  asks(streams, 3, 130, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 0');
  plays(streams, ALICE, BOB, 131, count(20, 4));
  expect([1, 2, 3].map((id) => streams.of(id).map(({ rtp }) => rtp.packets))).toEqual([[7], [3], [4]]);
});

test('media that begins after the end is of the call where both ends are its own', () => {
  const streams = new CallStreams();
  const ended = asks(streams, 1, 100, '10.0.0.1:5060', 'm=audio 4000 RTP/AVP 0');
  asks(streams, 1, 101, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 0');
  streams.call({ ...ended, state: 'rejected', end: at(102) } as Call);
  plays(streams, ALICE, BOB, 103, count(1, 9));
  plays(streams, '10.0.0.3:6000', ALICE, 103, count(1, 5));
  expect(streams.of(1).map(({ rtp }) => rtp.packets)).toEqual([9]);
});

test('two calls of one session that name the same address both have its media', () => {
  const streams = new CallStreams();
  asks(streams, 1, 100, '10.0.0.1:5060', 'm=audio 4000 RTP/AVP 0');
  asks(streams, 2, 100.01, '10.0.0.5:5060', 'c=IN IP4 10.0.0.1', 'm=audio 4000 RTP/AVP 0');
  asks(streams, 2, 101, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 0');
  asks(streams, 1, 101.01, '10.0.0.5:5060', 'm=audio 6000 RTP/AVP 0');
  plays(streams, BOB, ALICE, 102, count(1, 5));
  expect([1, 2].map((id) => streams.of(id).map(({ rtp }) => rtp.packets))).toEqual([[5], [5]]);
  streams.forget(1);
  expect([1, 2].map((id) => streams.of(id).length)).toEqual([0, 1]);
});

test('a call has no streams without end', () => {
  const streams = new CallStreams();
  asks(streams, 1, 100, '10.0.0.2:5060', 'm=audio 5000 RTP/AVP 0');
  for (let ssrc = 0; ssrc < 1000; ssrc++) plays(streams, ALICE, BOB, 101, [1], { ssrc });
  expect(streams.of(1).length).toBe(64);
});
