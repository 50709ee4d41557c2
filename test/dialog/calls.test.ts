// What is known of a call beside its state: where it begins and ends, spans, media, roles, the calls it names, its caps.
import { describe, expect, test } from 'vitest';
import { outcome } from './outcome.ts';
import { callOf, play } from './scenario.ts';

describe('one Call-ID, several calls', () => {
  test('used again by another caller after the end', () => {
    const { calls } = play(`0 A>B INVITE
      10 B>A 486
      20 A>B ACK to=b branch=INVITE-1-AB
      5000 A>B INVITE from=a2 branch=second
      5010 B>A 200 from=a2 to=b2 branch=second`);
    expect(calls.map(outcome)).toEqual([
      'call busy by callee 10.0.0.2:5060 INVITE 486 Busy Here 2 | none | 3 messages',
      'call in-call | confirmed | 2 messages',
    ]);
  });

  test('used again long after', () => {
    const { calls } = play(`0 A>B INVITE\n 10 B>A 486\n 400000 A>B INVITE cseq=2`);
    expect(calls.map(outcome)).toEqual([
      'call busy by callee 10.0.0.2:5060 INVITE 486 Busy Here 2 | none | 2 messages',
      'call call-setup | none | 1 messages',
    ]);
  });

  test('tried again by the same caller at once: the same call', () => {
    const call = callOf('0 A>B INVITE\n 10 B>A 503\n 2000 A>B INVITE cseq=2\n 2010 B>A 200 cseq=2');
    expect(outcome(call)).toBe('call in-call | confirmed | 4 messages');
    expect(call.timings.setupTime).toBe(10);
  });

  test('late retransmissions within 32 seconds find their call', () => {
    const { calls } = play(
      '0 A>B BYE cseq=2 to=b\n 10 B>A 200 of=BYE cseq=2\n 31000 A>B BYE cseq=2 to=b\n 31010 B>A 200 of=BYE cseq=2',
    );
    expect(calls.map(outcome)).toEqual([
      'call completed by caller 10.0.0.1:5060 BYE 1 partial | terminated | 4 messages, 2 again',
    ]);
  });
});

describe('the order and number of open calls', () => {
  test('calls are handed on when they are over, numbered as they began', () => {
    const order: number[] = [];
    const { calls } = play(`0 A>B INVITE id=long
      10 A>B OPTIONS id=short
      20 B>A 200 of=OPTIONS id=short
      30 B>A 200 id=long
      100000 A>B OPTIONS id=later`);
    for (const call of calls) order.push(call.id);
    expect(calls.map(({ callId, id }) => `${id} ${callId}`)).toEqual(['1 long', '2 short', '3 later']);
  });

  test('at the cap those silent longest go first, and it is said once', () => {
    const script = Array.from({ length: 40 }, (_, i) => `${i} A>B INVITE id=c${i}`).join('\n');
    const { calls, diagnostics } = play(`${script}\n50 B>A 200 id=c39`, { openCalls: 16 });
    expect(calls.length).toBe(40);
    expect(calls.reduce((sum, call) => sum + call.messages, 0)).toBe(41);
    expect(calls[39].state).toBe('in-call');
    expect(diagnostics).toEqual([
      {
        code: 'dialog/calls-evicted',
        severity: 'warning',
        message: 'More than 16 calls are open: those silent longest are handed on as they are',
        frames: [17],
      },
    ]);
  });

  test('caps within a call', () => {
    const options = Array.from({ length: 100 }, (_, i) => `${i} A>B OPTIONS cseq=${i + 1}`).join('\n');
    const many = play(options, { transactionsPerCall: 10, eventsPerCall: 20 }).calls[0];
    expect(many.messages).toBe(100);
    expect(many.events?.length).toBe(20);
    expect([...new Set(many.diagnostics.map(({ code }) => code))]).toEqual([
      'dialog/transactions-capped',
      'dialog/events-capped',
    ]);
    const tags = Array.from({ length: 30 }, (_, i) => `${i} B>A 180 to=b${i}`).join('\n');
    const forked = play(`0 A>B INVITE\n${tags}`, { dialogsPerCall: 5 }).calls[0];
    expect(forked.dialogs.length).toBe(5);
    expect(forked.diagnostics.map(({ code }) => code)).toEqual(['dialog/dialogs-capped']);
  });

  test('a long conversation forgets its finished transactions', () => {
    const script = Array.from(
      { length: 300 },
      (_, i) => `${i * 1000} A>B OPTIONS cseq=${i + 1}\n${i * 1000 + 5} B>A 200 of=OPTIONS cseq=${i + 1}`,
    );
    const call = callOf(script.join('\n'));
    expect(outcome(call)).toBe('options completed | none | 600 messages');
    expect(call.diagnostics).toEqual([]);
  });
});

describe('spans (RFC 6076)', () => {
  const none = {
    sessionRequestDelay: null,
    ringTime: null,
    setupTime: null,
    sessionDuration: null,
    sessionDisconnectDelay: null,
    registrationRequestDelay: null,
    responseDelay: null,
  };

  test('a call that was answered', () => {
    const call = callOf(`0 A>B INVITE
      5 B>A 100
      250.5 B>A 183
      400 B>A 180
      2400 B>A 200
      2410 A>B ACK to=b
      9400 B>A BYE from=b to=a
      9412.25 A>B 200 of=BYE from=b to=a`);
    expect(call.timings).toEqual({
      ...none,
      sessionRequestDelay: 250.5,
      ringTime: 2000,
      setupTime: 2400,
      sessionDuration: 7000,
      sessionDisconnectDelay: 12.25,
      responseDelay: 2400,
    });
  });

  test('the delay of the request runs through challenge and redirection', () => {
    const call = callOf(`0 A>B INVITE
      10 B>A 407
      20 A>B INVITE cseq=2
      30 B>A 302 cseq=2
      40 A>C INVITE cseq=3
      90 C>A 180 cseq=3`);
    expect(call.timings).toEqual({ ...none, sessionRequestDelay: 90, responseDelay: 10 });
  });

  test('a failure', () => {
    expect(callOf('0 A>B INVITE\n 80 B>A 404').timings).toEqual({
      ...none,
      sessionRequestDelay: 80,
      responseDelay: 80,
    });
  });

  test('the response is that to the first request', () => {
    const early =
      '0 A>B INVITE\n 10 B>A 183\n 20 A>B PRACK cseq=2 to=b\n 30 B>A 200 of=PRACK cseq=2\n 900 B>A 200';
    expect(callOf(early).timings.responseDelay).toBe(900);
    const cancelled = '0 A>B INVITE\n 10 B>A 180\n 90 A>B CANCEL\n 91 B>A 200 of=CANCEL\n 95 B>A 487';
    expect(callOf(cancelled).timings.responseDelay).toBe(95);
  });

  test('of two BYEs that cross, the disconnect delay is that of the first', () => {
    const script = (answer: string) => `0 A>B INVITE\n 10 B>A 200\n 20 A>B ACK to=b
      9000 A>B BYE cseq=2 to=b\n 9001 B>A BYE from=b to=a cseq=7
      9005 A>B 200 of=BYE from=b to=a cseq=7\n 9010 B>A ${answer} of=BYE cseq=2`;
    expect(callOf(script('200')).timings.sessionDisconnectDelay).toBe(10);
    expect(callOf(script('481')).timings.sessionDisconnectDelay).toBe(null);
  });

  test('taken at the first hop', () => {
    const call = callOf('0 A>B INVITE\n 1 B>C INVITE via=2 branch=p\n 50 C>B 180 branch=p\n 60 B>A 180');
    expect(call.timings.sessionRequestDelay).toBe(60);
  });

  test('a response the capture put before its request gives 0', () => {
    expect(callOf('0 B>A 180\n 1 A>B INVITE\n 9 B>A 200').timings.sessionRequestDelay).toBe(0);
  });
});

describe('media', () => {
  const lines = (script: string) =>
    callOf(script).media.map(({ side, media, address, port, codecs, direction, im }) =>
      [side, media, `${address}:${port}`, ...codecs, direction, im ? 'im' : ''].join(' ').trim(),
    );
  const audio = [
    'caller audio 10.0.0.1:40000 PCMU/8000 PCMA/8000 sendrecv',
    'callee audio 10.0.0.2:40000 PCMU/8000 PCMA/8000 sendrecv',
  ];

  test.each([
    ['offered, not answered', '0 A>B INVITE sdp=audio', audio.slice(0, 1)],
    ['offer and answer', '0 A>B INVITE sdp=audio\n 9 B>A 200 sdp=audio', audio],
    ['early answer', '0 A>B INVITE sdp=audio\n 9 B>A 183 sdp=audio', audio],
    [
      'offer in the 200, answer in the ACK',
      '0 A>B INVITE\n 9 B>A 200 sdp=audio\n 10 A>B ACK to=b sdp=audio',
      audio,
    ],
    [
      'a re-INVITE that is refused changes nothing',
      '0 A>B INVITE sdp=audio\n 9 B>A 200 sdp=audio\n 20 A>B INVITE cseq=2 to=b sdp=video\n 30 B>A 488 cseq=2',
      audio,
    ],
    [
      'a re-INVITE by the callee',
      '0 A>B INVITE sdp=audio\n 9 B>A 200 sdp=audio\n 20 B>A INVITE from=b to=a sdp=hold\n 30 A>B 200 from=b to=a sdp=audio',
      [audio[0], 'callee audio 10.0.0.2:40000 PCMU/8000 sendonly'],
    ],
    [
      'two lines',
      '0 A>B INVITE sdp=video',
      ['caller audio 10.0.0.1:40000 PCMU/8000 sendrecv', 'caller video 10.0.0.1:40002 H264/90000 sendrecv'],
    ],
    ['instant messages', '0 A>B INVITE sdp=im', ['caller message 10.0.0.1:5060 sendrecv im']],
    [
      'an UPDATE',
      '0 A>B INVITE sdp=audio\n 9 B>A 200 sdp=audio\n 20 A>B UPDATE cseq=2 to=b sdp=hold\n 30 B>A 200 of=UPDATE cseq=2 sdp=audio',
      ['caller audio 10.0.0.1:40000 PCMU/8000 sendonly', audio[1]],
    ],
  ])('%s', (_name, script, expected) => {
    expect(lines(script)).toEqual(expected);
  });
});

describe('roles', () => {
  const roles = (script: string, index = 0) =>
    play(script).calls[index].roles.map(({ endpoint, role, evidence }) =>
      `${endpoint} ${role} ${evidence}`.trim(),
    );

  test('a proxy adds a Via', () => {
    expect(roles('0 A>B INVITE\n 1 B>C INVITE via=2 branch=p | Record-Route: <sip:10.0.0.2;lr>')).toEqual([
      '10.0.0.1:5060 user-agent',
      '10.0.0.2:5060 proxy adds Via and Record-Route',
      '10.0.0.3:5060 user-agent',
    ]);
  });

  test('a registrar answers REGISTER, behind a proxy too', () => {
    expect(
      roles(
        '0 A>B REGISTER\n 1 B>R REGISTER via=2 branch=p\n 2 R>B 200 of=REGISTER branch=p\n 3 B>A 200 of=REGISTER',
      ),
    ).toEqual([
      '10.0.0.1:5060 user-agent',
      '10.0.0.2:5060 proxy adds Via',
      '10.0.0.18:5060 registrar answers REGISTER',
    ]);
  });

  test('a redirect server', () => {
    expect(roles('0 A>B INVITE\n 1 B>A 302')).toEqual([
      '10.0.0.1:5060 user-agent',
      '10.0.0.2:5060 redirect-server answers 302',
    ]);
  });

  test('a presence server', () => {
    expect(roles('0 B>A NOTIFY from=b to=a | Event: presence | Subscription-State: active')).toEqual([
      '10.0.0.2:5060 presence-server NOTIFY of presence',
      '10.0.0.1:5060 user-agent',
    ]);
  });

  test('a back-to-back user agent ends one call and begins another for the same users', () => {
    const script =
      '0 A>B INVITE id=one\n 5 B>C INVITE id=two from=x\n 900 C>D INVITE id=three from=y user=carol,dave';
    expect(roles(script)).toEqual([
      '10.0.0.1:5060 user-agent',
      '10.0.0.2:5060 b2bua same users on another Call-ID',
    ]);
    expect(roles(script, 1)).toEqual([
      '10.0.0.2:5060 b2bua same users on another Call-ID',
      '10.0.0.3:5060 user-agent',
    ]);
    expect(roles(script, 2)).toEqual(['10.0.0.3:5060 user-agent', '10.0.0.4:5060 user-agent']);
  });

  test('a PBX calls the phone of an extension by another name', () => {
    const evidence = 'b2bua same caller on another Call-ID';
    const script = '0 A>B INVITE id=one user=alice,2302\n 5 B>C INVITE id=two from=x user=alice,bob';
    expect(roles(script)).toEqual(['10.0.0.1:5060 user-agent', `10.0.0.2:5060 ${evidence}`]);
    expect(roles(script, 1)).toEqual([`10.0.0.2:5060 ${evidence}`, '10.0.0.3:5060 user-agent']);
  });

  test('a box with two addresses is known by the session it passes on', () => {
    const evidence = 'b2bua same session on another Call-ID';
    const script = `0 A>B INVITE id=one sdp=audio
      5 C>D INVITE id=two from=x sdp=relayed
      10 C>D OPTIONS id=three`;
    expect(roles(script)).toEqual(['10.0.0.1:5060 user-agent', `10.0.0.2:5060 ${evidence}`]);
    expect(roles(script, 1)).toEqual([`10.0.0.3:5060 ${evidence}`, '10.0.0.4:5060 user-agent']);
    expect(roles(script, 2)).toEqual([`10.0.0.3:5060 ${evidence}`, '10.0.0.4:5060 user-agent']);
  });

  test.each([
    ['without a session there is no telling', '0 A>B INVITE id=one\n 5 C>D INVITE id=two from=x'],
    ['its own session', '0 A>B INVITE id=one sdp=audio\n 5 C>D INVITE id=two from=x sdp=audio'],
    ['the far call seen first', '0 C>D INVITE id=two sdp=relayed\n 5 A>B INVITE id=one from=x sdp=audio'],
    ['too late', '0 A>B INVITE id=one sdp=audio\n 5000 B>C INVITE id=two from=x sdp=audio'],
    ['another caller', '0 A>B INVITE id=one user=alice,bob\n 5 B>C INVITE id=two from=x user=bob,carol'],
    ['two machines that call each other', '0 A>B INVITE id=one\n 5 B>A INVITE id=two from=x'],
    ['one client, two servers', '0 A>B INVITE id=one sdp=audio\n 5 A>C INVITE id=two from=x sdp=audio'],
    ['anonymous', '0 A>B INVITE id=one user=anonymous,bob\n 5 B>C INVITE id=two from=x user=anonymous,dave'],
  ])('no back-to-back user agent: %s', (_name, script) => {
    expect([...roles(script), ...roles(script, 1)].filter((role) => !role.endsWith('user-agent'))).toEqual(
      [],
    );
  });

  test('a proxy or back-to-back user agent with two addresses, by its Via', () => {
    expect(roles('0 A>B INVITE\n 1 C>D INVITE via=2 branch=p')).toEqual([
      '10.0.0.1:5060 user-agent',
      '10.0.0.2:5060 proxy adds Via',
      '10.0.0.3:5060 proxy adds Via',
      '10.0.0.4:5060 user-agent',
    ]);
    const evidence = 'b2bua passes the Call-ID on with a Via of its own alone';
    expect(roles('0 A>B INVITE\n 1 C>D INVITE branch=own')).toEqual([
      '10.0.0.1:5060 user-agent',
      `10.0.0.2:5060 ${evidence}`,
      `10.0.0.3:5060 ${evidence}`,
      '10.0.0.4:5060 user-agent',
    ]);
    expect(roles('0 A>B INVITE branch=x\n 1 C>D INVITE branch=x').join()).not.toContain('b2bua');
    expect(roles('0 A>B INVITE\n 4000 C>D INVITE branch=own').join()).not.toContain('b2bua');
    expect(roles('0 A>B INVITE\n 10 B>A 503\n 20 C>D INVITE branch=own').join()).not.toContain('b2bua');
  });

  test('Via values parted by a comma', () => {
    const list =
      'Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKa;x="1,2", SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKb';
    expect(roles(`0 A>B INVITE\n 1 B>C INVITE branch=p | ${list}`).join()).toContain(
      '10.0.0.2:5060 proxy adds Via',
    );
  });

  test('one that keeps the Call-ID begins with a Via of its own', () => {
    const evidence = 'b2bua passes the Call-ID on with a Via of its own alone';
    expect(roles('0 A>B INVITE\n 5 B>C INVITE branch=own')).toEqual([
      '10.0.0.1:5060 user-agent',
      `10.0.0.2:5060 ${evidence}`,
      '10.0.0.3:5060 user-agent',
    ]);
  });
});

describe('calls that name others', () => {
  test('blind transfer: REFER and the INVITE it led to (RFC 3515, RFC 5589)', () => {
    const { calls } = play(`0 A>B INVITE id=first
      10 B>A 200 id=first
      20 A>B ACK to=b id=first
      100 A>B REFER cseq=2 to=b id=first | Refer-To: <sip:carol@example.com>
      110 B>A 202 of=REFER cseq=2 id=first
      200 B>C INVITE id=second from=x user=bob,carol | Referred-By: <sip:alice@example.com>`);
    expect(calls.map(({ related }) => related)).toEqual([
      [{ relation: 'referred-call', callId: 'second', id: 2, frame: 6 }],
      [{ relation: 'referred-by', callId: 'first', id: 1, frame: 4 }],
    ]);
    expect(calls[0].state).toBe('in-call');
  });

  test('attended transfer: Replaces in Refer-To and in the INVITE (RFC 3891)', () => {
    const { calls } = play(`0 A>C INVITE id=other%40host
      10 A>B REFER id=ask | Refer-To: <sip:carol@example.com?Replaces=other%2540host%3Bto-tag%3D1%3Bfrom-tag%3D2>
      20 B>C INVITE id=new from=x user=bob,carol | Replaces: other%40host;to-tag=1;from-tag=2`);
    expect(calls.map(({ related }) => related.map(({ relation, id }) => `${relation} ${id}`))).toEqual([
      [],
      ['replaces 1', 'referred-call 3'],
      ['replaces 1', 'referred-by 2'],
    ]);
  });

  test('Target-Dialog and Join', () => {
    const { calls } = play(`0 A>B INVITE id=x
      10 C>A SUBSCRIBE id=y | Event: dialog | Target-Dialog: x;local-tag=1;remote-tag=2
      20 C>A INVITE id=z | Join: nowhere;to-tag=1;from-tag=2`);
    expect(
      calls.map(({ related }) => related.map(({ relation, callId, id }) => `${relation} ${callId} ${id}`)),
    ).toEqual([[], ['target-dialog x 1'], ['join nowhere 0']]);
  });
});

test('the Reason header of what ended the call (RFC 3326)', () => {
  const call = callOf(`0 A>B INVITE
    10 B>A 200
    900 A>B BYE cseq=2 to=b | Reason: Q.850;cause=16;text="Normal call clearing", SIP;cause=200 | Reason: X.TEST`);
  expect(call.cause?.reasons).toEqual([
    { protocol: 'Q.850', cause: 16, text: 'Normal call clearing' },
    { protocol: 'SIP', cause: 200, text: '' },
    { protocol: 'X.TEST', cause: null, text: '' },
  ]);
});
