// The states of INVITE calls: what ends them, what does not, and the races (RFC 3261 §9, §12–15; RFC 5407; RFC 3665).
import { describe, expect, test } from 'vitest';
import { outcome } from './outcome.ts';
import { play } from './scenario.ts';

/** Name, script, outcome, codes of diagnostics. */
type Row = [name: string, script: string, outcome: string, notes?: string];

const SET_UP = `0 A>B INVITE sdp=audio
  10 B>A 100
  500 B>A 180
  2000 B>A 200 sdp=audio
  2010 A>B ACK to=b`;

const ENDINGS: Row[] = [
  [
    'the caller hangs up',
    `${SET_UP}
     9000 A>B BYE cseq=2 to=b
     9010 B>A 200 of=BYE cseq=2`,
    'call completed by caller 10.0.0.1:5060 BYE 6 | terminated | 7 messages',
  ],
  [
    'the callee hangs up (RFC 3665 §3.1)',
    `${SET_UP}
     9000 B>A BYE from=b to=a
     9010 A>B 200 of=BYE from=b to=a`,
    'call completed by callee 10.0.0.2:5060 BYE 6 | terminated | 7 messages',
  ],
  ['still ringing', '0 A>B INVITE\n 10 B>A 100\n 20 B>A 180', 'call call-setup | early | 3 messages'],
  ['still up', SET_UP, 'call in-call | confirmed | 5 messages'],
  [
    'busy (RFC 3665 §3.9)',
    '0 A>B INVITE\n 10 B>A 100\n 90 B>A 486\n 91 A>B ACK to=b branch=INVITE-1-AB',
    'call busy by callee 10.0.0.2:5060 INVITE 486 Busy Here 3 | none | 4 messages',
  ],
  [
    'busy everywhere',
    '0 A>B INVITE\n 90 B>A 600',
    'call busy by callee 10.0.0.2:5060 INVITE 600 Busy Everywhere 2 | none | 2 messages',
  ],
  [
    'declined is not busy',
    '0 A>B INVITE\n 90 B>A 603',
    'call rejected by callee 10.0.0.2:5060 INVITE 603 Decline 2 | none | 2 messages',
  ],
  [
    'temporarily unavailable is not busy (RFC 3665 §3.11)',
    '0 A>B INVITE\n 10 B>A 180\n 90 B>A 480',
    'call rejected by callee 10.0.0.2:5060 INVITE 480 Temporarily Unavailable 3 | terminated | 3 messages',
  ],
  [
    'nobody at the first place, refused at the second (RFC 3263 §4.3)',
    '0 A>B INVITE\n 500 A>B INVITE\n 33000 A>C INVITE branch=next\n 33010 C>A 100 branch=next\n 34000 C>A 480 branch=next',
    'call rejected by callee 10.0.0.3:5060 INVITE 480 Temporarily Unavailable 5 | none | 5 messages, 1 again',
  ],
  [
    'the first place cannot be reached: after 64*T1 of silence the refusal at the second one was the end',
    '0 A>B INVITE\n 50 A>C INVITE branch=next\n 1000 C>A 486 branch=next\n 40000 A>D OPTIONS id=later',
    'call busy by callee 10.0.0.3:5060 INVITE 486 Busy Here 3 | none | 3 messages',
  ],
  [
    'of two places asked at once one refuses, and the other may ring yet',
    '0 A>B INVITE\n 50 A>C INVITE branch=next\n 60 B>A 180\n 1000 C>A 486 branch=next\n 40000 A>D OPTIONS id=later',
    'call call-setup | early | 4 messages',
  ],
  [
    'redirected',
    '0 A>B INVITE\n 90 B>A 302\n 91 A>B ACK to=b branch=INVITE-1-AB',
    'call diverted by callee 10.0.0.2:5060 INVITE 302 Moved Temporarily 2 | none | 3 messages',
  ],
  [
    'redirected and then answered elsewhere (RFC 3665 §3.6)',
    `0 A>B INVITE
     90 B>A 302
     91 A>B ACK to=b branch=INVITE-1-AB
     100 A>C INVITE cseq=2
     200 C>A 200 cseq=2 to=c
     201 A>C ACK cseq=2 to=c`,
    'call in-call | confirmed | 6 messages',
  ],
  [
    'challenged, and no further try',
    '0 A>B INVITE\n 10 B>A 407\n 11 A>B ACK to=b branch=INVITE-1-AB',
    'call challenged by callee 10.0.0.2:5060 INVITE 407 Proxy Authentication Required 2 | none | 3 messages',
  ],
  [
    'challenged, and the credentials refused',
    `0 A>B INVITE
     10 B>A 407 | Proxy-Authenticate: Digest realm="e", nonce="1"
     11 A>B ACK to=b branch=INVITE-1-AB
     20 A>B INVITE cseq=2 | Proxy-Authorization: Digest username="a", realm="e", nonce="1", response="0"
     30 B>A 407 cseq=2 | Proxy-Authenticate: Digest realm="e", nonce="2"`,
    'call rejected by callee 10.0.0.2:5060 INVITE 407 Proxy Authentication Required 5 | none | 5 messages',
  ],
  [
    'challenged, then answered',
    `0 A>B INVITE
     10 B>A 407 to=x
     11 A>B ACK to=x branch=INVITE-1-AB
     20 A>B INVITE cseq=2
     30 B>A 180 cseq=2
     40 B>A 200 cseq=2
     50 A>B ACK cseq=2 to=b`,
    'call in-call | confirmed | 7 messages',
  ],
  [
    'challenged, tried again with the same branch and CSeq',
    `0 A>B INVITE
     10 B>A 401 to=x
     11 A>B ACK to=x branch=INVITE-1-AB
     20 A>B INVITE | Authorization: Digest username="alice"
     40 B>A 200
     50 A>B ACK to=b`,
    'call in-call | confirmed | 6 messages',
  ],
  [
    'nobody answers',
    '0 A>B INVITE\n 500 A>B INVITE\n 1500 A>B INVITE\n 3500 A>B INVITE\n 720000 C>D OPTIONS id=other',
    'call no-response by network INVITE | none | 4 messages, 3 again',
  ],
  [
    'nobody answers the INVITE, on the Call-ID of a REGISTER that was answered',
    `0 A>B REGISTER
     5 B>A 200 of=REGISTER
     10 A>B INVITE cseq=2
     90000 C>D OPTIONS id=other`,
    'call no-response by network INVITE | none | 3 messages',
  ],
  [
    'cancelled (RFC 3665 §3.8)',
    `0 A>B INVITE
     10 B>A 180
     90 A>B CANCEL
     91 B>A 200 of=CANCEL
     92 B>A 487
     93 A>B ACK to=b branch=INVITE-1-AB`,
    'call cancelled by caller 10.0.0.1:5060 CANCEL 3 | terminated | 6 messages',
  ],
  [
    '487 overtakes the 200 to the CANCEL',
    '0 A>B INVITE\n 10 B>A 180\n 90 A>B CANCEL\n 91 B>A 487\n 92 B>A 200 of=CANCEL\n 93 A>B ACK to=b branch=INVITE-1-AB',
    'call cancelled by caller 10.0.0.1:5060 CANCEL 3 | terminated | 6 messages',
  ],
  [
    'the 487 comes once the next hop is given up (RFC 3261 §9.1)',
    `0 A>B INVITE
     10 B>A 100
     3000 A>B CANCEL
     3001 B>A 200 of=CANCEL
     35500 A>D OPTIONS id=later
     36000 B>A 487
     36010 A>B ACK to=b branch=INVITE-1-AB`,
    'call cancelled by caller 10.0.0.1:5060 CANCEL 3 | none | 6 messages',
  ],
  [
    '487 alone: the CANCEL was not captured',
    '0 A>B INVITE\n 92 B>A 487',
    'call cancelled by callee 10.0.0.2:5060 INVITE 487 Request Terminated 2 | none | 2 messages',
  ],
  [
    'CANCEL and 486 cross: it was busy',
    '0 A>B INVITE\n 10 B>A 100\n 90 A>B CANCEL\n 91 B>A 486\n 92 A>B ACK to=b branch=INVITE-1-AB\n 93 B>A 481 of=CANCEL',
    'call busy by callee 10.0.0.2:5060 INVITE 486 Busy Here 4 | none | 6 messages',
  ],
  [
    'a CANCEL that took effect is answered 603',
    '0 A>B INVITE\n 10 B>A 100\n 90 A>B CANCEL\n 91 B>A 200 of=CANCEL\n 92 B>A 603',
    'call cancelled by caller 10.0.0.1:5060 CANCEL 3 | none | 5 messages',
  ],
  [
    'CANCEL and 200 cross: answered, then ended (RFC 5407 §3.1.2)',
    `0 A>B INVITE
     10 B>A 180
     90 A>B CANCEL
     91 B>A 200
     92 B>A 200 of=CANCEL
     93 A>B ACK to=b
     94 A>B BYE cseq=2 to=b
     95 B>A 200 of=BYE cseq=2`,
    'call completed by caller 10.0.0.1:5060 BYE 7 | terminated | 8 messages',
    'dialog/answered-after-cancel',
  ],
  [
    'a BYE before the answer ends it (RFC 3261 §15)',
    `0 A>B INVITE
     10 B>A 180
     90 A>B BYE cseq=2 to=b
     91 B>A 200 of=BYE cseq=2
     92 B>A 487
     93 A>B ACK to=b branch=INVITE-1-AB`,
    'call cancelled by caller 10.0.0.1:5060 BYE 3 | terminated | 6 messages',
  ],
  [
    'both hang up at once (RFC 5407 §3.2.1)',
    `${SET_UP}
     9000 A>B BYE cseq=2 to=b
     9001 B>A BYE from=b to=a
     9010 B>A 200 of=BYE cseq=2
     9011 A>B 200 of=BYE from=b to=a`,
    'call completed by caller 10.0.0.1:5060 BYE 6 | terminated | 9 messages',
  ],
  [
    'a BYE that is challenged ends nothing until it is sent again',
    `${SET_UP}
     9000 A>B BYE cseq=2 to=b
     9010 B>A 407 of=BYE cseq=2`,
    'call in-call | confirmed | 7 messages',
  ],
  [
    'a BYE challenged and sent again',
    `${SET_UP}
     9000 A>B BYE cseq=2 to=b
     9010 B>A 407 of=BYE cseq=2
     9020 A>B BYE cseq=3 to=b
     9030 B>A 200 of=BYE cseq=3`,
    'call completed by caller 10.0.0.1:5060 BYE 8 | terminated | 9 messages',
  ],
  [
    'a BYE answered 481 has ended it all the same',
    `${SET_UP}
     9000 A>B BYE cseq=2 to=b
     9010 B>A 481 of=BYE cseq=2`,
    'call completed by caller 10.0.0.1:5060 BYE 6 | terminated | 7 messages',
  ],
];

const INSIDE: Row[] = [
  ...[488, 491, 500, 503].map(
    (status): Row => [
      `re-INVITE answered ${status} leaves the call up`,
      `${SET_UP}
       5000 A>B INVITE cseq=2 to=b sdp=hold
       5010 B>A ${status} of=INVITE cseq=2
       5020 A>B ACK cseq=2 to=b branch=INVITE-2-AB`,
      'call in-call | confirmed | 8 messages',
    ],
  ),
  ...[408, 481].map(
    (status): Row => [
      `re-INVITE answered ${status} ends the call`,
      `${SET_UP}
       5000 A>B INVITE cseq=2 to=b sdp=hold
       5010 B>A ${status} cseq=2
       5020 A>B ACK cseq=2 to=b branch=INVITE-2-AB`,
      `call completed by callee 10.0.0.2:5060 INVITE ${status} ${status === 408 ? 'Request Timeout' : 'Call/Transaction Does Not Exist'} 7 | terminated | 8 messages`,
    ],
  ),
  [
    'a 5xx to an UPDATE does not end the call',
    `${SET_UP}
     5000 A>B UPDATE cseq=2 to=b sdp=audio
     5010 B>A 500 of=UPDATE cseq=2`,
    'call in-call | confirmed | 7 messages',
  ],
  [
    'a 5xx to an early UPDATE does not end the set-up',
    '0 A>B INVITE\n 10 B>A 183\n 20 A>B UPDATE cseq=2 to=b sdp=audio\n 30 B>A 503 of=UPDATE cseq=2\n 40 B>A 180',
    'call call-setup | early | 5 messages',
  ],
  [
    '481 to a PRACK concerns the provisional response alone',
    '0 A>B INVITE\n 10 B>A 183\n 20 A>B PRACK cseq=2 to=b\n 30 B>A 481 of=PRACK cseq=2\n 40 B>A 200\n 50 A>B ACK to=b',
    'call in-call | confirmed | 6 messages',
  ],
  [
    'PRACK and UPDATE on the way to the answer',
    `0 A>B INVITE sdp=audio
     10 B>A 183 sdp=audio
     20 A>B PRACK cseq=2 to=b
     30 B>A 200 of=PRACK cseq=2
     40 A>B UPDATE cseq=3 to=b sdp=audio
     50 B>A 200 of=UPDATE cseq=3 sdp=audio
     60 B>A 180
     70 B>A 200
     80 A>B ACK to=b`,
    'call in-call | confirmed | 9 messages',
  ],
  [
    're-INVITEs that cross get 491 (RFC 5407 §3.3.1)',
    `${SET_UP}
     5000 A>B INVITE cseq=2 to=b sdp=hold
     5001 B>A INVITE from=b to=a sdp=hold
     5010 B>A 491 cseq=2
     5011 A>B 491 from=b to=a
     5012 A>B ACK cseq=2 to=b branch=INVITE-2-AB
     5013 B>A ACK from=b to=a branch=INVITE-1-BA`,
    'call in-call | confirmed | 11 messages',
  ],
  [
    'a re-INVITE crosses the BYE (RFC 5407 §3.2.2)',
    `${SET_UP}
     5000 A>B BYE cseq=2 to=b
     5001 B>A INVITE from=b to=a sdp=hold
     5010 B>A 200 of=BYE cseq=2
     5011 A>B 481 from=b to=a
     5012 B>A ACK from=b to=a branch=INVITE-1-BA`,
    'call completed by caller 10.0.0.1:5060 BYE 6 | terminated | 10 messages',
  ],
  [
    'INFO from both sides',
    `${SET_UP}
     5000 A>B INFO cseq=2 to=b
     5010 B>A 200 of=INFO cseq=2
     5020 B>A INFO cseq=2 from=b to=a
     5030 A>B 415 of=INFO cseq=2 from=b to=a`,
    'call in-call | confirmed | 9 messages',
  ],
];

const FORKS: Row[] = [
  [
    'two early dialogs, one answers',
    '0 A>B INVITE\n 10 B>A 180 to=b1\n 20 B>A 180 to=b2\n 30 B>A 200 to=b2\n 40 A>B ACK to=b2',
    'call in-call | early confirmed | 5 messages',
  ],
  [
    'two answers: the surplus one is ended, the call goes on',
    `0 A>B INVITE
     10 B>A 200 to=b1
     11 B>A 200 to=b2
     20 A>B ACK to=b1 branch=k1
     21 A>B ACK to=b2 branch=k2
     30 A>B BYE cseq=2 to=b2
     31 B>A 200 of=BYE cseq=2 to=b2`,
    'call in-call | confirmed terminated | 7 messages',
  ],
  [
    'a proxy forks: one branch is busy, the other answers and the first hop sees the answer',
    `0 A>B INVITE
     1 B>C INVITE via=2 branch=f1
     2 B>D INVITE via=2 branch=f2
     10 C>B 486 to=c branch=f1
     11 B>C ACK to=c branch=f1
     20 D>B 200 to=d branch=f2
     21 B>A 200 to=d
     30 A>B ACK to=d
     31 B>D ACK to=d via=2 branch=f3`,
    'call in-call | confirmed | 9 messages',
  ],
  [
    'a proxy cancels the losing branch',
    `0 A>B INVITE
     1 B>C INVITE via=2 branch=f1
     2 B>D INVITE via=2 branch=f2
     10 C>B 180 to=c branch=f1
     20 D>B 200 to=d branch=f2
     21 B>A 200 to=d
     22 B>C CANCEL branch=f1
     23 C>B 200 of=CANCEL to=c branch=f1
     24 C>B 487 to=c branch=f1`,
    'call in-call | terminated confirmed | 9 messages',
  ],
  [
    'the caller is its own fork: two servers tried at once, both fail',
    '0 A>B INVITE\n 1 A>C INVITE\n 10 B>A 503\n 11 C>A 486 to=c',
    'call busy by callee 10.0.0.3:5060 INVITE 486 Busy Here 4 | none | 4 messages',
  ],
];

const INCOMPLETE: Row[] = [
  [
    'from an in-dialog request on',
    '0 A>B INFO cseq=5 to=b\n 10 B>A 200 of=INFO cseq=5',
    'call in-call partial | confirmed | 2 messages',
  ],
  [
    'from the middle to the end',
    '0 A>B INFO cseq=5 to=b\n 10 B>A 200 of=INFO cseq=5\n 20 B>A BYE from=b to=a\n 30 A>B 200 of=BYE from=b to=a',
    'call completed by callee 10.0.0.2:5060 BYE 3 partial | terminated | 4 messages',
  ],
  [
    'the BYE alone',
    '0 A>B BYE cseq=5 to=b',
    'call completed by caller 10.0.0.1:5060 BYE 1 partial | terminated | 1 messages',
  ],
  [
    'the answer to the BYE alone',
    '0 B>A 200 of=BYE cseq=5',
    'call completed by caller 10.0.0.1:5060 BYE 1 partial | none | 1 messages',
  ],
  [
    'the CANCEL alone',
    '0 A>B CANCEL',
    'call cancelled by caller 10.0.0.1:5060 CANCEL 1 partial | none | 1 messages',
  ],
  [
    'requests alone',
    '0 A>B INVITE\n 2000 A>B ACK to=b\n 9000 A>B BYE cseq=2 to=b',
    'call completed by caller 10.0.0.1:5060 BYE 3 | terminated | 3 messages',
  ],
  [
    'requests alone: a failure is seen by its ACK',
    '0 A>B INVITE\n 2000 A>B ACK to=b branch=INVITE-1-AB',
    'call rejected | none | 2 messages',
  ],
  [
    'responses alone',
    '0 B>A 100\n 10 B>A 180\n 20 B>A 200\n 900 B>A 200 of=BYE cseq=2',
    'call completed by caller 10.0.0.1:5060 BYE 4 partial | terminated | 4 messages',
  ],
  [
    '100 before its INVITE',
    '0 B>A 100\n 1 A>B INVITE\n 10 B>A 180\n 20 B>A 200\n 30 A>B ACK to=b',
    'call in-call | confirmed | 5 messages',
  ],
  [
    'answers at the later hop alone',
    `0 A>B INVITE
     1 B>C INVITE via=2 branch=p
     20 C>B 200 branch=p
     30 A>B BYE cseq=2 to=b
     31 B>C BYE cseq=2 to=b via=2 branch=q`,
    'call completed by caller 10.0.0.1:5060 BYE 4 | terminated | 5 messages',
  ],
  [
    'a failure at the later hop alone',
    '0 A>B INVITE\n 1 B>C INVITE via=2 branch=p\n 20 C>B 486 branch=p',
    'call busy | none | 3 messages',
  ],
  [
    'seen twice by the capture',
    '0 A>B INVITE\n 0 A>B INVITE dup=1\n 10 B>A 200\n 10 B>A 200 dup=3\n 20 A>B ACK to=b\n 20 A>B ACK to=b dup=5',
    'call in-call | confirmed | 6 messages, 3 twice',
  ],
  [
    'before RFC 3261: no branch at all',
    `0 A>B INVITE branch=-
     500 A>B INVITE branch=-
     510 B>A 180 branch=-
     600 B>A 200 branch=-
     610 A>B ACK to=b branch=-
     900 A>B BYE cseq=2 to=b branch=-
     910 B>A 200 of=BYE cseq=2 branch=-`,
    'call completed by caller 10.0.0.1:5060 BYE 6 | terminated | 7 messages, 1 again',
  ],
  [
    'before RFC 3261: a branch that never changes',
    `0 A>B INVITE branch=!1
     510 B>A 180 branch=!1
     600 B>A 200 branch=!1
     610 A>B ACK to=b branch=!1
     900 A>B BYE cseq=2 to=b branch=!1
     910 B>A 200 of=BYE cseq=2 branch=!1`,
    'call completed by caller 10.0.0.1:5060 BYE 5 | terminated | 6 messages',
  ],
];

for (const [title, rows] of [
  ['endings', ENDINGS],
  ['inside the dialog', INSIDE],
  ['forks', FORKS],
  ['what the capture missed', INCOMPLETE],
] as const) {
  describe(title, () => {
    test.each(rows as Row[])('%s', (_name, script, expected, notes) => {
      const [call] = play(script).calls;
      expect(outcome(call)).toBe(expected);
      if (notes !== undefined) expect(call.diagnostics.map(({ code }) => code).join(' ')).toBe(notes);
    });
  });
}
