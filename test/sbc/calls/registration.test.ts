// Registrations on their way through the SBC: RFC 3261 §10, §22, RFC 3327, RFC 3608, RFC 5626.
import { describe } from 'vitest';
import { hangsUp, isAnswered } from '../call.ts';
import { plays } from '../core-under-test.ts';
import type { Party, PartySettings } from '../party.ts';
import { peer } from '../peer.ts';
import type { Playbook } from '../playbook.ts';
import { CALLEE, CALLER, PUBLISHED, parties, registers, SUBSCRIBERS, twoAdjacencies } from '../scene.ts';

/** From the registrar's side nothing leads to the subscribers' but their registrations. */
const ONLY_SUBSCRIBERS = SUBSCRIBERS.replace('inbound-adjacency: callee_adj', 'request-uri: nobody');

const OWN = '<sip:caller@192.168.1.121:5060>';

const BY_TCP = peer('caller', '192.168.1.121:40000', '192.168.2.20:5060', 'tcp', 7);

/** The subscriber and the registrar. */
function registration(sbc: Playbook): { caller: Party; callee: Party } {
  const same = { self: '<sip:caller@caller.com>', other: '<sip:caller@caller.com>', uri: 'sip:caller.com' };
  return parties(
    sbc,
    { ...same, callId: 'register-1', tag: 'register-tag', otherTag: '⟨tag of response?⟩' },
    { ...same, callId: '⟨call-id?⟩', tag: 'registrar-tag', otherTag: '⟨tag?⟩' },
  );
}

/** Somebody beyond the registrar calls the subscriber; `subscriber`: what is special about him. */
function isCalled(sbc: Playbook, subscriber: Partial<PartySettings> = {}): void {
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
    },
    {
      peer: CALLER,
      self: '<sip:caller@caller.com>',
      other: '<sip:someone@callee.com>',
      uri: 'sip:caller@192.168.1.121:5060',
      contact: 'sip:caller@192.168.1.121:5060',
      otherContact: 'sip:⟨user to subscriber?⟩@192.168.2.20:5060',
      otherTag: '⟨tag to subscriber?⟩',
      callId: '⟨call-id to subscriber?⟩',
      tag: 'subscriber-tag-1',
      ...subscriber,
    },
  );
  isAnswered(caller, callee);
  hangsUp(callee, caller);
}

plays('a call to the Contact that was published reaches the subscriber', SUBSCRIBERS, (sbc) => {
  registers(sbc);
  isCalled(sbc);
  sbc.rests({ bindings: 1, timers: 1 });
});

plays('a call to a Contact that nobody has: 404', ONLY_SUBSCRIBERS, (sbc) => {
  const { caller } = parties(sbc, { peer: CALLEE, uri: 'sip:stranger@192.168.10.10:5060' });
  caller.sends('INVITE');
  caller.gets(404);
  caller.sends('ACK');
  sbc.rests();
});

describe('what a REGISTER may ask', () => {
  for (const [when, happens] of [
    ['', () => {}],
    [', after a restart too', (sbc: Playbook) => sbc.restarts()],
  ] as const)
    plays(`a refresh: the same Call-ID, tag and Contact on the other side${when}`, SUBSCRIBERS, (sbc) => {
      const { caller, callee } = registration(sbc);
      for (const which of ['first', 'second', 'third']) {
        caller.sends('REGISTER', { contact: `${OWN};expires=3600` });
        callee.gets('REGISTER', { contact: `<${PUBLISHED}>;expires=3600` });
        callee.sends(200, { to: 'REGISTER', contact: `<${PUBLISHED}>;expires=3600` });
        caller.gets(200, {
          to: 'REGISTER',
          contact: `${OWN};expires=3600`,
          toTag: `⟨tag of the ${which} response?⟩`,
        });
        sbc.passes(3_000_000);
        happens(sbc);
      }
      sbc.stores('binding');
      sbc.rests({ bindings: 1, timers: 1 });
    });

  plays('to be forgotten', SUBSCRIBERS, (sbc) => {
    const { caller, callee } = registration(sbc);
    caller.sends('REGISTER', { contact: `${OWN};expires=3600` });
    callee.gets('REGISTER', { contact: `<${PUBLISHED}>;expires=3600` });
    callee.sends(200, { to: 'REGISTER', contact: `<${PUBLISHED}>;expires=3600` });
    caller.gets(200, { to: 'REGISTER', contact: `${OWN};expires=3600` });
    caller.sends('REGISTER', { contact: `${OWN};expires=0` });
    callee.gets('REGISTER', { contact: `<${PUBLISHED}>;expires=0` });
    callee.sends(200, { to: 'REGISTER', contact: null });
    caller.gets(200, { to: 'REGISTER', contact: null, toTag: '⟨tag of the last response?⟩' });
    sbc.stores();
    sbc.rests();
  });

  plays('all to be forgotten: Contact * (§10.2.2)', SUBSCRIBERS, (sbc) => {
    const { caller, callee } = registration(sbc);
    caller.sends('REGISTER', { contact: `${OWN};expires=3600` });
    callee.gets('REGISTER', { contact: `<${PUBLISHED}>;expires=3600` });
    callee.sends(200, { to: 'REGISTER', contact: `<${PUBLISHED}>;expires=3600` });
    caller.gets(200, { to: 'REGISTER', contact: `${OWN};expires=3600` });
    caller.sends('REGISTER', { contact: '*', headers: ['Expires: 0'] });
    callee.gets('REGISTER', { contact: '*', headers: ['Expires: 0'] });
    callee.sends(200, { to: 'REGISTER', contact: null });
    caller.gets(200, { to: 'REGISTER', contact: null, toTag: '⟨tag of the last response?⟩' });
    sbc.rests();
  });

  plays('what there is, without a Contact (§10.2.3)', SUBSCRIBERS, (sbc) => {
    registers(sbc);
    const { caller, callee } = parties(
      sbc,
      {
        self: '<sip:caller@caller.com>',
        other: '<sip:caller@caller.com>',
        uri: 'sip:caller.com',
        callId: 'register-2',
        firstNumber: 11,
        otherTag: '⟨tag of the list?⟩',
      },
      {
        self: '<sip:caller@caller.com>',
        other: '<sip:caller@caller.com>',
        uri: 'sip:caller.com',
      },
    );
    caller.sends('REGISTER');
    callee.gets('REGISTER');
    callee.sends(200, { to: 'REGISTER', contact: `<${PUBLISHED}>;expires=1000` });
    caller.gets(200, { to: 'REGISTER', contact: `${OWN};expires=1000` });
    sbc.rests({ bindings: 1, timers: 1 });
  });
});

describe('what a registrar may answer', () => {
  plays('a challenge, and again with credentials', SUBSCRIBERS, (sbc) => {
    const { caller, callee } = registration(sbc);
    const challenge = ['WWW-Authenticate: Digest realm="caller.com", nonce="1"'];
    const credentials = [
      'Authorization: Digest username="caller", realm="caller.com", nonce="1", response="2"',
    ];
    caller.sends('REGISTER', { contact: OWN });
    callee.gets('REGISTER', { contact: '<sip:⟨user of the first?⟩@192.168.10.10:5060>' });
    callee.sends(401, { to: 'REGISTER', headers: challenge, toTag: 'challenge' });
    caller.gets(401, { to: 'REGISTER', headers: challenge, toTag: '⟨tag of the challenge?⟩' });
    caller.sends('REGISTER', { contact: OWN, headers: credentials });
    callee.gets('REGISTER', { contact: `<${PUBLISHED}>`, headers: credentials });
    callee.sends(200, { to: 'REGISTER', contact: `<${PUBLISHED}>`, headers: ['Expires: 60'] });
    caller.gets(200, { to: 'REGISTER', contact: OWN, headers: ['Expires: 60'] });
    sbc.stores('binding');
    sbc.passes(60_000);
    sbc.stores();
    sbc.rests();
  });

  plays('too brief: 423 with Min-Expires', ONLY_SUBSCRIBERS, (sbc) => {
    const { caller, callee } = registration(sbc);
    caller.sends('REGISTER', { contact: `${OWN};expires=5` });
    callee.gets('REGISTER', { contact: `<${PUBLISHED}>;expires=5` });
    callee.sends(423, { to: 'REGISTER', headers: ['Min-Expires: 300'], contact: null });
    caller.gets(423, { to: 'REGISTER', headers: ['Min-Expires: 300'], contact: null });
    // No binding, and the name that was not published is nobody's.
    sbc.stores();
    const { caller: someone } = parties(sbc, { peer: CALLEE, uri: PUBLISHED, callId: 'call-9' });
    someone.sends('INVITE');
    someone.gets(404);
    someone.sends('ACK');
    sbc.rests();
  });
});

plays(
  'Path ends at the SBC, comes back in the 200, and is the way of calls to the subscriber (RFC 3327)',
  SUBSCRIBERS,
  (sbc) => {
    const { caller, callee } = registration(sbc);
    const edge = '<sip:edge@192.168.1.121;lr>';
    caller.sends('REGISTER', { contact: OWN, above: [`Path: ${edge}`], headers: ['Supported: path'] });
    callee.gets('REGISTER', { contact: `<${PUBLISHED}>`, headers: ['Supported: path'] });
    callee.sends(200, { to: 'REGISTER', contact: `<${PUBLISHED}>;expires=3600` });
    caller.gets(200, { to: 'REGISTER', contact: `${OWN};expires=3600`, headers: [`Path: ${edge}`] });
    isCalled(sbc, { requestRoutes: [edge] });
    sbc.rests({ bindings: 1, timers: 1 });
  },
);

plays('a registration outlives a restart', SUBSCRIBERS, (sbc) => {
  registers(sbc);
  sbc.stores('binding');
  sbc.restarts();
  isCalled(sbc);
  sbc.rests({ bindings: 1, timers: 1 });
});

for (const [what, goes] of [
  ['closes', (sbc: Playbook) => sbc.loses(BY_TCP)],
  ['is gone with a restart', (sbc: Playbook) => sbc.restarts()],
] as const)
  plays(`the connection over which one registered ${what}: calls go to his Contact`, SUBSCRIBERS, (sbc) => {
    const contact = 'sip:caller@192.168.1.121:5060;transport=tcp';
    registers(sbc, [], BY_TCP, contact);
    goes(sbc);
    isCalled(sbc, {
      ...{ peer: peer('caller', '192.168.1.121:5060', '192.168.2.20:5060', 'tcp'), uri: contact, contact },
      otherContact: 'sip:⟨user to subscriber?⟩@192.168.2.20:5060;transport=tcp',
    });
    sbc.rests({ bindings: 1, timers: 1 });
  });

plays(
  'the policy says that Contacts are not rewritten: they cross as they are, both ways',
  twoAdjacencies('rewrite-register: false'),
  (sbc) => {
    const register = (via: string, more: string, tag: string, callId: string) => `
      REGISTER sip:caller.com SIP/2.0
      Via: SIP/2.0/UDP ${via}
      Max-Forwards: ${more}
      From: <sip:caller@caller.com>;tag=${tag}
      To: <sip:caller@caller.com>
      Call-ID: ${callId}
      CSeq: 1 REGISTER
      Contact: ${OWN};expires=60
      `;
    const ok = (via: string, fromTag: string, toTag: string, callId: string) => `
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP ${via}
      From: <sip:caller@caller.com>;tag=${fromTag}
      To: <sip:caller@caller.com>;tag=${toTag}
      Call-ID: ${callId}
      CSeq: 1 REGISTER
      Contact: ${OWN};expires=60
      `;
    const via = '192.168.1.121:5060;branch=z9hG4bK-r1';
    sbc.receives(CALLER, register(via, '70', 'r1', 'register-1'));
    const out = '192.168.10.10:5060;rport;branch=⟨branch⟩';
    sbc.sends(CALLEE, register(out, '69', '⟨tag⟩', '⟨call-id⟩'));
    sbc.receives(CALLEE, ok(out, '⟨tag⟩', 'registrar', '⟨call-id⟩'));
    sbc.sends(CALLER, ok(via, 'r1', '⟨tag of response?⟩', 'register-1'));
    sbc.rests();
  },
);
