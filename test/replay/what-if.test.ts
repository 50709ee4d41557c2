import { expect, test } from 'vitest';
import { parseAssignment, withAssignments } from '../../src/replay/what-if.ts';

const POLICY = `
adjacencies:
  - {name: inside, local: [192.0.2.1]}
  - {name: outside, local: [198.51.100.1], trusted: true}
cac:
  - {name: all, caller-privacy: never}
`;

test('keys alone are set wherever the file has its place for them, paths where they lead', () => {
  const changed = (text: string): string => withAssignments(POLICY, [parseAssignment(text)!]);
  const lines = (text: string): string[] => {
    const before = withAssignments(POLICY, []).split('\n');
    return changed(text)
      .split('\n')
      .filter((line) => !before.includes(line));
  };
  expect({
    passthrough: lines('passthrough=on'),
    privacy: lines('privacy=on'),
    caller: lines('caller-privacy=account-boundary'),
    decision: lines('record-route-order=cisco'),
    top: lines('name=other'),
    named: lines('adjacencies.inside.trusted=false'),
    numbered: lines('cac.0.caller-privacy=always'),
    each: lines('adjacencies.*.account=acme'),
    list: lines('adjacencies.outside.next-hops=[203.0.113.9]'),
  }).toMatchInlineSnapshot(`
    {
      "caller": [
        "  - name: what if caller-privacy",
        "    caller-privacy: account-boundary",
      ],
      "decision": [
        "decisions:",
        "  record-route-order: cisco",
      ],
      "each": [
        "    account: acme",
        "    account: acme",
      ],
      "list": [
        "    next-hops:",
        "      - 203.0.113.9",
      ],
      "named": [
        "    trusted: false",
      ],
      "numbered": [
        "    caller-privacy: always",
      ],
      "passthrough": [
        "    record-route-passthrough: true",
        "    record-route-passthrough: true",
      ],
      "privacy": [
        "  - name: what if callee-privacy",
        "    callee-privacy: always",
        "  - name: what if caller-privacy",
        "    caller-privacy: always",
      ],
      "top": [
        "name: other",
      ],
    }
  `);
});

test('what leads nowhere is said', () => {
  const error = (text: string): unknown => {
    try {
      return withAssignments(POLICY, [parseAssignment(text)!]);
    } catch (reason) {
      return (reason as Error).message;
    }
  };
  expect(['adjacencies.nobody.trusted=true', '__proto__.polluted=1', 'cac.9.x=1'].map(error)).toEqual([
    'adjacencies.nobody.trusted: nothing is called nobody there',
    '__proto__.polluted: __proto__ has no place',
    'cac.9.x: nothing is called 9 there',
  ]);
  expect(['', '=', '=x', 'x', 'a..b=1'].map(parseAssignment)).toEqual(Array(5).fill(undefined));
  expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
});
