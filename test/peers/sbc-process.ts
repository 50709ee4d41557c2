// `node sbc-process.ts POLICY RECORD`: the SBC in a process of its own, its traffic recorded, until SIGTERM; then a line of
// JSON: what was counted, logged as worse than info, and is still under way.
import { readFileSync } from 'node:fs';
import { systemClock } from '../../src/inline/clock.ts';
import { InlineDriver } from '../../src/inline/driver.ts';
import { listenerPlans, planKey } from '../../src/inline/listener-plan.ts';
import type { LogFields } from '../../src/inline/log.ts';
import { RandomIdentifiers } from '../../src/inline/random-identifiers.ts';
import { RecordFile } from '../../src/inline/record-file.ts';
import { Recorder } from '../../src/inline/recorder.ts';
import { readTls, type TlsMaterial } from '../../src/inline/tls-files.ts';
import { Transports } from '../../src/inline/transports.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { SbcCore } from '../../src/sbc/core.ts';

const [, , file = '', recordTo = ''] = process.argv;
const { policy, errors } = parsePolicy(readFileSync(file), file);
if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));

const bad: object[] = [];
const log = {
  write(level: string, code: string, fields: LogFields = {}): void {
    if (code === 'inline/finding') return;
    if (level === 'warn' || level === 'error') bad.push({ code, ...fields });
  },
};
const clock = systemClock();
const identifiers = new RandomIdentifiers();
const core = new SbcCore({ policy, identifiers, persists: false });
const record = await RecordFile.open(recordTo);
const driver = new InlineDriver({
  ...{ policy, clock, log, identifiers },
  core: {
    handle: (event) => core.handle(event),
    get pending() {
      return { ...core.pending };
    },
  },
  resolve: ({ host, port, transport }) => [{ transport: transport ?? 'udp', ip: host, port: port ?? 5060 }],
  traffic: new Recorder((octets) => record.write(octets)),
});
const tls = new Map<string, TlsMaterial>();
const { plans } = listenerPlans(policy);
for (const { transport, ip, port } of plans)
  if (transport === 'tls') tls.set(planKey(transport, ip, port), await readTls(policy.inline.tls));
const transports = new Transports({
  ...{ user: driver, clock, limits: policy.inline.limits },
  tlsAt: (key) => tls.get(key) ?? null,
  hopName: () => undefined,
});
driver.carrier = transports;
for (const plan of plans) await transports.listen(plan);
console.log('listening');

process.on('SIGTERM', () => {
  const { counters, pending } = driver;
  const counted = Object.fromEntries(
    COUNTED.map((name) => [name, Object.fromEntries(counters.labels(name))]),
  );
  console.log(`ended ${JSON.stringify({ counted, bad, pending, left: record.left })}`);
  void record.close().then(() => process.exit(0));
});

const COUNTED = ['received', 'sent', 'sent-again', 'refused', 'core-failures', 'sends-failed', 'findings'];
