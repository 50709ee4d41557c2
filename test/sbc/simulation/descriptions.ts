// Session descriptions of the simulated user agents.

/** `media`: im, audio, mixed, or none. `lines` of m=message where there are any. `rate`: what may change from one to the next. */
export function description(
  media: string,
  ip: string,
  rate: number,
  user: string,
  lines = 1,
): Buffer | undefined {
  if (media === 'none') return undefined;
  const text = [
    'v=0',
    `o=${user} 1 1 IN IP4 ${ip}`,
    's=-',
    `c=IN IP4 ${ip}`,
    `b=AS:${rate}`,
    't=0 0',
    ...(media === 'audio' ? [] : new Array<string>(lines).fill(`m=message 5060 sip sip:${user}@${ip}`)),
    ...(media === 'im' ? [] : ['m=audio 40000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000']),
  ];
  return Buffer.from(`${text.join('\r\n')}\r\n`);
}

/** What a user agent said of its session last. */
export interface Described {
  version: number;
  rest: string;
}

/** RFC 3264 §5, §8: `o=` counts what changes, and nothing else. */
export function numbered(body: Buffer, described: Described): Buffer {
  const text = body.toString('latin1');
  const rest = text.replace(ORIGIN, '');
  if (rest !== described.rest) described.version++;
  described.rest = rest;
  return Buffer.from(text.replace(ORIGIN, `$1 ${described.version} $2`), 'latin1');
}

const ORIGIN = /^(o=\S+ \S+) \d+ (IN .*)$/m;

/** '' when there is none. */
export function mediaOf(body: Buffer): string {
  const text = body.toString('latin1');
  const im = text.includes('m=message');
  const audio = text.includes('m=audio');
  return im && audio ? 'mixed' : im ? 'im' : audio ? 'audio' : '';
}

/** Of media. */
export function linesOf(body: Buffer | undefined): number {
  return body === undefined ? 0 : body.toString('latin1').split('\r\nm=').length - 1;
}
