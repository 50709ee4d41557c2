// The tables the correlator stands on: state machines that are complete, the table of open calls, the wheel of deadlines.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallTable, type Keyed } from '../../src/dialog/call-table.ts';
import { ExpiryWheel } from '../../src/dialog/expiry-wheel.ts';
import { hashOctets, hashText, sameOctets } from '../../src/dialog/kept/octets.ts';
import { ILLEGAL, type StateTable } from '../../src/dialog/transaction/state-table.ts';
import { INVITE_DIALOG } from '../../src/dialog/transaction/states-dialog.ts';
import { INVITE_CLIENT } from '../../src/dialog/transaction/states-invite-client.ts';
import { INVITE_SERVER } from '../../src/dialog/transaction/states-invite-server.ts';
import { NON_INVITE_CLIENT } from '../../src/dialog/transaction/states-non-invite-client.ts';
import { NON_INVITE_SERVER } from '../../src/dialog/transaction/states-non-invite-server.ts';
import { SUBSCRIPTION } from '../../src/dialog/transaction/states-subscription.ts';

describe('state machines', () => {
  const machines = {
    INVITE_CLIENT,
    INVITE_SERVER,
    NON_INVITE_CLIENT,
    NON_INVITE_SERVER,
    INVITE_DIALOG,
    SUBSCRIPTION,
  } as Record<string, StateTable<string, string>>;

  test.each(Object.entries(machines))(
    '%s: every state is reached, every event used, each move once, with its clause',
    (_, machine) => {
      const { states, events, moves } = machine;
      const reached = new Set([states[0]]);
      for (let i = 0; i < states.length; i++)
        for (const { from, to } of moves) if (reached.has(from)) reached.add(to);
      expect([...reached].sort()).toEqual([...states].sort());
      expect([...new Set(moves.map(({ on }) => on))].sort()).toEqual([...events].sort());
      expect(new Set(moves.map(({ from, on }) => `${from} ${on}`)).size).toBe(moves.length);
      for (const { clause } of moves) expect(clause).toMatch(/^RFC \d{4} §\d+(\.\d+)*$/);
    },
  );

  test('a move without a row is illegal', () => {
    const move = (from: 'completed' | 'proceeding') =>
      INVITE_CLIENT.after(INVITE_CLIENT.state(from), INVITE_CLIENT.event('2xx'));
    expect([move('completed'), move('proceeding')]).toEqual([ILLEGAL, INVITE_CLIENT.state('accepted')]);
  });
});

describe('the table of open calls', () => {
  const entry = (key: string, hash = hashText(key)): Keyed => ({
    key,
    hash,
    place: 0,
    isKey: (data, start, end) => sameOctets(data, start, end, key),
  });
  const find = (table: CallTable<Keyed>, key: string, hash = hashText(key)) => {
    const octets = Buffer.from(key, 'latin1');
    return table.find(hash, octets, 0, octets.length)?.key ?? null;
  };

  test('behaves as a Map, whatever collides', () => {
    const operation = fc.tuple(fc.boolean(), fc.nat(60), fc.constantFrom(0, 1, 7));
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
        const table = new CallTable<Keyed>();
        const map = new Map<string, Keyed>();
        for (const [add, number, hash] of operations) {
          const key = `k${number}`;
          const known = map.get(key);
          if (add && known === undefined) {
            const made = entry(key, hash);
            map.set(key, made);
            table.add(made);
          } else if (!add && known !== undefined) {
            map.delete(key);
            table.delete(known);
          }
        }
        expect(table.size).toBe(map.size);
        for (const [key, { hash }] of map) expect(find(table, key, hash)).toBe(key);
        expect([...table].map(({ key }) => key).sort()).toEqual([...map.keys()].sort());
      }),
      { numRuns: 200 },
    );
  });

  test('ten thousand equal hashes are no problem', () => {
    const table = new CallTable<Keyed>();
    for (let i = 0; i < 10_000; i++) table.add(entry(`k${i}`, 5));
    for (let i = 0; i < 10_000; i += 99) expect(find(table, `k${i}`, 5)).toBe(`k${i}`);
    expect(find(table, 'none', 5)).toBe(null);
  });

  test('hashing octets and text is the same', () => {
    const octets = Buffer.from('abc\xff', 'latin1');
    expect(hashOctets(octets, 0, 4)).toBe(hashText('abc\xff'));
    expect(sameOctets(octets, 0, 4, 'abc\xff')).toBe(true);
    expect(sameOctets(octets, 0, 3, 'abd')).toBe(false);
    expect(sameOctets(octets, -1, -1, '')).toBe(true);
  });
});

describe('the wheel of deadlines', () => {
  test('meets every entry at its deadline, or within a round of it when it was moved earlier', () => {
    const wheel = new ExpiryWheel<{ deadline: number; name: string; touchAll(): number }>();
    const met: string[] = [];
    const expire = (one: { name: string }) => {
      met.push(`${one.name}@${now}`);
      return false;
    };
    let now = 1000;
    const turn = (to: number) => {
      now = to;
      wheel.turn(to, expire);
    };
    turn(1000);
    const touchAll = () => 0;
    const moved = { deadline: 90_000, name: 'moved', touchAll };
    wheel.add({ deadline: 1005, name: 'soon', touchAll });
    wheel.add({ deadline: 1200, name: 'far', touchAll });
    wheel.add(moved);
    for (let second = 1001; second <= 1040; second++) turn(second);
    moved.deadline = 1041;
    for (let second = 1041; second <= 1210; second++) turn(second);
    expect(met).toEqual(['soon@1005', 'moved@1062', 'far@1200']);
  });

  test('time may jump, and go backwards', () => {
    const wheel = new ExpiryWheel<{ deadline: number; touchAll(): number }>();
    const touchAll = () => 0;
    const met: number[] = [];
    const expire = (one: { deadline: number }) => {
      met.push(one.deadline);
      return false;
    };
    wheel.turn(1000, expire);
    wheel.add({ deadline: 1010, touchAll });
    wheel.turn(900, expire);
    wheel.add({ deadline: 932, touchAll });
    wheel.turn(2_000_000_000, expire);
    expect(met.sort()).toEqual([1010, 932]);
  });
});
