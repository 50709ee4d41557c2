// Which messages repeat others, which belong together, over one hop and several.
import { describe, expect, test } from 'vitest';
import { Payload } from '../../src/network/payload.ts';
import { parseMessage } from '../../src/sip/parse.ts';
import { callOf, play, playMessages, shortEvents } from './scenario.ts';

const events = (script: string) => shortEvents(callOf(script).events);
const transactions = (script: string) =>
  (callOf(script).events ?? [])
    .map(({ transaction, upstream }) => (upstream < 0 ? `${transaction}` : `${transaction}<${upstream}`))
    .join(' ');

describe('retransmissions', () => {
  test.each([
    ['of a request', '0 A>B INVITE\n 500 A>B INVITE\n 1500 A>B INVITE', 'INVITE INVITE*1 INVITE*1'],
    [
      'of a final response',
      '0 A>B INVITE\n 10 B>A 200\n 500 B>A 200\n 600 A>B ACK to=b',
      'INVITE 200 200*2 ACK',
    ],
    [
      'of an ACK to a 2xx',
      '0 A>B INVITE\n 10 B>A 200\n 20 A>B ACK to=b\n 510 B>A 200\n 520 A>B ACK to=b',
      'INVITE 200 ACK 200*2 ACK*3',
    ],
    [
      'of an ACK to a failure',
      '0 A>B INVITE\n 10 B>A 486\n 20 A>B ACK to=b branch=INVITE-1-AB\n 510 B>A 486\n 520 A>B ACK to=b branch=INVITE-1-AB',
      'INVITE 486 ACK 486*2 ACK*3',
    ],
    [
      'of a reliable provisional response',
      '0 A>B INVITE\n 10 B>A 183\n 510 B>A 183\n 520 A>B PRACK cseq=2 to=b',
      'INVITE 183 183*2 PRACK',
    ],
    [
      'no: 183 again with something else in it',
      '0 A>B INVITE\n 10 B>A 183\n 510 B>A 183 sdp=audio',
      'INVITE 183 183',
    ],
    [
      'no: 180 of another branch of a fork',
      '0 A>B INVITE\n 10 B>A 180 to=b1\n 20 B>A 180 to=b2',
      'INVITE 180 180',
    ],
    ['no: a new CSeq', '0 A>B OPTIONS\n 10 A>B OPTIONS cseq=2', 'OPTIONS OPTIONS'],
    ['no: the same request at the next hop', '0 A>B INVITE\n 1 B>C INVITE via=2 branch=p', 'INVITE INVITE'],
    [
      'no: the same branch at the next hop, as a transparent box passes it',
      '0 A>B INVITE\n 1 B>C INVITE',
      'INVITE INVITE',
    ],
    [
      'no: what the capture saw twice',
      '0 A>B INVITE\n 1 A>B INVITE dup=1\n 500 A>B INVITE\n 501 A>B INVITE dup=3',
      'INVITE INVITE=1 INVITE*1 INVITE=3',
    ],
    [
      'at each hop',
      '0 A>B INVITE\n 1 B>C INVITE via=2 branch=p\n 500 A>B INVITE\n 501 B>C INVITE via=2 branch=p',
      'INVITE INVITE INVITE*1 INVITE*2',
    ],
    [
      'of a BYE and its answer',
      '0 A>B BYE cseq=2 to=b\n 500 A>B BYE cseq=2 to=b\n 510 B>A 200 of=BYE cseq=2\n 520 B>A 200 of=BYE cseq=2',
      'BYE BYE*1 200 200*3',
    ],
  ])('%s', (_name, script, expected) => {
    expect(events(script)).toBe(expected);
  });

  test('CSeq of both sides are apart', () => {
    expect(events('0 A>B BYE cseq=2 to=b\n 1 B>A BYE cseq=2 from=b to=a')).toBe('BYE BYE');
  });
});

describe('transactions', () => {
  test('an INVITE with its responses; the ACK to a 2xx is its own', () => {
    expect(transactions('0 A>B INVITE\n 1 B>A 100\n 2 B>A 180\n 3 B>A 200\n 4 A>B ACK to=b')).toBe(
      '0 0 0 0 1',
    );
  });

  test('the ACK to a failure belongs to the INVITE, a CANCEL does not', () => {
    expect(
      transactions(
        '0 A>B INVITE\n 1 A>B CANCEL\n 2 B>A 200 of=CANCEL\n 3 B>A 487\n 4 A>B ACK to=b branch=INVITE-1-AB',
      ),
    ).toBe('0 1 1 0 0');
  });

  test('over two proxies each hop names the one before', () => {
    const script = `0 A>B INVITE
      1 B>C INVITE via=2 branch=p
      2 C>D INVITE via=3 branch=q
      10 D>C 180 branch=q
      11 C>B 180 branch=p
      12 B>A 180
      20 D>C 200 branch=q
      21 C>B 200 branch=p
      22 B>A 200
      30 A>D ACK to=b
      90 D>A BYE from=b to=a`;
    expect(transactions(script)).toBe('0 1<0 2<1 2<1 1<0 0 2<1 1<0 0 3 4');
    const call = callOf(script);
    expect([call.src.text, call.dst.text, call.endpoints.map(({ ip }) => ip).join(' ')]).toEqual([
      '10.0.0.1:5060',
      '10.0.0.2:5060',
      '10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4',
    ]);
    expect(call.state).toBe('completed');
  });

  test('the earlier hop is the first even when the capture shows the later one before it', () => {
    const script = '0 B>C INVITE via=2 branch=p\n 0 A>B INVITE\n 10 C>B 486 branch=p\n 11 B>A 486';
    expect(transactions(script)).toBe('0 1 0<1 1');
    const call = callOf(script);
    expect([call.src.text, call.state, call.cause?.endpoint]).toEqual([
      '10.0.0.1:5060',
      'busy',
      '10.0.0.3:5060',
    ]);
  });

  test('without Via a response elsewhere answers something else', () => {
    const bare = (frame: number, to: string) => {
      const payload = new Payload();
      payload.data = Buffer.from('SIP/2.0 200 OK\r\n\r\n');
      payload.end = payload.data.length;
      payload.frame = frame;
      payload.src = { ip: '10.0.0.1', port: 5060, text: '10.0.0.1:5060', version: 4 };
      payload.dst = { ip: to, port: 5060, text: `${to}:5060`, version: 4 };
      return parseMessage(payload)!;
    };
    const { infos } = playMessages([bare(1, '10.0.0.2'), bare(2, '10.0.0.3'), bare(3, '10.0.0.2')]);
    expect(infos.map(({ retransmissionOf }) => retransmissionOf)).toEqual([0, 0, 1]);
  });

  test('a response from another port still finds its request', () => {
    const { infos } = play('0 A>B OPTIONS\n 7 B2>A 200 of=OPTIONS branch=OPTIONS-1-AB');
    expect(infos.map(({ transaction, delay }) => [transaction, delay])).toEqual([
      [0, null],
      [0, 7],
    ]);
  });

  test('a move that no clause allows is evidence', () => {
    const call = callOf('0 A>B INVITE\n 10 B>A 486\n 20 B>A 180\n 30 B>A 200');
    expect(call.state).toBe('busy');
    expect(call.diagnostics).toEqual([
      {
        code: 'dialog/unexpected-message',
        severity: 'info',
        message: '180 to INVITE in state completed (RFC 3261 §17.1.1.2, RFC 6026 §8.4)',
        frames: [3],
      },
      {
        code: 'dialog/unexpected-message',
        severity: 'info',
        message: '200 to INVITE in state completed (RFC 3261 §17.1.1.2, RFC 6026 §8.4)',
        frames: [4],
      },
    ]);
  });
});
