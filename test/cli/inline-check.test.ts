// The judging of live traffic: findings as calls end, nothing judged that was not heard whole, and never in the way of the calls.
import { expect, test } from 'vitest';
import type { AuditFinding } from '../../src/audit/audit-finding.ts';
import { LiveCheck, type LiveCheckOptions } from '../../src/cli/inline/inline-check.ts';
import { endpointOf } from '../../src/inline/peer-table.ts';
import type { Flow } from '../../src/sbc/flow.ts';
import { request, until } from '../inline/scene.ts';

const FLOW: Flow = {
  transport: 'udp',
  local: endpointOf('192.0.2.1', 5060),
  remote: endpointOf('192.0.2.9', 5060),
  connection: 0,
};

function scene(more: Partial<LiveCheckOptions> = {}) {
  const findings: string[] = [];
  const said: string[] = [];
  const check = new LiveCheck({
    policy: { text: 'adjacencies: [{name: a, local: [192.0.2.1]}]', file: 'sbc.yaml' },
    minSeverity: 'warning',
    onFinding: ({ rule, call, frames }: AuditFinding) =>
      findings.push(`${rule} ${call?.callId} ${frames.join(',')}`),
    onLeft: (messages) => said.push(`left ${messages}`),
    onFailure: (error) => said.push(`failed: ${error}`),
    frame: null,
    ...more,
  });
  /** A request without Max-Forwards, and its answer. */
  const exchange = (callId: string, at: number): void => {
    const text = request('OPTIONS', { callId, by: '192.0.2.9:5060' })
      .replace('Max-Forwards: 70\r\n', '')
      .replace('z9hG4bK1', `z9hG4bK${callId}`);
    const answer = text
      .replace(/^OPTIONS .*\r/, 'SIP/2.0 200 OK\r')
      .replace('To: <sip:bob@example.com>', '$&;tag=b')
      .replace(';rport', ';rport=5060;received=192.0.2.9');
    for (const [octets, incoming] of [
      [Buffer.from(`..${text}`), true],
      [Buffer.from(`..${answer}`), false],
    ] as const)
      check.message(at, FLOW, incoming, octets, 2, octets.length);
  };
  return { check, findings, said, exchange };
}

test('findings come when calls are over, at the latest at the end', async () => {
  const { check, findings, said, exchange } = scene();
  exchange('c1', 1_000_000);
  // RFC 3261 §17: by then nothing comes any more.
  exchange('c2', 1_200_000);
  await until(() => findings.length === 1);
  expect(findings).toEqual(['message/max-forwards c1 1']);
  await check.end();
  expect([findings, said]).toEqual([['message/max-forwards c1 1', 'message/max-forwards c2 3'], []]);
  exchange('c3', 1_300_000);
  await check.end();
});

test('packets have the numbers of the record', async () => {
  let frame = 40;
  const { check, findings, exchange } = scene({ frame: () => ++frame });
  exchange('c1', 1_000_000);
  await check.end();
  expect(findings).toEqual(['message/max-forwards c1 41']);
});

test('what does not fit is left out until all is judged, said, and no half of a call is judged', async () => {
  const { check, findings, said, exchange } = scene({ most: 800 });
  exchange('c1', 1_000_000);
  exchange('c2', 1_000_001);
  exchange('c3', 1_000_002);
  exchange('c4', 1_000_003);
  await until(() => said.length === 1);
  exchange('c5', 1_000_004);
  await check.end();
  const [left] = said;
  expect(Number(left!.split(' ')[1])).toBeGreaterThan(0);
  expect([findings, said.length]).toEqual([['message/max-forwards c5 9'], 1]);
});

test('a thread that fails ends the judging and nothing else', async () => {
  const { check, findings, said, exchange } = scene({
    policy: { text: 'x', file: 'sbc.yaml' },
    minSeverity: 3 as never,
  });
  exchange('c1', 1_000_000);
  const broken = { transport: 'udp', local: {}, remote: null } as never;
  check.message(1_000_000, broken, true, Buffer.from(request('OPTIONS')), 0, 10);
  await check.end();
  exchange('c2', 1_000_000);
  expect([findings, said.map((line) => line.split(' ')[0])]).toEqual([[], ['failed:']]);
});
