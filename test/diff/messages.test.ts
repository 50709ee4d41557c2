// Which message of one capture is which of the other: lost ones, those sent again, those that crossed on the line.
import { describe, expect, test } from 'vitest';
import { messagesCompared } from './compared.ts';

const CALL = `0 A>B INVITE sdp=audio
  20 B>A 180
  900 B>A 200 sdp=audio
  920 A>B ACK to=b
  5000 A>B BYE cseq=2 to=b
  5010 B>A 200 of=BYE cseq=2`;

describe('one call at two places', () => {
  test.each<readonly [name: string, before: string, after: string, rows: readonly string[]]>([
    [
      'the same',
      CALL,
      CALL,
      [
        'INVITE (1) 1=1',
        '180 Ringing (1 INVITE) 2=2',
        '200 OK (1 INVITE) 3=3',
        'ACK (1) 4=4',
        'BYE (2) 5=5',
        '200 OK (2 BYE) 6=6',
      ],
    ],
    [
      'a message got lost',
      '0 A>B INVITE\n 20 B>A 180\n 900 B>A 200',
      '5 A>B INVITE\n 890 B>A 200',
      ['INVITE (1) 1=1', '180 Ringing (1 INVITE) 2-', '200 OK (1 INVITE) 3=2'],
    ],
    [
      'of what was sent several times, times tell which one got lost: the first',
      '0 A>B INVITE\n 500 A>B INVITE\n 1500 A>B INVITE\n 3500 A>B INVITE',
      '510 A>B INVITE\n 1511 A>B INVITE\n 3510 A>B INVITE',
      ['INVITE (1) 1-', 'INVITE (1) 2=1', 'INVITE (1) 3=2', 'INVITE (1) 4=3'],
    ],
    [
      'one in the middle, by clocks that are apart',
      '0 A>B INVITE\n 500 A>B INVITE\n 1500 A>B INVITE\n 3500 A>B INVITE',
      '9000 A>B INVITE\n 9501 A>B INVITE\n 12500 A>B INVITE',
      ['INVITE (1) 1=1', 'INVITE (1) 2=2', 'INVITE (1) 3-', 'INVITE (1) 4=3'],
    ],
    [
      'the delay of what was sent once tells',
      '0 A>B INVITE\n 500 A>B INVITE\n 520 B>A 100\n 900 B>A 200',
      '510 A>B INVITE\n 511 B>A 100\n 890 B>A 200',
      ['INVITE (1) 1-', 'INVITE (1) 2=1', '100 Trying (1 INVITE) 3=2', '200 OK (1 INVITE) 4=3'],
    ],
    [
      'what crossed on the line comes in another order, and is not lost',
      '0 A>B INVITE\n 10 B>A 200\n 20 A>B ACK to=b\n 1000 A>B INFO cseq=2 to=b\n 1010 B>A INFO cseq=7 from=b to=a',
      '5 A>B INVITE\n 5 B>A 200\n 25 A>B ACK to=b\n 1000 B>A INFO cseq=7 from=b to=a\n 1005 A>B INFO cseq=2 to=b',
      ['INVITE (1) 1=1', '200 OK (1 INVITE) 2=2', 'ACK (1) 3=3', 'INFO (2) 4=5', 'INFO (7) 5=4'],
    ],
    [
      'hops are told apart by their branches',
      '0 A>B INVITE\n 5 B>C INVITE via=2\n 10 C>B 200 via=2\n 15 B>A 200',
      '5 B>C INVITE via=2\n 10 C>B 200 via=2',
      ['INVITE (1) 1-', 'INVITE (1) 2=1', '200 OK (1 INVITE) 3=2', '200 OK (1 INVITE) 4-'],
    ],
    [
      'a box that wrote its own Via is followed all the same',
      '0 A>B INVITE\n 20 B>A 180',
      '5 B>C INVITE via=2\n 15 C>B 180 via=2',
      ['INVITE (1) 1≠1 Via', '180 Ringing (1 INVITE) 2≠2 Via'],
    ],
    [
      'branches of a fork are no retransmissions of one another',
      '0 A>B INVITE\n 10 B>A 180 to=x\n 20 B>A 180 to=y',
      '0 A>B INVITE\n 10 B>A 180 to=y',
      ['INVITE (1) 1=1', '180 Ringing (1 INVITE) 2-', '180 Ringing (1 INVITE) 3=2'],
    ],
    [
      'a box that counts anew: what is left is matched by its course',
      '0 A>B INVITE\n 10 B>A 200\n 20 A>B ACK to=b\n 500 B>A BYE cseq=10 from=b to=a\n 510 A>B 200 of=BYE cseq=10 from=b to=a',
      '0 A>B INVITE\n 10 B>A 200\n 20 A>B ACK to=b\n 500 B>A BYE cseq=3 from=b to=a branch=BYE-10-BA\n 510 A>B 200 of=BYE cseq=3 from=b to=a branch=BYE-10-BA',
      [
        'INVITE (1) 1=1',
        '200 OK (1 INVITE) 2=2',
        'ACK (1) 3=3',
        'BYE (10) 4≠4 CSeq',
        '200 OK (10 BYE) 5≠5 CSeq',
      ],
    ],
    [
      'duplicates made by the capture are left out',
      '0 A>B INVITE\n 0 A>B INVITE dup=1\n 20 B>A 180',
      '0 A>B INVITE\n 20 B>A 180',
      ['INVITE (1) 1=1', '180 Ringing (1 INVITE) 3=2'],
    ],
    [
      'only the end of the call was captured there',
      CALL,
      '5000 A>B BYE cseq=2 to=b\n 5010 B>A 200 of=BYE cseq=2',
      [
        'INVITE (1) 1-',
        '180 Ringing (1 INVITE) 2-',
        '200 OK (1 INVITE) 3-',
        'ACK (1) 4-',
        'BYE (2) 5=1',
        '200 OK (2 BYE) 6=2',
      ],
    ],
  ])('%s', (_, before, after, rows) => {
    expect(messagesCompared(before, after, 'call-id')).toEqual(rows);
  });
});

describe('two runs of one scenario', () => {
  test.each<readonly [name: string, before: string, after: string, rows: readonly string[]]>([
    [
      'numbers and identifiers are others, the course is the same',
      CALL,
      `0 A>B INVITE cseq=71 from=x branch=q1 id=other sdp=audio
        20 B>A 180 cseq=71 from=x to=y branch=q1 id=other
        900 B>A 200 cseq=71 from=x to=y branch=q1 id=other sdp=audio
        920 A>B ACK cseq=71 from=x to=y branch=q2 id=other
        5000 A>B BYE cseq=72 from=x to=y branch=q3 id=other
        5010 B>A 200 of=BYE cseq=72 from=x to=y branch=q3 id=other`,
      [
        'INVITE (1) 1=1',
        '180 Ringing (1 INVITE) 2=2',
        '200 OK (1 INVITE) 3=3',
        'ACK (1) 4=4',
        'BYE (2) 5=5',
        '200 OK (2 BYE) 6=6',
      ],
    ],
    [
      'challenged in one only: the attempt that went well is the counterpart',
      '0 A>B INVITE\n 10 B>A 200\n 20 A>B ACK to=b',
      '0 A>B INVITE\n 10 B>A 401 to=c\n 12 A>B ACK to=c branch=INVITE-1-AB\n 20 A>B INVITE cseq=2\n 30 B>A 200 cseq=2\n 40 A>B ACK cseq=2 to=b',
      [
        'INVITE (1) -1',
        '401 Unauthorized (1 INVITE) -2',
        'ACK (1) -3',
        'INVITE (1) 1=4',
        '200 OK (1 INVITE) 2=5',
        'ACK (1) 3=6',
      ],
    ],
    [
      'what was sent again is no counterpart of what was not',
      '0 A>B INVITE\n 500 A>B INVITE\n 600 B>A 200',
      '0 A>B INVITE\n 600 B>A 200',
      ['INVITE (1) 1=1', 'INVITE (1) 2-', '200 OK (1 INVITE) 3=2'],
    ],
    [
      'one more proxy: its hop is only there',
      '0 A>B INVITE\n 10 B>A 200',
      '0 A>B INVITE\n 5 B>C INVITE via=2\n 10 C>B 200 via=2\n 15 B>A 200',
      ['INVITE (1) 1=1', 'INVITE (1) -2', '200 OK (1 INVITE) -3', '200 OK (1 INVITE) 2=4'],
    ],
    [
      'another way to ring',
      '0 A>B INVITE\n 20 B>A 180\n 900 B>A 200',
      '0 A>B INVITE\n 20 B>A 183\n 900 B>A 200',
      [
        'INVITE (1) 1=1',
        '180 Ringing (1 INVITE) 2-',
        '183 Session Progress (1 INVITE) -2',
        '200 OK (1 INVITE) 3=3',
      ],
    ],
  ])('%s', (_, before, after, rows) => {
    expect(messagesCompared(before, after, 'parties')).toEqual(rows);
  });
});

test('long calls are not looked at pair by pair', () => {
  const lines = (count: number, skip: number): string =>
    Array.from({ length: count }, (_, index) =>
      index === skip ? '' : `${index * 10} A>B OPTIONS cseq=7 branch=b${index}`,
    ).join('\n');
  const rows = messagesCompared(lines(3000, -1), lines(3000, 1500), 'call-id');
  expect(rows.filter((row) => !row.includes('='))).toEqual(['OPTIONS (7) 1501-']);
});
