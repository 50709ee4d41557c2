// Cisco configurations → policies, and what was not understood. The sample's golden file is in samples/policy.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRange } from '../../src/policy/address-range.ts';
import { type CiscoImport, importCiscoConfig } from '../../src/policy/cisco-import.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { writePolicy } from '../../src/policy/write-policy.ts';
import { adjacency, cacEntry, local } from './adjacencies.ts';

const SAMPLE = readFileSync(join(import.meta.dirname, '../../samples/policy/running-config.txt'), 'utf8');
const sample = importCiscoConfig(SAMPLE);
const OTHERWISE = { ...cacEntry({}, 'never'), name: 'otherwise' };

/** An adjacency's lines in their section. */
function inAdjacency(...lines: string[]): CiscoImport {
  return importCiscoConfig(
    ['sbc s', ' sbe', '  adjacency sip A', ...lines.map((line) => `   ${line}`)].join('\n'),
  );
}

function left({ notUnderstood }: CiscoImport): string[] {
  return notUnderstood.map(({ line, text, reason }) => `${line}: ${text}: ${reason}`);
}

test('nothing, and nothing of ours', () => {
  const none = { policy: EMPTY_POLICY, understood: [], notUnderstood: [] };
  expect(importCiscoConfig('')).toEqual({ ...none, outside: [] });
  expect(
    importCiscoConfig('!\nhostname r1\n!\ninterface Gi0\n ip address 10.0.0.1 255.0.0.0\nend\n'),
  ).toEqual({
    ...none,
    outside: [{ from: 2, to: 6 }],
  });
});

test('every line is understood, not understood, outside, or says nothing', () => {
  const said = new Set<number>();
  for (const { line } of [...sample.understood, ...sample.notUnderstood]) said.add(line);
  for (const { from, to } of sample.outside) for (let line = from; line <= to; line++) said.add(line);
  const rest = SAMPLE.split('\n').filter((_, index) => !said.has(index + 1));
  expect([...new Set(rest.map((line) => line.trim()))]).toEqual([
    'Building configuration...',
    '',
    'Current configuration : 4711 bytes',
    '!',
    'exit',
  ]);
});

test('what each line of an adjacency meant', () => {
  const { understood, notUnderstood } = inAdjacency(
    'signaling-address ipv4 192.168.2.20',
    'remote-address ipv4 10.0.0.0 255.255.0.0',
    'passthrough header record-route',
    'privacy untrusted',
    'security trusted-encrypted',
    'vrf core',
    'passthrough header p-asserted-identity',
  );
  expect(understood).toEqual([
    { line: 1, text: 'sbc s', meaning: 'SBC s' },
    { line: 2, text: 'sbe', meaning: 'sbe' },
    { line: 3, text: 'adjacency sip A', meaning: 'adjacency A' },
    { line: 4, text: 'signaling-address ipv4 192.168.2.20', meaning: 'local address 192.168.2.20' },
    { line: 5, text: 'remote-address ipv4 10.0.0.0 255.255.0.0', meaning: 'peers in 10.0.0.0/16' },
    { line: 6, text: 'passthrough header record-route', meaning: 'Record-Route passthrough on' },
    { line: 7, text: 'privacy untrusted', meaning: 'untrusted: identities may not pass' },
    { line: 8, text: 'security trusted-encrypted', meaning: 'trusted' },
    { line: 9, text: 'vrf core', meaning: 'nothing in a policy depends on it' },
  ]);
  expect(notUnderstood).toEqual([
    {
      line: 10,
      text: 'passthrough header p-asserted-identity',
      reason: 'it changes headers in ways that a policy cannot say',
    },
  ]);
});

describe('an adjacency', () => {
  const A = { recordRoutePassthrough: false } as const;
  test.each<[string, string[], ReturnType<typeof adjacency>]>([
    ['as it begins', [], adjacency('A', A)],
    ['passthrough', ['passthrough header record-route'], adjacency('A', { recordRoutePassthrough: true })],
    [
      'no passthrough',
      ['passthrough header record-route', 'no passthrough header record-route'],
      adjacency('A', A),
    ],
    [
      'addresses share the port and the transport',
      [
        'signaling-port 5070',
        'signaling-address ipv4 10.0.0.1',
        'local-id host SBC.example',
        'mandatory-transport tcp',
      ],
      adjacency('A', { ...A, local: [local('10.0.0.1', 5070, 'tcp'), local('sbc.example', 5070, 'tcp')] }),
    ],
    [
      'TLS has a port of its own',
      ['signaling-address ipv4 10.0.0.1', 'mandatory-transport tls', 'signaling-peer p.example'],
      adjacency('A', {
        ...A,
        local: [local('10.0.0.1', 5061, 'tls')],
        nextHops: [{ host: 'p.example', port: null, transport: 'tls' }],
      }),
    ],
    [
      'taken back',
      ['signaling-address ipv4 10.0.0.1', 'no signaling-address ipv4 10.0.0.1', 'account x', 'no account'],
      adjacency('A', A),
    ],
    [
      'next hops in the order of their priorities',
      [
        'redundant peer 1',
        ' address 10.0.0.7',
        ' priority 9',
        'redundant peer 2',
        ' address 10.0.0.8',
        ' port 5090',
        ' network ipv4 10.0.0.8 255.255.255.255',
        ' priority 2',
        'signaling-peer 10.0.0.6',
        'preferred-transport udp',
      ],
      adjacency('A', {
        ...A,
        peers: ['10.0.0.8'],
        nextHops: [
          { host: '10.0.0.6', port: null, transport: 'udp' },
          { host: '10.0.0.8', port: 5090, transport: 'udp' },
          { host: '10.0.0.7', port: null, transport: 'udp' },
        ],
      }),
    ],
    [
      'subscribers',
      ['inherit profile preset-access', 'registration rewrite-register'],
      adjacency('A', { ...A, registeredSubscribers: true, rewriteRegister: true }),
    ],
    ['fast registration', ['fast-register'], adjacency('A', { ...A, registeredSubscribers: true })],
    ['trusted', ['security trusted-unencrypted'], adjacency('A', { ...A, trusted: true })],
    [
      'privacy before security',
      ['privacy trusted', 'security untrusted'],
      adjacency('A', { ...A, trusted: true }),
    ],
  ])('%s', (_, lines, expected) => {
    const imported = inAdjacency(...lines);
    expect(left(imported)).toEqual([]);
    expect(imported.policy).toEqual({
      ...EMPTY_POLICY,
      name: 's',
      adjacencies: [expected],
      cac: [OTHERWISE],
    });
  });
});

test.each([
  ['signaling-address ipv4 10.0.0', '4: signaling-address ipv4 10.0.0: expected an IPv4 address'],
  [
    'signaling-address ipv6 ::1',
    '4: signaling-address ipv6 ::1: no command that is known in adjacency sip A',
  ],
  ['signaling-port 0', '4: signaling-port 0: expected a port'],
  [
    'signaling-port 5060 5080',
    '4: signaling-port 5060 5080: a range of ports: a policy has one port for each address',
  ],
  [
    'remote-address ipv4 10.0.0.0 255.0.255.0',
    '4: remote-address ipv4 10.0.0.0 255.0.255.0: expected an IPv4 address and a mask without gaps',
  ],
  ['signaling-peer a_b!', '4: signaling-peer a_b!: expected an address or a name'],
  ['preferred-transport sctp', '4: preferred-transport sctp: expected udp, tcp or tls'],
  [
    'security some',
    '4: security some: expected trusted-encrypted, trusted-unencrypted, untrusted-encrypted or untrusted',
  ],
  [
    'inherit profile preset-ibcf-external',
    '4: inherit profile preset-ibcf-external: what this profile brings is not known',
  ],
  ['allow private info', '4: allow private info: a policy hides by CAC entries only'],
  ['no such command', '4: no such command: no command that is known in adjacency sip A'],
])('%s is listed', (line, said) => {
  expect(left(inAdjacency(line))).toEqual([said]);
});

test('a block that is not known is listed line by line, and ends', () => {
  const imported = inAdjacency('new-thing x', ' account hidden', '  deeper', 'account seen');
  expect(left(imported)).toEqual([
    '4: new-thing x: no command that is known in adjacency sip A',
    '5: account hidden: in a block that is not known',
    '6: deeper: in a block that is not known',
  ]);
  expect(imported.policy.adjacencies[0].account).toBe('seen');
});

describe('CAC tables', () => {
  const adjacencies = [
    '  adjacency sip A',
    '   group g',
    '   account x',
    '  adjacency sip B',
    '   group g',
    '   account y',
  ];
  function cac(...lines: string[]): [entries: unknown, left: string[]] {
    const imported = importCiscoConfig(['sbc s', ' sbe', ...adjacencies, ...lines].join('\n'));
    return [imported.policy.cac.slice(0, -1), left(imported)];
  }
  function table(criterion: string, value: string): string[] {
    return [
      '  cac-policy-set 1',
      '   first-cac-table T',
      '   cac-table T',
      `    table-type ${criterion}`,
      '    entry 1',
      `     match-value ${value}`,
      '     caller-privacy always',
      '     action cac-complete',
    ];
  }
  const named = (...entries: ReturnType<typeof cacEntry>[]) =>
    entries.map((entry, index) => ({ ...entry, name: index === 0 ? 'T 1' : `T 1 (${index + 1})` }));

  test.each([
    ['policy-set', 'any', [cacEntry({}, 'always')]],
    ['limit all', 'any', [cacEntry({}, 'always')]],
    ['limit account', 'x', [cacEntry({ account: 'x' }, 'always')]],
    ['limit src-account', 'x', [cacEntry({ inboundAccount: 'x' }, 'always')]],
    ['limit dst-account', 'y', [cacEntry({ outboundAccount: 'y' }, 'always')]],
    ['limit adjacency', 'A', [cacEntry({ adjacency: 'A' }, 'always')]],
    ['limit src-adjacency', 'A', [cacEntry({ inboundAdjacency: 'A' }, 'always')]],
    ['limit dst-adjacency', 'B', [cacEntry({ outboundAdjacency: 'B' }, 'always')]],
    [
      'limit src-adj-group',
      'g',
      [cacEntry({ inboundAdjacency: 'A' }, 'always'), cacEntry({ inboundAdjacency: 'B' }, 'always')],
    ],
    ['limit src-number', '100', [cacEntry({ caller: '100' }, 'always')]],
    ['limit dst-prefix', '0900', [cacEntry({ callee: '0900*' }, 'always')]],
  ])('%s', (criterion, value, entries) => {
    expect(cac(...table(criterion, value))).toEqual([named(...entries), []]);
  });

  test.each([
    [
      'limit call-priority',
      'urgent',
      [
        '12: table-type limit call-priority: a policy cannot tell calls by call-priority',
        '0: cac-table T entry 1: a policy cannot say which calls it is for',
      ],
    ],
    [
      'limit src-account adjacency',
      'x',
      ['12: table-type limit src-account adjacency: expected policy-set, or limit and one criterion'],
    ],
    ['limit src-adjacency', 'C', ['0: cac-table entry T 1: no adjacency is called C']],
    ['limit account', 'z', ['0: cac-table entry T 1: no adjacency has the account z']],
    ['limit adj-group', 'h', ['0: cac-table T entry 1: a policy cannot say which calls it is for']],
  ])('%s %s', (criterion, value, said) => {
    expect(cac(...table(criterion, value))[1]).toEqual(said);
  });

  test('a table that goes on with another is about fewer calls', () => {
    const [entries, rest] = cac(
      '  cac-policy-set 1',
      '   first-cac-table T',
      '   cac-table T',
      '    table-type limit src-adjacency',
      '    entry 1',
      '     match-value A',
      '     caller-privacy account-boundary',
      '     callee-privacy never',
      '     action next-table U',
      '   cac-table U',
      '    table-type limit dst-adjacency',
      '    entry 1',
      '     match-value B',
      '     caller-privacy always',
      '     action next-table T',
    );
    expect(entries).toEqual([
      { ...cacEntry({ inboundAdjacency: 'A', outboundAdjacency: 'B' }, 'always'), name: 'U 1' },
      { ...cacEntry({ inboundAdjacency: 'A' }, 'account-boundary', 'never'), name: 'T 1' },
    ]);
    expect(rest).toEqual([]);
  });

  test('the active set counts', () => {
    const second = table('policy-set', 'any').map((line) =>
      line.replace('cac-policy-set 1', 'cac-policy-set 2'),
    );
    expect(cac(...table('limit all', 'x'), ...second)).toEqual([
      [],
      [
        '0: cac-policy-set 1: it is not active: nothing of it is taken',
        '0: cac-policy-set 2: it is not active: nothing of it is taken',
      ],
    ]);
    expect(cac(...table('limit all', 'x'), ...second, '  active-cac-policy-set 2')).toEqual([
      named(cacEntry({}, 'always')),
      ['0: cac-policy-set 1: it is not active: nothing of it is taken'],
    ]);
    expect(cac('  cac-policy-set global 7')).toEqual([
      [],
      ['0: cac-policy-set 7: it is active, and not there'],
    ]);
  });

  test('what is no privacy is listed', () => {
    expect(cac(...table('limit all', 'x'), '     callee-privacy sometimes')[1]).toEqual([
      '17: callee-privacy sometimes: expected never, account-boundary or always',
    ]);
  });
});

test('late to early media: from every adjacency with incoming, to every one with outgoing, SIP only', () => {
  const { policy } = importCiscoConfig(`sbc s
 sbe
  adjacency sip A
   media-late-to-early-iw incoming
  adjacency sip B
   media-late-to-early-iw outgoing
  adjacency sip C
  adjacency h323 H
`);
  expect(policy.interworking.lateEarly).toEqual([
    ['A', 'B'],
    ['A', 'C'],
    ['C', 'B'],
  ]);
  expect(policy.adjacencies[3]).toEqual(adjacency('H', { h323: true }));
});

test('media addresses and registrars', () => {
  const { policy } = importCiscoConfig(`sbc s
 sbe
  adjacency sip A
   registration target address registrar.example
  adjacency sip B
   registration target address registrar.example
 media-address ipv4 10.0.0.1
  port-range 16384 32767 any
 vdbe global
  media-address pool ipv4 10.0.0.1 10.0.0.9
`);
  expect(policy.registrars).toEqual([parseRange('registrar.example')]);
  expect(policy.networks.media).toEqual([parseRange('10.0.0.1'), parseRange('10.0.0.9')]);
});

test.each<[string, (text: string) => string]>([
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['without indentation', (text) => text.replace(/^ +/gm, '')],
  ['without indentation and exit', (text) => text.replace(/^ +/gm, '').replace(/^exit\n/gm, '')],
  ['with more spaces', (text) => text.replace(/^ +/gm, (spaces) => spaces.repeat(3))],
  ['with tabs', (text) => text.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length))],
  ['without comments', (text) => text.replace(/^ *!\n/gm, '')],
  ['typed at prompts', (text) => text.replace(/^ *(?=\w)/gm, 'border-1(config-sbc-sbe)# ')],
  ['with sbe as deep as sbc', (text) => text.replace(/^ sbe/m, 'sbe')],
  [
    'from a pager',
    (text) => text.replace(/^ {3}account/m, ' --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b   account'),
  ],
  ['with spaces at the ends of lines', (text) => text.replaceAll('\n', '  \n')],
])('%s it is the same', (_, change) => {
  const changed = importCiscoConfig(change(SAMPLE));
  expect(changed.policy).toEqual(sample.policy);
  const said = (lines: CiscoImport['notUnderstood']) => lines.map(({ text, reason }) => [text, reason]);
  expect(said(changed.notUnderstood)).toEqual(said(sample.notUnderstood));
});

test('any text is imported into a policy, and soon', () => {
  const word = fc.constantFrom(
    ...new Set(SAMPLE.split(/\s+/)),
    'no',
    'exit',
    'end',
    '__proto__',
    'constructor',
    '\x1b[31m',
  );
  const line = fc
    .tuple(fc.nat(6), fc.array(word, { minLength: 1, maxLength: 4 }))
    .map(([indent, words]) => `${' '.repeat(indent)}${words.join(' ')}`);
  const text = fc.oneof(
    fc.array(line, { maxLength: 40 }).map((lines) => `sbc s\n sbe\n${lines.join('\n')}`),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  fc.assert(
    fc.property(text, (input) => {
      const { policy, understood, notUnderstood } = importCiscoConfig(input);
      const parsed = parsePolicy(writePolicy(policy), 'f');
      const lines = input.split(/\r\n|\n|\r/).length;
      return (
        parsed !== undefined &&
        [...understood, ...notUnderstood].every((one) => one.line >= 0 && one.line <= lines)
      );
    }),
    { numRuns: 60 },
  );
});

test('what is made to take long is cut short, and that is said', () => {
  const much = (head: string, line: (index: number) => string, count = 4000): CiscoImport =>
    importCiscoConfig(`sbc s\n sbe\n${head}\n${Array.from({ length: count }, (_, i) => line(i)).join('\n')}`);
  const cut = ({ notUnderstood }: CiscoImport) => [...new Set(notUnderstood.map(({ reason }) => reason))];
  const adjacencies = much('', (i) => `  adjacency sip a${i}\n   account b`);
  expect(adjacencies.policy.adjacencies).toHaveLength(1000);
  expect(cut(adjacencies)).toEqual(['more than 1000 of its kind', 'in an adjacency that is one too many']);
  const networks = much(
    '  adjacency sip a',
    (i) => `   remote-address ipv4 10.0.${i >> 8}.${i & 255} 255.255.255.255`,
  );
  expect(networks.policy.adjacencies[0]!.peers).toHaveLength(1000);
  expect(cut(networks)).toEqual(['more than 1000 of its kind']);
  // Two entries a table that lead to the next: 2^500 ways.
  const ways = much(
    '  cac-policy-set 1\n   first-cac-table T0',
    (i) =>
      `   cac-table T${i}\n    table-type policy-set\n    entry 1\n     action next-table T${i + 1}\n    entry 2\n     caller-privacy always\n     action next-table T${i + 1}`,
    500,
  );
  expect(cut(ways)).toEqual(['its tables were not all gone through: they lead too far']);
  // Groups of all adjacencies on both sides: 300 × 300 pairs.
  const pairs = much(
    Array.from({ length: 300 }, (_, i) => `  adjacency sip a${i}\n   group g`).join('\n'),
    (i) =>
      `  cac-policy-set 1\n   first-cac-table A\n   cac-table A\n    table-type limit src-adj-group\n    entry ${i}\n     match-value g\n     action next-table B\n   cac-table B\n    table-type limit dst-adj-group\n    entry 1\n     match-value g\n     caller-privacy always`,
    1,
  );
  expect(cut(pairs)).toEqual(['a policy cannot say which calls it is for']);
  const many = `sbc s\n sbe\n${Array.from({ length: 300 }, (_, i) => `  adjacency sip a${i}\n   media-late-to-early-iw incoming\n`).join('')}`;
  expect(importCiscoConfig(many).policy.interworking.lateEarly).toHaveLength(10_000);
});
