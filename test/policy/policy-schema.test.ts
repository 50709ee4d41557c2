// The published JSON Schema: it describes every key, and says of a file what `policy check` says, as far as it can.
// UPDATE_GOLDEN=1 makes the tables of docs/policy.md anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { policyReference } from '../../src/policy/policy-reference.ts';
import { policySchema } from '../../src/policy/policy-schema.ts';

const ROOT = join(import.meta.dirname, '../..');
const schema = policySchema();
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

interface Node {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: unknown;
}

function walk(node: Node, path: string, visit: (node: Node, path: string) => void): void {
  for (const [key, property] of Object.entries(node.properties ?? {})) {
    visit(property, `${path}${key}`);
    walk(property, `${path}${key}.`, visit);
  }
  if (node.items !== undefined) walk(node.items, `${path}[].`, visit);
}

test('it is a JSON Schema with a title, and knows no other keys than it names', () => {
  expect({ ...schema, properties: Object.keys(schema.properties as object) }).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'sipspect policy',
    description: 'The description of a session border controller, for sipspect audit, replay and inline.',
    examples: [{ adjacencies: [{ name: 'caller_adj', local: ['192.168.2.20'] }] }],
    type: 'object',
    additionalProperties: false,
    properties: [
      'name',
      'adjacencies',
      'cac',
      'interworking',
      'routes',
      'registrars',
      'registered',
      'networks',
      'emergency-numbers',
      'unsolicited-events',
      'decisions',
      'legs',
      'rules',
      'ignore',
      'thresholds',
      'inline',
    ],
  });
});

test('every key is described, with examples that it takes itself', () => {
  const keys: string[] = [];
  const silent: string[] = [];
  const wrong: string[] = [];
  const ajv = new Ajv2020({ strict: true });
  walk(schema as Node, '', (node, path) => {
    keys.push(path);
    const examples = node.examples ?? [];
    if ((node.description ?? '').length < 10 || examples.length === 0) silent.push(path);
    if (!examples.every((example) => ajv.validate(node as object, example))) wrong.push(path);
  });
  expect({ silent, wrong }).toEqual({ silent: [], wrong: [] });
  expect(keys.length).toBeGreaterThan(100);
});

test('defaults of the schema are those that hold', () => {
  const file: Record<string, Record<string, unknown>> = {};
  for (const section of ['decisions', 'legs', 'thresholds', 'networks']) {
    file[section] = {};
    walk((schema.properties as Record<string, Node>)[section]!, '', (node, key) => {
      if ('default' in node) file[section]![key] = node.default;
    });
  }
  expect(Object.values(file).map((one) => Object.keys(one).length)).toEqual([18, 4, 33, 1]);
  expect(parsePolicy(JSON.stringify(file), 'f')).toEqual(parsePolicy('{}', 'f'));
});

test('the samples are good by both', () => {
  const folder = join(ROOT, 'samples/policy');
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  expect(files.sort()).toEqual([
    'loopback.yaml',
    'privacy.yaml',
    'registered.yaml',
    'running-config.yaml',
    'typical.yaml',
  ]);
  for (const file of files) expect(verdicts(readFileSync(join(folder, file), 'utf8'))).toEqual([true, true]);
});

describe('what both say', () => {
  test.each([
    ['{}', true],
    ['', false],
    ['[]', false],
    ['unknown-key: 1', false],
    ['name: a', true],
    ['name: 1', false],
    ["name: ''", false],
    ['adjacencies: []', true],
    ['adjacencies: {}', false],
    ['adjacencies: [{local: [10.0.0.1]}]', false],
    ['adjacencies: [{name: a, local: [10.0.0.1, "[::1]:5061;transport=tls", ::1, sbc.example]}]', true],
    ['adjacencies: [{name: a, local: ["10.0.0.1;transport=sctp"]}]', false],
    ['adjacencies: [{name: a, local: ["two words"]}]', false],
    ['adjacencies: [{name: a, peers: [10.0.0.0/8, "2001:db8::/32", pbx.example]}]', true],
    ['adjacencies: [{name: a, peers: [10.0.0.0/8/8]}]', false],
    ['adjacencies: [{name: a, peer: [10.0.0.0/8]}]', false],
    ['adjacencies: [{name: a, record-route-uri: "sip:a@sbc.com;lr"}]', true],
    ['adjacencies: [{name: a, record-route-uri: "tel:+1"}]', false],
    ['adjacencies: [{name: a, record-route-passthrough: true, trusted: unknown, h323: false}]', true],
    ['adjacencies: [{name: a, record-route-passthrough: on}]', false],
    ['adjacencies: [{name: a, h323: unknown}]', false],
    ['cac: [{caller-privacy: account-boundary, callee-privacy: never}]', true],
    ['cac: [{caller-privacy: sometimes}]', false],
    ['cac: [{match: {}}]', true],
    ['interworking: {late-early: [{inbound: a}]}', false],
    ['routes: [{match: {to: "+49*"}}]', false],
    ['registered: ["sip:bob@example.com", "tel:+4930123"]', true],
    ['registered: [bob]', false],
    ['networks: {trusted: []}', true],
    ['networks: {trusted: null}', false],
    ['emergency-numbers: ["112"]', true],
    ['emergency-numbers: [112]', false],
    ['decisions: {im-privacy-port: 5060, strict-im-mixed: true}', true],
    ['decisions: {im-privacy-port: 0}', false],
    ['decisions: {im-privacy-port: 70000}', false],
    ['decisions: {strict-im-mixed: 1}', false],
    ['legs: {headers: [X-CID], window: 5s}', true],
    ['legs: {headers: ["X CID"]}', false],
    ['legs: {window: 5}', false],
    ['legs: {window: 5 s}', false],
    ['rules: {"im/*": off, x: info}', true],
    ['rules: {"im/*": false}', false],
    ['ignore: [{rule: x, reason: y, until: 2027-01-31}]', true],
    ['ignore: [{rule: x}]', false],
    ['ignore: [{rule: x, reason: y, until: soon}]', false],
    ['thresholds: {mtu: 1500, client-error-ratio: 0.5, ratio-calls: 3}', true],
    ['thresholds: {mtu: 1500.5}', false],
    ['thresholds: {client-error-ratio: 1.1}', false],
    ['thresholds: {ratio-calls: 0}', false],
  ])('%s: %s', (text, good) => {
    expect(verdicts(text)).toEqual([good, good]);
  });
});

test.each([
  ['a number that no address has', 'registrars: [10.0.0.256]'],
  ['a prefix that is too long', 'registrars: [10.0.0.0/33]'],
  ['a day that no calendar has', 'ignore: [{rule: x, reason: y, until: 2027-02-30}]'],
  ['a port that is none', 'adjacencies: [{name: a, local: ["10.0.0.1:70000"]}]'],
  ['a name twice', 'adjacencies: [{name: a}, {name: a}]'],
  ['a reference to nothing', 'routes: [{adjacency: a}]'],
  ['an address twice', 'adjacencies: [{name: a, local: [10.0.0.1]}, {name: b, local: [10.0.0.1]}]'],
])('%s is beyond the schema, and an error', (_, text) => {
  expect(verdicts(text)).toEqual([true, false]);
});

test('docs/policy.md has every key', () => {
  const path = join(ROOT, 'docs/policy.md');
  const page = readFileSync(path, 'utf8');
  const made = `npx vitest run test/policy/policy-schema.test.ts -->\n\n${policyReference(schema)}\n<!-- /made -->`;
  const anew = page.replace(
    /npx vitest run test\/policy\/policy-schema\.test\.ts -->.*<!-- \/made -->/s,
    () => made,
  );
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, anew);
  else expect(page).toBe(anew);
  walk(schema as Node, '', (node, key) => {
    expect(made).toContain(`| \`${key.split('.').at(-1)}\``);
    expect(made).toContain(`| ${node.description!.replaceAll('|', '\\|')} |`);
  });
});

/** What the JSON Schema says, and what parsePolicy says. */
function verdicts(text: string): [boolean, boolean] {
  return [validate(parse(text)), parsePolicy(text, 'f').errors === undefined];
}
