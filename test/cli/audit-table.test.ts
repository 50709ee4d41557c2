// The table of an audit where there is more than a screen of it: the many that do the same are one row.

import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { AuditFinding } from '../../src/audit/audit-finding.ts';
import { printAudit } from '../../src/cli/audit-table.ts';
import { Output } from '../../src/cli/output.ts';
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
