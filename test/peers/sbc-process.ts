// `node sbc-process.ts POLICY`: the SBC in a process of its own until SIGTERM, then a line of JSON: what was counted, logged as
// worse than info, and is still under way.
import { readFileSync } from 'node:fs';
import { systemClock } from '../../src/inline/clock.ts';
import { InlineDriver } from '../../src/inline/driver.ts';
import { listenerPlans, planKey } from '../../src/inline/listener-plan.ts';
import type { LogFields } from '../../src/inline/log.ts';
import { RandomIdentifiers } from '../../src/inline/random-identifiers.ts';
import { readTls, type TlsMaterial } from '../../src/inline/tls-files.ts';
import { Transports } from '../../src/inline/transports.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { SbcCore } from '../../src/sbc/core.ts';

const [, , file = ''] = process.argv;
const { policy, errors } = parsePolicy(readFileSync(file), file);
if (policy === undefined) throw new Error(errors.map(({ message, at }) => `${at}: ${message}`).join('\n'));

const bad: object[] = [];
const log = {
  write(level: string, code: string, fields: LogFields = {}): void {
    if (level === 'warn' || level === 'error') bad.push({ code, ...fields });
    if (process.env['SBC_LOG'] !== undefined) console.error(level, code, JSON.stringify(fields));
  },
};
const clock = systemClock();
const identifiers = new RandomIdentifiers();
const driver = new InlineDriver({
  ...{ policy, clock, log, identifiers },
  core: new SbcCore({ policy, identifiers, persists: false }),
  resolve: ({ host, port, transport }) => [{ transport: transport ?? 'udp', ip: host, port: port ?? 5060 }],
});
const tls = new Map<string, TlsMaterial>();
const { plans } = listenerPlans(policy);
for (const plan of plans) {
  if (plan.transport !== 'tls') continue;
  const adjacency = policy.adjacencies.find(({ name }) => name === plan.adjacencies[0]);
  const settings = adjacency?.tls ?? policy.inline.tls;
  tls.set(planKey('tls', plan.ip, plan.port), await readTls(settings));
}
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
    ['received', 'sent', 'sent-again', 'refused', 'core-failures', 'sends-failed', 'findings'].map((name) => [
      name,
      Object.fromEntries(counters.labels(name)),
    ]),
  );
  console.log(`ended ${JSON.stringify({ counted, bad, pending })}`);
  process.exit(0);
});
