import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepSlots, repairCollapsedAnswer } from '../../../src/sbc/sdp/collapsed-lines.ts';
import {
  type HiddenSession,
  type HidingOptions,
  hiddenSession,
} from '../../../src/sbc/sdp/hidden-session.ts';
import { anySdp } from '../../sdp/any-sdp.ts';
import { sdp } from './text.ts';

const HEAD = ['v=0', 'o=- 0 0 IN IP4 192.0.2.9', 's=-', 'c=IN IP4 192.0.2.9', 't=0 0'];
const OFFER = sdp(
  ...HEAD,
  'm=audio 0 RTP/AVP 0',
  'm=message 0 sip sip:a@h',
  'm=x-ms-message 5060 sip null',
  'a=mid:3',
  'm=message 5061 sip sip:c@h',
);
const OPTIONS: HidingOptions = {
  address: '192.0.2.20',
  imPort: 5060,
  attributes: 'keep',
  constantVersion: false,
};

it('gives an answer a refused line for each that privacy took out of the offer', () => {
  const answer = sdp(...HEAD, 'm=audio 0 RTP/AVP 0', 'm=x-ms-message 5060 sip sip:b@h', 'a=mid:3');
  expect(repairCollapsedAnswer(OFFER, answer).toString()).toBe(
    sdp(
      ...HEAD,
      'm=audio 0 RTP/AVP 0',
      'm=message 0 sip sip:a@h',
      'm=x-ms-message 5060 sip sip:b@h',
      'a=mid:3',
      'm=message 0 sip sip:c@h',
    ).toString(),
  );
});

it('leaves an answer that has all lines, or that fits no offer', () => {
  const full = sdp(
    ...HEAD,
    'm=audio 0 RTP/AVP 0',
    'm=message 0 sip x',
    'm=message 1 sip x',
    'm=message 1 sip x',
  );
  const short = sdp(...HEAD, 'm=message 5060 sip sip:b@h');
  const one = sdp(...HEAD, 'm=message 5060 sip sip:a@h');
  expect([repairCollapsedAnswer(OFFER, full), repairCollapsedAnswer(OFFER, short)]).toEqual([full, short]);
  expect(repairCollapsedAnswer(one, short)).toBe(short);
});

it('repairs an answer whose last line has no line end, and an offer with half a line', () => {
  const offer = Buffer.from('v=0\r\nm=message 1 sip a\r\nm=message 5');
  expect(repairCollapsedAnswer(offer, Buffer.from('v=0\r\nm=message 1 sip b')).toString()).toBe(
    'v=0\r\nm=message 1 sip b\r\nm=message 0 sip null\r\n',
  );
});

it('keeps the lines that the description before had', () => {
  const before = sdp('v=0', 'm=message 1 sip a', 'm=message 0 sip b');
  expect(keepSlots(before, sdp('v=0', 'm=message 1 sip c')).toString()).toBe(
    sdp('v=0', 'm=message 1 sip c', 'm=message 0 sip b').toString(),
  );
  expect(keepSlots(before, before)).toBe(before);
});

it('raises the version of o= with each change of what is sent, and only then', () => {
  const offer = (uri: string, version: number, ...lines: string[]): Buffer =>
    sdp(
      'v=0',
      `o=alice 77 ${version} IN IP4 10.0.0.1`,
      's=-',
      't=0 0',
      `m=message 5060 sip ${uri}`,
      ...lines,
    );
  const hidden = (version: number, ...lines: string[]): string =>
    sdp(
      'v=0',
      `o=- 77 ${version} IN IP4 192.0.2.20`,
      's=-',
      'c=IN IP4 192.0.2.20',
      't=0 0',
      'm=message 5060 sip sip:anonymous@192.0.2.20',
      ...lines,
    ).toString();
  const sent: string[] = [];
  let last: HiddenSession | null = null;
  for (const received of [
    offer('sip:a@h', 5),
    offer('sip:other@h', 6),
    offer('sip:a@h', 9, 'a=sendonly'),
    offer('sip:a@h', 9, 'a=sendonly'),
    offer('sip:a@h', 10, 'a=sendonly', 'm=message 1 sip x'),
    offer('sip:a@h', 11),
  ]) {
    last = hiddenSession(received, last, OPTIONS);
    sent.push(last.octets.toString());
  }
  expect(sent).toEqual([
    hidden(5),
    hidden(5),
    hidden(6, 'a=sendonly'),
    hidden(6, 'a=sendonly'),
    hidden(6, 'a=sendonly'),
    hidden(7),
  ]);
  const constant = hiddenSession(offer('sip:a@h', 5), null, { ...OPTIONS, constantVersion: true });
  expect(constant.octets.toString()).toBe(hidden(0).replace('77', '0'));
});

it('hides answers with as many lines as were offered, and rewrites no MSRP', () => {
  const two = sdp(...HEAD, 'm=message 1 sip a', 'm=message 2 sip b');
  const one = sdp(...HEAD, 'm=message 1 sip b');
  const head = ['v=0', 'o=- 0 0 IN IP4 192.0.2.20', 's=-', 'c=IN IP4 192.0.2.20', 't=0 0'];
  const anonymous = (port: number): string => `m=message ${port} sip sip:anonymous@192.0.2.20`;
  const hide = (answer: Buffer, offer: Buffer): string =>
    hiddenSession(answer, null, { ...OPTIONS, repairFor: offer }).octets.toString();
  expect(hide(one, two)).toBe(sdp(...head, anonymous(5060), 'm=message 0 sip b').toString());
  expect(hide(two, two)).toBe(sdp(...head, anonymous(5060), anonymous(0)).toString());
  expect(hide(two, one)).toBe(sdp(...head, anonymous(5060)).toString());
  const msrp = sdp(...HEAD, 'm=message 7394 TCP/MSRP *', 'a=path:msrp://alice.example:7394/x;tcp');
  expect(hide(msrp, msrp)).toBe(
    msrp.toString().replace('o=- 0 0 IN IP4 192.0.2.9', 'o=- 0 0 IN IP4 192.0.2.20'),
  );
});

it('takes whatever is called a session description', () => {
  fc.assert(
    fc.property(anySdp(), anySdp(), fc.boolean(), (first, second, constantVersion) => {
      const offer = Buffer.from(first);
      const answer = Buffer.from(second);
      const before = hiddenSession(offer, null, { ...OPTIONS, constantVersion });
      const again = hiddenSession(answer, before, { ...OPTIONS, constantVersion, repairFor: offer });
      expect(again.version - before.version).toBeLessThanOrEqual(1n);
      repairCollapsedAnswer(offer, answer);
    }),
    { numRuns: 300 },
  );
});
