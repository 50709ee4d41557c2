// Lines of a play → a flow: `0.010 alice > proxy INVITE 1 | audio`, `0.020 alice < proxy 100 Trying 1 INVITE`.
// Marked `again` it is a retransmission; frames count from 1.

import type { Flow, FlowMedia, FlowMessage } from '../../src/ladder/flow.ts';
import type { Endpoint } from '../../src/network/endpoint.ts';

export function scene(
  cast: Readonly<Record<string, string>>,
  lines: readonly string[],
  more: Partial<Flow> = {},
): Flow {
  const endpoints = new Map(Object.entries(cast).map(([name, address]) => [name, endpoint(address)]));
  const requested = new Map<string, number>();
  const messages = lines.map((line, index): FlowMessage => {
    const [head, ...extras] = line.split('|').map((part) => part.trim());
    const [time, left, direction, right, ...words] = head.split(' ');
    const [src, dst] = (direction === '>' ? [left, right] : [right, left]).map(
      (name) => endpoints.get(name)!,
    );
    const status = /^\d{3}$/.test(words[0]) ? Number(words[0]) : 0;
    const cseqMethod = status === 0 ? words[0] : words[words.length - 1];
    const cseqNumber = Number(words[status === 0 ? 1 : words.length - 2]);
    const milliseconds = Math.round(Number(time) * 1000);
    const hop = `${[src.text, dst.text].sort()} ${cseqNumber} ${cseqMethod}`;
    const again = extras.includes('again');
    if (status === 0 && !again) requested.set(hop, milliseconds);
    const asked = requested.get(hop);
    return {
      frame: index + 1,
      seconds: 1795232400 + Math.floor(milliseconds / 1000),
      nanoseconds: (milliseconds % 1000) * 1e6,
      src,
      dst,
      transport: 'udp',
      method: status === 0 ? words[0] : '',
      status,
      reason: status === 0 ? '' : words.slice(1, -2).join(' '),
      cseqNumber,
      cseqMethod,
      media: extras.flatMap((extra) => MEDIA[extra]?.(src.ip) ?? []),
      body: extras.find((extra) => /^\w+\/\w+$/.test(extra)) ?? '',
      retransmission: again,
      duplicateOf: Number(extras.find((extra) => extra.startsWith('duplicate'))?.split(' ')[1] ?? 0),
      delay: status > 0 && asked !== undefined ? milliseconds - asked : null,
      marks: extras.filter((extra) => extra.startsWith('!')).map((extra) => extra.slice(2)),
    };
  });
  return {
    index: 1,
    kind: 'call',
    callId: '3848276298220188511@192.0.2.4',
    from: 'sip:alice@example.com',
    to: 'sip:bob@example.com',
    state: 'completed',
    cause: '',
    unkept: 0,
    partial: false,
    roles: new Map(),
    messages,
    ...more,
  };
}

export function endpoint(address: string): Endpoint {
  const colon = address.lastIndexOf(':');
  const ip = address.slice(0, colon).replace(/^\[|\]$/g, '');
  return { ip, port: Number(address.slice(colon + 1)), text: address, version: ip.includes(':') ? 6 : 4 };
}

const AUDIO: Omit<FlowMedia, 'address'> = {
  media: 'audio',
  port: 30000,
  codecs: ['PCMU/8000', 'PCMA/8000'],
  direction: 'sendrecv',
  im: false,
};
const MEDIA: Readonly<Record<string, (address: string) => FlowMedia[]>> = {
  audio: (address) => [{ ...AUDIO, address }],
  hold: (address) => [{ ...AUDIO, address, direction: 'sendonly' }],
  video: (address) => [
    { ...AUDIO, address },
    { ...AUDIO, media: 'video', port: 30002, codecs: ['H264/90000'], address },
  ],
  im: (address) => [{ media: 'message', address, port: 5060, codecs: [], direction: 'sendrecv', im: true }],
};
