// Text of a policy → the policy, or every error at its place, as it is printed.
import { expect, test } from 'vitest';
import { parseRange } from '../../src/policy/address-range.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { formatPolicyError } from '../../src/policy/policy-error.ts';
import { adjacency, cacEntry, local } from './adjacencies.ts';

function errorsOf(text: string | Uint8Array): string {
  return (parsePolicy(text, 'sbc.yaml').errors ?? []).map(formatPolicyError).join('\n');
}

test('what a file does not say is as by default', () => {
  expect(parsePolicy('{}', 'sbc.yaml')).toEqual({ policy: EMPTY_POLICY });
});

test('every key', () => {
  expect(parsePolicy(EVERY_KEY, 'sbc.yaml').errors).toBeUndefined();
  expect(parsePolicy(EVERY_KEY, 'sbc.yaml').policy).toEqual({
    name: 'border-1',
    adjacencies: [
      adjacency('caller_adj', {
        account: 'acme',
        local: [local('192.168.2.20'), local('sbc.com', 5062, 'tcp'), local('2001:db8::1', 5061, 'tls')],
        peers: ['10.0.0.0/8', 'pbx.example.com'],
        nextHops: [
          { host: '10.1.1.1', port: null, transport: null },
          { host: 'proxy.example.com', port: 5080, transport: 'udp' },
        ],
        recordRouteUri: 'sip:caller_adj@sbc.com;lr',
        recordRoutePassthrough: true,
        topologyHiding: false,
        registeredSubscribers: true,
        rewriteRegister: true,
        trusted: false,
        tls: { certificate: 'b.crt', key: 'b.key', ca: 'b.ca', clientCertificate: 'required', verify: true },
      }),
      adjacency('gatekeeper', { account: 'bolt', h323: true }),
    ],
    cac: [
      {
        ...cacEntry(
          {
            adjacency: 'caller_adj',
            inboundAdjacency: 'caller_adj',
            outboundAdjacency: 'gatekeeper',
            account: 'acme',
            inboundAccount: 'acme',
            outboundAccount: 'bolt',
            caller: '*@example.com',
            callee: '+49*',
          },
          'always',
          'account-boundary',
        ),
        name: 'hide',
      },
      { ...cacEntry({}, 'never'), name: 'entry 2' },
    ],
    interworking: { lateEarly: [['caller_adj', 'gatekeeper']] },
    routes: [
      {
        name: 'route 1',
        match: { inboundAdjacency: 'caller_adj', requestUri: '+49*', to: '*@example.com' },
        adjacency: 'gatekeeper',
        nextHops: [{ host: '10.9.9.9', port: null, transport: null }],
      },
    ],
    registrars: [parseRange('10.0.0.2')],
    registered: ['sip:bob@example.com', 'tel:+4930123'],
    networks: {
      public: [parseRange('192.168.100.0/24')],
      private: [parseRange('10.0.0.0/8')],
      trusted: [],
      media: [parseRange('192.168.10.64/26')],
      monitoring: [parseRange('10.0.9.9')],
      tlsTerminators: [parseRange('10.0.0.80')],
    },
    emergencyNumbers: ['112'],
    unsolicitedEvents: ['message-summary'],
    decisions: {
      recordRouteOrder: 'cisco',
      privacyMediaConnection: 'refuse',
      collapsedLines: 'collapse',
      privacyContact: 'keep',
      passthroughIdentifiers: 'own',
      originVersion: 'constant',
      imPrivacyPort: 5070,
      privacyAttributes: 'strip',
      msrpUnderPrivacy: 'refuse',
      strictImMixed: true,
      mixedMedia: 'audio-video',
      messageWithXMsMessage: 'refuse',
      kindFlipInResponse: 'pass',
      rerouteAfter488: true,
      imEarlyToLate: 'refuse',
      privacyOwnRecordRoute: 'omit',
      calleePrivacyFallback: 'unknown',
      mediaPath: 'direct',
    },
    legs: { headers: ['X-Leg'], windowMs: 2500, inviteWindowMs: 20_000, messageWindowMs: 1000 },
    rules: [
      { rule: 'quality/*', severity: 'off' },
      { rule: 'im/mixed-offer-not-488', severity: 'warning' },
    ],
    ignore: [
      {
        rule: 'nat/*',
        peer: parseRange('10.1.2.3'),
        userAgent: '*oldPBX*',
        until: '2028-02-29',
        reason: 'replaced in spring',
      },
      { rule: '*', peer: null, userAgent: null, until: null, reason: 'lab' },
    ],
    thresholds: {
      t1Ms: 1000,
      t2Ms: 8000,
      t4Ms: 10_000,
      postDialDelayWarningMs: 6000,
      postDialDelayErrorMs: 12_000,
      tryingDelayMs: 250,
      disconnectDelayMs: 3000,
      registrationDelayMs: 4000,
      shortSessionMs: 1500,
      establishmentRatio: 0.5,
      effectivenessRatio: 0.8,
      serverErrorRatio: 0.1,
      clientErrorRatio: 0,
      ratioCalls: 30,
      retransmissionWarningRatio: 0.03,
      retransmissionErrorRatio: 1,
      retransmissionMessages: 60,
      udpRequestOctets: 1400,
      mtu: 9000,
      udpKeepaliveMs: 90_000,
      tcpKeepaliveMs: 3_600_000,
      pongMs: 15_000,
      nonceUses: 100,
      nonceAgeMs: 172_800_000,
      bruteForceFailures: 10,
      bruteForceMs: 30_000,
      enumerationUsers: 6,
      scannerTargets: 30,
      scannerMs: 120_000,
      identityAgeMs: 61_000,
      locationAgeMs: 7_200_000,
      registrationGraceMs: 5000,
      oneWayAudioMs: 3000,
      oneWayAudioSilenceMs: 20_000,
    },
    inline: {
      unknownSources: 'refuse',
      methods: ['INVITE', 'ACK'],
      userAgent: 'border-1',
      metrics: '127.0.0.1:9091',
      store: 'sbc.sqlite',
      drainMs: 60_000,
      tls: { certificate: 'a.crt', key: 'a.key', ca: 'ca.crt', clientCertificate: 'optional', verify: false },
      limits: {
        messageOctets: 10_000,
        headerOctets: 5000,
        headers: 100,
        sourceRate: 500,
        strangerRate: 2,
        calls: 10,
        transactions: 11,
        connections: 12,
        connectionsPerSource: 13,
        memory: 512,
        idleMs: 60_000,
        slowMessageMs: 3000,
        connectMs: 2000,
        queuedOctets: 65_536,
      },
    },
  });
});

test('unknown is what silence says too', () => {
  const spoken = `adjacencies: [{name: a, record-route-passthrough: unknown, topology-hiding: unknown,
    rewrite-register: unknown, trusted: unknown}]`;
  expect(parsePolicy(spoken, 'f').policy!.adjacencies).toEqual([adjacency('a')]);
});

test('a byte order mark, CRLF, comments, anchors and aliases are YAML', () => {
  const text =
    '\ufeff# our SBC\r\nadjacencies:\r\n  - &a\r\n    name: a\r\n    peers: &p [10.0.0.1]\r\n  - {name: b, peers: *p}\r\n';
  const policy = parsePolicy(text, 'f').policy!;
  expect(policy.adjacencies).toEqual([
    adjacency('a', { peers: ['10.0.0.1'] }),
    adjacency('b', { peers: ['10.0.0.1'] }),
  ]);
  expect(parsePolicy(new TextEncoder().encode(text), 'f').policy).toEqual(policy);
});

test('everything that is wrong is said, in the order of the file', () => {
  expect(errorsOf(EVERYTHING_WRONG)).toBe(EVERYTHING_SAID);
});

test.each([
  [
    'nothing',
    '',
    `sbc.yaml:1:1: expected keys such as adjacencies and cac, not nothing
    \u0020
    ^`.replace('    \u0020\n', '    \n'),
  ],
  [
    'a list',
    '- a',
    `sbc.yaml:1:1: expected keys such as adjacencies and cac, not a list
    - a
    ^~~`,
  ],
  [
    'no YAML',
    'name: a\nadjacencies: [',
    `sbc.yaml:2:15: flow sequence in block collection must be sufficiently indented and end with a ]
    adjacencies: [
                  ^`,
  ],
  [
    'tabs',
    'adjacencies:\n\t- name: a',
    `sbc.yaml:2:1: tabs are not allowed as indentation
     - name: a
    ^`,
  ],
  [
    'a key twice',
    'name: a\nname: b',
    `sbc.yaml:2:1: "name" stands twice
    name: b
    ^~~~`,
  ],
  [
    'two documents',
    'name: a\n---\nname: b',
    `sbc.yaml:2:1: source contains multiple documents
    ---
    ^~~`,
  ],
  [
    'a tag',
    'name: !secret a',
    `sbc.yaml:1:7: unresolved tag: !secret
    name: !secret a
          ^~~~~~~`,
  ],
  [
    'a key that is no text',
    '[a]: b',
    `sbc.yaml:1:1: expected a key, not a list or a mapping
    [a]: b
    ^`,
  ],
  [
    'an alias to nothing',
    'name: &a x\nregistered: [*b, *a]',
    `sbc.yaml:2:14: no anchor &b stands before this alias
    registered: [*b, *a]
                 ^~`,
  ],
  [
    'a key of JavaScript',
    'networks: {__proto__: {public: [a]}}',
    `sbc.yaml:1:12: unknown key "__proto__"
    networks: {__proto__: {public: [a]}}
               ^~~~~~~~~`,
  ],
  [
    'a long line',
    `name: {${'x'.repeat(200)}: 1, b: 2}`,
    `sbc.yaml:1:7: expected a name, not a mapping
    name: {${'x'.repeat(93)}…
          ^${'~'.repeat(93)}`,
  ],
])('%s', (_, text, said) => {
  expect(errorsOf(text)).toBe(said);
});

test('octets that are no UTF-8', () => {
  const octets = new Uint8Array([...new TextEncoder().encode('name: a\n# caf'), 0xe9, 0x0a]);
  expect(errorsOf(octets)).toBe(`sbc.yaml:2:6: the file is not UTF-8 text
    # caf\ufffd
         ^`);
});

test('a broken adjacency does not make every reference to it an error', () => {
  expect(errorsOf('adjacencies: [{nam: a}]\nroutes: [{adjacency: a}, {adjacency: 7}]')).toBe(
    `sbc.yaml:1:15: "name" is missing: expected a name
    adjacencies: [{nam: a}]
                  ^~~~~~~~
sbc.yaml:1:16: unknown key "nam" (did you mean name?)
    adjacencies: [{nam: a}]
                   ^~~
sbc.yaml:2:38: expected a name, not 7
    routes: [{adjacency: a}, {adjacency: 7}]
                                         ^`,
  );
});

const EVERY_KEY = `
name: border-1
adjacencies:
  - name: caller_adj
    account: acme
    local: [192.168.2.20, SBC.com:5062;transport=tcp, "[2001:db8::1];transport=tls"]
    peers: [10.0.0.1/8, pbx.example.com]
    next-hops: [10.1.1.1, proxy.example.com:5080;transport=udp]
    record-route-uri: sip:caller_adj@sbc.com;lr
    record-route-passthrough: true
    topology-hiding: false
    registered-subscribers: true
    rewrite-register: true
    trusted: false
    h323: false
    tls: {certificate: b.crt, key: b.key, ca: b.ca, client-certificate: required, verify: true}
  - {name: gatekeeper, account: bolt, h323: true}
cac:
  - name: hide
    match:
      adjacency: caller_adj
      inbound-adjacency: caller_adj
      outbound-adjacency: gatekeeper
      account: acme
      inbound-account: acme
      outbound-account: bolt
      caller: '*@example.com'
      callee: '+49*'
    caller-privacy: always
    callee-privacy: account-boundary
  - caller-privacy: never
interworking:
  late-early: [{inbound: caller_adj, outbound: gatekeeper}]
routes:
  - match: {inbound-adjacency: caller_adj, request-uri: '+49*', to: '*@example.com'}
    adjacency: gatekeeper
    next-hops: [10.9.9.9]
registrars: [10.0.0.2]
registered: [sip:bob@example.com, tel:+4930123]
networks:
  public: [192.168.100.0/24]
  private: [10.0.0.0/8]
  trusted: []
  media: [192.168.10.64/26]
  monitoring: [10.0.9.9]
  tls-terminators: [10.0.0.80]
emergency-numbers: ['112']
unsolicited-events: [message-summary]
decisions:
  record-route-order: cisco
  privacy-media-connection: refuse
  collapsed-lines: collapse
  privacy-contact: keep
  passthrough-identifiers: own
  origin-version: constant
  im-privacy-port: 5070
  privacy-attributes: strip
  msrp-under-privacy: refuse
  strict-im-mixed: true
  mixed-media: audio-video
  message-with-x-ms-message: refuse
  kind-flip-in-response: pass
  reroute-after-488: true
  im-early-to-late: refuse
  privacy-own-record-route: omit
  callee-privacy-fallback: unknown
  media-path: direct
legs: {headers: [X-Leg], window: 2500ms, invite-window: 20s, message-window: 1s}
rules:
  quality/*: off
  im/mixed-offer-not-488: warning
ignore:
  - {rule: nat/*, peer: 10.1.2.3, user-agent: '*oldPBX*', until: 2028-02-29, reason: replaced in spring}
  - {rule: '*', reason: lab}
thresholds:
  t1: 1s
  t2: 8s
  t4: 10s
  post-dial-delay-warning: 6s
  post-dial-delay-error: 12s
  trying-delay: 250ms
  disconnect-delay: 3s
  registration-delay: 4s
  short-session: 1500ms
  establishment-ratio: 0.5
  effectiveness-ratio: 0.8
  server-error-ratio: 0.1
  client-error-ratio: 0
  ratio-calls: 30
  retransmission-warning-ratio: 0.03
  retransmission-error-ratio: 1
  retransmission-messages: 60
  udp-request-octets: 1400
  mtu: 9000
  udp-keepalive: 90s
  tcp-keepalive: 1h
  pong: 15s
  nonce-uses: 100
  nonce-age: 2d
  brute-force-failures: 10
  brute-force-time: 30s
  enumeration-users: 6
  scanner-targets: 30
  scanner-time: 2min
  identity-age: 61s
  location-age: 2h
  registration-grace: 5s
  one-way-audio: 3s
  one-way-audio-silence: 20s
inline:
  unknown-sources: refuse
  methods: [INVITE, ACK]
  user-agent: border-1
  metrics: 127.0.0.1:9091
  store: sbc.sqlite
  drain: 1min
  tls: {certificate: a.crt, key: a.key, ca: ca.crt, client-certificate: optional, verify: false}
  limits:
    message-octets: 10000
    header-octets: 5000
    headers: 100
    source-rate: 500
    stranger-rate: 2
    calls: 10
    transactions: 11
    connections: 12
    connections-per-source: 13
    memory: 512
    idle: 1min
    slow-message: 3s
    connect: 2s
    queued-octets: 65536
`;

const EVERYTHING_WRONG = `nam: x
adjacencies:
  - name: a
    account: acme
    local: [192.168.2.20, 192.168.2.20, 192.168.2.21;transport=udp]
  - name: a
    local: [192.168.2.20;transport=tcp, sbc.com]
  - name: b
    local: [192.168.2.21:5060;transport=tcp, sbc.com]
    record-route-uri: sip:b@sbc.com
cac:
  - name: x
    match: {inbound-adjacency: c, account: acne}
    caller-privacy: allways
  - name: x
interworking:
  late-early: [{inbound: a}, {inbound: a, outbound: bb}]
routes:
  - adjacency: nowhere
registrars: [10.0.0.0/33]
registered: [bob]
rules: {im/*: fatal}
ignore:
  - {rule: x, until: 2027-02-29}
legs: {headers: [X CID], window: 5}
decisions: {im-privacy-port: 0, strict-im-mixed: yes, record-route-order: 3261}
thresholds: {mtu: 100, establishment-ratio: 7, ratio-calls: 1.5, t5: 1s}
`;

const EVERYTHING_SAID = `sbc.yaml:1:1: unknown key "nam" (did you mean name?)
    nam: x
    ^~~
sbc.yaml:5:27: 192.168.2.20 stands twice
        local: [192.168.2.20, 192.168.2.20, 192.168.2.21;transport=udp]
                              ^~~~~~~~~~~~
sbc.yaml:6:11: another adjacency is called "a"
      - name: a
              ^
sbc.yaml:7:13: 192.168.2.20;transport=tcp belongs to "a" too, and no peers tell them apart
        local: [192.168.2.20;transport=tcp, sbc.com]
                ^~~~~~~~~~~~~~~~~~~~~~~~~~
sbc.yaml:13:32: no adjacency is called "c" (did you mean a?)
        match: {inbound-adjacency: c, account: acne}
                                   ^
sbc.yaml:13:44: no adjacency has the account "acne" (did you mean acme?)
        match: {inbound-adjacency: c, account: acne}
                                               ^~~~
sbc.yaml:14:21: expected never, account-boundary or always, not allways (did you mean always?)
        caller-privacy: allways
                        ^~~~~~~
sbc.yaml:15:11: another CAC entry is called "x"
      - name: x
              ^
sbc.yaml:17:16: "outbound" is missing: expected a name
      late-early: [{inbound: a}, {inbound: a, outbound: bb}]
                   ^~~~~~~~~~~~
sbc.yaml:17:53: no adjacency is called "bb" (did you mean b?)
      late-early: [{inbound: a}, {inbound: a, outbound: bb}]
                                                        ^~
sbc.yaml:19:16: no adjacency is called "nowhere"
      - adjacency: nowhere
                   ^~~~~~~
sbc.yaml:20:14: expected an IP address, a network such as 10.0.0.0/8, or a host name, not 10.0.0.0/33
    registrars: [10.0.0.0/33]
                 ^~~~~~~~~~~
sbc.yaml:21:14: expected an address of record such as sip:bob@example.com, not bob
    registered: [bob]
                 ^~~
sbc.yaml:22:15: expected off, error, warning or info, not fatal
    rules: {im/*: fatal}
                  ^~~~~
sbc.yaml:24:5: "reason" is missing: expected a name
      - {rule: x, until: 2027-02-29}
        ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
sbc.yaml:24:22: expected a day such as 2027-01-31, not 2027-02-29
      - {rule: x, until: 2027-02-29}
                         ^~~~~~~~~~
sbc.yaml:25:18: expected the name of a header, such as X-CID, not X CID
    legs: {headers: [X CID], window: 5}
                     ^~~~~
sbc.yaml:25:34: expected a duration such as 4s, 200ms, 15min or 24h, not 5
    legs: {headers: [X CID], window: 5}
                                     ^
sbc.yaml:26:30: expected a whole number from 1 to 65535, not 0
    decisions: {im-privacy-port: 0, strict-im-mixed: yes, record-route-order: 3261}
                                 ^
sbc.yaml:26:50: expected true or false, not yes (did you mean true?)
    decisions: {im-privacy-port: 0, strict-im-mixed: yes, record-route-order: 3261}
                                                     ^~~
sbc.yaml:26:75: expected rfc3261 or cisco, not 3261
    decisions: {im-privacy-port: 0, strict-im-mixed: yes, record-route-order: 3261}
                                                                              ^~~~
sbc.yaml:27:19: expected a whole number from 576 to 65535, not 100
    thresholds: {mtu: 100, establishment-ratio: 7, ratio-calls: 1.5, t5: 1s}
                      ^~~
sbc.yaml:27:45: expected a number from 0 to 1, not 7
    thresholds: {mtu: 100, establishment-ratio: 7, ratio-calls: 1.5, t5: 1s}
                                                ^
sbc.yaml:27:61: expected a whole number from 1 to 1000000, not 1.5
    thresholds: {mtu: 100, establishment-ratio: 7, ratio-calls: 1.5, t5: 1s}
                                                                ^~~
sbc.yaml:27:66: unknown key "t5" (did you mean t1?)
    thresholds: {mtu: 100, establishment-ratio: 7, ratio-calls: 1.5, t5: 1s}
                                                                     ^~`;
