// Every format of a report, whole: UPDATE_GOLDEN=1 writes them anew. And what hostile text becomes in each.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FORMATS, type FormatName, loadFormat } from '../../src/audit/format/format.ts';
import type { Report } from '../../src/audit/report.ts';
import { csvRows } from './csv-rows.ts';
import { hostileEdits, RULES, reportOf } from './report-of.ts';
import { validateSarif } from './sarif-schema.ts';
import { xmlTree } from './xml-tree.ts';

const GOLDEN = join(import.meta.dirname, 'golden');
const REPORT = reportOf([
  { at: 1, add: 'Subject: lunch, {at} "noon" <b>' },
  { at: 6, add: 'Subject: gone' },
]);
const EVIL =
  "=cmd|' /C calc'!A0 \x1b[2J\x07\x00\x9b\u202e</failure>]]>&amp;`|\"\ufffe\ud800 @all [x](http://example.com) {0}";
const HOSTILE = reportOf(hostileEdits(EVIL), `evil/${EVIL.replaceAll('/', '_')}.pcap`);

async function written(
  name: FormatName,
  report: Report,
  failOn: 'error' | 'never' = 'error',
): Promise<string> {
  const format = await loadFormat(name);
  return [...format(report, { rules: RULES.map(({ meta }) => meta), failOn })].join('');
}

test.each(FORMATS)('%s', async (name) => {
  const text = await written(name, REPORT);
  const path = join(GOLDEN, `${name}.txt`);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, 'utf8'));
});

describe('hostile text', () => {
  test.each(FORMATS)('%s has no octet that acts on a terminal', async (name) => {
    const text = await written(name, HOSTILE);
    expect(text).toContain('cmd');
    expect(ACTING.exec(text.replaceAll('\r\n', '\n'))).toBe(null);
  });

  test('json and ndjson give it back', async () => {
    const report = JSON.parse(await written('json', HOSTILE));
    expect(report).toEqual(JSON.parse(JSON.stringify(HOSTILE)));
    const lines = (await written('ndjson', HOSTILE)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      report.findings.map((finding: object) => ({ v: 1, ...finding })),
    );
  });

  test('sarif is valid', async () => {
    const log = JSON.parse(await written('sarif', HOSTILE));
    expect(validateSarif(log)).toEqual([]);
    expect(log.runs[0].results[0].message.text).toContain('{{0}}');
    expect(() => new URL(log.runs[0].artifacts[0].location.uri, 'file:///x/')).not.toThrow();
  });

  test('sarif that the standard does not allow is told', async () => {
    const log = JSON.parse(await written('sarif', HOSTILE));
    log.runs[0].results[0].level = 'fatal';
    delete log.runs[0].tool.driver.name;
    expect(validateSarif(log)).toEqual(
      [1, 2].flatMap(() => [
        "/runs/0/tool/driver must have required property 'name'",
        '/runs/0/results/0/level must be equal to one of the allowed values',
      ]),
    );
  });

  test('junit is well-formed, and the text is text', async () => {
    const tree = xmlTree(await written('junit', HOSTILE));
    const names = new Set<string>();
    const walk = (node: typeof tree): void => {
      names.add(node.name);
      node.children.forEach(walk);
    };
    walk(tree);
    expect([...names].sort()).toEqual(['failure', 'system-out', 'testcase', 'testsuite', 'testsuites']);
  });

  test('csv keeps its columns, and no cell is a formula', async () => {
    const rows = csvRows(await written('csv', HOSTILE));
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([18]));
    expect(rows.flat().filter((cell) => /^\s*[=+@]|^\s*-\D/.test(cell))).toEqual([]);
    const [head, first] = rows as [string[], string[]];
    expect(first[head.indexOf('user_agent')]).toMatch(/^'=cmd\|' \/C calc'!A0 ␛\[2J/);
  });

  test('markdown has it in code spans only', async () => {
    const text = await written('markdown', HOSTILE);
    const outside = text
      .split('\n')
      .map((line) => line.replace(/`[^`\n]*`/g, '`'))
      .join('\n');
    expect(outside).not.toMatch(/cmd|calc|@all|http/);
    const cells = text.split('\n').filter((line) => line.startsWith('| `INVITE'));
    expect(cells.map((line) => line.replace(/\\\|/g, '').split('|').length)).toEqual([6]);
  });
});

test('sarif validates against the structure of SARIF 2.1.0, also without findings', async () => {
  expect(validateSarif(JSON.parse(await written('sarif', REPORT)))).toEqual([]);
  expect(validateSarif(JSON.parse(await written('sarif', { ...REPORT, findings: [] })))).toEqual([]);
});

test('a log that is none is seen', () => {
  expect(validateSarif({ version: '2.1.0', runs: [{ tool: { driver: { rules: [] } } }] })).not.toEqual([]);
  expect(
    validateSarif({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] }),
  ).not.toEqual([]);
  expect(validateSarif({ version: '2.2', runs: [] })).not.toEqual([]);
});

test('junit fails on what the audit fails on', async () => {
  const tree = xmlTree(await written('junit', REPORT, 'never'));
  expect(tree.attributes).toEqual({
    name: 'sipspect audit',
    tests: '5',
    failures: '0',
    errors: '0',
    skipped: '0',
  });
});

/** Controls but for the line end, and what turns the direction of text. */
const ACTING = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
