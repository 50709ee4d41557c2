// SBC-1 to SBC-15: IM dialogs and their session descriptions (Cisco "SIP Instant Messaging": SIP Instant Messaging; SDP
// Handling for SIP Instant Messaging).
import { describe } from 'vitest';
import { accepts, hangsUp, isAnswered, isInvited, isRefused, isRinging, passes } from '../call.ts';
import { plays } from '../core-under-test.ts';
import { CALLEE, CALLER, PASSTHROUGH, PLAIN, parties, partiesEndToEnd, twoAdjacencies } from '../scene.ts';
import { AUDIO_ANSWER, AUDIO_OFFER, IM_ANSWER, IM_OFFER, withMedia } from '../session-descriptions.ts';

const MIXED = 'im/mixed-offer-not-488';
const FLIP = 'im/reoffer-kind-flip-not-488';
const INTERWORKING = 'im/interworking-not-488';

describe('SBC-1: an offer of nothing but m=message or m=x-ms-message is taken', () => {
  plays('a whole call, octet by octet', PLAIN, (sbc) => {
    sbc.receives(
      CALLER,
      `
      INVITE sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-caller-1
      Max-Forwards: 70
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>
      Call-ID: call-1
      CSeq: 1 INVITE
      Contact: Caller <sip:caller@192.168.1.121:5060>
      Content-Type: application/sdp

      v=0
      o=- 0 0 IN IP4 192.168.1.121
      s=session
      c=IN IP4 192.168.1.121
      t=0 0
      m=message 5060 sip sip:caller@caller.com
      c=IN IP4 192.168.1.122
      `,
    );
    sbc.sends(
      CALLER,
      `
      SIP/2.0 100 Trying
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-caller-1
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>
      Call-ID: call-1
      CSeq: 1 INVITE
      `,
    );
    sbc.sends(
      CALLEE,
      `
      INVITE sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch invite⟩
      Max-Forwards: 69
      From: Caller <sip:caller@caller.com>;tag=⟨tag b⟩
      To: Callee <sip:callee@callee.com>
      Call-ID: ⟨call-id b⟩
      CSeq: 1 INVITE
      Contact: Caller <sip:⟨user b⟩@192.168.10.10:5060>
      Content-Type: application/sdp

      v=0
      o=- 0 0 IN IP4 192.168.1.121
      s=session
      c=IN IP4 192.168.1.121
      t=0 0
      m=message 5060 sip sip:caller@caller.com
      c=IN IP4 192.168.1.122
      `,
    );
    sbc.receives(
      CALLEE,
      `
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 192.168.10.10:5060;received=192.168.10.10;rport=5060;branch=⟨branch invite⟩
      From: Caller <sip:caller@caller.com>;tag=⟨tag b⟩
      To: Callee <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: ⟨call-id b⟩
      CSeq: 1 INVITE
      Contact: <sip:callee@192.168.2.200:5060>
      Content-Type: application/sdp

      v=0
      o=- 0 0 IN IP4 192.168.2.200
      s=session
      c=IN IP4 192.168.2.200
      t=0 0
      m=message 5060 sip sip:callee@callee.com
      `,
    );
    sbc.sends(
      CALLER,
      `
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-caller-1
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>;tag=⟨tag a⟩
      Call-ID: call-1
      CSeq: 1 INVITE
      Contact: <sip:⟨user a⟩@192.168.2.20:5060>
      Content-Type: application/sdp

      v=0
      o=- 0 0 IN IP4 192.168.2.200
      s=session
      c=IN IP4 192.168.2.200
      t=0 0
      m=message 5060 sip sip:callee@callee.com
      `,
    );
    sbc.receives(
      CALLER,
      `
      ACK sip:⟨user a⟩@192.168.2.20:5060 SIP/2.0
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-caller-2
      Max-Forwards: 70
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>;tag=⟨tag a⟩
      Call-ID: call-1
      CSeq: 1 ACK
      `,
    );
    sbc.sends(
      CALLEE,
      `
      ACK sip:callee@192.168.2.200:5060 SIP/2.0
      Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch ack?⟩
      Max-Forwards: 69
      From: Caller <sip:caller@caller.com>;tag=⟨tag b⟩
      To: Callee <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: ⟨call-id b⟩
      CSeq: 1 ACK
      `,
    );
    sbc.receives(
      CALLEE,
      `
      BYE sip:⟨user b⟩@192.168.10.10:5060 SIP/2.0
      Via: SIP/2.0/UDP 192.168.2.200:5060;branch=z9hG4bK-callee-1
      Max-Forwards: 70
      From: Callee <sip:callee@callee.com>;tag=callee-tag-1
      To: Caller <sip:caller@caller.com>;tag=⟨tag b⟩
      Call-ID: ⟨call-id b⟩
      CSeq: 101 BYE
      `,
    );
    sbc.sends(
      CALLER,
      `
      BYE sip:caller@192.168.1.121:5060 SIP/2.0
      Via: SIP/2.0/UDP 192.168.2.20:5060;rport;branch=⟨branch bye⟩
      Max-Forwards: 69
      From: Callee <sip:callee@callee.com>;tag=⟨tag a⟩
      To: Caller <sip:caller@caller.com>;tag=caller-tag-1
      Call-ID: call-1
      CSeq: 101 BYE
      `,
    );
    sbc.receives(
      CALLER,
      `
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 192.168.2.20:5060;received=192.168.2.20;rport=5060;branch=⟨branch bye⟩
      From: Callee <sip:callee@callee.com>;tag=⟨tag a⟩
      To: Caller <sip:caller@caller.com>;tag=caller-tag-1
      Call-ID: call-1
      CSeq: 101 BYE
      `,
    );
    sbc.sends(
      CALLEE,
      `
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 192.168.2.200:5060;branch=z9hG4bK-callee-1
      From: Callee <sip:callee@callee.com>;tag=callee-tag-1
      To: Caller <sip:caller@caller.com>;tag=⟨tag b⟩
      Call-ID: ⟨call-id b⟩
      CSeq: 101 BYE
      `,
    );
    sbc.rests();
  });

  for (const media of ['m=message 5060 sip sip:caller@caller.com', 'm=x-ms-message 5060 sip null']) {
    plays(`${media} is taken`, PLAIN, (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee, { offer: withMedia(IM_OFFER, media) });
      passes(caller, callee, 'MESSAGE', 'Hello.');
      passes(callee, caller, 'MESSAGE', 'Hello, you.');
      hangsUp(caller, callee);
      sbc.rests();
    });
  }
});

plays('SBC-2: several m=message lines are taken and forwarded, all and in order', PLAIN, (sbc) => {
  const { caller, callee } = parties(sbc);
  isAnswered(caller, callee, {
    offer: withMedia(
      IM_OFFER,
      'm=message 5060 sip sip:first@caller.com',
      'm=message 5061 sip sip:second@caller.com',
      'm=message 5062 sip sip:third@caller.com',
    ),
    answer: withMedia(
      IM_ANSWER,
      'm=message 5060 sip sip:first@callee.com',
      'm=message 0 sip sip:second@callee.com',
      'm=message 5060 sip sip:third@callee.com',
    ),
  });
  hangsUp(callee, caller);
  sbc.rests();
});

describe('SBC-3: m=x-ms-message is all that m=message is, and stays what it is', () => {
  plays('taken and forwarded as it is', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    const offer = withMedia(IM_OFFER, 'm=x-ms-message 5060 sip null', 'm=x-ms-message 5060 sip null');
    isAnswered(caller, callee, {
      offer,
      answer: withMedia(IM_ANSWER, 'm=x-ms-message 5060 sip null', 'm=x-ms-message 0 sip null'),
    });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('refused with other media', PLAIN, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('INVITE', {
      body: withMedia(IM_OFFER, 'm=x-ms-message 5060 sip null', 'm=audio 40000 RTP/AVP 0'),
    });
    isRefused(sbc, caller, 488, MIXED);
    sbc.rests();
  });

  plays('besides m=message: still nothing but instant messages', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee, {
      offer: withMedia(IM_OFFER, 'm=message 5060 sip sip:caller@caller.com', 'm=x-ms-message 5060 sip null'),
      answer: withMedia(IM_ANSWER, 'm=message 5060 sip sip:callee@callee.com', 'm=x-ms-message 0 sip null'),
    });
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-4: no other proprietary media type is taken for instant messages', () => {
  plays('with m=message it is other media: 488', PLAIN, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('INVITE', {
      body: withMedia(IM_OFFER, 'm=message 5060 sip sip:caller@caller.com', 'm=x-foo-message 5060 sip null'),
    });
    isRefused(sbc, caller, 488, MIXED);
    sbc.rests();
  });

  plays('a call of it is no IM call: a re-offer of m=message is refused', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    const proprietary = withMedia(IM_OFFER, 'm=x-foo-message 5060 sip null');
    isAnswered(caller, callee, {
      offer: proprietary,
      answer: withMedia(IM_ANSWER, 'm=x-foo-message 5060 sip null'),
    });
    caller.sends('INVITE', { body: IM_OFFER });
    isRefused(sbc, caller, 488, FLIP);
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-5: no bandwidth for instant messages', () => {
  plays('no b= is added', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a b= that is there stays as it is', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    const offer = withMedia(IM_OFFER, 'b=AS:64', 'm=message 5060 sip sip:caller@caller.com', 'b=AS:0');
    isAnswered(caller, callee, { offer });
    hangsUp(caller, callee);
    sbc.rests();
  });
});

plays(
  'SBC-6: no gate and no pinhole: address and port of the media stay the endpoints’ own',
  PLAIN,
  (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee, {
      offer: withMedia(IM_OFFER, 'm=message 40000/2 sip sip:caller@caller.com'),
      answer: withMedia(IM_ANSWER, 'm=message 50000/2 sip sip:callee@callee.com'),
    });
    hangsUp(caller, callee);
    // Nothing but SIP messages, timers and records is asked of the driver: whatever else it were, the playbook would say.
    sbc.rests();
  },
);

describe('SBC-7: a callee that does not take the media refuses the call, and the SBC relays that', () => {
  for (const status of [415, 488]) {
    plays(`${status}: no transcoder, no second attempt`, PLAIN, (sbc) => {
      const { caller, callee } = parties(sbc);
      isInvited(caller, callee);
      callee.sends(status, { headers: ['Accept: application/sdp'] });
      callee.gets('ACK');
      caller.gets(status, { headers: ['Accept: application/sdp'] });
      caller.sends('ACK');
      sbc.rests();
    });
  }

  plays('an answer that refuses every line goes back as it came', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee, { answer: withMedia(IM_ANSWER, 'm=message 0 sip null') });
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-8: instant messages with any other media: 488 by the SBC, and nothing is forwarded', () => {
  const message = 'm=message 5060 sip sip:caller@caller.com';
  for (const media of [
    [message, 'm=audio 40000 RTP/AVP 0'],
    ['m=audio 40000 RTP/AVP 0', message],
    [message, 'm=video 40002 RTP/AVP 31'],
    [message, message, 'm=application 40004 udp wb'],
    ['m=image 40006 udptl t38', 'm=x-ms-message 5060 sip null'],
  ]) {
    plays(media.map((line) => line.split(' ')[0]).join(' with '), PLAIN, (sbc) => {
      const { caller } = parties(sbc);
      caller.sends('INVITE', { body: withMedia(IM_OFFER, ...media) });
      isRefused(sbc, caller, 488, MIXED);
      sbc.rests();
    });
  }

  plays('with passthrough, too', PASSTHROUGH, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('INVITE', { body: withMedia(IM_OFFER, message, 'm=audio 40000 RTP/AVP 0') });
    isRefused(sbc, caller, 488, MIXED);
    sbc.rests();
  });

  plays('the next call of the same caller is none the worse', PLAIN, (sbc) => {
    const first = parties(sbc).caller;
    first.sends('INVITE', { body: withMedia(IM_OFFER, message, 'm=audio 40000 RTP/AVP 0') });
    isRefused(sbc, first, 488, MIXED);
    const second = parties(sbc, {
      callId: 'call-2',
      otherTag: '⟨tag second?⟩',
      otherContact: 'sip:⟨user second?⟩@192.168.2.20:5060',
      firstNumber: 11,
    });
    isAnswered(second.caller, second.callee);
    hangsUp(second.caller, second.callee);
    sbc.rests();
  });
});

describe('SBC-9: an IM call stays one: a re-offer of other media is refused with 488', () => {
  const both = withMedia(IM_OFFER, 'm=message 5060 sip sip:caller@caller.com', 'm=audio 40000 RTP/AVP 0');

  for (const [what, body] of [
    ['audio', AUDIO_OFFER],
    ['both', both],
  ]) {
    plays(`re-INVITE with ${what}, by either side`, PLAIN, (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee);
      for (const party of [caller, callee]) {
        party.sends('INVITE', { body });
        isRefused(sbc, party, 488, FLIP);
      }
      passes(caller, callee, 'MESSAGE', 'Still here.');
      hangsUp(callee, caller);
      sbc.rests();
    });

    plays(`UPDATE with ${what}`, PLAIN, (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee);
      callee.sends('UPDATE', { body });
      isRefused(sbc, callee, 488, FLIP, 'UPDATE');
      passes(callee, caller, 'MESSAGE', 'Still here.');
      hangsUp(callee, caller);
      sbc.rests();
    });
  }

  plays('PRACK with audio; the PRACK that is without takes its place', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    const reliable = ['Require: 100rel', 'RSeq: 1'];
    callee.sends(183, { headers: reliable, body: IM_ANSWER });
    caller.gets(183, { headers: reliable, body: IM_ANSWER });
    caller.sends('PRACK', { headers: ['RAck: 1 1 INVITE'], body: AUDIO_OFFER });
    isRefused(sbc, caller, 488, FLIP, 'PRACK');
    caller.sends('PRACK', { headers: ['RAck: 1 1 INVITE'] });
    callee.gets('PRACK', { headers: ['RAck: 1 1 INVITE'] });
    callee.sends(200, { to: 'PRACK' });
    caller.gets(200, { to: 'PRACK' });
    accepts(caller, callee, { answer: '' });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a re-offer of instant messages is taken', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    callee.sends('INVITE', { body: IM_ANSWER });
    callee.gets(100);
    caller.gets('INVITE', { body: IM_ANSWER });
    caller.sends(200, { body: IM_OFFER });
    callee.gets(200, { body: IM_OFFER });
    callee.sends('ACK');
    caller.gets('ACK');
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-10: a call of other media becomes no IM call: a re-offer of m=message is refused with 488', () => {
  const call = { offer: AUDIO_OFFER, answer: AUDIO_ANSWER };

  plays('re-INVITE, by either side', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee, call);
    for (const party of [caller, callee]) {
      party.sends('INVITE', { body: IM_OFFER });
      isRefused(sbc, party, 488, FLIP);
    }
    passes(caller, callee, 'INFO', 'Signal=1', 'application/dtmf-relay');
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays('UPDATE', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee, call);
    caller.sends('UPDATE', { body: IM_OFFER });
    isRefused(sbc, caller, 488, FLIP, 'UPDATE');
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a re-offer of audio is taken', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee, call);
    caller.sends('INVITE', { body: AUDIO_OFFER });
    caller.gets(100);
    callee.gets('INVITE', { body: AUDIO_OFFER });
    callee.sends(200, { body: AUDIO_ANSWER });
    caller.gets(200, { body: AUDIO_ANSWER });
    caller.sends('ACK');
    callee.gets('ACK');
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-11: without privacy the session description is the same octets on both sides', () => {
  plays('whatever its addresses: the chapter’s offer and answer', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    const nowhere = IM_OFFER.replaceAll('192.168.1.121', '0.0.0.0').replace(
      '192.168.1.122',
      '255.255.255.255',
    );
    isAnswered(caller, callee, { offer: nowhere, answer: IM_ANSWER });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('with passthrough', PASSTHROUGH, (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('topology hiding alone is no privacy', twoAdjacencies('topology-hiding: true'), (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('lines that nobody knows, and their order', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    const odd = withMedia(
      IM_OFFER,
      'i=a  title ',
      'm=message 5060 sip sip:caller@caller.com',
      'z=9',
      'a=X-Ünknown: 1',
    );
    isAnswered(caller, callee, { offer: odd });
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-12: instant messages and late-to-early interworking: 488', () => {
  const lateEarly = `interworking: { late-early: [{ inbound: caller_adj, outbound: callee_adj }] }`;

  plays(
    'the caller brings no offer, the callee answers with one of m=message',
    twoAdjacencies('', '', lateEarly),
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isInvited(caller, callee, { offer: '' });
      callee.sends(200, { body: IM_ANSWER });
      sbc.finds(INTERWORKING);
      caller.gets(488, { contact: null });
      // Q17: an offer in a 2xx cannot be refused; it is acknowledged with an answer that refuses it, and ended.
      callee.gets('ACK', {
        number: 1,
        maxForwards: 70,
        body: withMedia(IM_ANSWER, 'm=x-ms-message 0 sip null')
          .replaceAll('192.168.2.200', '192.168.10.10')
          .replace('s=session', 's=-'),
      });
      callee.gets('BYE', { number: 2, maxForwards: 70 });
      caller.sends('ACK');
      callee.sends(200, { to: 'BYE' });
      sbc.rests();
    },
  );

  plays('between other adjacencies the offer and the answer pass late', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee, { offer: '' });
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    caller.sends('ACK', { body: IM_OFFER });
    callee.gets('ACK', { body: IM_OFFER });
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-13: instant messages from or to H.323: 488', () => {
  for (const [side, policy] of [
    ['to', twoAdjacencies('', 'h323: true')],
    ['from', twoAdjacencies('h323: true')],
  ]) {
    plays(`${side} an adjacency that speaks H.323`, policy, (sbc) => {
      const { caller } = parties(sbc);
      caller.sends('INVITE', { body: IM_OFFER });
      isRefused(sbc, caller, 488, INTERWORKING);
      sbc.rests();
    });
  }
});

const CALLEE_URL = withMedia(IM_ANSWER, 'm=message 5060 sip sip:example@home.net');

plays(
  'SBC-14: passthrough off: a request to the URL of the session description may fail to route',
  PLAIN,
  (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee, { answer: CALLEE_URL });
    caller.sends('MESSAGE', { uri: 'sip:example@home.net', body: 'Hello.', type: 'text/plain' });
    caller.gets(404, { to: 'MESSAGE' });
    hangsUp(caller, callee);
    sbc.rests();
  },
);

plays(
  'SBC-15: passthrough on: a request to the URL of the session description goes on as it is',
  PASSTHROUGH,
  (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc);
    isAnswered(caller, callee, { answer: CALLEE_URL });
    const message = { uri: 'sip:example@home.net', body: 'Hello.', type: 'text/plain' };
    caller.sends('MESSAGE', message);
    callee.gets('MESSAGE', message);
    callee.sends(200, { to: 'MESSAGE' });
    caller.gets(200, { to: 'MESSAGE' });
    hangsUp(caller, callee);
    sbc.rests();
  },
);
