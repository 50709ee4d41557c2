// The examples of the chapter on IM as it prints them, misprints and all (rules.md §16 Q1, Q2, Q7, Q8, Q11; §17): exactly what is
// found in each.
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Edit } from '../../src/rules/case/edit.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { type ChapterPolicy, chapterPolicy } from './chapter-policy.ts';
import { flow } from './flow-files.ts';

function found(name: string, options: ChapterPolicy, edits: readonly Edit[] = []): string[] {
  const { policy, errors } = parsePolicy(chapterPolicy(options), 'chapter');
  if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return judgeCase(CATALOGUE, policy, { name, flow: flow(name), edits }).map(
    ({ severity, rule, message, frames }) => `${severity} ${rule} ${frames.join(',')}: ${message}`,
  );
}

/** SBC-47: own Call-ID, tag, host of From and Via without passthrough; all as received with it. Neither is a fault. */
test('the outbound INVITE without passthrough conforms', () => {
  expect(found('sbc-chapter-two-sets', {})).toEqual([]);
});

test('its Content-Length of 135 counts lines that end in LF: Q7', () => {
  const edits: Edit[] = [{ at: 3, replace: 'Content-Length: *', by: 'Content-Length: 135' }];
  // What it leaves out is not read as the body: the last line loses its end.
  expect(found('sbc-chapter-two-sets', {}, edits)).toEqual([
    'warning message/content-length 3: Content-Length is 135, 8 more octets follow',
    'error im/sdp-modified-without-privacy 3,1: the IM session description changed: - c=IN IP4 192.168.1.122 + c=IN IP4 192.168',
  ]);
});

test('the outbound INVITE with passthrough conforms with the values on top', () => {
  expect(found('sbc-chapter-passthrough', { passthrough: true })).toEqual([]);
});

const PRINTED_ORDER: readonly Edit[] = [
  { at: [3, 5, 6], remove: 'Record-Route: <sip:callee_adj' },
  { at: [3, 5, 6], remove: 'Record-Route: <sip:caller_adj' },
  { at: 3, replace: 'Record-Route: <sip:proxy1@example.com;lr>', by: printedSet() },
  { at: 5, replace: 'Record-Route: <sip:proxy1@example.com;lr>', by: printedSet() },
  { at: 6, replace: 'Record-Route: <sip:proxy1@example.com;lr>', by: printedSet() },
  { at: [7, 9], remove: 'Route: <sip:callee_adj' },
  { at: [7, 9], add: 'Route: <sip:callee_adj@sbc.com;lr>', before: 'Route: <sip:caller_adj' },
];

test('as it prints them, the values stand below: Q1, a warning', () => {
  expect(found('sbc-chapter-passthrough', { passthrough: true }, PRINTED_ORDER)).toEqual([
    'warning record-route/rr-order 3: Record-Route of the controller stands below values that came with the INVITE: sip:proxy1@example.com;lr, sip:caller_adj@sbc.com;lr, sip:callee_adj@sbc.com;lr',
  ]);
});

test('or what the policy decides for', () => {
  const decisions = { 'record-route-order': 'cisco' };
  expect(found('sbc-chapter-passthrough', { passthrough: true, decisions }, PRINTED_ORDER)).toEqual([]);
});

test('the offer with privacy keeps a c= under m=: Q2, an info', () => {
  expect(found('sbc-chapter-private', { privacy: true })).toEqual([]);
  const edits: Edit[] = [
    { at: 3, replace: 'anonymous@192.168.10.10', by: 'anonymous@192.168.10.10\nc=IN IP4 192.168.10.10' },
  ];
  expect(found('sbc-chapter-private', { privacy: true }, edits)).toEqual([
    'info privacy/im-media-c-remains 3,1: a media-level c= repeats the address of the session, 192.168.10.10',
  ]);
});

test('the offer without privacy, where it is configured, breaks each of its rules', () => {
  const edits: Edit[] = [
    { at: 3, replace: 'o=- 0 0 IN IP4 192.168.10.10', by: 'o=- 0 0 IN IP4 192.168.1.121' },
    { at: 3, replace: 'c=IN IP4 192.168.10.10', by: 'c=IN IP4 192.168.1.121' },
    { at: 3, replace: 'sip:anonymous@192.168.10.10', by: 'sip:caller@caller.com\nc=IN IP4 192.168.1.122' },
  ];
  expect(found('sbc-chapter-private', { privacy: true }, edits)).toEqual([
    'error privacy/im-session-c-not-local 3,1: c= 192.168.1.121 of the IM description is no address of callee_adj, by which it leaves',
    'error privacy/im-media-c-remains 3,1: a media-level c= 192.168.1.122 is left in the IM description',
    'error privacy/im-origin-not-anonymised 3,1: o= of the user went on as it came: - 0 0 IN IP4 192.168.1.121',
    'error privacy/im-mline-not-anonymised 3,1: m=message 5060 sip sip:caller@caller.com is not the anonymous line of callee_adj',
  ]);
});

const X_MS: readonly Edit[] = [
  { at: [1, 3], replace: 'm=message', by: 'm=x-ms-message' },
  { at: 5, replace: 'm=message 5060 sip sip:callee@callee.com', by: 'm=x-ms-message 5060 sip null' },
];

test('the answer with privacy has the address of the inbound adjacency and stays x-ms-message: Q11', () => {
  const edits: Edit[] = [...X_MS, { at: 6, replace: 'm=message', by: 'm=x-ms-message' }];
  expect(found('sbc-chapter-private', { privacy: true }, edits)).toEqual([]);
});

test('the answer without privacy, where it is configured for the caller alone: Q21 has it for the callee too', () => {
  const edits: Edit[] = [
    ...X_MS,
    { at: 6, replace: 'o=- 0 0 IN IP4 192.168.2.20', by: 'o=- 0 0 IN IP4 192.168.2.200' },
    { at: 6, replace: 'c=IN IP4 192.168.2.20', by: 'c=IN IP4 192.168.2.200' },
    { at: 6, replace: 'm=message 5060 sip sip:anonymous@192.168.2.20', by: 'm=x-ms-message 5060 sip null' },
  ];
  expect(found('sbc-chapter-private', { privacy: true }, edits)).toEqual([
    'error privacy/im-session-c-not-local 6,5: c= 192.168.2.200 of the IM description is no address of caller_adj, by which it leaves',
    'error privacy/im-origin-not-anonymised 6,5: o= of the user went on as it came: - 0 0 IN IP4 192.168.2.200',
    'error privacy/im-mline-not-anonymised 6,5: m=x-ms-message 5060 sip null is not the anonymous line of caller_adj',
  ]);
});

function printedSet(): string {
  return [
    'Record-Route: <sip:proxy1@example.com;lr>',
    'Record-Route: <sip:caller_adj@sbc.com;lr>',
    'Record-Route: <sip:callee_adj@sbc.com;lr>',
  ].join('\n');
}
