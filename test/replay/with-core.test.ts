// The SBC core on captures of boxes: the samples, whose boxes do what their policies say, and real boxes, whose deviations are known.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseAs, withAddresses } from '../../src/replay/as.ts';
import { withLearntRecordRoutes } from '../../src/replay/learnt-record-route.ts';
import { withLearntRoutes } from '../../src/replay/learnt-routes.ts';
import type { Recording } from '../../src/replay/recording.ts';
import { replay } from '../../src/replay/replay.ts';
import { messageName, summaryOf } from '../../src/replay/summary.ts';
import { SbcCore } from '../../src/sbc/core.ts';
import { readPolicy, readRecording } from './read-recording.ts';

const SIDES = 'samples/sbc-sides';
const CORPUS = resolve(import.meta.dirname, '../../../shared/captures/sbc');
const NOTE = existsSync(CORPUS) ? '' : ' (skipped: no corpus)';

test('the samples', async () => {
  const found: Record<string, readonly string[]> = {};
  for (const [name, policy] of [
    ['rewriting', 'rewriting'],
    ['passthrough', 'passthrough'],
    ['privacy', 'privacy'],
    ['registered', 'passthrough'],
    ['leaking', 'privacy'],
    ['mixed', 'rewriting'],
  ] as const)
    found[name] = told(await recorded([`${SIDES}/${name}.pcapng`], `${SIDES}/${policy}.yaml`));
  expect(found).toEqual({
    rewriting: ['1 as predicted, 0 differ; 8 predicted, 8 recorded'],
    passthrough: ['1 as predicted, 0 differ; 8 predicted, 8 recorded'],
    privacy: ['1 as predicted, 0 differ; 8 predicted, 8 recorded'],
    registered: ['2 as predicted, 0 differ; 10 predicted, 10 recorded'],
    leaking: [
      '0 as predicted, 1 differ; 8 predicted, 8 recorded',
      '1 INVITE: SDP c= privacy/im-session-c-not-local',
    ],
    mixed: [
      '0 as predicted, 1 differ; 1 predicted, 8 recorded',
      '1 488 (INVITE): start line im/mixed-offer-not-488',
      '1 extra INVITE im/mixed-offer-not-488',
    ],
  });
});

test('what is sent again counts once, and is told on both sides', async () => {
  const policy = withAddresses(null, [parseAs('proxy=127.0.0.20')!]);
  const recording = await readRecording(['samples/failed-calls/failed-calls.pcapng'], policy);
  const { scenarios } = replay({ ...recording, policy: withLearntRoutes(recording) }, (setup) => {
    return new SbcCore({ ...setup, persists: false });
  });
  const last = scenarios[scenarios.length - 1]!;
  const sent = last.messages.map(({ kind, predicted, recorded: other }) => {
    return [kind, messageName((predicted ?? other)!), predicted?.again ?? null, other?.again ?? null];
  });
  // Nobody answers at gone@example.com: Timer A at 0.5, 1.5 and 3.5 s; the proxy gives up after 5 s, Timer B after 32.
  expect(sent).toEqual([
    ['pair', '100 (INVITE)', 0, 0],
    ['pair', 'INVITE', 3, 3],
    ['extra', '408 (INVITE)', null, 0],
  ]);
});

test('bindings that the policy leaves as they are', async () => {
  const recording = await recorded([`${SIDES}/registered.pcapng`], `${SIDES}/passthrough.yaml`);
  const adjacencies = recording.policy.adjacencies.map((one) => ({ ...one, rewriteRegister: false }));
  // The box did otherwise: its REGISTER has its own Contact. Nobody being registered then, the call passes through.
  expect(told({ ...recording, policy: { ...recording.policy, adjacencies } })).toMatchInlineSnapshot(`
    [
      "0 as predicted, 2 differ; 10 predicted, 10 recorded",
      "1 INVITE: Record-Route record-route/passthrough-rr-missing",
      "1 INVITE: Contact record-route/contact-rewritten-under-passthrough",
      "1 200 (INVITE): Record-Route record-route/rr-not-returned",
      "1 200 (INVITE): Contact record-route/contact-rewritten-under-passthrough",
      "1 REGISTER: From",
      "1 REGISTER: Call-ID registration/cseq-or-callid",
      "1 REGISTER: Contact",
      "1 200 (REGISTER): To",
      "1 200 (REGISTER): Contact",
      "1 INVITE: From",
      "1 INVITE: Call-ID",
      "1 200 (INVITE): To",
    ]
  `);
});

test.skipIf(NOTE !== '')(`real boxes${NOTE}`, async () => {
  const found: Record<string, readonly string[]> = {};
  for (const name of ['k-topos-udp', 's-basic-udp', 's-hide-udp'])
    found[name] = told(await recorded([`${CORPUS}/${name}.pcap`], `${SIDES}/rewriting.yaml`));
  // SEMS adds a=sendrecv to IM, leaves Contacts of REGISTER alone and drops headers from ACK; Kamailio keeps Vias of REGISTER.
  expect(found).toMatchInlineSnapshot(`
    {
      "k-topos-udp": [
        "100 as predicted, 20 differ; 888 predicted, 888 recorded",
        "16 REGISTER: Contact registration/sbc-contact-not-rewritten",
        "16 REGISTER: Via",
        "12 200 (CANCEL): To",
      ],
      "s-basic-udp": [
        "20 as predicted, 100 differ; 888 predicted, 888 recorded",
        "20 INVITE: SDP a= im/sdp-modified-without-privacy",
        "20 200 (INVITE): SDP a= im/sdp-modified-without-privacy",
        "16 REGISTER: Contact registration/sbc-contact-not-rewritten",
        "95 ACK: X-Truth-Id",
        "15 200 (INVITE): SDP o=",
        "12 CANCEL: X-Truth-Id",
        "8 REGISTER: From",
        "8 REGISTER: Call-ID registration/cseq-or-callid",
        "8 REGISTER: CSeq",
      ],
      "s-hide-udp": [
        "20 as predicted, 100 differ; 888 predicted, 888 recorded",
        "40 INVITE: SDP c= im/sdp-modified-without-privacy",
        "40 200 (INVITE): SDP c= im/sdp-modified-without-privacy",
        "20 INVITE: SDP o= im/sdp-modified-without-privacy",
        "20 INVITE: SDP s= im/sdp-modified-without-privacy",
        "20 INVITE: SDP a= im/sdp-modified-without-privacy",
        "20 200 (INVITE): SDP o= im/sdp-modified-without-privacy",
        "20 200 (INVITE): SDP s= im/sdp-modified-without-privacy",
        "20 200 (INVITE): SDP a= im/sdp-modified-without-privacy",
        "16 REGISTER: Contact registration/sbc-contact-not-rewritten",
        "95 ACK: X-Truth-Id",
        "12 CANCEL: X-Truth-Id",
        "8 REGISTER: From",
        "8 REGISTER: Call-ID registration/cseq-or-callid",
        "8 REGISTER: CSeq",
        "8 200 (REGISTER): Contact",
      ],
    }
  `);
});

test.skipIf(NOTE !== '')(`a proxy over TCP, whose own connections come from any port${NOTE}`, async () => {
  const [first] = told(await recorded([`${CORPUS}/k-plain-tcp.pcap`], `${SIDES}/rewriting.yaml`));
  expect(first).toBe('0 as predicted, 120 differ; 888 predicted, 888 recorded');
});

test.skipIf(NOTE !== '')(
  `one side of a real box, the other being learnt from its answers${NOTE}`,
  async () => {
    expect(told(await recorded([`${CORPUS}/s-hide-split-udp.a.pcap`], `${SIDES}/rewriting.yaml`))).toEqual([
      '120 as predicted, 0 differ; 888 predicted, 480 recorded',
    ]);
  },
);

async function recorded(captures: readonly string[], policy: string): Promise<Recording> {
  const recording = await readRecording(captures, readPolicy(policy));
  const named = { ...recording, policy: withLearntRecordRoutes(recording) };
  return { ...named, policy: withLearntRoutes(named) };
}

function told(recording: Recording): string[] {
  const { scenarios } = replay(recording, (setup) => new SbcCore({ ...setup, persists: false }));
  const { asPredicted, differs, predicted, recorded: sent, kinds } = summaryOf(scenarios);
  return [
    `${asPredicted} as predicted, ${differs} differ; ${predicted} predicted, ${sent} recorded`,
    ...kinds.map(({ count, what, rule }) => `${count} ${what}${rule === null ? '' : ` ${rule}`}`),
  ];
}
