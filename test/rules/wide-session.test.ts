// A session description of twice as many lines is about twice the work, whatever they are, on both sides of a box: what goes through
// all lines for each of them takes minutes for a datagram. Work is counted: texts that are made of octets, and lines and attributes
// that are walked over to find one.
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { Section } from '../../src/sdp/section.ts';
import { workOf } from '../work.ts';
import { flow } from './flow-files.ts';
import { sbcPolicy } from './sbc-policy.ts';

const FEW = 60;
/** Within a linear walk twice as much would be 2; all against all is 4. */
const MOST = 2.7;

const LINES: Readonly<Record<string, (number: number) => string>> = {
  'media of its own': (n) => `m=audio ${40_000 + n} RTP/AVP 0\n`,
  'media that is told by name': (n) =>
    `m=audio ${40_000 + n} RTP/AVP 96\na=rtpmap:96 X${n}/8000\na=mid:${n}\n`,
  'media elsewhere': (n) => `m=audio ${40_000 + n} RTP/AVP 0\nc=IN IP4 192.0.2.${n}\n`,
  'media refused': () => 'm=video 0 RTP/AVP 31\n',
  'media with DTLS': (n) => `m=audio ${40_000 + n} UDP/TLS/RTP/SAVP 0\n`,
  'instant messages': (n) => `m=message ${5000 + n} sip sip:user${n}@192.0.2.10\n`,
  MSRP: (n) => `m=message ${5000 + n} TCP/MSRP *\na=path:msrp://192.0.2.10:${n}/x;tcp\n`,
  'a codec': (n) => `a=rtpmap:${96 + n} X${n}/8000\n`,
  'parameters of a codec': () => 'a=fmtp:101 0-15\n',
  'a key': (n) => `a=crypto:${n} AES_CM_128_HMAC_SHA1_80 inline:key${n}\n`,
  'an old key': (n) => `k=clear:key${n}\n`,
  'a candidate': (n) => `a=candidate:${n} 1 UDP ${n} 192.0.2.10 ${n} typ host\n`,
  'a source': (n) => `a=ssrc:${n} cname:x\n`,
  'an address': (n) => `c=IN IP4 192.0.2.${n}\n`,
  'an origin': (n) => `o=- ${n} ${n} IN IP4 192.0.2.10\n`,
  'a direction': (n) => `a=${['sendonly', 'recvonly', 'inactive'][n % 3]}\n`,
  'a fingerprint': (n) => `a=fingerprint:sha-256 ${n}\n`,
  'RTCP elsewhere': (n) => `a=rtcp:${n} IN IP4 192.0.2.10\n`,
  'an attribute nobody knows': (n) => `a=x${n}:y\n`,
  'no line of a description': () => 'zzz\n',
};
const { policy } = parsePolicy(sbcPolicy(), 'policy');

test.each(Object.entries(LINES))('%s', (_, line) => {
  for (const name of ['call', 'sbc-voice']) {
    const [few, many] = [FEW, 2 * FEW].map((count) => walked(wide(flow(name), line, count)));
    expect(few).toBeGreaterThan(FEW);
    expect.soft(many! / few!, `${name}: ${few} → ${many}`).toBeLessThan(MOST);
  }
});

/** All descriptions of the flow with so many lines more, after those they have. */
function wide(text: string, line: (number: number) => string, count: number): string {
  const lines = Array.from({ length: count }, (_, number) => line(number)).join('');
  return text.replaceAll(/^m=.*\n(?:[a-z]=.*\n)*/gm, (media) => media + lines);
}

function walked(text: string): number {
  const names = ['first', 'all', 'attribute', 'attributeValues'];
  const counted = [
    { on: Section.prototype, names, cost: ({ lines }: Section) => lines.length },
    { on: Buffer.prototype, names: ['toString'] },
  ];
  return workOf(counted, () => {
    judgeCase(CATALOGUE, policy!, { name: 'wide', flow: text });
  });
}
