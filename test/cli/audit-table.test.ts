// The table of an audit where there is more than a screen of it: the many that do the same are one row.

import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { AuditFinding } from '../../src/audit/audit-finding.ts';
import { printAudit } from '../../src/cli/audit/audit-table.ts';
import { Output } from '../../src/cli/output/output.ts';
import { finding } from '../audit/finding.ts';
import { reportOf } from '../audit/report-of.ts';

test('a rule has ten rows at most, those of most findings first', async () => {
  const findings: AuditFinding[] = [];
  for (let peer = 1; peer <= 12; peer++) {
    const times = peer === 7 ? 3 : peer > 10 ? 2 : 1;
    for (let time = 0; time < times; time++) {
      const one = finding({ peer: `192.0.2.${peer}:5060`, frames: [peer, 20, 30, 40, 50] });
      findings.push({ ...one, set: 1, fingerprint: `print ${peer}`, places: [] });
    }
  }
  const report = { ...reportOf([]), findings };
  const lines = (await printed(report)).split('\n');
  const shown = lines.slice(lines.indexOf('Findings'), lines.indexOf('What to do') - 1);
  expect(shown).toEqual([
    'Findings',
    'Severity  Rule                  Peer             Count  Call  Packets        Finding',
    ...[7, 11, 12, 1, 2, 3, 4, 5, 6].map((peer) => {
      const name = `192.0.2.${peer}:5060`.padEnd(15);
      const count = peer === 7 ? 3 : peer > 10 ? 2 : 1;
      const packets = `${peer},20,30,40,…`.padEnd(13);
      return `warning   message/max-forwards  ${name}      ${count}     1  ${packets}  INVITE has no Max-Forwards`;
    }),
    'warning   message/max-forwards  … 3 more             3',
  ]);
});

test('peers have twelve rows at most, what the rest did as one', async () => {
  const report = reportOf([]);
  const peers = Array.from({ length: 1500 }, (_, index) => {
    const of = { peer: `192.0.2.1:${index}`, userAgent: 'Phone A/1.0' };
    return { ...of, error: index < 2 ? 1 : 0, warning: index < 1400 ? 2 : 0, info: 1 };
  });
  const lines = (await printed({ ...report, summary: { ...report.summary, peers } })).split('\n');
  const shown = lines.slice(lines.indexOf('By peer'));
  expect(shown.slice(0, 4)).toEqual([
    'By peer',
    'Peer          Errors  Warnings  Remarks  User-Agent',
    '192.0.2.1:0        1         2        1  Phone A/1.0',
    '192.0.2.1:1        1         2        1  Phone A/1.0',
  ]);
  expect(shown[13]).toBe('… 1,489 more       0      2778     1489');
  expect(shown[14]).toBe('');
});

async function printed(report: Parameters<typeof printAudit>[1]): Promise<string> {
  const blocks: Buffer[] = [];
  const sink = new Writable({
    write(block, _, done) {
      blocks.push(Buffer.from(block));
      done();
    },
  });
  const output = new Output(sink as NodeJS.WriteStream);
  await printAudit(output, report, { colour: false, width: Number.POSITIVE_INFINITY });
  await output.flush();
  return Buffer.concat(blocks).toString();
}
