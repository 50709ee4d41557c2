import { expect, test } from 'vitest';
import { draw } from '../../src/ladder/draw.ts';
import type { Row } from '../../src/ladder/drawing.ts';
import { causeText } from '../../src/ladder/from-call.ts';
import { scene } from './scene.ts';

const CAST = { alice: '192.0.2.4:5060', bob: '198.51.100.7:5060' };

test('a drawing holds columns, and a row for each message and each thing worth saying', () => {
  const flow = scene(
    CAST,
    ['0.000 alice > bob OPTIONS 1 | im', '6.250 alice < bob 200 OK 1 OPTIONS | ! sip/header-no-colon'],
    { kind: 'options', cause: 'why', unkept: 2, partial: true, roles: new Map([['198.51.100.7', 'proxy']]) },
  );
  expect(draw(flow)).toEqual({
    title: {
      index: 1,
      kind: 'options',
      callId: '3848276298220188511@192.0.2.4',
      others: [],
      from: 'sip:alice@example.com',
      to: 'sip:bob@example.com',
      state: 'completed',
      cause: 'why',
      partial: true,
      messages: 4,
      duplicates: 0,
      start: { seconds: 1795232400, nanoseconds: 0 },
      milliseconds: 6250,
    },
    columns: [
      { name: '192.0.2.4', addresses: ['192.0.2.4:5060'], role: '' },
      { name: '198.51.100.7', addresses: ['198.51.100.7:5060'], role: 'proxy' },
    ],
    rows: [
      {
        kind: 'arrow',
        from: 0,
        to: 1,
        tone: 'request',
        request: true,
        label: 'OPTIONS',
        cseq: '(1)',
        media: [
          { media: 'message', address: '192.0.2.4', port: 5060, codecs: [], direction: 'sendrecv', im: true },
        ],
        body: '',
        marks: [],
        retransmission: false,
        transport: 'udp',
        time: { seconds: 1795232400, nanoseconds: 0 },
        frames: [1],
        messages: [0],
        duplicates: [],
        findings: [],
        sinceStart: 0,
        sincePrevious: 0,
        sinceRequest: null,
      },
      { kind: 'silence', milliseconds: 6250 },
      {
        kind: 'arrow',
        from: 1,
        to: 0,
        tone: 'success',
        request: false,
        label: '200 OK',
        cseq: '(1 OPTIONS)',
        media: [],
        body: '',
        marks: ['sip/header-no-colon'],
        retransmission: false,
        transport: 'udp',
        time: { seconds: 1795232406, nanoseconds: 250000000 },
        frames: [2],
        messages: [1],
        duplicates: [],
        findings: [],
        sinceStart: 6250,
        sincePrevious: 6250,
        sinceRequest: 6250,
      },
      { kind: 'remark', text: '2 more messages are not drawn' },
      { kind: 'remark', text: 'the beginning is not in the capture' },
      { kind: 'remark', text: 'completed: why' },
    ],
  });
});

test('tones by class of status', () => {
  const flow = scene(CAST, [
    '0 alice > bob INVITE 1',
    '0 alice > bob INVITE 1 | again',
    '0 alice < bob 183 Session Progress 1 INVITE',
    '0 alice < bob 200 OK 1 INVITE',
    '0 alice < bob 302 Moved 1 INVITE',
    '0 alice < bob 486 Busy Here 1 INVITE',
    '0 alice < bob 503 Service Unavailable 1 INVITE',
    '0 alice < bob 603 Decline 1 INVITE',
  ]);
  expect(draw(flow).rows.map((row) => (row.kind === 'arrow' ? row.tone : row.kind))).toEqual([
    'request',
    'retransmission',
    'provisional',
    'success',
    'redirect',
    'failure',
    'failure',
    'failure',
    'remark',
  ]);
});

test('a request that is not in the capture is missed once for each hop, not when it only comes late', () => {
  const missed = (lines: string[]) =>
    draw(scene(CAST, lines)).rows.filter(
      (row): row is Extract<Row, { kind: 'missing' }> => row.kind === 'missing',
    );
  expect(missed(['0 alice < bob 180 Ringing 1 INVITE', '0 alice < bob 200 OK 1 INVITE'])).toEqual([
    { kind: 'missing', from: 0, to: 1, label: 'INVITE (1) not captured' },
  ]);
  expect(missed(['0 alice < bob 100 Trying 1 INVITE', '0 alice > bob INVITE 1'])).toEqual([]);
});

test('duplicates are noted at the message they repeat, collapsed retransmissions are one arrow', () => {
  const flow = scene(CAST, [
    '0 alice > bob INVITE 1',
    '0 alice > bob INVITE 1 | duplicate 1',
    '1 alice > bob INVITE 1 | again',
    '2 alice > bob INVITE 1 | again',
    '2 alice > bob INVITE 2 | again',
    '2 alice > bob INVITE 2 | duplicate 99',
  ]);
  const seen = (collapse: boolean) =>
    draw(flow, { collapse }).rows.map((row) =>
      row.kind === 'arrow' ? [row.frames, row.duplicates] : row.kind,
    );
  expect(seen(false)).toEqual([[[1], [2]], [[3], []], [[4], []], [[5], []], [[6], []], 'remark']);
  expect(seen(true)).toEqual([[[1, 3, 4], [2]], [[5], []], [[6], []], 'remark']);
});

test('causes in words', () => {
  const cause = {
    by: 'caller',
    endpoint: '192.0.2.1:5060',
    method: 'BYE',
    status: 0,
    reason: '',
    frame: 9,
  } as const;
  const q850 = { protocol: 'Q.850', cause: 16, text: 'Normal call clearing' };
  expect(causeText({ ...cause, reasons: [q850, { protocol: 'SIP', cause: null, text: '' }] })).toBe(
    'BYE by the caller, Q.850 cause 16 "Normal call clearing"',
  );
  expect(causeText({ ...cause, by: 'callee', status: 486, reason: 'Busy Here', reasons: [] })).toBe(
    '486 Busy Here from 192.0.2.1:5060',
  );
  expect(causeText({ ...cause, by: 'network', method: 'INVITE', reasons: [] })).toBe('no answer to INVITE');
  expect(causeText({ ...cause, by: 'network', reason: 'not refreshed', reasons: [] })).toBe('not refreshed');
  expect(causeText({ ...cause, method: 'NOTIFY', reason: 'timeout', reasons: [] })).toBe(
    'NOTIFY (timeout) by the caller',
  );
});
