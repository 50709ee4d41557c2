// A policy → YAML → the same policy.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AddressRange, parseRange } from '../../src/policy/address-range.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { formatPolicyError } from '../../src/policy/policy-error.ts';
import { writePolicy } from '../../src/policy/write-policy.ts';
import { adjacency, cacEntry, local } from './adjacencies.ts';

const SMALL: Policy = {
  ...EMPTY_POLICY,
  name: 'border-1',
  adjacencies: [
    adjacency('caller_adj', {
      local: [local('192.168.2.20'), local('2001:db8::1', 5070, 'tcp')],
      recordRoutePassthrough: true,
    }),
    adjacency('off', { account: '7', peers: ['10.0.0.0/8'], h323: true }),
  ],
  cac: [cacEntry({ inboundAdjacency: 'caller_adj', callee: '+49*' }, 'always')],
  networks: { ...EMPTY_POLICY.networks, trusted: [] },
  rules: [{ rule: 'im/*', severity: 'off' }],
  thresholds: { ...EMPTY_POLICY.thresholds, t1Ms: 1500 },
};

test('each key is explained where it stands first; defaults are left out', () => {
  expect(writePolicy(SMALL, { head: ['Imported from a\nb.', ''] })).toBe(WRITTEN);
});

test('nothing known is nothing written', () => {
  expect(writePolicy(EMPTY_POLICY)).toBe('{}\n');
});

test('with everything spelled out it says the same', () => {
  const text = writePolicy(SMALL, { everything: true });
  expect(parsePolicy(text, 'f')).toEqual({ policy: SMALL });
  expect(text).toContain('\n  post-dial-delay-error: 11s\n');
  expect(parsePolicy(writePolicy(EMPTY_POLICY, { everything: true }), 'f')).toEqual({ policy: EMPTY_POLICY });
});

test('what is written parses back to the same policy', () => {
  fc.assert(
    fc.property(POLICIES, fc.boolean(), fc.boolean(), (policy, everything, bare) => {
      const text = writePolicy(policy, { everything, bare, head: ['head'] });
      const parsed = parsePolicy(text, 'f');
      if (parsed.errors !== undefined) throw new Error(parsed.errors.map(formatPolicyError).join('\n'));
      expect(parsed.policy).toEqual(policy);
    }),
    { numRuns: 80 },
  );
});

const WORD = fc.oneof(
  fc.constantFrom(
    'off',
    'null',
    'true',
    '1',
    '1e3',
    '~',
    '-',
    '? a',
    '# x',
    ': ',
    '*a',
    '&a',
    '!t',
    '{',
    '[',
    '%',
    '@',
  ),
  fc
    .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
    .filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text)),
  fc.string({ minLength: 90, maxLength: 190 }),
);
const RANGE: fc.Arbitrary<AddressRange> = fc
  .oneof(
    fc.tuple(fc.ipV4(), fc.nat(32)).map(([ip, bits]) => `${ip}/${bits}`),
    fc.tuple(fc.ipV6(), fc.nat(128)).map(([ip, bits]) => `${ip}/${bits}`),
    fc.domain(),
  )
  .map((text) => parseRange(text))
  .filter((range) => range !== undefined);
const RANGES = fc.array(RANGE, { maxLength: 3 });
const TRANSPORT = fc.constantFrom(null, 'udp', 'tcp', 'tls', 'ws', 'wss');
const HOST = RANGE.map((range) => range.text.replace(/\/.*/, ''));
const HOPS = fc.array(
  fc.record({ host: HOST, port: fc.option(fc.integer({ min: 1, max: 65_535 })), transport: TRANSPORT }),
  { maxLength: 2 },
);
const KNOWN = fc.constantFrom(null, true, false);
const PRIVACY = fc.constantFrom(null, 'never', 'account-boundary', 'always');
const MS = fc.oneof(
  fc.nat(100_000_000),
  fc.nat(1000).map((n) => n * 60_000),
);
const RATIO = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0);

const TLS = fc.record(
  {
    certificate: WORD,
    key: WORD,
    ca: WORD,
    clientCertificate: fc.constantFrom('none' as const, 'optional' as const, 'required' as const),
    verify: fc.boolean(),
  },
  { requiredKeys: [] },
);

const ADJACENCIES = fc.uniqueArray(WORD, { maxLength: 4 }).chain((names) =>
  fc.tuple(
    ...names.map((name, index) =>
      fc.record({
        name: fc.constant(name),
        account: fc.option(WORD),
        local: fc.uniqueArray(
          fc.record({ host: HOST, port: fc.constant(6000 + index), transport: TRANSPORT }),
          {
            selector: (address) => address.host,
            maxLength: 2,
          },
        ),
        peers: RANGES,
        nextHops: HOPS,
        recordRouteUri: fc.constantFrom(null, 'sip:a@sbc.example.com;lr'),
        recordRoutePassthrough: KNOWN,
        topologyHiding: KNOWN,
        registeredSubscribers: fc.boolean(),
        rewriteRegister: KNOWN,
        trusted: KNOWN,
        h323: fc.boolean(),
        tls: fc.option(TLS.filter((one) => Object.keys(one).length > 0)),
      }),
    ),
  ),
);

const POLICIES: fc.Arbitrary<Policy> = ADJACENCIES.chain((adjacencies) => {
  const names = fc.constantFrom(null, ...adjacencies.map((one) => one.name));
  const given = adjacencies.length === 0 ? fc.constant([]) : undefined;
  const name = fc.constantFrom('', ...adjacencies.map((one) => one.name)).filter((one) => one !== '');
  const accounts = fc.constantFrom(null, ...adjacencies.map((one) => one.account));
  const cac = fc.uniqueArray(
    fc.record({
      name: WORD,
      match: fc.record({
        adjacency: names,
        inboundAdjacency: names,
        outboundAdjacency: names,
        account: accounts,
        inboundAccount: accounts,
        outboundAccount: accounts,
        caller: fc.option(WORD),
        callee: fc.option(WORD),
      }),
      callerPrivacy: PRIVACY,
      calleePrivacy: PRIVACY,
    }),
    { selector: (entry) => entry.name, maxLength: 3 },
  );
  const routes = fc.uniqueArray(
    fc.record({
      name: WORD,
      match: fc.record({ inboundAdjacency: names, requestUri: fc.option(WORD), to: fc.option(WORD) }),
      adjacency: name,
      nextHops: HOPS,
    }),
    { selector: (route) => route.name, maxLength: 2 },
  );
  return fc.record({
    name: fc.option(WORD),
    adjacencies: fc.constant(adjacencies),
    cac,
    interworking: fc.record({ lateEarly: given ?? fc.array(fc.tuple(name, name), { maxLength: 2 }) }),
    routes: given ?? routes,
    registrars: RANGES,
    registered: fc.subarray(['sip:bob@example.com', 'tel:+4930123', 'sips:a@[2001:db8::1]:5061']),
    networks: fc.record({
      public: RANGES,
      private: fc.oneof(RANGES, fc.constant(EMPTY_POLICY.networks.private)),
      trusted: fc.option(RANGES),
      media: RANGES,
      monitoring: RANGES,
      tlsTerminators: RANGES,
    }),
    emergencyNumbers: fc.oneof(fc.constant(EMPTY_POLICY.emergencyNumbers), fc.array(WORD, { maxLength: 2 })),
    unsolicitedEvents: fc.array(WORD, { maxLength: 2 }),
    decisions: fc.record({
      ...fixed(EMPTY_POLICY.decisions),
      recordRouteOrder: fc.constantFrom('rfc3261' as const, 'cisco' as const),
      imPrivacyPort: fc.integer({ min: 1, max: 65_535 }),
      strictImMixed: fc.boolean(),
      calleePrivacyFallback: fc.constantFrom('as-caller' as const, 'unknown' as const),
      mediaPath: fc.constantFrom('relayed' as const, 'direct' as const),
    }),
    legs: fc.record({
      headers: fc.array(fc.constantFrom('X-CID', 'X-A', "x!'`~"), { maxLength: 3 }),
      windowMs: MS,
      inviteWindowMs: MS,
      messageWindowMs: MS,
    }),
    rules: fc.uniqueArray(
      fc.record({
        // No rule has such a name; a mapping cannot hold it.
        rule: WORD.filter((text) => !/^\d+$/.test(text) && text !== '__proto__'),
        severity: fc.constantFrom('off' as const, 'error' as const, 'warning' as const, 'info' as const),
      }),
      { selector: (setting) => setting.rule, maxLength: 3 },
    ),
    ignore: fc.array(
      fc.record({
        rule: WORD,
        peer: fc.option(RANGE),
        userAgent: fc.option(WORD),
        until: fc.constantFrom(null, '2027-01-31', '2028-02-29'),
        reason: WORD,
      }),
      { maxLength: 2 },
    ),
    thresholds: fc.record({
      ...fixed(EMPTY_POLICY.thresholds),
      t1Ms: MS,
      nonceAgeMs: MS,
      bruteForceMs: MS,
      clientErrorRatio: RATIO,
      mtu: fc.option(fc.integer({ min: 576, max: 65_535 })),
      ratioCalls: fc.integer({ min: 1, max: 1_000_000 }),
    }),
    inline: fc.record({
      unknownSources: fc.constantFrom('silent', 'refuse'),
      methods: fc.subarray(['INVITE', 'MESSAGE', 'UPDATE']),
      userAgent: fc.option(WORD),
      metrics: fc.constantFrom(null, '127.0.0.1:9090', '[::1]:80'),
      store: fc.constantFrom(null, 'sbc.sqlite', '5s'),
      drainMs: MS,
      tls: TLS.map((one) => ({ ...EMPTY_POLICY.inline.tls, ...one })),
      limits: fc.record({
        ...fixed(EMPTY_POLICY.inline.limits),
        headers: fc.integer({ min: 1, max: 4096 }),
        idleMs: MS,
      }),
    }),
  }) as fc.Arbitrary<Policy>;
});

function fixed<Fields extends object>(fields: Fields): { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> } {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, fc.constant(value)])) as never;
}

const WRITTEN = `# Imported from a b.
#

# Name of the SBC, for reports.
name: border-1

# The sides of the SBC.
adjacencies:
  - # Name of the adjacency; CAC entries, routes and reports refer to it.
    name: caller_adj
    # The SBC's own addresses and names on this side. Port 5060 (5061 for tls) and any transport
    # unless given.
    local: [192.168.2.20, "[2001:db8::1]:5070;transport=tcp"]
    # Whether Record-Route and Contact of calls that come in here pass through (Cisco: passthrough
    # header record-route). unknown: inferred from traffic.
    record-route-passthrough: true
  - name: off
    # The organisation on the other side. Between two accounts there is an account boundary
    # (caller-privacy).
    account: "7"
    # Who is on the other side: addresses, networks, host names. Without it: anyone who sends to a
    # local address.
    peers: [10.0.0.0/8]
    # Whether the other side speaks H.323; IM does not interwork with it.
    h323: true

# Who is hidden from whom.
cac:
  - # Name of the entry, for reports.
    name: entry
    # Which calls the entry is for. Everything that is given must hold; nothing given: all calls.
    match:
      # The adjacency that the call came in by.
      inbound-adjacency: caller_adj
      # Pattern with * and ?: for the callee’s user part, or user@host.
      callee: +49*
    # Whether the caller is hidden from the callee: never, towards other accounts only, or always.
    caller-privacy: always

# What networks are.
networks:
  # The trust domain of RFC 3325, besides trusted adjacencies. Without it: not known.
  trusted: []

# Rules switched off or graded anew: a pattern with * and ?, and off, error, warning or info. The last that
# matches holds.
rules:
  im/*: off

# Figures that rules compare with. Durations are 200ms, 4s, 15min, 24h or 1d; ratios go from 0 to 1.
thresholds:
  # Timer T1, the estimate of the round trip (RFC 3261 Table 4).
  t1: 1500ms
`;
