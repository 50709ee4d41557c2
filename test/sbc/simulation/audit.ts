// What a scenario left on the SBC's wires, read as a capture: judged by all rules under the scenario's policy, its legs paired and
// held against what the core made of what.
import type { AuditFinding } from '../../../src/audit/audit-finding.ts';
import { SetAudit } from '../../../src/audit/set-audit.ts';
import type { LegPair } from '../../../src/legs/pair.ts';
import { LegPairing } from '../../../src/legs/pairing.ts';
import { readCaptures } from '../../../src/pipeline.ts';
import { EMPTY_POLICY } from '../../../src/policy/default-policy.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { CATALOGUE } from '../../../src/rules/catalogue.ts';
import type { Command } from '../../../src/sbc/command.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { changedCore } from './changed-core.ts';
import { wronglyLearnt } from './learnt.ts';
import { type Recorded, withRecorded } from './recorded.ts';
import type { MakeCore } from './sbc-host.ts';

/** `unexpected`: `<rule> <message> <peer>: <text>` of what is no consequence of what the user agents do; and what is learnt, and not so. */
export interface Audited {
  readonly unexpected: readonly string[];
  /** With the policy, and without it. */
  readonly legs: readonly [known: LegCount, learnt: LegCount];
}

/** How many legs left the SBC, and how many of them were paired rightly; `wrong`: with another, by its bucket. */
export interface LegCount {
  readonly all: number;
  readonly right: number;
  readonly certain: number;
  readonly wrong: readonly string[];
}

export async function auditScenario(seed: number, makeCore: MakeCore): Promise<Recorded<Audited>> {
  const truth = new Map<string, string>();
  return withRecorded(
    seed,
    (policy) => changedCore(makeCore(policy), (command) => note(command, truth)),
    async ({ policy }, capture) => {
      const unexpected = [...(await findingsIn(capture, policy)), ...(await wronglyLearnt(capture, policy))];
      const known = await legsIn(capture, policy, truth);
      return { unexpected, legs: [known, await legsIn(capture, EMPTY_POLICY, truth)] as const };
    },
  );
}

async function findingsIn(capture: string, policy: Policy): Promise<string[]> {
  const unexpected: string[] = [];
  const audit = new SetAudit({
    set: 1,
    captures: [capture],
    rules: CATALOGUE,
    policy,
    today: '2026-11-22',
    minSeverity: 'warning',
    baseline: new Set(),
    onFinding: (finding) => {
      if (!isExpected(finding))
        unexpected.push(`${finding.rule} ${finding.key} ${finding.peer}: ${finding.message}`);
    },
  });
  const { coverage } = audit.end(await readCaptures({ inputs: [capture], ...audit.handlers }));
  return [...unexpected, ...coverage.failures.map(({ rule, error }) => `${rule} failed: ${error}`)];
}

async function legsIn(
  capture: string,
  policy: Policy,
  truth: ReadonlyMap<string, string>,
): Promise<LegCount> {
  const buckets = new Map<string, string>();
  const wrong: string[] = [];
  const pairing = new LegPairing({
    policy,
    onPair: ({ a, b, bucket }: LegPair) => {
      const key = legKey(b.call.callId, b.from.ip);
      if (truth.get(key) === a.call.callId) buckets.set(key, bucket);
      else wrong.push(bucket);
    },
  });
  await readCaptures({ inputs: [capture], keepMessages: true, onCall: (call) => pairing.call(call) });
  pairing.end();
  const certain = [...buckets.values()].filter((bucket) => bucket === 'certain').length;
  return { all: truth.size, right: buckets.size, certain, wrong };
}

/** Notes which Call-ID that leaves came of which that came. */
function note(command: Command, truth: Map<string, string>): Command {
  if (command.kind !== 'send' || command.cause === null || !command.cause.isRequest) return command;
  const message = messageOf(command.octets);
  const isFirst = message?.isRequest && message.toTag === '';
  if (!isFirst || message.method !== command.cause.method || BELONGING.has(message.method)) return command;
  truth.set(legKey(message.callId, command.flow.local.ip), command.cause.callId);
  return command;
}

const BELONGING: ReadonlySet<string> = new Set(['ACK', 'CANCEL']);

function legKey(callId: string, ip: string): string {
  return `${callId} ${ip}`;
}

function isExpected({ rule, key, peer }: AuditFinding): boolean {
  const { from } = EXPECTED.get(`${rule} ${key}`) ?? {};
  return from === 'anyone' || (from === 'user agents' && !peer.startsWith('192.168.'));
}

/** What the user agents, or the policies, of calm scenarios bring about. */
const EXPECTED: ReadonlyMap<string, { from: 'anyone' | 'user agents'; why: string }> = new Map([
  ['dialog/retransmission-abnormal slow', { from: 'anyone', why: 'some user agents say nothing' }],
  ['dialog/transaction-timeout unanswered', { from: 'anyone', why: 'the same' }],
  ['dialog/transaction-timeout no-final', { from: 'anyone', why: 'the same, after it rang' }],
  ['quality/post-dial-delay slow', { from: 'anyone', why: 'the same, and some next hops are dead' }],
  ['quality/retransmission-ratio ratio', { from: 'anyone', why: 'the same, in short captures' }],
  ['registration/stale-binding-used unreachable', { from: 'anyone', why: 'the same, of those registered' }],
  ['sdp/origin-version sbc-constant', { from: 'anyone', why: 'the policy has it so' }],
  [
    'sdp/origin-version jump',
    { from: 'anyone', why: 'the SBC refuses an offer: the other side does not see its version' },
  ],
  [
    'sdp/answer-mline-count reoffer',
    { from: 'user agents', why: 'some turn a call into another, without its lines' },
  ],
]);
