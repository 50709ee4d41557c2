// Which transaction a message belongs to: RFC 3261 §17.1.3, §17.2.3, §8.2.2.2, §8.1.3.3.
import { describe, expect, test } from 'vitest';
import { endpoint, flow, type RequestParts, requestText, responseText, Stage, UDP } from './stage.ts';

const TO = '192.0.2.1:5060';

/** What a second request does after a first one was answered with `status`. */
function second(
  first: readonly [method: string, parts?: RequestParts],
  status: number,
  then: readonly [method: string, parts?: RequestParts],
): string[] {
  const stage = new Stage();
  stage.receive(requestText(...first));
  stage.respond(stage.requests[0], status);
  stage.take();
  stage.receive(requestText(...then));
  return stage.take();
}

describe('with the cookie: branch, sent-by and method', () => {
  test.each<[string, RequestParts, string[]]>([
    ['the same', {}, [`0 > ${TO} 200 MESSAGE again`]],
    [
      'all else different',
      { callId: 'other', cseq: 8, uri: 'sip:c@d', toTag: 'x' },
      [`0 > ${TO} 200 MESSAGE again`],
    ],
    [
      'white space around sent-by',
      { via: 'SIP / 2.0 / UDP  192.0.2.1:5060 ' },
      [`0 > ${TO} 200 MESSAGE again`],
    ],
    ['another branch', { branch: 'z9hG4bK2' }, ['0 request MESSAGE']],
    ['another host', { via: 'SIP/2.0/UDP 192.0.2.9:5060' }, ['0 request MESSAGE']],
    ['another port', { via: 'SIP/2.0/UDP 192.0.2.1:5062' }, ['0 request MESSAGE']],
  ])('%s', (_, parts, does) => {
    expect(second(['MESSAGE'], 200, ['MESSAGE', parts])).toEqual(does);
  });

  test('another method, registered or not', () => {
    expect(second(['MESSAGE'], 200, ['INFO'])).toEqual(['0 request INFO']);
    expect(second(['DANCE'], 200, ['DANCE'])).toEqual([`0 > ${TO} 200 DANCE again`]);
    expect(second(['DANCE'], 200, ['dance'])).toEqual(['0 request dance']);
  });

  test('an ACK has the branch of its INVITE, whose failure it ends', () => {
    expect(second(['INVITE'], 486, ['ACK', { toTag: 'other' }])).toEqual(['0 - G', '0 - H', '0 + I 5000']);
    expect(second(['INVITE'], 486, ['ACK', { branch: 'z9hG4bK2' }])).toEqual(['0 ack z9hG4bK2']);
    expect(second(['BYE'], 486, ['ACK'])).toEqual(['0 ack z9hG4bK1']);
  });
});

describe('without the cookie: Request-URI, tags, Call-ID, CSeq and topmost Via', () => {
  // RFC 4475 §3.2.1: `z9hG4bK` alone identifies nothing.
  describe.each(['', '1', 'z9hG4bK'])('branch "%s"', (branch) => {
    test.each<[string, RequestParts, string[]]>([
      ['the same', {}, [`0 > ${TO} 200 MESSAGE again`]],
      ['another Request-URI', { uri: 'sip:c@d' }, ['0 request MESSAGE']],
      ['another Call-ID', { callId: 'other' }, ['0 request MESSAGE']],
      ['another CSeq', { cseq: 8 }, ['0 request MESSAGE']],
      ['another Via', { viaParams: ';hidden' }, ['0 request MESSAGE']],
    ])('%s', (_, parts, does) => {
      expect(second(['MESSAGE', { branch }], 200, ['MESSAGE', { branch, ...parts }])).toEqual(does);
    });

    test('an ACK to a failure has the tag of the response; another is passed up', () => {
      expect(second(['INVITE', { branch }], 486, ['ACK', { branch, toTag: 'b' }])).toEqual([
        '0 - G',
        '0 - H',
        '0 + I 5000',
      ]);
      expect(second(['INVITE', { branch }], 486, ['ACK', { branch, toTag: 'c' }])).toEqual([
        `0 ack ${branch}`,
      ]);
      expect(second(['INVITE', { branch }], 200, ['ACK', { branch, toTag: 'b' }])).toEqual([
        `0 ack ${branch}`,
      ]);
    });

    test('a CANCEL is for the INVITE it repeats', () => {
      expect(second(['INVITE', { branch }], 180, ['CANCEL', { branch }])).toEqual([
        `0 > ${TO} 200 CANCEL`,
        '0 + J 32000',
        `0 cancelled ${branch}`,
      ]);
    });
  });
});

describe('responses: branch and the method of CSeq', () => {
  test('all that nobody waits for is stray', () => {
    const stage = new Stage();
    stage.request('BYE');
    stage.take();
    stage.receive(responseText(200, 'INVITE'));
    stage.receive(responseText(200, 'CANCEL'));
    stage.receive(responseText(200, 'BYE', { branch: 'z9hG4bK2' }));
    stage.receive(responseText(100, 'BYE'));
    expect(stage.take()).toEqual([
      '0 stray 200 INVITE',
      '0 stray 200 CANCEL',
      '0 stray 200 BYE',
      '0 response 100 BYE',
    ]);
  });

  test('of two requests under one branch the later is answered, also when the earlier is over', () => {
    const stage = new Stage();
    const [first, then] = [stage.request('BYE'), stage.request('BYE', flow('tcp', 7))];
    stage.sendFailed(0);
    stage.take();
    stage.receive(responseText(100, 'BYE'));
    expect([first.state, then.state, stage.take()]).toEqual([
      'terminated',
      'proceeding',
      ['0 response 100 BYE'],
    ]);
  });

  test('with two Vias, none, or a status that does not exist it is dropped', () => {
    const stage = new Stage();
    stage.request('BYE');
    stage.take();
    stage.receive(responseText(200, 'BYE', { vias: 2 }));
    stage.receive(responseText(200, 'BYE', { vias: 0 }));
    stage.receive(responseText(99, 'BYE'));
    stage.receive(responseText(700, 'BYE'));
    expect(stage.take()).toEqual(Array(4).fill('0 ! debug sbc/response-dropped'));
  });
});

test('a request without a Via cannot be answered', () => {
  const stage = new Stage();
  stage.receive('OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n');
  expect(stage.take()).toEqual(['0 ! debug sbc/request-without-via']);
});

describe('merged requests', () => {
  test('the same From tag, Call-ID and CSeq under another branch, until the first is over', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'));
    stage.receive(requestText('INVITE', { branch: 'z9hG4bK2' }), flow('udp', 0, endpoint('192.0.2.9', 5060)));
    stage.receive(requestText('INVITE', { branch: 'z9hG4bK3', cseq: 8 }));
    stage.receive(requestText('MESSAGE', { branch: 'z9hG4bK4' }));
    const merged = () =>
      stage.requests.map((one) => {
        const first = stage.transactions.mergedWith(one);
        return first === null ? null : stage.requests.indexOf(first);
      });
    expect(merged()).toEqual([null, 0, null, null]);
    stage.respond(stage.requests[0], 486);
    stage.receive(requestText('ACK', { toTag: 'b' }));
    stage.run(5000);
    expect(merged()).toEqual([null, null, null, null]);
  });

  test('within a dialog there are none', () => {
    const stage = new Stage();
    stage.receive(requestText('BYE', { toTag: 'b' }));
    stage.receive(requestText('BYE', { toTag: 'b', branch: 'z9hG4bK2' }));
    expect(stage.requests.map((one) => stage.transactions.mergedWith(one))).toEqual([null, null]);
  });
});

test('a retransmission that comes another way is answered on the way of the first', () => {
  const stage = new Stage();
  stage.receive(requestText('BYE'), UDP);
  stage.respond(stage.requests[0], 200);
  stage.receive(requestText('BYE'), flow('udp', 0, endpoint('203.0.113.66', 9)));
  expect(stage.take().slice(3)).toEqual([`0 > ${TO} 200 BYE again`]);
});
