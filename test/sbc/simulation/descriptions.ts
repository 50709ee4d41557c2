// Session descriptions of the simulated user agents.

/** `media`: im, audio, mixed, or none. `lines` of m=message where there are any. */
export function description(
  media: string,
  ip: string,
  version: number,
  user: string,
  lines = 1,
): Buffer | undefined {
  if (media === 'none') return undefined;
  const text = [
    'v=0',
    `o=${user} 1 ${version} IN IP4 ${ip}`,
    's=-',
    `c=IN IP4 ${ip}`,
    't=0 0',
    ...(media === 'audio' ? [] : new Array<string>(lines).fill(`m=message 5060 sip sip:${user}@${ip}`)),
    ...(media === 'im' ? [] : ['m=audio 40000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000']),
  ];
  return Buffer.from(`${text.join('\r\n')}\r\n`);
}

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
