// The policy of a scenario by chance, and what must not be told where under it (rules.md §14).
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import type { Policy, TransportName } from '../../../src/policy/policy.ts';
import type { Secret } from './invariants.ts';
import type { World } from './world.ts';

export interface Setting {
  readonly policy: Policy;
  /** The same with passthrough on where it was off, and the other way round. */
  readonly otherPolicy: Policy;
  readonly transports: readonly [caller: TransportName, callee: TransportName];
  readonly subscribers: boolean;
  readonly isPrivate: boolean;
  /** What the caller's requests ask and say. */
  readonly headers: readonly (readonly [string, string])[];
  readonly secrets: readonly Secret[];
}

export function settingOf(world: World): Setting {
  const transports = [world.one(TRANSPORTS), world.one(TRANSPORTS)] as const;
  const hides = world.one(['nobody', 'nobody', 'nobody', 'caller', 'both']);
  const asks = world.one(['', '', '', '', 'header', 'user', 'id', 'header;user;id']);
  const topology = world.chance(0.1);
  const subscribers = world.chance(0.2);
  const trusts = [world.chance(0.5), world.chance(0.5)];
  const hops = [
    ...(world.chance(0.15) ? ['10.2.0.9'] : []),
    world.chance(0.2) ? 'callee.example' : '10.2.0.1',
  ];
  const decisions = [
    `record-route-order: ${world.one(['rfc3261', 'rfc3261', 'cisco'])}`,
    `passthrough-identifiers: ${world.one(['keep', 'keep', 'own'])}`,
    `origin-version: ${world.one(['counted', 'counted', 'constant'])}`,
    `privacy-own-record-route: ${world.one(['either', 'add'])}`,
    // The core relays no media.
    'media-path: direct',
  ].join(', ');
  const outbound = world.chance(0.5);
  const policyWith = (passthrough: boolean): Policy =>
    policyOf(`
adjacencies:
  - name: caller_adj
    local: [192.168.2.20, sbc.com]
    peers: [10.1.0.0/16]
    next-hops: [${place('10.1.0.1', transports[0])}]
    record-route-passthrough: ${passthrough}
    registered-subscribers: ${subscribers}
    topology-hiding: ${topology}
    trusted: ${trusts[0]}
  - name: callee_adj
    local: [192.168.10.10]
    peers: [10.2.0.0/16]
    next-hops: [${hops.map((hop) => place(hop, transports[1])).join(', ')}]
    record-route-passthrough: ${outbound}
    trusted: ${trusts[1]}
cac: [{ caller-privacy: ${hides === 'nobody' ? 'never' : 'always'}, callee-privacy: ${hides === 'both' ? 'always' : 'never'} }]
decisions: { ${decisions} }
routes:
  - { match: { inbound-adjacency: caller_adj }, adjacency: callee_adj }
  - { match: { inbound-adjacency: callee_adj }, adjacency: caller_adj }
`);
  const passthrough = world.chance(0.4);
  const secrets: Secret[] = [];
  const keep = (side: string, texts: readonly string[], mayBeInBody = false): void => {
    for (const text of texts) secrets.push({ side, text, mayBeInBody });
  };
  const PERSON = ['Secret Person', 'secret-caller', 'caller-software', 'caller-subject'];
  if (hides !== 'nobody' || asks.includes('user')) keep(TO_CALLEE, PERSON);
  if (hides !== 'nobody') keep(TO_CALLEE, ['caller-contact']);
  if (hides !== 'nobody' || topology || asks.includes('header')) keep(TO_CALLEE, ['10.1.0.1'], true);
  if (asks.includes('header')) keep(TO_CALLEE, ['caller-contact'], true);
  if (asks.includes('id') && !trusts[1]) keep(TO_CALLEE, ['secret-identity']);
  if (hides === 'both') keep(TO_CALLER, ['callee-contact', 'callee-software']);
  if (hides === 'both' || topology) keep(TO_CALLER, ['10.2.0.1'], true);
  const headers = [
    ...(asks === '' ? [] : [['Privacy', asks] as const]),
    ...(asks.includes('id') ? [['P-Asserted-Identity', '<sip:secret-identity@caller.com>'] as const] : []),
  ];
  return {
    policy: policyWith(passthrough),
    otherPolicy: policyWith(!passthrough),
    transports,
    subscribers,
    isPrivate: secrets.length > 0,
    headers,
    secrets,
  };
}

function policyOf(text: string): Policy {
  const { policy, errors } = parsePolicy(text, 'sbc.yaml');
  if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return policy;
}

function place(host: string, transport: TransportName): string {
  return `"${host}${transport === 'tcp' ? ';transport=tcp' : ''}"`;
}

/** The SBC's address on the side of either. */
const TO_CALLER = '192.168.2.20';
const TO_CALLEE = '192.168.10.10';
const TRANSPORTS: readonly TransportName[] = ['udp', 'udp', 'tcp'];
