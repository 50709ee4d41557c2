// RFC 6076's measures, from calls as the correlator hands them on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SessionCount } from '../../src/cli/stats/stats-sessions.ts';
import type { Call, Timings } from '../../src/dialog/call.ts';
import { scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();

const NONE: Timings = {
  sessionRequestDelay: null,
  ringTime: null,
  setupTime: null,
  sessionDuration: null,
  sessionDisconnectDelay: null,
  registrationRequestDelay: null,
  responseDelay: null,
};

function call(
  state: Call['state'],
  status = 0,
  timings: Partial<Timings> = {},
  more: Partial<Call> = {},
): Call {
  const cause = status === 0 ? null : { method: more.method ?? 'INVITE', status };
  return {
    kind: 'call',
    method: 'INVITE',
    partial: false,
    state,
    cause,
    ...more,
    timings: { ...NONE, ...timings },
  } as Call;
}

test('sessions: 3xx are left out of SER and SEER, users’ refusals count for SEER, machines’ for ISA', () => {
  const count = new SessionCount();
  const up = { setupTime: 100, sessionRequestDelay: 40 };
  for (const one of [
    call('completed', 0, { ...up, sessionDuration: 9000, sessionDisconnectDelay: 5 }),
    call('completed', 0, {
      ...up,
      sessionRequestDelay: 60,
      sessionDuration: 7000,
      sessionDisconnectDelay: 7,
    }),
    call('in-call', 0, up),
    call('diverted', 302),
    call('busy', 486),
    call('rejected', 603),
    call('rejected', 404),
    call('rejected', 503),
    call('no-response'),
    call('cancelled', 487),
    // No attempts: no end, no credentials yet, no beginning, no session.
    call('call-setup'),
    call('challenged', 401),
    call('completed', 0, up, { partial: true }),
  ])
    count.add(one);
  expect(count.measures()).toEqual({
    attempts: 10,
    redirected: 1,
    ser: 33.3,
    seer: 55.6,
    isa: 20,
    scr: 22.2,
    srd: { count: 3, min: 40, p50: 40, p90: 60, p95: 60, p99: 60, max: 60 },
    sdd: { count: 2, min: 5, p50: 5, p90: 7, p95: 7, p99: 7, max: 7 },
    sdt: { count: 2, min: 7000, p50: 7000, p90: 9000, p95: 9000, p99: 9000, max: 9000 },
    registrations: 0,
    ira: null,
    rrd: null,
  });
});

test('registrations: challenges are no failures, no answer is one', () => {
  const count = new SessionCount();
  const register = { kind: 'registration', method: 'REGISTER' } as const;
  for (const one of [
    call('registered', 0, { registrationRequestDelay: 30 }, register),
    call('unregistered', 0, { registrationRequestDelay: 50 }, register),
    call('failed', 401, {}, register),
    call('failed', 503, {}, register),
    call('no-response', 0, {}, register),
    call('pending', 0, {}, register),
    call('challenged', 401, {}, register),
  ])
    count.add(one);
  const { registrations, ira, rrd, attempts, ser } = count.measures();
  expect({ registrations, ira, rrd, attempts, ser }).toEqual({
    registrations: 5,
    ira: 40,
    rrd: { count: 2, min: 30, p50: 30, p90: 50, p95: 50, p99: 50, max: 50 },
    attempts: 0,
    ser: null,
  });
});

test('with a policy, each adjacency is measured, by direction', async () => {
  const policy = join(folder, 'sbc.yaml');
  writeFileSync(
    policy,
    `adjacencies:
  - {name: near, local: [127.0.0.20], peers: [127.0.0.10]}
  - {name: far, local: [127.0.0.30], peers: [127.0.0.40]}
`,
  );
  const { stdout } = await sipspect([
    'stats',
    '--json',
    '--policy',
    policy,
    'samples/im-session/im-session.pcapng',
  ]);
  const { peers, adjacencies } = JSON.parse(stdout);
  const brief = ({ attempts, ser, scr }: { attempts: number; ser: number; scr: number }) => ({
    attempts,
    ser,
    scr,
  });
  expect(peers.map((one: { peer: string }) => [one.peer, brief(one as never)])).toEqual([
    ['127.0.0.20:5060', { attempts: 1, ser: 100, scr: 100 }],
    ['127.0.0.40:5060', { attempts: 1, ser: 100, scr: 100 }],
  ]);
  expect(
    adjacencies.map((one: { adjacency: string; direction: string }) => [
      one.adjacency,
      one.direction,
      brief(one as never),
    ]),
  ).toEqual([
    ['far', 'out', { attempts: 1, ser: 100, scr: 100 }],
    ['near', 'in', { attempts: 1, ser: 100, scr: 100 }],
  ]);
});
