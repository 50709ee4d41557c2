// What is learnt of a box from flows that the samples have no like of.
import { expect, test } from 'vitest';
import { PolicyLearner } from '../../src/audit/infer/policy-learner.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { fileOf } from '../../src/policy/policy-to-file.ts';
import { crossingsOf } from '../rules/crossings-of.ts';
import { flow } from '../rules/flow-files.ts';

/** Of calls that follow one another. */
function learnt(...flows: readonly string[]) {
  const learner = new PolicyLearner();
  for (const text of flows) for (const crossing of crossingsOf(text, EMPTY_POLICY)) learner.learn(crossing);
  const { policy, evidence } = learner.result();
  return { policy: fileOf(policy, false), evidence };
}

function localsOf({ policy }: ReturnType<typeof learnt>) {
  return policy.adjacencies?.map(({ local }) => local);
}

/** Over a connection that the box opened for this call, from a port of its own. */
function overTcp(name: string, port: number): string {
  return flow(name).replace(/^=== .*$/gm, (line) =>
    line.replaceAll('198.51.100.30:5060', `198.51.100.30:${port}`).replace(/udp$/, 'tcp'),
  );
}

test('connections that the box opens belong to the port that it signs its requests with', () => {
  const calls = [41_234, 28_001, 55_555].map((port) => overTcp('sbc-two-sets', port));
  expect(localsOf(learnt(...calls))).toEqual([
    ['198.51.100.20;transport=tcp'],
    ['198.51.100.30;transport=tcp'],
  ]);
});

test('who hides a caller by themselves teaches nothing', () => {
  const asked = flow('sbc-private-caller').replace(
    'Supported: timer',
    'Supported: timer\nPrivacy: header;session',
  );
  expect(learnt(asked).policy.cac).toEqual([expect.objectContaining({ 'callee-privacy': 'never' })]);
});

test('a caller whom the box makes anonymous is hidden, and says nothing of passthrough', () => {
  const hidden = flow('sbc-voice').replaceAll(
    '"Alice" <sip:alice@example.com>;tag=sbc-a-1',
    '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=sbc-a-1',
  );
  const { policy, evidence } = learnt(hidden);
  expect(policy.cac).toEqual([expect.objectContaining({ 'caller-privacy': 'always' })]);
  expect(policy.adjacencies?.map((one) => one['record-route-passthrough'])).toEqual([undefined, undefined]);
  expect(evidence).toContain('callers: caller-privacy on: 1 of 1 call, packet 3.');
});
