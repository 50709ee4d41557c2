// SBC-32 to SBC-36: registered subscribers (Cisco "SIP Instant Messaging": Registered Subscribers and Record-Route
// Passthrough; RFC 3261 §10). The caller's side is that of the subscribers, the callee's that of the registrar.
import { describe } from 'vitest';
import { hangsUp, isAnswered } from '../call.ts';
import { plays } from '../core-under-test.ts';
import type { Playbook } from '../playbook.ts';
import {
  CALLEE,
  CALLEE_PROXY,
  CALLER,
  CALLER_PROXY,
  PUBLISHED,
  parties,
  registers,
  SUBSCRIBERS,
} from '../scene.ts';

const SUBSCRIBERS_PASSTHROUGH = SUBSCRIBERS.replaceAll(
  'record-route-uri:',
  'record-route-passthrough: true\n    record-route-uri:',
);

/** A call of the subscriber to somebody beyond the registrar. */
function subscriberCalls(sbc: Playbook): void {
  const { caller, callee } = parties(
    sbc,
    { requestRecords: [CALLER_PROXY], responseRecords: [CALLER_PROXY], routesOfOther: [CALLER_PROXY] },
    { otherContact: PUBLISHED, responseRecords: [CALLEE_PROXY], routesOfOther: [CALLEE_PROXY] },
  );
  isAnswered(caller, callee);
  hangsUp(caller, callee);
}

/** A call to the subscriber, by the Contact that the registrar knows. */
function subscriberIsCalled(sbc: Playbook): void {
  const { caller, callee } = parties(
    sbc,
    {
      peer: CALLEE,
      self: '<sip:someone@callee.com>',
      other: '<sip:caller@caller.com>',
      uri: PUBLISHED,
      contact: 'sip:someone@192.168.2.200:5060',
      otherContact: PUBLISHED,
      otherTag: '⟨tag to someone?⟩',
      callId: 'call-9',
      requestRecords: [CALLEE_PROXY],
      responseRecords: [CALLEE_PROXY],
      routesOfOther: [CALLEE_PROXY],
    },
    {
      peer: CALLER,
      self: '<sip:caller@caller.com>',
      other: '<sip:someone@callee.com>',
      uri: 'sip:caller@192.168.1.121:5060',
      contact: 'sip:caller@192.168.1.121:5060',
      otherContact: 'sip:⟨user to subscriber?⟩@192.168.2.20:5060',
      tag: 'subscriber-tag-1',
      otherTag: '⟨tag to subscriber?⟩',
      callId: '⟨call-id to subscriber?⟩',
    },
  );
  isAnswered(caller, callee);
  hangsUp(callee, caller);
}

describe('SBC-32: calls from and to registered subscribers are as with passthrough off', () => {
  plays('from a subscriber', SUBSCRIBERS_PASSTHROUGH, (sbc) => {
    registers(sbc);
    subscriberCalls(sbc);
    sbc.rests({ bindings: 1, timers: 1 });
  });

  plays('to a subscriber', SUBSCRIBERS_PASSTHROUGH, (sbc) => {
    registers(sbc);
    subscriberIsCalled(sbc);
    sbc.rests({ bindings: 1, timers: 1 });
  });
});

plays(
  'SBC-33: the Contact of a REGISTER becomes an address of the SBC, and back in the response',
  SUBSCRIBERS,
  (sbc) => {
    sbc.receives(
      CALLER,
      `
    REGISTER sip:caller.com SIP/2.0
    Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-register-1
    Max-Forwards: 70
    From: <sip:caller@caller.com>;tag=register-tag
    To: <sip:caller@caller.com>
    Call-ID: register-1
    CSeq: 1 REGISTER
    Contact: Caller <sip:caller@192.168.1.121:5060>;q=0.7;expires=600
    `,
    );
    sbc.sends(
      CALLEE,
      `
    REGISTER sip:caller.com SIP/2.0
    Via: SIP/2.0/UDP 192.168.10.10:5060;rport;branch=⟨branch⟩
    Max-Forwards: 69
    From: <sip:caller@caller.com>;tag=⟨tag⟩
    To: <sip:caller@caller.com>
    Call-ID: ⟨call-id⟩
    CSeq: 1 REGISTER
    Contact: Caller <sip:⟨user⟩@192.168.10.10:5060>;q=0.7;expires=600
    `,
    );
    sbc.receives(
      CALLEE,
      `
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.168.10.10:5060;received=192.168.10.10;rport=5060;branch=⟨branch⟩
    From: <sip:caller@caller.com>;tag=⟨tag⟩
    To: <sip:caller@caller.com>;tag=registrar-tag
    Call-ID: ⟨call-id⟩
    CSeq: 1 REGISTER
    Contact: <sip:⟨user⟩@192.168.10.10:5060>;q=0.7;expires=300
    Contact: <sip:caller@mobile.example.net>;expires=20
    Date: Sat, 21 Nov 2026 10:00:00 GMT
    `,
    );
    sbc.sends(
      CALLER,
      `
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-register-1
    From: <sip:caller@caller.com>;tag=register-tag
    To: <sip:caller@caller.com>;tag=⟨tag of response?⟩
    Call-ID: register-1
    CSeq: 1 REGISTER
    Contact: <sip:caller@192.168.1.121:5060>;q=0.7;expires=300
    Contact: <sip:caller@mobile.example.net>;expires=20
    Date: Sat, 21 Nov 2026 10:00:00 GMT
    `,
    );
    sbc.stores('binding');
    // As long as the registrar said, not as was asked.
    sbc.passes(299_000);
    sbc.stores('binding');
    sbc.passes(1000);
    sbc.stores();
    sbc.rests();
  },
);

plays('SBC-34: the Contact of later dialogs is the one that was published', SUBSCRIBERS, (sbc) => {
  registers(sbc);
  subscriberCalls(sbc);
  sbc.rests({ bindings: 1, timers: 1 });
});

plays(
  'SBC-35: a Record-Route set ends where Contact is rewritten, and a new one begins',
  SUBSCRIBERS_PASSTHROUGH,
  (sbc) => {
    registers(sbc);
    subscriberCalls(sbc);
    subscriberIsCalled(sbc);
    sbc.rests({ bindings: 1, timers: 1 });
  },
);

plays('SBC-36: a REGISTER carries no Record-Route', SUBSCRIBERS_PASSTHROUGH, (sbc) => {
  registers(sbc, [`Record-Route: ${CALLER_PROXY}`]);
  sbc.rests({ bindings: 1, timers: 1 });
});
