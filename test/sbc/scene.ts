// The places and people of the playbooks, with the addresses of the Cisco chapter "SIP Instant Messaging": the inbound
// adjacency is 192.168.2.20, the outbound one 192.168.10.10.
import { Party, type PartySettings } from './party.ts';
import { peer } from './peer.ts';
import type { Playbook } from './playbook.ts';

export const CALLER = peer('caller', '192.168.1.121:5060', '192.168.2.20:5060');
export const CALLEE = peer('callee', '192.168.2.200:5060', '192.168.10.10:5060');

/** A policy of two adjacencies; more keys for either, and more sections, as YAML. */
export function twoAdjacencies(caller = '', callee = '', more = ''): string {
  return `
adjacencies:
  - name: caller_adj
    local: [192.168.2.20, sbc.com]
    peers: [192.168.1.0/24]
    next-hops: [192.168.1.121]
    record-route-uri: sip:caller_adj@sbc.com
    ${caller}
  - name: callee_adj
    local: [192.168.10.10]
    peers: [192.168.2.0/24]
    next-hops: [192.168.2.200]
    record-route-uri: sip:callee_adj@sbc.com
    ${callee}
routes:
  - { match: { inbound-adjacency: caller_adj }, adjacency: callee_adj }
  - { match: { inbound-adjacency: callee_adj }, adjacency: caller_adj }
${more}`;
}

export const PLAIN = twoAdjacencies();
export const PASSTHROUGH = twoAdjacencies('record-route-passthrough: true');
export const PRIVATE = twoAdjacencies('', '', 'cac: [{ caller-privacy: always }]');

/** The caller and the callee of one call that the SBC keeps apart: Call-ID, tags and Contact are its own on each side. */
export function parties(
  sbc: Playbook,
  caller: Partial<PartySettings> = {},
  callee: Partial<PartySettings> = {},
): { caller: Party; callee: Party } {
  const callerSide = new Party(sbc, {
    ...CALLER_SETTINGS,
    otherTag: '⟨tag to caller?⟩',
    otherContact: 'sip:⟨user to caller?⟩@192.168.2.20:5060',
    ...caller,
  });
  const calleeSide = new Party(sbc, {
    ...CALLEE_SETTINGS,
    otherTag: '⟨tag to callee?⟩',
    callId: '⟨call-id to callee?⟩',
    otherContact: 'sip:⟨user to callee?⟩@192.168.10.10:5060',
    ...callee,
  });
  callerSide.speaksTo(calleeSide);
  return { caller: callerSide, callee: calleeSide };
}

/** The same with passthrough: what one writes the other reads, and the SBC is in the route set of both. */
export function partiesEndToEnd(
  sbc: Playbook,
  caller: Partial<PartySettings> = {},
  callee: Partial<PartySettings> = {},
): { caller: Party; callee: Party } {
  return parties(
    sbc,
    {
      otherTag: CALLEE_SETTINGS.tag,
      otherContact: CALLEE_SETTINGS.contact,
      responseRecords: [CALLEE_ROUTE, CALLER_ROUTE],
      routes: [CALLER_ROUTE, CALLEE_ROUTE],
      ...caller,
    },
    {
      otherTag: CALLER_SETTINGS.tag,
      callId: CALLER_SETTINGS.callId,
      otherContact: CALLER_SETTINGS.contact,
      requestRecords: [CALLEE_ROUTE, CALLER_ROUTE],
      responseRecords: [CALLEE_ROUTE, CALLER_ROUTE],
      routes: [CALLEE_ROUTE, CALLER_ROUTE],
      ...callee,
    },
  );
}

/** How the SBC names its two adjacencies in Record-Route (RFC 3261 §16.6 step 4: with lr). */
export const CALLER_ROUTE = '<sip:caller_adj@sbc.com;lr>';
export const CALLEE_ROUTE = '<sip:callee_adj@sbc.com;lr>';

/** Proxies between the SBC and either user agent. */
export const CALLER_PROXY = '<sip:proxy1@192.168.1.121;lr>';
export const CALLEE_PROXY = '<sip:proxy2@192.168.2.200;lr>';

const CALLER_PARTY = 'Caller <sip:caller@caller.com>';
const CALLEE_PARTY = 'Callee <sip:callee@callee.com>';

const CALLER_SETTINGS = {
  peer: CALLER,
  self: CALLER_PARTY,
  other: CALLEE_PARTY,
  tag: 'caller-tag-1',
  callId: 'call-1',
  contact: 'sip:caller@192.168.1.121:5060',
  uri: 'sip:callee@callee.com',
  firstNumber: 1,
  requestRecords: [],
  responseRecords: [],
  routes: [],
  routesOfOther: [],
};

const CALLEE_SETTINGS = {
  peer: CALLEE,
  self: CALLEE_PARTY,
  other: CALLER_PARTY,
  tag: 'callee-tag-1',
  contact: 'sip:callee@192.168.2.200:5060',
  uri: 'sip:callee@callee.com',
  firstNumber: 101,
  requestRecords: [],
  responseRecords: [],
  routes: [],
  routesOfOther: [],
};

/** The caller's side is one of subscribers, the registrar is beyond the callee's. */
export const SUBSCRIBERS = twoAdjacencies('registered-subscribers: true', 'rewrite-register: true');

/** The URI that the SBC published for the subscriber of registers(). */
export const PUBLISHED = 'sip:⟨user published⟩@192.168.10.10:5060';

/** sip:caller@caller.com registers for an hour. `above`: lines below Via that go no further. */
export function registers(
  sbc: Playbook,
  above: readonly string[] = [],
  from = CALLER,
  contact = 'sip:caller@192.168.1.121:5060',
): void {
  const { caller, callee } = parties(
    sbc,
    {
      peer: from,
      self: '<sip:caller@caller.com>',
      other: '<sip:caller@caller.com>',
      uri: 'sip:caller.com',
      callId: 'register-1',
      tag: 'register-tag',
      otherTag: '⟨tag of register response?⟩',
    },
    {
      self: '<sip:caller@caller.com>',
      other: '<sip:caller@caller.com>',
      uri: 'sip:caller.com',
      callId: '⟨call-id of register?⟩',
      tag: 'registrar-tag',
      otherTag: '⟨tag of register?⟩',
    },
  );
  const expires = ['Expires: 3600'];
  caller.sends('REGISTER', { above, contact: `<${contact}>`, headers: expires });
  callee.gets('REGISTER', { contact: `<${PUBLISHED}>`, headers: expires });
  callee.sends(200, { to: 'REGISTER', contact: `<${PUBLISHED}>;expires=3600` });
  caller.gets(200, { to: 'REGISTER', contact: `<${contact}>;expires=3600` });
}
