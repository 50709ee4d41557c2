// Two-sided captures of real boxes, each with the policy it was set up by: exactly what the rules for session border controllers
// find. The captures stand beside the project; what each box changes is said in their README. Each line was looked at by hand.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { judgeCapture } from './judge-capture.ts';

const FOLDER = resolve(import.meta.dirname, '../../../shared/captures/sbc');
const isThere = existsSync(FOLDER);
const whether = isThere ? '' : ' (SKIPPED: ../shared/captures/sbc is not there)';
const RULES = CATALOGUE.filter(({ meta }) => /^(?:im|privacy|record-route)\//.test(meta.id));

interface Expected {
  readonly capture: string;
  /** test/rules/boxes/NAME.yaml; null: none. */
  readonly policy: string | null;
  readonly why: string;
  /** `severity rule key`, for leaks also where: how often. */
  readonly found: Readonly<Record<string, number>>;
}

const EXPECTED: readonly Expected[] = [
  {
    capture: 'k-plain-udp',
    policy: 'record-routing',
    why: 'a proxy that records both its sides passes all through, as the chapter has it',
    found: {},
  },
  {
    capture: 'k-topos-udp',
    policy: 'hiding',
    why: 'topos takes Via, Contact and Record-Route away; From, Call-ID and the addresses of media stay',
    found: {
      'warning privacy/address-leak leak From': 112,
      'warning privacy/address-leak leak Call-ID': 112,
      'warning privacy/address-leak leak c=': 138,
      'warning privacy/address-leak leak o=': 138,
    },
  },
  {
    capture: 'k-topohcid-delay-ident-udp',
    policy: 'masking',
    why: 'topoh masks Call-ID as well; its masked Record-Route has no lr; From and media stay',
    found: {
      'warning privacy/address-leak leak From': 112,
      'warning privacy/address-leak leak c=': 138,
      'warning privacy/address-leak leak o=': 138,
      'warning record-route/not-loose lr': 112,
    },
  },
  {
    capture: 's-basic-udp',
    policy: null,
    why: 'SEMS appends a=sendrecv to each of 20 IM dialogs; two sets and no privacy are inferred',
    found: {
      'info privacy/mode-inferred mode': 40,
      'info record-route/mode-inferred mode': 1,
      'warning im/sdp-modified-without-privacy changed': 20,
    },
  },
  {
    capture: 's-dlgid-udp',
    policy: 'two-sets',
    why: 'the same with its policy: an error',
    found: { 'error im/sdp-modified-without-privacy changed': 20 },
  },
  {
    capture: 's-hide-udp',
    policy: null,
    why: 'SEMS rewrites o= and c= of IM and leaves the URL of m= and a second c=: anonymous by half, offer and answer',
    found: { 'info record-route/mode-inferred mode': 1, 'warning privacy/mode-inferred partial': 40 },
  },
  {
    capture: 's-hide-split-udp.a s-hide-split-udp.b',
    policy: 'hiding',
    why: 'the same from two files, with a policy that hides the topology and no user: IM descriptions are to stay',
    found: { 'error im/sdp-modified-without-privacy changed': 40 },
  },
];

test.skipIf(!isThere).each(EXPECTED)(
  `$capture with the policy $policy: $why${whether}`,
  async ({ capture, policy, found }) => {
    const inputs = capture.split(' ').map((name) => join(FOLDER, `${name}.pcap`));
    const { findings, failures } = await judgeCapture(inputs, RULES, policyOf(policy));
    expect(failures).toEqual([]);
    const counts: Record<string, number> = {};
    for (const { severity, rule, key, evidence } of findings) {
      const where = rule === 'privacy/address-leak' ? ` ${evidence[0]!.name}` : '';
      const line = `${severity} ${rule} ${key}${where}`;
      counts[line] = (counts[line] ?? 0) + 1;
    }
    expect(counts).toEqual(found);
  },
);

function policyOf(name: string | null): Policy {
  if (name === null) return EMPTY_POLICY;
  const file = join(import.meta.dirname, 'boxes', `${name}.yaml`);
  const { policy, errors } = parsePolicy(readFileSync(file), file);
  if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return policy;
}
