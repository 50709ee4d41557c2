// Whatever comes in whatever order: nothing throws, users hear what they may hear, and once all is answered and the
// timers have run nothing is left. Torture messages (RFC 4475, RFC 5118) among the rest.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import type { Transactions } from '../../../src/sbc/transaction/transactions.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from '../../sip/torture-files.ts';
import { endpoint, flow, NOTHING_LEFT, requestText, responseText, Stage, UDP } from './stage.ts';

const FLOWS = [
  UDP,
  flow('tcp', 1),
  flow('tcp', 2),
  flow('tls', 0),
  flow('udp', 0, endpoint('192.0.2.2', 5060)),
];
const RESPONSES = [100, 180, 183, 200, 202, 302, 404, 486, 487, 503, 603];

const branch = fc.integer({ min: 0, max: 3 }).map((n) => (n === 0 ? '' : n === 1 ? 'old' : `z9hG4bK${n}`));
const method = fc.constantFrom('INVITE', 'INVITE', 'BYE', 'MESSAGE');
const way = fc.constantFrom(...FLOWS);
const some = fc.nat(20);

type Act = (stage: Stage, clients: ClientTransaction[]) => void;

const act: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('INVITE', 'INVITE', 'ACK', 'CANCEL', 'BYE', 'MESSAGE'),
      branch,
      way,
      fc.constantFrom('', 'b'),
    )
    .map(
      ([name, id, flow, toTag]): Act =>
        (stage) =>
          stage.receive(requestText(name, { branch: id, toTag }), flow),
    ),
  fc.tuple(some, fc.constantFrom(...RESPONSES), fc.constantFrom('b', 'c')).map(
    ([which, status, tag]): Act =>
      (stage) => {
        if (stage.requests.length > 0)
          stage.respond(stage.requests[which % stage.requests.length], status, tag);
      },
  ),
  fc.tuple(method, way, fc.boolean()).map(
    ([name, flow, reuse]): Act =>
      (stage, clients) => {
        clients.push(stage.request(name, flow, [], reuse ? 'z9hG4bKo0' : `z9hG4bKo${clients.length}`));
      },
  ),
  fc
    .tuple(some, fc.constantFrom(...RESPONSES), fc.constantFrom('INVITE', 'BYE', 'MESSAGE', 'CANCEL'), way)
    .map(
      ([which, status, name, flow]): Act =>
        (stage, clients) => {
          const of = clients[which % (clients.length || 1)];
          const asked = which < 10 && of !== undefined ? of.method : name;
          stage.receive(responseText(status, asked, { branch: of?.branch ?? 'z9hG4bKx' }), flow);
        },
    ),
  fc.tuple(some, fc.boolean()).map(
    ([which, abandon]): Act =>
      (_, clients) => {
        const of = clients[which % (clients.length || 1)];
        if (abandon) of?.abandon();
        else of?.cancel();
      },
  ),
  fc.nat(40_000).map(
    (milliseconds): Act =>
      (stage) =>
        stage.run(milliseconds),
  ),
  some.map(
    (which): Act =>
      (stage) => {
        if (stage.sent.length > 0) stage.sendFailed(stage.sent.length - 1 - (which % stage.sent.length));
      },
  ),
  fc.constantFrom(1, 2, 3).map(
    (connection): Act =>
      (stage) =>
        stage.connectionClosed(connection),
  ),
);

test('any interleaving comes to its end', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const stage = new Stage({ limits: { transactions: 12, withinDialogs: 2 } });
      const clients: ClientTransaction[] = [];
      for (const one of acts) one(stage, clients);
      // Timer C is the core's: what rings for ever is cancelled, and what was asked is answered.
      for (const client of clients) client.cancel();
      for (const request of stage.requests) stage.respond(request, 500);
      stage.run();
      expect(stage.left).toEqual(NOTHING_LEFT);
      expect(heldBy(stage.transactions)).toEqual([0, 0, 0, 0, 0]);
      expect(clients.map(({ state }) => state)).toEqual(clients.map(() => 'terminated'));
      expect(stage.requests.map(({ state }) => state)).toEqual(stage.requests.map(() => 'terminated'));
    }),
    { numRuns: 400 },
  );
});

test('a user hears of each request either one end or none', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const stage = new Stage();
      const clients: ClientTransaction[] = [];
      const ends = new Map<ClientTransaction, string[]>();
      stage.onEnd = (of, end) => ends.set(of, [...(ends.get(of) ?? []), end]);
      for (const one of acts) one(stage, clients);
      stage.run();
      for (const [of, heard] of ends) {
        // Of an INVITE every 2xx is passed up, and nothing but them then.
        const counted = of.method === 'INVITE' ? [...new Set(heard)] : heard;
        expect(counted).toHaveLength(1);
      }
    }),
    { numRuns: 200 },
  );
});

test('octets changed at random places do no harm', () => {
  const texts = [
    ...['INVITE', 'INVITE', 'ACK', 'CANCEL', 'BYE'].map((name) => requestText(name, { viaParams: ';rport' })),
    ...[180, 200, 486].map((status) => responseText(status, 'INVITE')),
  ];
  const piece = fc.constantFrom(
    '',
    ',',
    ';',
    '"',
    '<',
    '>',
    '/',
    ':',
    ' ',
    '\r\n',
    '\r\n ',
    '\0',
    '\xff',
    'rport',
    '[',
    '=',
  );
  const change = fc.tuple(fc.nat(400), fc.nat(3), piece);
  const damaged = fc.tuple(fc.nat(texts.length - 1), fc.array(change, { maxLength: 5 }), way);
  fc.assert(
    fc.property(fc.array(damaged, { maxLength: 12 }), (messages) => {
      const stage = new Stage({ limits: { transactions: 4, withinDialogs: 1 } });
      stage.request('INVITE');
      for (const [which, changes, flow] of messages) {
        let text = texts[which];
        for (const [at, gone, put] of changes) text = text.slice(0, at) + put + text.slice(at + gone);
        stage.tryToReceive(Buffer.from(text, 'latin1'), flow);
      }
      for (const request of stage.requests) stage.respond(request, 500);
      stage.run();
      for (const { octets } of stage.sent) expect(messageOf(octets)?.bytes()).toEqual(octets);
      const left = stage.left.transactions;
      // The INVITE of the core's own may have been answered provisionally, and rings for ever.
      expect([left <= 1, stage.left]).toEqual([true, { timers: 0, transactions: left, pending: 0 }]);
    }),
    { numRuns: 400 },
  );
});

describe.skipIf(!HAS_TORTURE)('torture', () => {
  const all = (['rfc4475', 'rfc5118'] as const).flatMap((set) =>
    tortureNames(set).map((name) => [`${set}/${name}`, tortureOctets(set, name)] as const),
  );

  test('there are messages', () => expect(all.length).toBeGreaterThan(50));

  test.each(all)('%s', (_, octets) => {
    const stage = new Stage();
    stage.request('INVITE');
    for (const flow of FLOWS) for (let twice = 0; twice < 2; twice++) stage.tryToReceive(octets, flow);
    for (const request of stage.requests) {
      expect(request.vias.length).toBeGreaterThan(0);
      stage.respond(request, 100);
      stage.respond(request, 400);
    }
    stage.run();
    expect(stage.left).toEqual(NOTHING_LEFT);
  });
});

if (!HAS_TORTURE)
  console.warn('skipped: ../shared/torture is absent, no torture messages for the transaction layer');

/** How much the layer's own tables hold. */
function heldBy(transactions: Transactions): number[] {
  const part = (of: object, name: string): object => Reflect.get(of, name) as object;
  const size = (of: object, name: string): number => (Reflect.get(of, name) as Map<unknown, unknown>).size;
  const [sending, clients, servers] = ['sending', 'clients', 'servers'].map((name) =>
    part(transactions, name),
  );
  return [
    size(sending, 'bySend'),
    size(sending, 'byConnection'),
    size(clients, 'byKey'),
    size(servers, 'byKey'),
    size(servers, 'byMergeKey'),
  ];
}
