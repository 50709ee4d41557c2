// Flows of many calls, for rules that count: each call is as short as a conforming one can be.

/** So many attempts, one a second, each with the final status that `status` gives; answered ones last eight seconds. */
export function attempts(count: number, status: (number: number) => number): string {
  const blocks: { readonly at: number; readonly text: string }[] = [];
  for (let number = 0; number < count; number++) {
    for (const block of attempt(number, status(number))) blocks.push(block);
  }
  return blocks
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .join('\n');
}

/** The frames of a flow with this status. */
export function finalsOf(flow: string, status: number): number[] {
  return flow
    .split(/^=== /m)
    .flatMap((block, frame) => (block.includes(`\nSIP/2.0 ${status} `) ? [frame] : []));
}

function attempt(number: number, status: number) {
  const answered = status < 300;
  const line = (
    at: number,
    src: string,
    dst: string,
    start: string,
    via: string,
    cseq: string,
    more: string,
    tag: string,
  ) => ({
    at,
    text: `=== ${at.toFixed(3)} ${src} > ${dst} udp
${start}
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-${number}-${via}
${start.startsWith('SIP/2.0') ? '' : 'Max-Forwards: 70\n'}From: <sip:alice@example.com>;tag=a${number}
To: <sip:bob${number}@example.com>${tag}
Call-ID: many-${number}@192.0.2.10
CSeq: ${cseq}
${more}`,
  });
  const [a, b] = ['192.0.2.10:5060', '192.0.2.20:5060'];
  const tag = `;tag=b${number}`;
  const contact = (who: string): string => `Contact: <sip:${who}>\n`;
  const empty = 'Content-Length: 0\n';
  const final = answered ? `SIP/2.0 200 OK` : `SIP/2.0 ${status} ${REASONS[status]}`;
  const features = 'Allow: INVITE, ACK, BYE, CANCEL, OPTIONS\nSupported: timer\n';
  const common = [
    line(
      number,
      a!,
      b!,
      `INVITE sip:bob${number}@192.0.2.20 SIP/2.0`,
      '1',
      '1 INVITE',
      `${contact('alice@192.0.2.10:5060')}${features}${sdp('192.0.2.10', 40000 + 2 * number)}`,
      '',
    ),
    line(number + 0.01, b!, a!, 'SIP/2.0 100 Trying', '1', '1 INVITE', empty, ''),
    line(
      number + 0.5,
      b!,
      a!,
      final,
      '1',
      '1 INVITE',
      answered
        ? `${contact(`bob${number}@192.0.2.20:5060`)}${features}${sdp('192.0.2.20', 40000 + 2 * number)}`
        : empty,
      tag,
    ),
    line(
      number + 0.51,
      a!,
      b!,
      `ACK sip:bob${number}@192.0.2.20${answered ? ':5060' : ''} SIP/2.0`,
      answered ? '2' : '1',
      '1 ACK',
      empty,
      tag,
    ),
  ];
  if (!answered) return common;
  return [
    ...common,
    line(number + 8.5, a!, b!, `BYE sip:bob${number}@192.0.2.20:5060 SIP/2.0`, '3', '2 BYE', empty, tag),
    line(number + 8.51, b!, a!, 'SIP/2.0 200 OK', '3', '2 BYE', empty, tag),
  ];
}

function sdp(address: string, port: number): string {
  return `Content-Type: application/sdp
Content-Length: *

v=0
o=- 1 1 IN IP4 ${address}
s=-
c=IN IP4 ${address}
t=0 0
m=audio ${port} RTP/AVP 0
a=rtpmap:0 PCMU/8000
`;
}

const REASONS: Readonly<Record<number, string>> = {
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  503: 'Service Unavailable',
};
