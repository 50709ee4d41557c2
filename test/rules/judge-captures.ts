// For authors of rules: what the rules find in captures, a line a finding.
//   node test/rules/judge-captures.ts [--rules 'dialog/*'] [--summary] CAPTURE…

import { readCaptures } from '../../src/pipeline.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { matchesGlob } from '../../src/policy/glob.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { Judge } from '../../src/rules/judge.ts';

const args = process.argv.slice(2);
const option = args.indexOf('--rules');
const wanted = option < 0 ? '*' : args.splice(option, 2)[1]!;
const summary = args.includes('--summary');
const counts = new Map<string, number>();

for (const path of args.filter((arg) => !arg.startsWith('--'))) {
  const judge = new Judge({
    rules: CATALOGUE.filter(({ meta }) => matchesGlob(wanted, meta.id)),
    policy: EMPTY_POLICY,
    onFinding({ rule, severity, frames, message, call }) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      if (summary) return;
      const where = `${path} ${call === null ? '' : `call ${call.id} `}frames ${frames.join(',')}`;
      process.stdout.write(`${severity} ${rule}: ${message} (${where})\n`);
    },
    onFailure: (rule, error) =>
      process.stdout.write(`FAILED ${rule} on ${path}: ${(error as Error).stack}\n`),
  });
  await readCaptures({
    inputs: [path],
    keepMessages: true,
    onMessage: (message, info) => judge.message(message, info),
    onCall: (call) => judge.call(call),
    onDiagnostic: (diagnostic) => judge.diagnostic(diagnostic),
    ...(judge.needsPackets && { onPacket: (packet) => judge.packet(packet) }),
  });
  judge.end();
}
for (const [rule, count] of [...counts].sort((a, b) => b[1] - a[1]))
  process.stdout.write(`${count} ${rule}\n`);
