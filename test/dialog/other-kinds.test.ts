// Registrations, subscriptions, page-mode conversations, OPTIONS and the rest: states, causes, what is learnt on the way.
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/dialog/call.ts';
import { callRecord } from '../../src/dialog/record/call-record.ts';
import { outcome } from './outcome.ts';
import { callOf, play } from './scenario.ts';

type Row = [name: string, script: string, outcome: string];

const REGISTRATIONS: Row[] = [
  [
    'challenged, then registered (RFC 3665 §2.1)',
    `0 A>R REGISTER
     10 R>A 401 of=REGISTER to=r
     20 A>R REGISTER cseq=2 | Contact: <sip:alice@10.0.0.1>;expires=7200
     30 R>A 200 of=REGISTER cseq=2 to=r | Contact: <sip:alice@10.0.0.1>;expires=3600`,
    'registration registered | none | 4 messages',
  ],
  [
    'the wrong password',
    '0 A>R REGISTER\n 10 R>A 401 of=REGISTER to=r\n 20 A>R REGISTER cseq=2\n 30 R>A 403 of=REGISTER cseq=2 to=r',
    'registration failed by callee 10.0.0.18:5060 REGISTER 403 Forbidden 4 | none | 4 messages',
  ],
  [
    'the wrong password, challenged again',
    `0 A>R REGISTER
     10 R>A 401 of=REGISTER to=r | WWW-Authenticate: Digest realm="e", nonce="1"
     20 A>R REGISTER cseq=2 | Authorization: Digest username="a", realm="e", nonce="1", response="0"
     30 R>A 401 of=REGISTER cseq=2 to=r | WWW-Authenticate: Digest realm="e", nonce="2"`,
    'registration failed by callee 10.0.0.18:5060 REGISTER 401 Unauthorized 4 | none | 4 messages',
  ],
  [
    'a nonce that went stale refuses nothing (RFC 7616 §3.3)',
    `0 A>R REGISTER
     10 R>A 401 of=REGISTER to=r | WWW-Authenticate: Digest realm="e", nonce="1"
     20 A>R REGISTER cseq=2 | Authorization: Digest username="a", realm="e", nonce="1", response="0"
     30 R>A 401 of=REGISTER cseq=2 to=r | WWW-Authenticate: Digest realm="e", nonce="2", stale=TRUE`,
    'registration challenged by callee 10.0.0.18:5060 REGISTER 401 Unauthorized 4 | none | 4 messages',
  ],
  [
    'a proxy asks after the registrar: another realm (RFC 3261 §22.3)',
    `0 A>R REGISTER
     10 R>A 401 of=REGISTER to=r | WWW-Authenticate: Digest realm="e", nonce="1"
     20 A>R REGISTER cseq=2 | Authorization: Digest username="a", realm="e", nonce="1", response="0"
     30 R>A 407 of=REGISTER cseq=2 to=r | Proxy-Authenticate: Digest realm="p", nonce="2"`,
    'registration challenged by callee 10.0.0.18:5060 REGISTER 407 Proxy Authentication Required 4 | none | 4 messages',
  ],
  [
    'credentials of an earlier session, and no challenge yet',
    `0 A>R REGISTER | Authorization: Digest username="a", realm="e", nonce="0", response="0"
     10 R>A 401 of=REGISTER to=r | WWW-Authenticate: Digest realm="e", nonce="1"`,
    'registration challenged by callee 10.0.0.18:5060 REGISTER 401 Unauthorized 2 | none | 2 messages',
  ],
  [
    'left at the challenge',
    '0 A>R REGISTER\n 10 R>A 401 of=REGISTER to=r',
    'registration challenged by callee 10.0.0.18:5060 REGISTER 401 Unauthorized 2 | none | 2 messages',
  ],
  [
    'removed with * (RFC 3665 §2.4)',
    `0 A>R REGISTER | Contact: <sip:alice@10.0.0.1> | Expires: 600
     10 R>A 200 of=REGISTER | Contact: <sip:alice@10.0.0.1>;expires=600
     60000 A>R REGISTER cseq=2 | Contact: * | Expires: 0
     60010 R>A 200 of=REGISTER cseq=2`,
    'registration unregistered by caller 10.0.0.1:5060 REGISTER 3 | none | 4 messages',
  ],
  [
    'one of two bindings removed',
    `0 A>R REGISTER | Contact: <sip:alice@10.0.0.1>;expires=0
     10 R>A 200 of=REGISTER | Contact: <sip:alice@10.0.0.9>;expires=100`,
    'registration registered | none | 2 messages',
  ],
  [
    'a refresh that fails leaves it registered',
    `0 A>R REGISTER | Contact: <sip:alice@10.0.0.1> | Expires: 600
     10 R>A 200 of=REGISTER | Contact: <sip:alice@10.0.0.1>;expires=600
     60000 A>R REGISTER cseq=2 | Contact: <sip:alice@10.0.0.1> | Expires: 600
     60010 R>A 503 of=REGISTER cseq=2`,
    'registration registered | none | 4 messages',
  ],
  [
    'a registrar that shows no Contact is taken at its word',
    '0 A>R REGISTER | Contact: <sip:alice@10.0.0.1> | Expires: 600\n 10 R>A 200 of=REGISTER',
    'registration registered | none | 2 messages',
  ],
  [
    'runs out in capture time',
    `0 A>R REGISTER | Contact: <sip:alice@10.0.0.1> | Expires: 60
     10 R>A 200 of=REGISTER | Contact: <sip:alice@10.0.0.1>;expires=60
     200000 A>B OPTIONS id=other`,
    'registration expired by network REGISTER not refreshed | none | 2 messages',
  ],
  [
    'through a proxy, the registrar behind it',
    `0 A>B REGISTER | Contact: <sip:alice@10.0.0.1> | Expires: 60
     1 B>R REGISTER via=2 branch=p | Contact: <sip:alice@10.0.0.1> | Expires: 60
     9 R>B 200 of=REGISTER branch=p | Contact: <sip:alice@10.0.0.1>;expires=60
     10 B>A 200 of=REGISTER | Contact: <sip:alice@10.0.0.1>;expires=60`,
    'registration registered | none | 4 messages',
  ],
];

const SUBSCRIPTIONS: Row[] = [
  [
    'subscribed, notified, ended',
    `0 A>B SUBSCRIBE | Event: presence | Expires: 600
     10 B>A 200 of=SUBSCRIBE | Expires: 600
     20 B>A NOTIFY from=b to=a | Event: presence | Subscription-State: active;expires=599
     30 A>B 200 of=NOTIFY from=b to=a
     60000 A>B SUBSCRIBE cseq=2 to=b | Event: presence | Expires: 0
     60010 B>A 200 of=SUBSCRIBE cseq=2 | Expires: 0
     60020 B>A NOTIFY cseq=2 from=b to=a | Event: presence | Subscription-State: terminated;reason=timeout
     60030 A>B 200 of=NOTIFY cseq=2 from=b to=a`,
    'subscription terminated by caller 10.0.0.1:5060 SUBSCRIBE 5 | terminated | 8 messages',
  ],
  [
    'waits for approval',
    `0 A>B SUBSCRIBE | Event: presence
     10 B>A 202 of=SUBSCRIBE | Expires: 600
     20 B>A NOTIFY from=b to=a | Event: presence | Subscription-State: pending`,
    'subscription pending | confirmed | 3 messages',
  ],
  [
    'refused approval',
    `0 A>B SUBSCRIBE | Event: presence
     10 B>A 202 of=SUBSCRIBE | Expires: 600
     20 B>A NOTIFY from=b to=a | Event: presence | Subscription-State: terminated;reason=rejected`,
    'subscription terminated by callee 10.0.0.2:5060 NOTIFY rejected 3 | terminated | 3 messages',
  ],
  [
    'an event nobody knows',
    '0 A>B SUBSCRIBE | Event: nonsense\n 10 B>A 489 of=SUBSCRIBE',
    'subscription failed by callee 10.0.0.2:5060 SUBSCRIBE 489 Bad Event 2 | none | 2 messages',
  ],
  [
    'a refresh answered 481 ends it',
    `0 A>B SUBSCRIBE | Event: dialog
     10 B>A 200 of=SUBSCRIBE | Expires: 600
     20 B>A NOTIFY from=b to=a | Event: dialog | Subscription-State: active
     60000 A>B SUBSCRIBE cseq=2 to=b | Event: dialog
     60010 B>A 481 of=SUBSCRIBE cseq=2`,
    'subscription terminated by callee 10.0.0.2:5060 SUBSCRIBE 481 Call/Transaction Does Not Exist 5 | terminated | 5 messages',
  ],
  [
    'a refresh answered 500 does not',
    `0 A>B SUBSCRIBE | Event: dialog
     10 B>A 200 of=SUBSCRIBE | Expires: 600
     20 B>A NOTIFY from=b to=a | Event: dialog | Subscription-State: active
     60000 A>B SUBSCRIBE cseq=2 to=b | Event: dialog
     60010 B>A 500 of=SUBSCRIBE cseq=2`,
    'subscription active | confirmed | 5 messages',
  ],
  [
    'the NOTIFY overtakes the 2xx',
    `0 A>B SUBSCRIBE | Event: dialog
     5 B>A NOTIFY from=b to=a | Event: dialog | Subscription-State: active
     10 B>A 200 of=SUBSCRIBE | Expires: 600`,
    'subscription active | confirmed | 3 messages',
  ],
  [
    'NOTIFYs alone',
    '0 B>A NOTIFY from=b to=a | Event: message-summary | Subscription-State: active\n 10 A>B 200 of=NOTIFY from=b to=a',
    'subscription active partial | confirmed | 2 messages',
  ],
  [
    'REFER outside a dialog',
    `0 A>B REFER | Refer-To: <sip:carol@example.com>
     10 B>A 202 of=REFER
     20 B>A NOTIFY from=b to=a | Event: refer | Subscription-State: active;expires=60
     900 B>A NOTIFY cseq=2 from=b to=a | Event: refer | Subscription-State: terminated;reason=noresource`,
    'subscription terminated by callee 10.0.0.2:5060 NOTIFY noresource 4 | terminated | 4 messages',
  ],
];

const SINGLES: Row[] = [
  [
    'a MESSAGE delivered',
    '0 A>B MESSAGE text=hello\n 10 B>A 200 of=MESSAGE',
    'message delivered | none | 2 messages',
  ],
  [
    'a MESSAGE accepted for later',
    '0 A>B MESSAGE text=hello\n 10 B>A 202 of=MESSAGE',
    'message delivered | none | 2 messages',
  ],
  [
    'a conversation with one failure stays marked',
    `0 A>B MESSAGE\n 10 B>A 404 of=MESSAGE\n 20 A>B MESSAGE cseq=2\n 30 B>A 200 of=MESSAGE cseq=2`,
    'message failed by callee 10.0.0.2:5060 MESSAGE 404 Not Found 2 | none | 4 messages',
  ],
  [
    'a MESSAGE nobody answers',
    '0 A>B MESSAGE\n 500 A>B MESSAGE\n 720000 C>D OPTIONS id=other',
    'message no-response by network MESSAGE | none | 2 messages, 1 again',
  ],
  ['OPTIONS answered', '0 A>B OPTIONS\n 10 B>A 200 of=OPTIONS', 'options completed | none | 2 messages'],
  [
    'OPTIONS refused',
    '0 A>B OPTIONS\n 10 B>A 404 of=OPTIONS',
    'options failed by callee 10.0.0.2:5060 OPTIONS 404 Not Found 2 | none | 2 messages',
  ],
  ['OPTIONS not answered yet', '0 A>B OPTIONS', 'options pending | none | 1 messages'],
  [
    'PUBLISH',
    '0 A>B PUBLISH\n 10 B>A 401 of=PUBLISH\n 20 A>B PUBLISH cseq=2\n 30 B>A 200 of=PUBLISH cseq=2',
    'other completed | none | 4 messages',
  ],
  ['an extension method', '0 A>B WHATEVER\n 10 B>A 200 of=WHATEVER', 'other completed | none | 2 messages'],
  [
    'an IM dialog',
    '0 A>B INVITE sdp=im\n 10 B>A 200 sdp=im\n 20 A>B ACK to=b\n 30 A>B MESSAGE cseq=2 to=b\n 40 B>A 200 of=MESSAGE cseq=2',
    'im in-call | confirmed | 5 messages',
  ],
  [
    'an IM dialog of the other media type',
    '0 A>B INVITE sdp=xms\n 10 B>A 488',
    'im rejected by callee 10.0.0.2:5060 INVITE 488 Not Acceptable Here 2 | none | 2 messages',
  ],
  [
    'an IM dialog whose offer is in the 200',
    '0 A>B INVITE\n 10 B>A 200 sdp=im\n 20 A>B ACK to=b sdp=im',
    'im in-call | confirmed | 3 messages',
  ],
];

for (const [title, rows] of [
  ['registrations', REGISTRATIONS],
  ['subscriptions', SUBSCRIPTIONS],
  ['single requests and instant messages', SINGLES],
] as const) {
  describe(title, () => {
    test.each(rows as Row[])('%s', (_name, script, expected) => {
      expect(outcome(play(script).calls[0])).toBe(expected);
    });
  });
}

describe('what is learnt', () => {
  test('bindings with expiry, q and path', () => {
    const call = callOf(`0 A>R REGISTER | Contact: <sip:alice@10.0.0.1>
      30 R>A 200 of=REGISTER to=r | Contact: <sip:alice@10.0.0.1>;expires=3600;q=0.5, <sip:alice@10.0.0.7:5070> | Expires: 120 | Path: <sip:p1.example.com;lr>`);
    const shared = {
      aor: 'sip:alice@example.com',
      path: ['sip:p1.example.com;lr'],
      updated: '2026-11-21T03:40:00.030000000Z',
    };
    // The scenarios write the callee into To; a real REGISTER has its own address there.
    const aor = 'sip:bob@example.com';
    expect(callRecord(call).bindings).toEqual([
      { ...shared, aor, contact: 'sip:alice@10.0.0.1', expires: 3600, q: 0.5 },
      { ...shared, aor, contact: 'sip:alice@10.0.0.7:5070', expires: 120, q: null },
    ]);
    expect(call.timings.registrationRequestDelay).toBe(30);
  });

  test('the registration delay runs through the challenge', () => {
    const call = callOf(`0 A>R REGISTER
      10 R>A 401 of=REGISTER
      20 A>R REGISTER cseq=2 | Contact: <sip:a@10.0.0.1>
      35 R>A 200 of=REGISTER cseq=2`);
    expect(call.timings.registrationRequestDelay).toBe(35);
    expect(call.timings.responseDelay).toBe(10);
  });

  test('a conversation is the same in either direction', () => {
    const { calls } = play('0 A>B MESSAGE id=1\n 10 B>A MESSAGE id=2 from=b');
    expect(calls.map((call) => callRecord(call).conversation)).toEqual([
      'sip:alice@example.com sip:bob@example.com',
      'sip:alice@example.com sip:bob@example.com',
    ]);
  });

  test('event packages', () => {
    const events = (script: string) => play(script).calls.map((call: Call) => call.event);
    expect(events('0 A>B SUBSCRIBE | Event: presence;id=7')).toEqual(['presence']);
    expect(events('0 A>B REFER | Refer-To: <sip:c@example.com>')).toEqual(['refer']);
    expect(events('0 B>A NOTIFY from=b to=a | Event: reg')).toEqual(['reg']);
  });
});
