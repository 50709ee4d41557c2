// SBC-16 to SBC-32, SBC-45 and SBC-47: Record-Route passthrough (Cisco "SIP Instant Messaging": Record-Route Passthrough;
// RFC 3261 §12.1, §12.2.1.1, §16.6). The caller's proxy is proxy1, the callee's proxy2; both stay in the path.
import { describe } from 'vitest';
import { hangsUp, isAnswered, isInvited, isRinging, passes } from '../call.ts';
import { plays } from '../core-under-test.ts';
import type { Party } from '../party.ts';
import type { Playbook } from '../playbook.ts';
import {
  CALLEE,
  CALLEE_PROXY,
  CALLEE_ROUTE,
  CALLER,
  CALLER_PROXY,
  CALLER_ROUTE,
  PASSTHROUGH,
  PLAIN,
  parties,
  partiesEndToEnd,
  twoAdjacencies,
} from '../scene.ts';
import { AUDIO_ANSWER, AUDIO_OFFER, IM_OFFER } from '../session-descriptions.ts';

/** A call between two proxies, passthrough off: two route sets that know nothing of each other. */
function apart(sbc: Playbook): { caller: Party; callee: Party } {
  return parties(
    sbc,
    { requestRecords: [CALLER_PROXY], responseRecords: [CALLER_PROXY], routesOfOther: [CALLER_PROXY] },
    { responseRecords: [CALLEE_PROXY], routesOfOther: [CALLEE_PROXY] },
  );
}

/** The same with passthrough: one route set from end to end. Each proxy takes its own Route value off. */
function endToEnd(sbc: Playbook): { caller: Party; callee: Party } {
  const whole = [CALLEE_PROXY, CALLEE_ROUTE, CALLER_ROUTE, CALLER_PROXY];
  return partiesEndToEnd(
    sbc,
    {
      requestRecords: [CALLER_PROXY],
      responseRecords: whole,
      routes: [CALLER_ROUTE, CALLEE_ROUTE, CALLEE_PROXY],
      routesOfOther: [CALLER_PROXY],
    },
    {
      requestRecords: [CALLEE_ROUTE, CALLER_ROUTE, CALLER_PROXY],
      responseRecords: whole,
      routes: [CALLEE_ROUTE, CALLER_ROUTE, CALLER_PROXY],
      routesOfOther: [CALLEE_PROXY],
    },
  );
}

plays('SBC-16: without configuration Record-Route is not passed through', PLAIN, (sbc) => {
  const { caller, callee } = apart(sbc);
  isAnswered(caller, callee);
  hangsUp(caller, callee);
  sbc.rests();
});

describe('SBC-17: passthrough is configured per adjacency, for the calls that come in there', () => {
  plays('a call from the adjacency that has it', PASSTHROUGH, (sbc) => {
    const { caller, callee } = endToEnd(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a call the other way, into the adjacency that has it', PASSTHROUGH, (sbc) => {
    const { caller, callee } = parties(
      sbc,
      {
        peer: CALLEE,
        contact: 'sip:caller@192.168.2.200:5060',
        otherContact: 'sip:⟨user to caller?⟩@192.168.10.10:5060',
        requestRecords: [CALLEE_PROXY],
        responseRecords: [CALLEE_PROXY],
      },
      {
        peer: CALLER,
        contact: 'sip:callee@192.168.1.121:5060',
        otherContact: 'sip:⟨user to callee?⟩@192.168.2.20:5060',
      },
    );
    isAnswered(caller, callee);
    sbc.rests({ dialogs: 1, timers: 1 });
  });
});

describe('SBC-18: off: the Contact is the SBC’s, and what came as Record-Route is kept back', () => {
  plays('for INVITE', PLAIN, (sbc) => {
    const { caller, callee } = apart(sbc);
    isInvited(caller, callee);
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('display name and parameters of Contact are the user’s, the URI is not', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('INVITE', { contact: '"Caller, A." <sip:caller@192.168.1.121:5060>;x-y=1' });
    caller.gets(100);
    callee.gets('INVITE', { contact: '"Caller, A." <sip:⟨user to callee?⟩@192.168.10.10:5060>;x-y=1' });
    callee.sends(180, { contact: 'Callee <sip:callee@192.168.2.200:5060;ob>' });
    caller.gets(180, { contact: 'Callee <sip:⟨user to caller?⟩@192.168.2.20:5060>' });
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });
});

plays('SBC-19: off: the response brings the caller its own Record-Route set back', PLAIN, (sbc) => {
  const { caller, callee } = parties(sbc, {
    requestRecords: [`${CALLER_PROXY}, <sip:phone-proxy.caller.com;lr>`],
    responseRecords: [CALLER_PROXY, '<sip:phone-proxy.caller.com;lr>'],
  });
  isAnswered(caller, callee);
  sbc.rests({ dialogs: 1, timers: 1 });
});

describe('SBC-20: off: Route of later requests is built from the set of the side they go to', () => {
  plays('one proxy on each side', PLAIN, (sbc) => {
    const { caller, callee } = apart(sbc);
    isAnswered(caller, callee);
    passes(caller, callee, 'MESSAGE', 'Hello.');
    passes(callee, caller, 'MESSAGE', 'Hello, you.');
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays('several: the callee’s in reverse, the caller’s in the order received', PLAIN, (sbc) => {
    const { caller, callee } = parties(
      sbc,
      {
        requestRecords: [CALLER_PROXY, '<sip:far1.caller.com;lr>'],
        responseRecords: [CALLER_PROXY, '<sip:far1.caller.com;lr>'],
        routesOfOther: [CALLER_PROXY, '<sip:far1.caller.com;lr>'],
      },
      {
        responseRecords: ['<sip:far2.callee.com;lr>', CALLEE_PROXY],
        routesOfOther: [CALLEE_PROXY, '<sip:far2.callee.com;lr>'],
      },
    );
    isAnswered(caller, callee);
    passes(caller, callee, 'MESSAGE', 'Hello.');
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays('a proxy that is no loose router gets the request by its URI (RFC 3261 §12.2.1.1)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc, {}, { responseRecords: ['<sip:strict@192.168.2.200>'] });
    isRinging(caller, callee);
    callee.sends(200, { body: IM_OFFER });
    caller.gets(200, { body: IM_OFFER });
    caller.sends('ACK');
    const strict = {
      uri: 'sip:strict@192.168.2.200',
      above: ['Route: <sip:callee@192.168.2.200:5060>'],
    };
    callee.gets('ACK', strict);
    caller.sends('BYE');
    callee.gets('BYE', strict);
    callee.sends(200, { to: 'BYE' });
    caller.gets(200, { to: 'BYE' });
    sbc.rests();
  });
});

plays('SBC-21: off: neither end sees the entire set', PLAIN, (sbc) => {
  // All that the two see of Record-Route and Route is what apart() says of either.
  const { caller, callee } = apart(sbc);
  isAnswered(caller, callee, { offer: AUDIO_OFFER, answer: AUDIO_ANSWER });
  hangsUp(callee, caller);
  sbc.rests();
});

plays('SBC-22: on: every Record-Route value of the request reaches the callee', PASSTHROUGH, (sbc) => {
  const far = '<sip:p2.caller.com;lr>';
  const near = 'Proxy <sip:p1.caller.com:5070;lr;x=y>;z=1';
  const whole = [CALLEE_ROUTE, CALLER_ROUTE, near, far];
  const { caller, callee } = partiesEndToEnd(
    sbc,
    { requestRecords: [near, far], responseRecords: whole },
    { requestRecords: whole, responseRecords: whole },
  );
  isInvited(caller, callee);
  callee.sends(486);
  callee.gets('ACK');
  caller.gets(486);
  caller.sends('ACK');
  sbc.rests();
});

describe('SBC-23: on: Contact stays as it is', () => {
  plays('in the request and in the response, octet by octet', PASSTHROUGH, (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc);
    const ofCaller = '"Caller, A." <sip:caller@caller.com;ob>;+sip.instance="<urn:uuid:0>"';
    const ofCallee = 'Callee <sip:callee@callee.com;transport=tcp>;q=0.5';
    caller.sends('INVITE', { contact: ofCaller });
    caller.gets(100);
    callee.gets('INVITE', { contact: ofCaller });
    callee.sends(180, { contact: ofCallee });
    caller.gets(180, { contact: ofCallee });
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });
});

describe('SBC-24: on: the SBC adds Record-Route for both adjacencies', () => {
  plays(
    'on top of those that came, the outbound adjacency uppermost (RFC 3261 §16.6 step 4)',
    PASSTHROUGH,
    (sbc) => {
      sbc.receives(
        CALLER,
        `
      INVITE sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-proxy-1
      Via: SIP/2.0/UDP caller.com;branch=z9hG4bK-caller-1
      Record-Route: <sip:proxy1@192.168.1.121;lr>
      Max-Forwards: 69
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>
      Call-ID: call-1
      CSeq: 1 INVITE
      Contact: Caller <sip:caller@caller.com>
      `,
      );
      sbc.sends(
        CALLER,
        `
      SIP/2.0 100 Trying
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-proxy-1
      Via: SIP/2.0/UDP caller.com;branch=z9hG4bK-caller-1
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
      Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch⟩
      Record-Route: <sip:callee_adj@sbc.com;lr>
      Record-Route: <sip:caller_adj@sbc.com;lr>
      Record-Route: <sip:proxy1@192.168.1.121;lr>
      Max-Forwards: 68
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>
      Call-ID: call-1
      CSeq: 1 INVITE
      Contact: Caller <sip:caller@caller.com>
      `,
      );
      sbc.receives(
        CALLEE,
        `
      SIP/2.0 603 Decline
      Via: SIP/2.0/UDP 192.168.10.10:5060;branch=⟨branch⟩
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: call-1
      CSeq: 1 INVITE
      `,
      );
      sbc.sends(
        CALLEE,
        `
      ACK sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch⟩
      Max-Forwards: 70
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: call-1
      CSeq: 1 ACK
      `,
      );
      sbc.sends(
        CALLER,
        `
      SIP/2.0 603 Decline
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-proxy-1
      Via: SIP/2.0/UDP caller.com;branch=z9hG4bK-caller-1
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: call-1
      CSeq: 1 INVITE
      `,
      );
      sbc.receives(
        CALLER,
        `
      ACK sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-proxy-1
      Max-Forwards: 70
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>;tag=callee-tag-1
      Call-ID: call-1
      CSeq: 1 ACK
      `,
      );
      sbc.rests();
    },
  );

  plays(
    'or below them, as the chapter prints it, when the policy says so (Q1)',
    twoAdjacencies('record-route-passthrough: true', '', 'decisions: { record-route-order: cisco }'),
    (sbc) => {
      const whole = [CALLER_PROXY, CALLER_ROUTE, CALLEE_ROUTE];
      const { caller, callee } = partiesEndToEnd(
        sbc,
        { requestRecords: [CALLER_PROXY], responseRecords: whole, routes: [CALLEE_ROUTE, CALLER_ROUTE] },
        { requestRecords: whole, responseRecords: whole },
      );
      // The caller's proxy is above the SBC's own values, and is for all that no way to the callee.
      isAnswered(caller, callee);
      hangsUp(caller, callee);
      sbc.rests();
    },
  );
});

plays(
  'SBC-25: on: the whole set of the callee’s response reaches the caller; both see it all',
  PASSTHROUGH,
  (sbc) => {
    const { caller, callee } = endToEnd(sbc);
    isAnswered(caller, callee);
    passes(caller, callee, 'MESSAGE', 'Hello.');
    passes(callee, caller, 'MESSAGE', 'Hello, you.');
    hangsUp(caller, callee);
    sbc.rests();
  },
);

plays(
  'SBC-26: on for the inbound adjacency: what the outbound one says is of no account',
  twoAdjacencies('record-route-passthrough: true', 'record-route-passthrough: false'),
  (sbc) => {
    const { caller, callee } = endToEnd(sbc);
    isAnswered(caller, callee);
    hangsUp(callee, caller);
    sbc.rests();
  },
);

plays(
  'SBC-27: off for the inbound adjacency and on for the outbound one: off',
  twoAdjacencies('record-route-passthrough: false', 'record-route-passthrough: true'),
  (sbc) => {
    const { caller, callee } = apart(sbc);
    isAnswered(caller, callee);
    hangsUp(callee, caller);
    sbc.rests();
  },
);

plays('SBC-28: on: the Request-URI of a request within the dialog stays as it came', PASSTHROUGH, (sbc) => {
  const { caller, callee } = endToEnd(sbc);
  isAnswered(caller, callee);
  for (const [one, other] of [
    [caller, callee],
    [callee, caller],
  ]) {
    const elsewhere = { uri: 'sip:somewhere@else.example.com;x=1' };
    one.sends('INFO', elsewhere);
    other.gets('INFO', elsewhere);
    other.sends(200, { to: 'INFO' });
    one.gets(200, { to: 'INFO' });
  }
  hangsUp(caller, callee);
  sbc.rests();
});

plays(
  'SBC-29: on: Route is not passed through: only what lies beyond the SBC is left of it',
  PASSTHROUGH,
  (sbc) => {
    const { caller, callee } = endToEnd(sbc);
    isAnswered(caller, callee);
    caller.sends('INFO', {
      above: [`Route: ${CALLER_ROUTE}, ${CALLEE_ROUTE}`, 'Route: <sip:smuggled@192.168.2.77;lr>'],
    });
    callee.gets('INFO', { above: [`Route: ${CALLEE_PROXY}`] });
    callee.sends(200, { to: 'INFO' });
    caller.gets(200, { to: 'INFO' });
    hangsUp(caller, callee);
    sbc.rests();
  },
);

plays('SBC-30: on: requests within the dialog come through the SBC, from either side', PASSTHROUGH, (sbc) => {
  const { caller, callee } = partiesEndToEnd(sbc);
  isAnswered(caller, callee);
  passes(callee, caller, 'MESSAGE', 'Hello.');
  hangsUp(callee, caller);
  sbc.rests();
});

plays('SBC-31: on: Record-Route of a request within the dialog changes no route', PASSTHROUGH, (sbc) => {
  const { caller, callee } = endToEnd(sbc);
  isAnswered(caller, callee);
  const routes = [CALLER_ROUTE, CALLEE_ROUTE, CALLEE_PROXY].map((value) => `Route: ${value}`);
  caller.sends('INVITE', { above: [...routes, 'Record-Route: <sip:newcomer.caller.com;lr>'] });
  caller.gets(100);
  callee.gets('INVITE');
  callee.sends(200);
  caller.gets(200);
  caller.sends('ACK');
  callee.gets('ACK');
  hangsUp(callee, caller);
  sbc.rests();
});

plays('SBC-45: the typical profile: passthrough, no privacy', PASSTHROUGH, (sbc) => {
  const { caller, callee } = endToEnd(sbc);
  isAnswered(caller, callee);
  passes(caller, callee, 'MESSAGE', 'Hello.');
  hangsUp(callee, caller);
  sbc.rests();
});

describe('SBC-47: Call-ID and tags are the SBC’s own without passthrough, and as received with it', () => {
  plays('off: the SBC’s own on each side', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('on: as received', PASSTHROUGH, (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays(
    'on, but the SBC’s own where the policy says so (Q8)',
    twoAdjacencies('record-route-passthrough: true', '', 'decisions: { passthrough-identifiers: own }'),
    (sbc) => {
      const { caller, callee } = partiesEndToEnd(
        sbc,
        { otherTag: '⟨tag to caller?⟩' },
        { otherTag: '⟨tag to callee?⟩', callId: '⟨call-id to callee?⟩' },
      );
      isAnswered(caller, callee);
      hangsUp(callee, caller);
      sbc.rests();
    },
  );
});
