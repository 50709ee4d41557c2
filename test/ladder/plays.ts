// Calls to draw: two, three, five, twelve and thirty endpoints, a fork, an IM dialog, a call joined half way.
import type { Flow, FlowStream } from '../../src/ladder/flow.ts';
import { type PlacedFinding, withFindings } from '../../src/ladder/with-findings.ts';
import { endpoint, scene } from './scene.ts';

export const two: Flow = scene({ alice: '192.0.2.4:5060', bob: '198.51.100.7:5060' }, [
  '0.000 alice > bob INVITE 1 | audio',
  '0.500 alice > bob INVITE 1 | again',
  '0.512 alice < bob 100 Trying 1 INVITE',
  '0.620 alice < bob 180 Ringing 1 INVITE',
  '8.101 alice < bob 200 OK 1 INVITE | audio',
  '8.110 alice > bob ACK 1',
  '13.000 alice > bob INVITE 2 | hold',
  '13.020 alice < bob 491 Request Pending 2 INVITE',
  '13.021 alice > bob ACK 2',
  '75.400 alice < bob BYE 1 | ! sip/header-no-colon',
  '75.460 alice > bob 200 OK 1 BYE',
]);

export const three: Flow = scene(
  { alice: '127.0.0.1:5061', proxy: '127.0.0.1:5060', bob: '127.0.0.1:5062' },
  [
    '0.000 alice > proxy INVITE 1 | audio',
    '0.001 alice < proxy 407 Proxy Authentication Required 1 INVITE',
    '0.002 alice > proxy ACK 1',
    '0.010 alice > proxy INVITE 2 | audio',
    '0.011 alice < proxy 100 Trying 2 INVITE',
    '0.012 proxy > bob INVITE 2 | audio',
    '0.020 proxy < bob 180 Ringing 2 INVITE',
    '0.021 alice < proxy 180 Ringing 2 INVITE',
    '2.020 proxy < bob 200 OK 2 INVITE | audio',
    '2.021 alice < proxy 200 OK 2 INVITE | audio',
    '2.030 alice > bob ACK 2',
    '4.000 bob > alice BYE 1',
    '4.010 bob < alice 200 OK 1 BYE',
  ],
  {
    roles: new Map([
      ['127.0.0.1:5061', 'user-agent'],
      ['127.0.0.1:5060', 'proxy'],
      ['127.0.0.1:5062', 'user-agent'],
    ]),
  },
);

export const five: Flow = scene(
  {
    alice: '10.1.0.17:5060',
    edge: '10.1.0.1:5060',
    core: '10.2.0.1:5060',
    bob: '10.3.0.21:5060',
    bob2: '10.3.0.22:5060',
  },
  [
    '0.000 alice > edge INVITE 1 | video',
    '0.002 edge > core INVITE 1 | video',
    '0.004 core > bob INVITE 1 | video',
    '0.005 core > bob2 INVITE 1 | video',
    '0.100 core < bob 180 Ringing 1 INVITE',
    '0.101 edge < core 180 Ringing 1 INVITE',
    '0.102 alice < edge 180 Ringing 1 INVITE',
    '0.150 core < bob2 486 Busy Here 1 INVITE',
    '0.151 core > bob2 ACK 1',
    '1.000 core < bob 200 OK 1 INVITE | audio',
    '1.001 edge < core 200 OK 1 INVITE | audio',
    '1.002 alice < edge 200 OK 1 INVITE | audio',
    '1.100 alice > bob ACK 1',
    '6.100 core > core OPTIONS 7',
    '6.200 bob2 > bob2 OPTIONS 8',
  ],
);

export const instantMessages: Flow = scene(
  { alice: '[2001:db8:1234:5678::a]:5060', sbc: '[2001:db8:1234:5678:aaaa:bbbb:cccc:1]:5060' },
  [
    '0.000 alice > sbc INVITE 1 | im',
    '0.010 alice < sbc 200 OK 1 INVITE | im',
    '0.020 alice > sbc ACK 1',
    '1.000 alice > sbc MESSAGE 2 | text/plain',
    '1.010 alice < sbc 200 OK 2 MESSAGE',
  ],
  { kind: 'im', state: 'in call' },
);

export const joined: Flow = scene(
  { alice: '192.0.2.4:5060', bob: '198.51.100.7:5060' },
  [
    '0.000 alice < bob 200 OK 1 INVITE | audio',
    '0.000 alice < bob 200 OK 1 INVITE | audio | duplicate 1',
    '0.500 alice < bob 200 OK 1 INVITE | again',
    '1.500 alice < bob 200 OK 1 INVITE | again',
    '1.510 alice > bob ACK 1',
  ],
  { partial: true, cause: 'BYE by the callee' },
);

/** A call through `count` boxes in a row, and back. */
export function chain(count: number): Flow {
  const cast: Record<string, string> = {};
  for (let box = 1; box <= count; box++) cast[`n${box}`] = `10.0.${box}.${box}:5060`;
  const lines: string[] = [];
  const say = (text: string) => lines.push(`${(lines.length / 1000).toFixed(3)} ${text}`);
  for (let box = 1; box < count; box++) say(`n${box} > n${box + 1} INVITE 1 | audio`);
  for (let box = count - 1; box > 0; box--) say(`n${box} < n${box + 1} 180 Ringing 1 INVITE`);
  for (let box = count - 1; box > 0; box--) say(`n${box} < n${box + 1} 200 OK 1 INVITE | audio`);
  say(`n1 > n${count} ACK 1`);
  return scene(cast, lines);
}

/** A call over a box, with its media: the caller behind a translator, the box with media on an address of its own. */
export const media: Flow = {
  ...scene({ alice: '203.0.113.7:1024', sbc: '10.0.0.5:5060', bob: '10.0.0.21:5060' }, [
    '0.000 alice > sbc INVITE 1 | audio',
    '0.002 sbc > bob INVITE 1 | audio',
    '0.100 sbc < bob 180 Ringing 1 INVITE',
    '0.101 alice < sbc 180 Ringing 1 INVITE',
    '1.000 sbc < bob 200 OK 1 INVITE | audio',
    '1.001 alice < sbc 200 OK 1 INVITE | audio',
    '1.010 alice > sbc ACK 1',
    '1.011 sbc > bob ACK 1',
    '9.000 alice > sbc BYE 2',
    '9.010 alice < sbc 200 OK 2 BYE',
  ]),
  streams: [
    stream(0.2, '10.0.0.6:20000 203.0.113.7:61000', '10.0.0.5:5060 -', 390, { codecs: ['G722/8000'] }),
    stream(1.05, '203.0.113.7:61000 10.0.0.6:20000', '- 10.0.0.5:5060', 388, { lost: 12, jitter: 4.2 }),
    stream(1.06, '10.0.0.21:30000 10.0.0.6:20002', '10.0.0.21:5060 10.0.0.5:5060', 1, {
      ...{ protocol: 'SRTP', codecs: ['payload type 98'], milliseconds: 0, media: 'video' },
    }),
    stream(9.5, '10.0.0.6:20002 10.0.0.21:30000', '10.0.0.5:5060 10.0.0.21:5060', 3999, { lost: 1 }),
  ],
};

function stream(
  time: number,
  ends: string,
  askers: string,
  packets: number,
  more: Partial<FlowStream> = {},
): FlowStream {
  const [src, dst] = ends.split(' ').map(endpoint) as [FlowStream['src'], FlowStream['dst']];
  const [srcAsker, dstAsker] = askers.split(' ').map((one) => (one === '-' ? null : endpoint(one)));
  const milliseconds = Math.round(time * 1000);
  return {
    ...{ frame: 100 + Math.floor(time), lastFrame: 4000, src, dst, packets, protocol: 'RTP', media: 'audio' },
    ...{ srcAsker: srcAsker ?? null, dstAsker: dstAsker ?? null, codecs: ['PCMU/8000', 'CN/8000'], ssrc: 7 },
    ...{ lost: 0, jitter: null, milliseconds: 7800 },
    seconds: 1795232400 + Math.floor(milliseconds / 1000),
    nanoseconds: (milliseconds % 1000) * 1e6,
    ...more,
  };
}

/** What rules found of the call of two: of messages of it, twice of one, and of none. */
export const judged: Flow = withFindings(two, [
  found('info', 'message/mandatory-header', 'INVITE does not list Allow, Supported', 1),
  found('error', 'dialog/ack-missing', 'a 200 <to> "INVITE" & no ACK \x1b[2J', 5, 1),
  found('warning', 'transport/udp-too-large', 'INVITE of 1400 octets over UDP', 1),
  found('info', 'message/mandatory-header', '200 does not list Allow', 5),
  found('warning', 'nat/one-way-audio', '200 packets of audio went one way', 99),
  found('error', 'quality/no-answer', 'of the whole capture'),
]);

function found(
  severity: PlacedFinding['severity'],
  rule: string,
  message: string,
  ...frames: readonly number[]
): PlacedFinding {
  return { severity, rule, message, frames };
}
