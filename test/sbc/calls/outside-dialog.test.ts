// Requests outside of dialogs: RFC 3261 §8, §11, §16.3, §22, RFC 3428, RFC 3581, RFC 3903, RFC 4320.
import { describe } from 'vitest';
import { hangsUp } from '../call.ts';
import { plays } from '../core-under-test.ts';
import { peer } from '../peer.ts';
import { CALLEE, CALLER, PASSTHROUGH, PLAIN, parties, partiesEndToEnd } from '../scene.ts';

const ROUTES_ELSEWHERE = PLAIN.replace('inbound-adjacency: caller_adj', 'request-uri: somebody');
const TEXT = { body: 'Hello.', type: 'text/plain' };

describe('MESSAGE (RFC 3428)', () => {
  plays(
    'goes to the other side and its 200 comes back; each has a Call-ID and tags of its own',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      caller.sends('MESSAGE', TEXT);
      callee.gets('MESSAGE', TEXT);
      callee.sends(200, { to: 'MESSAGE' });
      caller.gets(200, { to: 'MESSAGE' });
      sbc.rests();
    },
  );

  plays('with passthrough it stays what it is', PASSTHROUGH, (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc, { routes: [] }, { routes: [] });
    caller.sends('MESSAGE', TEXT);
    callee.gets('MESSAGE', TEXT);
    callee.sends(202, { to: 'MESSAGE' });
    caller.gets(202, { to: 'MESSAGE' });
    sbc.rests();
  });

  plays('the other way', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc, { peer: CALLEE }, { peer: CALLER });
    caller.sends('MESSAGE', TEXT);
    callee.gets('MESSAGE', TEXT);
    callee.sends(200, { to: 'MESSAGE' });
    caller.gets(200, { to: 'MESSAGE' });
    sbc.rests();
  });

  plays(
    'nobody answers: sent again after T1, 2*T1, up to T2, and given up without a word (RFC 4320 §4.2)',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      caller.sends('MESSAGE', TEXT);
      callee.gets('MESSAGE', TEXT);
      for (const wait of [500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000, 4000]) {
        sbc.passes(wait);
        callee.getsAgain('MESSAGE');
      }
      sbc.rests();
    },
  );

  plays('one that comes again gets the same response again', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('MESSAGE', TEXT);
    callee.gets('MESSAGE', TEXT);
    caller.sends('MESSAGE', { ...TEXT, number: 1 });
    sbc.nothing();
    callee.sends(404, { to: 'MESSAGE' });
    caller.gets(404, { to: 'MESSAGE' });
    caller.sends('MESSAGE', { ...TEXT, number: 1 });
    caller.gets(404, { to: 'MESSAGE' });
    sbc.rests();
  });
});

plays('PUBLISH and its entity tag pass (RFC 3903 §4)', PLAIN, (sbc) => {
  const { caller, callee } = parties(sbc);
  const asks = ['Event: presence', 'Expires: 600'];
  const body = { body: '<presence/>', type: 'application/pidf+xml' };
  caller.sends('PUBLISH', { headers: asks, ...body });
  callee.gets('PUBLISH', { headers: asks, ...body });
  const says = ['SIP-ETag: dx200xyz', 'Expires: 300'];
  callee.sends(200, { to: 'PUBLISH', headers: says });
  caller.gets(200, { to: 'PUBLISH', headers: says });
  sbc.rests();
});

describe('OPTIONS (§11)', () => {
  plays('to the SBC itself: what it can do', PLAIN, (sbc) => {
    const { caller } = parties(sbc, { uri: 'sip:sbc.com' });
    caller.sends('OPTIONS');
    caller.gets(200, {
      to: 'OPTIONS',
      headers: [
        'Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER, PRACK, SUBSCRIBE, NOTIFY, PUBLISH, MESSAGE, INFO, UPDATE, REFER',
        'Accept: application/sdp, multipart/mixed, message/sipfrag',
        'Supported: path, replaces, timer, 100rel',
      ],
    });
    sbc.rests();
  });

  plays('to somebody beyond it: goes on', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('OPTIONS', { headers: ['Accept: application/sdp'] });
    callee.gets('OPTIONS', { headers: ['Accept: application/sdp'] });
    callee.sends(200, { to: 'OPTIONS', headers: ['Allow: INVITE, ACK'] });
    caller.gets(200, { to: 'OPTIONS', headers: ['Allow: INVITE, ACK'] });
    sbc.rests();
  });
});

describe('digest challenges pass, and what answers them (§22)', () => {
  plays(
    'INVITE: 407, and again with credentials: the same Call-ID and From tag on the other side, too',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      const challenge = ['Proxy-Authenticate: Digest realm="callee.com", nonce="84a4cc6f", qop="auth"'];
      const credentials = [
        'Proxy-Authorization: Digest username="caller", realm="callee.com", nonce="84a4cc6f", uri="sip:callee@callee.com", nc=00000001, cnonce="0a", qop=auth, response="00"',
      ];
      caller.sends('INVITE');
      caller.gets(100);
      callee.gets('INVITE');
      callee.sends(407, { headers: challenge, toTag: 'challenge' });
      callee.gets('ACK');
      caller.gets(407, { headers: challenge, toTag: '⟨tag of the challenge⟩' });
      caller.sends('ACK');
      caller.sends('INVITE', { headers: credentials, outside: true });
      caller.gets(100);
      callee.gets('INVITE', {
        headers: credentials,
        outside: true,
        contact: '<sip:⟨user again?⟩@192.168.10.10:5060>',
      });
      callee.sends(200);
      caller.gets(200);
      caller.sends('ACK');
      callee.gets('ACK');
      hangsUp(caller, callee);
      sbc.rests();
    },
  );

  plays('MESSAGE: 401', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    const challenge = ['WWW-Authenticate: Digest realm="callee.com", nonce="1"'];
    const credentials = [
      'Authorization: Digest username="caller", realm="callee.com", nonce="1", response="2"',
    ];
    caller.sends('MESSAGE', TEXT);
    callee.gets('MESSAGE', TEXT);
    callee.sends(401, { to: 'MESSAGE', headers: challenge, toTag: 'challenge' });
    caller.gets(401, { to: 'MESSAGE', headers: challenge, toTag: '⟨tag of the challenge?⟩' });
    caller.sends('MESSAGE', { ...TEXT, headers: credentials });
    callee.gets('MESSAGE', { ...TEXT, headers: credentials });
    callee.sends(200, { to: 'MESSAGE' });
    caller.gets(200, { to: 'MESSAGE' });
    sbc.rests();
  });
});

describe('what the SBC refuses by itself', () => {
  plays('who is no peer of any adjacency: 403', PLAIN, (sbc) => {
    const stranger = peer('stranger', '203.0.113.9:5060', '192.168.2.20:5060');
    const { caller } = parties(sbc, { peer: stranger });
    caller.sends('MESSAGE', TEXT);
    caller.gets(403, { to: 'MESSAGE' });
    sbc.rests();
  });

  plays('where no route leads: 404', ROUTES_ELSEWHERE, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('INVITE');
    caller.gets(404);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('Max-Forwards 0: 483 (§16.3 step 3)', PLAIN, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('MESSAGE', { ...TEXT, maxForwards: 0 });
    caller.gets(483, { to: 'MESSAGE' });
    sbc.rests();
  });

  plays('the same request by another way while the first is under way: 482 (§8.2.2.2)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('MESSAGE', TEXT);
    callee.gets('MESSAGE', TEXT);
    caller.sends('MESSAGE', { ...TEXT, number: 1, branch: 'z9hG4bK-by-another-way' });
    caller.gets(482, { to: 'MESSAGE', toTag: '⟨tag of the other?⟩' });
    sbc.nothing();
  });

  plays('an extension that every hop would have to know: 420 (§16.3 step 5)', PLAIN, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('MESSAGE', { ...TEXT, headers: ['Proxy-Require: x-nobody-knows'] });
    caller.gets(420, { to: 'MESSAGE', headers: ['Unsupported: x-nobody-knows'] });
    sbc.rests();
  });

  plays('a URI scheme that it does not know: 416 (§8.2.2.1)', PLAIN, (sbc) => {
    const { caller } = parties(sbc, { uri: 'xyz:callee@callee.com' });
    caller.sends('MESSAGE', TEXT);
    caller.gets(416, { to: 'MESSAGE' });
    sbc.rests();
  });

  for (const method of ['BYE', 'PRACK', 'UPDATE']) {
    plays(`${method} outside a dialog: 481`, PLAIN, (sbc) => {
      const { caller } = parties(sbc);
      caller.sends(method, { contact: null });
      caller.gets(481, { to: method, contact: null });
      sbc.rests();
    });
  }
});

describe('how responses find back', () => {
  plays('behind a NAT: received and rport (RFC 3581 §4)', PLAIN, (sbc) => {
    const behind = peer('caller', '192.168.1.121:40000', '192.168.2.20:5060');
    sbc.receives(
      behind,
      `
      MESSAGE sip:sbc.com SIP/2.0
      Via: SIP/2.0/UDP 10.0.0.5:5060;rport;branch=z9hG4bK-1
      Max-Forwards: 0
      From: <sip:caller@caller.com>;tag=1
      To: <sip:sbc.com>
      Call-ID: message-1
      CSeq: 1 MESSAGE
      `,
    );
    sbc.sends(
      behind,
      `
      SIP/2.0 483 Too Many Hops
      Via: SIP/2.0/UDP 10.0.0.5:5060;rport=40000;branch=z9hG4bK-1;received=192.168.1.121
      From: <sip:caller@caller.com>;tag=1
      To: <sip:sbc.com>;tag=⟨tag?⟩
      Call-ID: message-1
      CSeq: 1 MESSAGE
      `,
    );
    sbc.rests();
  });

  plays('over TCP: by the connection of the request; nothing is sent again there (§17)', PLAIN, (sbc) => {
    const caller = peer('caller', '192.168.1.121:40000', '192.168.2.20:5060', 'tcp', 7);
    sbc.receives(
      caller,
      `
      INVITE sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/TCP 192.168.1.121:40000;branch=z9hG4bK-1
      Max-Forwards: 70
      From: <sip:caller@caller.com>;tag=1
      To: <sip:callee@callee.com>
      Call-ID: call-1
      CSeq: 1 INVITE
      Contact: <sip:caller@192.168.1.121:40000;transport=tcp>
      `,
    );
    sbc.sends(
      caller,
      `
      SIP/2.0 100 Trying
      Via: SIP/2.0/TCP 192.168.1.121:40000;branch=z9hG4bK-1
      From: <sip:caller@caller.com>;tag=1
      To: <sip:callee@callee.com>
      Call-ID: call-1
      CSeq: 1 INVITE
      `,
    );
    sbc.sends(
      CALLEE,
      `
      INVITE sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch⟩
      Max-Forwards: 69
      From: <sip:caller@caller.com>;tag=⟨tag⟩
      To: <sip:callee@callee.com>
      Call-ID: ⟨call-id⟩
      CSeq: 1 INVITE
      Contact: <sip:⟨user?⟩@192.168.10.10:5060>
      `,
    );
    sbc.receives(
      CALLEE,
      `
      SIP/2.0 486 Busy Here
      Via: SIP/2.0/UDP 192.168.10.10:5060;branch=⟨branch⟩
      From: <sip:caller@caller.com>;tag=⟨tag⟩
      To: <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: ⟨call-id⟩
      CSeq: 1 INVITE
      `,
    );
    sbc.sends(
      CALLEE,
      `
      ACK sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch⟩
      Max-Forwards: 70
      From: <sip:caller@caller.com>;tag=⟨tag⟩
      To: <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: ⟨call-id⟩
      CSeq: 1 ACK
      `,
    );
    sbc.sends(
      caller,
      `
      SIP/2.0 486 Busy Here
      Via: SIP/2.0/TCP 192.168.1.121:40000;branch=z9hG4bK-1
      From: <sip:caller@caller.com>;tag=1
      To: <sip:callee@callee.com>;tag=⟨tag to caller⟩
      Call-ID: call-1
      CSeq: 1 INVITE
      `,
    );
    sbc.passes(10_000);
    sbc.receives(
      caller,
      `
      ACK sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/TCP 192.168.1.121:40000;branch=z9hG4bK-1
      Max-Forwards: 70
      From: <sip:caller@caller.com>;tag=1
      To: <sip:callee@callee.com>;tag=⟨tag to caller⟩
      Call-ID: call-1
      CSeq: 1 ACK
      `,
    );
    sbc.rests();
  });
});
