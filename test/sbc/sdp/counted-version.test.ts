// o= of a description that the SBC gave lines of its own.
import { expect, test } from 'vitest';
import { countedVersion } from '../../../src/sbc/sdp/counted-version.ts';
import type { HiddenSession } from '../../../src/sbc/sdp/hidden-session.ts';

test.each([
  ['the sender counts: as it is', [said(7, 1), said(8, 2), said(9, 1)], [7, 8, 9]],
  ['the same again: so is its version', [said(7, 1), said(7, 1)], [7, 7]],
  ['a line more, and the sender has not counted', [said(7, 1), said(7, 2), said(7, 2)], [7, 8, 8]],
  ['and goes on behind', [said(7, 1), said(7, 2), said(8, 3), said(9, 3)], [7, 8, 9, 9]],
  ['another session', [said(7, 1), said(7, 2), said(3, 1, '99')], [7, 8, 3]],
])('%s', (_name, descriptions, versions) => {
  let last: HiddenSession | null = null;
  const seen = descriptions.map((text) => {
    last = countedVersion(Buffer.from(text), last);
    const [, version] = /^o=- \d+ (\d+) /m.exec(last.octets.toString()) ?? [];
    expect(last.octets.toString().replace(/^o=.*\r$/m, '')).toBe(text.replace(/^o=.*\r$/m, ''));
    return Number(version);
  });
  expect(seen).toEqual(versions);
});

function said(version: number, lines: number, session = '4'): string {
  const media = 'm=message 5060 sip sip:alice@192.0.2.10\r\n'.repeat(lines);
  return `v=0\r\no=- ${session} ${version} IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\n${media}`;
}
