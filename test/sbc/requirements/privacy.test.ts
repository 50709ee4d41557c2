// SBC-37 to SBC-44 and SBC-46: privacy (Cisco "SIP Instant Messaging": Privacy for SIP Instant Messaging; RFC 3323 §5.1). The
// texts are the chapter's: 192.168.10.10 is the outbound adjacency, 192.168.2.20 the inbound one.
import { describe } from 'vitest';
import { hangsUp, isAnswered, isInvited, passes } from '../call.ts';
import { plays } from '../core-under-test.ts';
import type { Party } from '../party.ts';
import type { Playbook } from '../playbook.ts';
import { CALLEE_PROXY, CALLER_PROXY, PRIVATE, parties, twoAdjacencies } from '../scene.ts';
import { AUDIO_ANSWER, AUDIO_OFFER, IM_ANSWER, IM_OFFER, sdp, withMedia } from '../session-descriptions.ts';

const PASSTHROUGH_PRIVATE = twoAdjacencies(
  'record-route-passthrough: true',
  'record-route-passthrough: true',
  'cac: [{ caller-privacy: always }]',
);

const ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>';

/** The chapter's offer as it leaves by the outbound adjacency. */
const HIDDEN_OFFER = sdp(`
v=0
o=- 0 0 IN IP4 192.168.10.10
s=session
c=IN IP4 192.168.10.10
t=0 0
m=message 5060 sip sip:anonymous@192.168.10.10`);

/** The chapter's answer as it leaves by the inbound adjacency. */
const HIDDEN_ANSWER = sdp(`
v=0
o=- 0 0 IN IP4 192.168.2.20
s=session
c=IN IP4 192.168.2.20
t=0 0
m=x-ms-message 5060 sip sip:anonymous@192.168.2.20`);

const HIDDEN = { offerArrives: HIDDEN_OFFER, answerArrives: HIDDEN_ANSWER };

/** The caller is nobody to the callee; proxies on both sides, each known to its own side only. */
function hidden(sbc: Playbook): { caller: Party; callee: Party } {
  return parties(
    sbc,
    { requestRecords: [CALLER_PROXY], responseRecords: [CALLER_PROXY], routesOfOther: [CALLER_PROXY] },
    { other: ANONYMOUS, responseRecords: [CALLEE_PROXY], routesOfOther: [CALLEE_PROXY] },
  );
}

describe('SBC-37: with privacy or topology hiding Record-Route is stripped, passthrough or not', () => {
  plays('privacy', PASSTHROUGH_PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isInvited(caller, callee, HIDDEN);
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });

  plays(
    'topology hiding',
    twoAdjacencies('record-route-passthrough: true', 'topology-hiding: true'),
    (sbc) => {
      const { caller, callee } = parties(
        sbc,
        { requestRecords: [CALLER_PROXY], responseRecords: [CALLER_PROXY], routesOfOther: [CALLER_PROXY] },
        { responseRecords: [CALLEE_PROXY], routesOfOther: [CALLEE_PROXY] },
      );
      isAnswered(caller, callee, { offer: '', answer: '' });
      hangsUp(caller, callee);
      sbc.rests();
    },
  );

  plays(
    'a caller that asks for it (RFC 3323 §4.2)',
    twoAdjacencies('record-route-passthrough: true'),
    (sbc) => {
      const { caller, callee } = parties(
        sbc,
        { requestRecords: [CALLER_PROXY], responseRecords: [CALLER_PROXY], routesOfOther: [CALLER_PROXY] },
        { responseRecords: [CALLEE_PROXY], routesOfOther: [CALLEE_PROXY] },
      );
      caller.sends('INVITE', { headers: ['Privacy: header'] });
      caller.gets(100);
      callee.gets('INVITE');
      callee.sends(200);
      caller.gets(200);
      caller.sends('ACK');
      callee.gets('ACK');
      hangsUp(callee, caller);
      sbc.rests();
    },
  );
});

plays(
  'SBC-38: what was stripped comes back in the response, and routes what goes to the caller',
  PASSTHROUGH_PRIVATE,
  (sbc) => {
    const { caller, callee } = hidden(sbc);
    isAnswered(caller, callee, HIDDEN);
    passes(callee, caller, 'MESSAGE', 'Hello.');
    hangsUp(callee, caller);
    sbc.rests();
  },
);

describe('SBC-39: the CAC entry of normal calls governs instant messages, too', () => {
  plays('an IM call', PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isAnswered(caller, callee, HIDDEN);
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays(
    'a voice call: the caller is nobody; addresses of media stay, since the SBC relays none',
    PRIVATE,
    (sbc) => {
      const { caller, callee } = hidden(sbc);
      isAnswered(caller, callee, {
        offer: AUDIO_OFFER,
        offerArrives: AUDIO_OFFER.replace(
          'o=caller 1 1 IN IP4 192.168.1.121',
          'o=- 1 1 IN IP4 192.168.10.10',
        ),
        answer: AUDIO_ANSWER,
        answerArrives: AUDIO_ANSWER.replace(
          'o=callee 1 1 IN IP4 192.168.2.200',
          'o=- 1 1 IN IP4 192.168.2.20',
        ),
      });
      hangsUp(caller, callee);
      sbc.rests();
    },
  );

  plays(
    'a call that no entry matches',
    twoAdjacencies('', '', 'cac: [{ match: { caller: someone }, caller-privacy: always }]'),
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee);
      hangsUp(caller, callee);
      sbc.rests();
    },
  );

  plays(
    'the first entry that matches',
    twoAdjacencies(
      '',
      '',
      'cac: [{ match: { caller: "call*" }, caller-privacy: never }, { caller-privacy: always }]',
    ),
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee);
      hangsUp(caller, callee);
      sbc.rests();
    },
  );
});

plays(
  'SBC-40: one c= for the session, with the local address of the adjacency; all others go',
  PRIVATE,
  (sbc) => {
    const { caller, callee } = hidden(sbc);
    // No c= for the session, and two in the media.
    const media = [
      'm=message 5060 sip sip:caller@caller.com',
      'c=IN IP4 192.168.1.121',
      'c=IN IP6 2001:db8::1',
    ];
    isAnswered(caller, callee, {
      offer: withMedia(IM_OFFER.replace('c=IN IP4 192.168.1.121\r\nt=', 't='), ...media),
      ...HIDDEN,
    });
    hangsUp(caller, callee);
    sbc.rests();
  },
);

describe('SBC-41: o= is the SBC’s own, its address that of c=', () => {
  plays('the user name and the address go', PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isAnswered(caller, callee, {
      offer: IM_OFFER.replace('o=- 0 0 IN IP4 192.168.1.121', 'o=caller 77 5 IN IP4 pc33.caller.com'),
      offerArrives: HIDDEN_OFFER.replace('o=- 0 0', 'o=- 77 5'),
      answerArrives: HIDDEN_ANSWER,
    });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a re-offer that is another one has the next version (RFC 3264 §8)', PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isAnswered(caller, callee, HIDDEN);
    const offer = IM_OFFER.replace('t=0 0', 't=0 0\r\na=sendonly');
    caller.sends('INVITE', { body: offer });
    caller.gets(100);
    callee.gets('INVITE', {
      body: HIDDEN_OFFER.replace('o=- 0 0', 'o=- 0 1').replace('t=0 0', 't=0 0\r\na=sendonly'),
    });
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: HIDDEN_ANSWER });
    caller.sends('ACK');
    callee.gets('ACK');
    hangsUp(caller, callee);
    sbc.rests();
  });
});

describe('SBC-42: one line m=message 5060 sip sip:anonymous@LOCAL stands for all', () => {
  plays('another port and another URL', PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isAnswered(caller, callee, {
      offer: withMedia(IM_OFFER, 'm=message 5077/2 sip sip:caller@caller.com sip:other@caller.com'),
      ...HIDDEN,
    });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays(
    'another port, when the policy says so (Q10)',
    twoAdjacencies('', '', 'cac: [{ caller-privacy: always }]\ndecisions: { im-privacy-port: 9 }'),
    (sbc) => {
      const { caller, callee } = hidden(sbc);
      isAnswered(caller, callee, {
        offerArrives: HIDDEN_OFFER.replace(' 5060 ', ' 9 '),
        answerArrives: HIDDEN_ANSWER.replace(' 5060 ', ' 9 '),
      });
      hangsUp(caller, callee);
      sbc.rests();
    },
  );
});

plays('SBC-43: m=x-ms-message stays what it is', PRIVATE, (sbc) => {
  const { caller, callee } = hidden(sbc);
  isAnswered(caller, callee, {
    offer: withMedia(IM_OFFER, 'm=x-ms-message 5060 sip null'),
    offerArrives: HIDDEN_OFFER.replace('m=message', 'm=x-ms-message'),
    answerArrives: HIDDEN_ANSWER,
  });
  hangsUp(caller, callee);
  sbc.rests();
});

describe('SBC-44: both directions: each side sees the address of the adjacency it is on', () => {
  plays('offer and answer', PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isAnswered(caller, callee, HIDDEN);
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays('offer in the 2xx, answer in the ACK', PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isInvited(caller, callee, { offer: '' });
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: HIDDEN_ANSWER });
    caller.sends('ACK', { body: IM_OFFER });
    callee.gets('ACK', { body: HIDDEN_OFFER });
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays(
    'the caller only, when the policy says that the callee is not hidden',
    twoAdjacencies('', '', 'cac: [{ caller-privacy: always, callee-privacy: never }]'),
    (sbc) => {
      const { caller, callee } = hidden(sbc);
      isAnswered(caller, callee, { offerArrives: HIDDEN_OFFER });
      hangsUp(callee, caller);
      sbc.rests();
    },
  );
});

describe('SBC-46: the answer to several m=message lines that became one has as many as were offered', () => {
  const three = withMedia(
    IM_OFFER,
    'm=message 5060 sip sip:first@caller.com',
    'm=message 5061 sip sip:second@caller.com',
    'm=message 5062 sip sip:third@caller.com',
  );

  plays('the others with port 0', PRIVATE, (sbc) => {
    const { caller, callee } = hidden(sbc);
    isAnswered(caller, callee, {
      offer: three,
      offerArrives: HIDDEN_OFFER,
      answer: withMedia(IM_ANSWER, 'm=message 5060 sip sip:callee@callee.com'),
      answerArrives: withMedia(
        HIDDEN_ANSWER,
        'm=message 5060 sip sip:anonymous@192.168.2.20',
        'm=message 0 sip sip:second@caller.com',
        'm=message 0 sip sip:third@caller.com',
      ),
    });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays(
    'when only the caller is hidden',
    twoAdjacencies('', '', 'cac: [{ caller-privacy: always, callee-privacy: never }]'),
    (sbc) => {
      const { caller, callee } = hidden(sbc);
      isAnswered(caller, callee, {
        offer: three,
        offerArrives: HIDDEN_OFFER,
        answer: withMedia(IM_ANSWER, 'm=message 5060 sip sip:callee@callee.com'),
        answerArrives: withMedia(
          IM_ANSWER,
          'm=message 5060 sip sip:callee@callee.com',
          'm=message 0 sip sip:second@caller.com',
          'm=message 0 sip sip:third@caller.com',
        ),
      });
      hangsUp(caller, callee);
      sbc.rests();
    },
  );

  const callerOnly = twoAdjacencies('', '', 'cac: [{ caller-privacy: always, callee-privacy: never }]');

  plays('so has the answer of the hidden side to an offer of the other', callerOnly, (sbc) => {
    const { caller, callee } = hidden(sbc);
    const offer = withMedia(
      IM_ANSWER,
      'm=message 5060 sip sip:first@callee.com',
      'm=message 5060 sip sip:second@callee.com',
    );
    isInvited(caller, callee, { offer: '' });
    callee.sends(200, { body: offer });
    caller.gets(200, { body: offer });
    caller.sends('ACK', {
      body: withMedia(
        IM_OFFER,
        'm=message 5060 sip sip:first@caller.com',
        'm=message 5060 sip sip:second@caller.com',
      ),
    });
    callee.gets('ACK', { body: `${HIDDEN_OFFER}m=message 0 sip sip:second@callee.com\r\n` });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays(
    'a later offer of the other side has them, too, and its answer does not (RFC 3264 §6, §8)',
    callerOnly,
    (sbc) => {
      const { caller, callee } = hidden(sbc);
      const slots = ['m=message 0 sip sip:second@caller.com', 'm=message 0 sip sip:third@caller.com'];
      const offer = withMedia(IM_ANSWER, 'm=message 5060 sip sip:callee@callee.com');
      isAnswered(caller, callee, {
        offer: three,
        offerArrives: HIDDEN_OFFER,
        answer: offer,
        answerArrives: withMedia(IM_ANSWER, 'm=message 5060 sip sip:callee@callee.com', ...slots),
      });
      callee.sends('INVITE', { body: offer });
      callee.gets(100);
      caller.gets('INVITE', {
        body: withMedia(IM_ANSWER, 'm=message 5060 sip sip:callee@callee.com', ...slots),
      });
      caller.sends(200, { body: withMedia(IM_OFFER, 'm=message 5060 sip sip:first@caller.com', ...slots) });
      callee.gets(200, { body: HIDDEN_OFFER });
      callee.sends('ACK');
      caller.gets('ACK');
      hangsUp(caller, callee);
      sbc.rests();
    },
  );

  plays(
    'or as it came, when the policy says so (Q3)',
    twoAdjacencies('', '', 'cac: [{ caller-privacy: always }]\ndecisions: { collapsed-lines: collapse }'),
    (sbc) => {
      const { caller, callee } = hidden(sbc);
      isAnswered(caller, callee, {
        offer: three,
        offerArrives: HIDDEN_OFFER,
        answer: withMedia(IM_ANSWER, 'm=message 5060 sip sip:callee@callee.com'),
        answerArrives: withMedia(HIDDEN_ANSWER, 'm=message 5060 sip sip:anonymous@192.168.2.20'),
      });
      hangsUp(caller, callee);
      sbc.rests();
    },
  );
});
