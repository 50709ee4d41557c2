// The columns that the list keeps of its calls: what went in comes out, in order of any column, and is found by words.
import { expect, test } from 'vitest';
import type { Call } from '../../src/dialog/call.ts';
import { causeText } from '../../src/ladder/from-call.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { comparison } from '../../src/viewer/reading/call-order.ts';
import type { CallRow } from '../../src/viewer/reading/call-row.ts';
import { CallRows } from '../../src/viewer/reading/call-rows.ts';
import { LazyOrder } from '../../src/viewer/reading/lazy-order.ts';
import { userAndHost } from '../../src/viewer/reading/text-pool.ts';
import { wordTest } from '../../src/viewer/reading/word-test.ts';

const SAMPLES = [
  'samples/failed-calls/failed-calls.pcapng',
  'samples/im-session/im-session.pcapng',
  'samples/hold-transfer/hold-transfer.pcap',
];
const TOLD = { xCallId: '', userAgent: 'ua', custom: '' };

async function callsOf(inputs: readonly string[]): Promise<Call[]> {
  const calls: Call[] = [];
  await readCaptures({ inputs, onCall: (call) => void calls.push(call) });
  return calls.sort((a, b) => a.id - b.id);
}

function rowsOf(calls: readonly Call[], areOver: boolean): CallRows {
  const rows = new CallRows();
  for (const call of calls) rows.begin(call, TOLD);
  if (areOver) for (const call of calls) rows.end(call);
  return rows;
}

test('a row says of a call what the call says, while it goes on and when it is over', async () => {
  const calls = await callsOf(SAMPLES);
  for (const areOver of [false, true]) {
    const rows = rowsOf(calls, areOver);
    rows.addMethod(1, 1);
    const made = calls.map(({ id }) => rows.row(id));
    const wanted = calls.map(
      (call): CallRow => ({
        id: call.id,
        kind: call.kind,
        callId: call.callId,
        method: call.method,
        from: userAndHost(call.from),
        to: userAndHost(call.to),
        messages: call.messages,
        src: call.src.text,
        dst: call.dst.text,
        transport: call.transports.join(','),
        state: call.partial ? `${call.state} (partial)` : call.state,
        start: call.start,
        end: call.end,
        duration: call.timings.sessionDuration ?? made[call.id - 1]!.duration,
        setup: call.timings.setupTime,
        retransmissions: call.retransmissions,
        cause: call.cause === null ? '' : causeText(call.cause),
        told: { ...TOLD, warning: '', methods: call.id === 1 && !areOver ? 1 : 0 },
        open: !areOver,
      }),
    );
    expect(made).toEqual(wanted);
  }
});

test('of a URI the user and the host are kept, whatever its octets are', () => {
  const uris = [
    ...[
      'sip:alice@example.com',
      'sips:a;b?c@h:5061;transport=tls?x=y',
      'SIP:h;lr',
      'tel:+1;ext=2',
      '',
      'sip:',
    ],
    ...['sip:é@ü.example;p=ñ', 'sipx:a@b;c', 'si', 'sip:a@b@c;d', `sip:${'x'.repeat(70_000)}@h;y`],
  ];
  const rows = new CallRows();
  const shown = uris.map((uri, index) => {
    const call = {
      ...PLAIN,
      id: index + 1,
      callId: `id\u{1f600}${index}`,
      from: uri,
      to: uri,
    } as unknown as Call;
    rows.begin(call, TOLD);
    rows.end(call);
    const { callId, from, to, src, dst, cause } = rows.row(index + 1);
    return [callId, from, to, src, dst, cause];
  });
  expect(shown).toEqual(
    uris.map((uri, index) => {
      const kept = userAndHost(uri);
      return [`id\u{1f600}${index}`, kept, kept, '192.0.2.1:5060', '192.0.2.2:5060', ''];
    }),
  );
  expect(uris.slice(0, 8).map(userAndHost)).toEqual([
    ...['alice@example.com', 'a;b?c@h:5061', 'h', 'tel:+1;ext=2', '', ''],
    ...['é@ü.example', 'sipx:a@b;c'],
  ]);
});

test('each column sorts by what it shows', async () => {
  const calls = await callsOf(SAMPLES);
  const rows = rowsOf(calls, true);
  const ids = calls.map(({ id }) => id);
  const values: Readonly<Record<string, (row: CallRow) => number | string>> = {
    index: (row) => row.id,
    ...{ method: (row) => row.method, from: (row) => row.from, to: (row) => row.to, src: (row) => row.src },
    ...{ dst: (row) => row.dst, transport: (row) => row.transport, state: (row) => row.state },
    ...{ kind: (row) => row.kind, callid: (row) => row.callId, reason: (row) => row.cause },
    ...{ msgs: (row) => row.messages, retransmissions: (row) => row.retransmissions },
    time: (row) => row.start.seconds + row.start.nanoseconds / 1e9,
    ...{ duration: (row) => row.duration ?? -1, setup: (row) => row.setup ?? -1 },
    findings: (row) => -(row.id % 3),
  };
  for (const [column, value] of Object.entries(values)) {
    const order = new LazyOrder(
      Uint32Array.from(ids),
      comparison(rows, column, (id) => id % 3),
    );
    const wanted = [...ids].sort((a, b) => {
      const [one, other] = [value(rows.row(a)), value(rows.row(b))];
      return one < other ? -1 : one > other ? 1 : a - b;
    });
    expect([column, ids.map((_, place) => order.at(place))]).toEqual([column, wanted]);
  }
});

test('an order is right wherever it is asked, also of many that are the same or in order already', () => {
  let seed = 7;
  const random = (most: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % most;
  };
  for (const value of [
    () => random(1e9),
    () => random(3),
    (id: number) => id,
    (id: number) => -id,
    (id: number) => id % 50,
  ]) {
    const values = Array.from({ length: 3000 }, (_, id) => value(id));
    const compare = (a: number, b: number): number => values[a]! - values[b]! || a - b;
    const ids = Uint32Array.from(values.keys());
    const wanted = [...ids].sort(compare);
    const order = new LazyOrder(ids, compare);
    const asked = Array.from({ length: 300 }, () => random(3000));
    expect(asked.map((place) => order.at(place))).toEqual(asked.map((place) => wanted[place]));
    expect(wanted.map((_, place) => order.at(place))).toEqual(wanted);
  }
});

test('words are found in every text of a row, in either case, and not across two', async () => {
  const calls = await callsOf(SAMPLES);
  for (const areOver of [false, true]) {
    const rows = rowsOf(calls, areOver);
    for (const words of ['', 'BUSY', '486', 'invite alice', '127.0.0.', 'no-such', 'sip:', '.', '(', 'ß']) {
      const found = calls.filter(({ id }) => wordTest(rows, words)(id)).map(({ id }) => id);
      const wanted = calls.filter(({ id }) => {
        const { method, from, to, src, dst, state, callId, transport, kind, cause } = rows.row(id);
        const all = [method, from, to, src, dst, state, callId, transport, kind, cause]
          .join('\n')
          .toLowerCase();
        return words.split(' ').every((word) => all.includes(word.toLowerCase()));
      });
      expect([words, found]).toEqual([words, wanted.map(({ id }) => id)]);
    }
  }
});

/** A call that is no call of the correlator. */
const PLAIN = {
  ...{ kind: 'call', method: 'INVITE', state: 'completed', partial: false, cause: null, transports: ['udp'] },
  ...{ messages: 1, retransmissions: 0, src: { text: '192.0.2.1:5060' }, dst: { text: '192.0.2.2:5060' } },
  ...{ start: { seconds: 1, nanoseconds: 0 }, end: { seconds: 2, nanoseconds: 0 } },
  timings: { sessionDuration: null, setupTime: null },
};
