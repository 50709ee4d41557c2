// The conforming flows through a session border controller: nothing is found with the policy of the box, and without one nothing
// but what its mode evidently is.
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { chapterPolicy } from './chapter-policy.ts';
import { flow, flowNames } from './flow-files.ts';
import { type SbcPolicy, sbcPolicy } from './sbc-policy.ts';

const CALLER_OFF = 'caller privacy is off';
const CALLEE_OFF = 'callee privacy is off';
const CALLER_ON = 'caller privacy is on';
const CALLEE_ON = 'callee privacy is on';
const PASSES = 'Record-Route passthrough is on';
const TWO_SETS = 'Record-Route passthrough is off';
const CALLER_ALONE = 'the caller is hidden and the callee not hidden';
const CALLEE_ALONE = 'the caller is not hidden and the callee hidden';

const FLOWS: Readonly<Record<string, readonly [SbcPolicy | string, readonly string[]]>> = {
  'sbc-callee-refuses': [{}, [CALLER_OFF, TWO_SETS]],
  'sbc-chapter-passthrough': [chapterPolicy({ passthrough: true }), [CALLER_OFF, CALLEE_OFF, PASSES]],
  'sbc-chapter-private': [chapterPolicy({ privacy: true }), [CALLER_ON, CALLEE_ON]],
  'sbc-chapter-two-sets': [chapterPolicy(), [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-forked': [{}, [CALLER_OFF, CALLEE_OFF, CALLER_OFF, TWO_SETS]],
  'sbc-im-refused': [{ h323: true }, []],
  'sbc-late-early-refused': [{ lateEarly: true }, []],
  'sbc-late-offer': [{}, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-mixed-refused': [{}, []],
  'sbc-msrp': [{}, [TWO_SETS]],
  'sbc-passthrough': [{ passthrough: true }, [CALLER_OFF, CALLEE_OFF, PASSES]],
  'sbc-private-both': [{ passthrough: true, caller: true, callee: true }, [CALLER_ON, CALLEE_ON]],
  'sbc-private-callee': [{ passthrough: true, callee: true }, [CALLER_OFF, CALLEE_ON, CALLEE_ALONE]],
  'sbc-private-caller': [{ passthrough: true, caller: true }, [CALLER_ON, CALLEE_OFF, CALLER_ALONE]],
  'sbc-registered': [{ passthrough: true }, [CALLER_OFF, CALLEE_OFF]],
  'sbc-reoffer': [{}, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-reoffer-offerless': [{}, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-reoffer-refused': [{}, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-sdp-url': [{ passthrough: true }, [CALLER_OFF, CALLEE_OFF, PASSES]],
  'sbc-several-lines': [{}, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-several-lines-private': [{ caller: true }, [CALLER_ON, CALLEE_OFF, CALLER_ALONE]],
  'sbc-topology-hiding': [{ passthrough: true, hiding: true }, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-two-sets': [{}, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
  'sbc-voice': [{}, [TWO_SETS]],
  'sbc-x-ms-message': [{}, [CALLER_OFF, CALLEE_OFF, TWO_SETS]],
};

test('every such flow is here', () => {
  expect(
    flowNames()
      .filter((name) => name.startsWith('sbc-'))
      .sort(),
  ).toEqual(Object.keys(FLOWS));
});

test.each(Object.entries(FLOWS))('%s conforms to its policy', (name, [options]) => {
  const { policy } = parsePolicy(typeof options === 'string' ? options : sbcPolicy(options), name);
  const found = judgeCase(CATALOGUE, policy!, { name, flow: flow(name) });
  expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});

// A box of two addresses is told as one only once several calls show it, so that here it has one.
test.each(Object.entries(FLOWS))('%s without a policy: its mode', (name, [, told]) => {
  const found = judgeCase(CATALOGUE, EMPTY_POLICY, {
    name,
    flow: flow(name).replaceAll('198.51.100.20', '198.51.100.30'),
  });
  const brief = found.map(({ severity, rule, message }) => {
    return `${severity} ${rule} ${message.replace(/ (?:in this|in one|for calls).*/, '')}`;
  });
  expect(brief).toEqual(
    told.map(
      (text) => `info ${text.startsWith('Record') ? 'record-route' : 'privacy'}/mode-inferred ${text}`,
    ),
  );
});
