// When something goes wrong, or is about to change: RFC 3261 §16.9, §21.5.4, RFC 3263 §4.3.
import { describe } from 'vitest';
import { hangsUp, isAnswered, isInvited, isRinging, passes } from '../call.ts';
import { plays, playsOne } from '../core-under-test.ts';
import { type Peer, peer } from '../peer.ts';
import type { Playbook } from '../playbook.ts';
import {
  CALLEE,
  PASSTHROUGH,
  PLAIN,
  PRIVATE,
  parties,
  partiesEndToEnd,
  SUBSCRIBERS,
  twoAdjacencies,
} from '../scene.ts';
import { IM_ANSWER, IM_OFFER } from '../session-descriptions.ts';

/** The callee's adjacency has two next hops. */
const TWO_HOPS = twoAdjacencies().replace(
  'next-hops: [192.168.2.200]',
  'next-hops: [192.168.2.199, 192.168.2.200]',
);
const FIRST = peer('first hop', '192.168.2.199:5060', '192.168.10.10:5060');
const FIRST_INVITE = `
  INVITE sip:callee@callee.com SIP/2.0
  Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch of the first?⟩
  Max-Forwards: 69
  From: Caller <sip:caller@caller.com>;tag=⟨tag to callee?⟩
  To: Callee <sip:callee@callee.com>
  Call-ID: ⟨call-id to callee?⟩
  CSeq: 1 INVITE
  Contact: <sip:⟨user to callee?⟩@192.168.10.10:5060>
  `;
const FIRST_503 = `
  SIP/2.0 503 Service Unavailable
  Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch of the first⟩
  From: Caller <sip:caller@caller.com>;tag=⟨tag to callee⟩
  To: Callee <sip:callee@callee.com>;tag=first
  Call-ID: ⟨call-id to callee⟩
  CSeq: 1 INVITE
  `;
const FIRST_ACK = `
  ACK sip:callee@callee.com SIP/2.0
  Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch of the first⟩
  Max-Forwards: 70
  From: Caller <sip:caller@caller.com>;tag=⟨tag to callee⟩
  To: Callee <sip:callee@callee.com>;tag=first
  Call-ID: ⟨call-id to callee⟩
  CSeq: 1 ACK
  `;

describe('another next hop is tried (RFC 3263 §4.3)', () => {
  plays('after 503; and the next call goes to the one that answered', TWO_HOPS, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('INVITE');
    caller.gets(100);
    sbc.sends(FIRST, FIRST_INVITE);
    sbc.receives(FIRST, FIRST_503);
    sbc.sends(FIRST, FIRST_ACK);
    callee.gets('INVITE');
    callee.sends(200);
    caller.gets(200);
    caller.sends('ACK');
    callee.gets('ACK');
    hangsUp(caller, callee);
    const next = parties(
      sbc,
      {
        callId: 'call-2',
        otherTag: '⟨tag second?⟩',
        otherContact: 'sip:⟨user second?⟩@192.168.2.20:5060',
        firstNumber: 11,
      },
      {
        callId: '⟨call-id second?⟩',
        otherTag: '⟨tag to second?⟩',
        otherContact: 'sip:⟨user to second?⟩@192.168.10.10:5060',
      },
    );
    isInvited(next.caller, next.callee);
    next.callee.sends(486);
    next.callee.gets('ACK');
    next.caller.gets(486);
    next.caller.sends('ACK');
    sbc.rests();
  });

  plays('when the first cannot be reached', TWO_HOPS, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('INVITE');
    caller.gets(100);
    sbc.sends(FIRST, FIRST_INVITE);
    sbc.cannotReach(FIRST);
    callee.gets('INVITE');
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('when the first says nothing', TWO_HOPS, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('INVITE');
    caller.gets(100);
    sbc.sends(FIRST, FIRST_INVITE);
    for (const wait of [500, 1000, 2000, 4000, 8000, 16_000]) {
      sbc.passes(wait);
      sbc.sends(FIRST, FIRST_INVITE);
    }
    sbc.passes(500);
    callee.gets('INVITE');
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('but not after a refusal', TWO_HOPS, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('INVITE');
    caller.gets(100);
    sbc.sends(FIRST, FIRST_INVITE);
    sbc.receives(FIRST, FIRST_503.replace('503 Service Unavailable', '486 Busy Here'));
    sbc.sends(FIRST, FIRST_ACK);
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });

  plays(
    'and neither when a MESSAGE ran out of time: its sender has given up, too (RFC 4320 §4.2)',
    TWO_HOPS,
    (sbc) => {
      const { caller } = parties(sbc);
      const message = `
      MESSAGE sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch of the first?⟩
      Max-Forwards: 69
      From: Caller <sip:caller@caller.com>;tag=⟨tag to callee?⟩
      To: Callee <sip:callee@callee.com>
      Call-ID: ⟨call-id to callee?⟩
      CSeq: 1 MESSAGE
      `;
      caller.sends('MESSAGE');
      sbc.sends(FIRST, message);
      for (const wait of [500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000, 4000]) {
        sbc.passes(wait);
        sbc.sends(FIRST, message);
      }
      sbc.rests();
    },
  );

  plays(
    'by name: all that DNS has, in its order',
    PLAIN.replace('[192.168.2.200]', '[callee-proxy.example.com]'),
    (sbc) => {
      const { caller, callee } = parties(sbc);
      caller.sends('INVITE');
      caller.gets(100);
      sbc.resolves(
        'callee-proxy.example.com',
        { transport: 'udp', ip: '192.168.2.199', port: 5060 },
        { transport: 'udp', ip: '192.168.2.200', port: 5060 },
      );
      sbc.sends(FIRST, FIRST_INVITE);
      sbc.cannotReach(FIRST);
      callee.gets('INVITE');
      callee.sends(486);
      callee.gets('ACK');
      caller.gets(486);
      caller.sends('ACK');
      sbc.rests();
    },
  );

  plays(
    'a name that DNS does not have: 500',
    PLAIN.replace('[192.168.2.200]', '[callee-proxy.example.com]'),
    (sbc) => {
      const { caller } = parties(sbc);
      caller.sends('INVITE');
      caller.gets(100);
      sbc.resolves('callee-proxy.example.com');
      caller.gets(500);
      caller.sends('ACK');
      sbc.rests();
    },
  );
});

describe('draining', () => {
  plays('nothing new is taken: 503 with Retry-After', PLAIN, (sbc) => {
    sbc.drains();
    const { caller } = parties(sbc);
    caller.sends('INVITE');
    caller.gets(503, { headers: ['Retry-After: 10'] });
    caller.sends('ACK');
    sbc.rests();
  });

  plays('what is up goes on to its end', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    sbc.drains();
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    caller.sends('ACK');
    callee.gets('ACK');
    passes(caller, callee, 'MESSAGE', 'Hello.');
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('a restart', () => {
  for (const [what, policy] of [
    ['without passthrough', PLAIN],
    ['with passthrough', PASSTHROUGH],
  ]) {
    plays(`a call that was up is ended by its BYE, ${what}`, policy, (sbc) => {
      const { caller, callee } = policy === PLAIN ? parties(sbc) : partiesEndToEnd(sbc);
      isAnswered(caller, callee);
      sbc.stores('session');
      sbc.restarts();
      passes(caller, callee, 'MESSAGE', 'Still here.');
      hangsUp(callee, caller);
      sbc.stores();
      sbc.rests();
    });
  }

  plays(
    'nobody hangs up: the SBC’s own BYE has a number above all that may have been sent before',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee);
      passes(caller, callee, 'MESSAGE', 'Hello.');
      sbc.restarts();
      sbc.passes(12 * 3_600_000);
      callee.gets('BYE', { number: 100_002, maxForwards: 70 });
      caller.gets('BYE', { number: 100_001, maxForwards: 70 });
      callee.sends(200, { to: 'BYE' });
      caller.sends(200, { to: 'BYE' });
      sbc.rests();
    },
  );

  plays('of a private call only what it was: a re-offer is hidden as before', PRIVATE, (sbc) => {
    const { caller, callee } = parties(sbc, {}, { other: '"Anonymous" <sip:anonymous@anonymous.invalid>' });
    const hidden = IM_OFFER.replaceAll('192.168.1.121', '192.168.10.10')
      .replace('sip:caller@caller.com', 'sip:anonymous@192.168.10.10')
      .replace('c=IN IP4 192.168.1.122\r\n', '');
    const hiddenAnswer = IM_ANSWER.replaceAll('192.168.2.200', '192.168.2.20').replace(
      'sip null',
      'sip sip:anonymous@192.168.2.20',
    );
    isAnswered(caller, callee, { offerArrives: hidden, answerArrives: hiddenAnswer });
    sbc.restarts();
    caller.sends('INVITE', { body: IM_OFFER });
    caller.gets(100);
    callee.gets('INVITE', { body: hidden });
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: hiddenAnswer });
    caller.sends('ACK');
    callee.gets('ACK');
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('of a private call also what was said: what changes counts its version on', PRIVATE, (sbc) => {
    const { caller, callee } = parties(sbc, {}, { other: '"Anonymous" <sip:anonymous@anonymous.invalid>' });
    const hidden = (offer: string): string =>
      offer
        .replaceAll('192.168.1.121', '192.168.10.10')
        .replace('sip:caller@caller.com', 'sip:anonymous@192.168.10.10')
        .replace('c=IN IP4 192.168.1.122\r\n', '');
    const hiddenAnswer = IM_ANSWER.replaceAll('192.168.2.200', '192.168.2.20').replace(
      'sip null',
      'sip sip:anonymous@192.168.2.20',
    );
    isAnswered(caller, callee, { offerArrives: hidden(IM_OFFER), answerArrives: hiddenAnswer });
    sbc.restarts();
    const changed = `${IM_OFFER}a=x-more:1\r\n`;
    caller.sends('INVITE', { body: changed });
    caller.gets(100);
    // The caller forgot to raise it (RFC 3264 §8).
    callee.gets('INVITE', {
      body: hidden(changed).replace(ORIGIN, (_, id, version) => `${id}${Number(version) + 1} `),
    });
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: hiddenAnswer });
    caller.sends('ACK');
    callee.gets('ACK');
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a call that was not up yet is unknown: 481', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    sbc.stores();
    sbc.restarts();
    caller.sends('BYE');
    caller.gets(481, { to: 'BYE' });
    sbc.rests();
  });
});

describe('a cap on calls', () => {
  playsOne('a call that is over is none, though its transactions last for 64*T1', PASSTHROUGH, (sbc) => {
    const first = partiesEndToEnd(sbc);
    isAnswered(first.caller, first.callee);
    hangsUp(first.caller, first.callee);
    sbc.changesPolicy(PLAIN);
    const next = parties(sbc, { callId: 'call-2', firstNumber: 11 });
    isAnswered(next.caller, next.callee);
    hangsUp(next.caller, next.callee);
    sbc.rests();
  });
});

describe('a policy that changes', () => {
  plays('calls that are up go on as they began; new ones go by the new policy', PASSTHROUGH, (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc);
    isAnswered(caller, callee);
    sbc.changesPolicy(PLAIN);
    passes(callee, caller, 'MESSAGE', 'Hello.');
    hangsUp(caller, callee);
    const next = parties(sbc, { callId: 'call-2', firstNumber: 11 });
    isAnswered(next.caller, next.callee);
    hangsUp(next.callee, next.caller);
    sbc.rests();
  });

  plays('an adjacency that is gone: its call can still be ended', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    sbc.changesPolicy(`
adjacencies:
  - { name: callee_adj, local: [192.168.10.10], peers: [192.168.2.0/24], next-hops: [192.168.2.200] }
`);
    callee.sends('BYE');
    caller.gets('BYE');
    caller.sends(200, { to: 'BYE' });
    callee.gets(200, { to: 'BYE' });
    sbc.rests();
  });
});

/** How the connection of a caller ends during his call. */
const GOES = (
  [
    ['the connection of a caller', PLAIN],
    ['the connection of a subscriber', SUBSCRIBERS],
  ] as const
).flatMap(([whose, policy]) => [
  [`${whose} closes during the call`, policy, (sbc: Playbook, whom: Peer) => sbc.loses(whom)] as const,
  [`${whose} is gone with a restart during the call`, policy, (sbc: Playbook) => sbc.restarts()] as const,
]);

describe('a transport that fails', () => {
  plays('the caller’s connection closes while it rings: the call is taken back', PLAIN, (sbc) => {
    const byTcp = peer('caller', '192.168.1.121:40000', '192.168.2.20:5060', 'tcp', 7);
    const { caller, callee } = parties(sbc, {
      peer: byTcp,
      contact: 'sip:caller@192.168.1.121:40000;transport=tcp',
      otherContact: 'sip:⟨user to caller?⟩@192.168.2.20:5060;transport=tcp',
    });
    isRinging(caller, callee);
    sbc.loses(byTcp);
    sbc.nothing();
    // The response goes to the address of Via over a new connection (RFC 3261 §18.2.2).
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });

  for (const [what, policy, goes] of GOES) {
    plays(`${what}: what comes for it goes to its Contact`, policy, (sbc) => {
      const byTcp = peer('caller', '192.168.1.121:40000', '192.168.2.20:5060', 'tcp', 7);
      const anew = peer('caller', '192.168.1.121:5060', '192.168.2.20:5060', 'tcp');
      const { caller, callee } = parties(sbc, {
        peer: byTcp,
        contact: 'sip:caller@192.168.1.121:5060;transport=tcp',
        otherContact: 'sip:⟨user to caller?⟩@192.168.2.20:5060;transport=tcp',
      });
      isAnswered(caller, callee);
      goes(sbc, byTcp);
      callee.sends('BYE');
      const bye = (start: string): string => `
      ${start}
      Via: SIP/2.0/TCP 192.168.2.20:5060;rport;branch=⟨branch of the BYE⟩`;
      sbc.sends(
        anew,
        `${bye('BYE sip:caller@192.168.1.121:5060;transport=tcp SIP/2.0')}
      Max-Forwards: 69
      From: Callee <sip:callee@callee.com>;tag=⟨tag to caller⟩
      To: Caller <sip:caller@caller.com>;tag=caller-tag-1
      Call-ID: call-1
      CSeq: 101 BYE
      `,
      );
      sbc.receives(
        anew,
        `${bye('SIP/2.0 200 OK')}
      From: Callee <sip:callee@callee.com>;tag=⟨tag to caller⟩
      To: Caller <sip:caller@caller.com>;tag=caller-tag-1
      Call-ID: call-1
      CSeq: 101 BYE
      `,
      );
      callee.gets(200, { to: 'BYE' });
      sbc.rests();
    });
  }

  plays('a request within a dialog that cannot be sent: 500 to the one who asked', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('INFO');
    callee.gets('INFO');
    sbc.cannotReach(CALLEE);
    caller.gets(500, { to: 'INFO' });
    hangsUp(callee, caller);
    sbc.rests();
  });
});

const ORIGIN = /(o=\S+ \d+ )(\d+) /;
