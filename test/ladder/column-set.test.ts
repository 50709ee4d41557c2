import { expect, test } from 'vitest';
import { Aliases } from '../../src/ladder/alias.ts';
import { ColumnSet } from '../../src/ladder/column-set.ts';
import type { Flow } from '../../src/ladder/flow.ts';
import { scene } from './scene.ts';

test('the ports of one ip are one box unless they are seen to be several', () => {
  const oneBox = scene(
    { a: '192.0.2.1:5060', in: '192.0.2.2:5060', out: '192.0.2.2:5080', b: '192.0.2.3:5060' },
    ['0 a > in INVITE 1', '0 out > b INVITE 1'],
  );
  expect(names(oneBox)).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3']);
  const loopback = scene({ a: '127.0.0.1:5061', p: '127.0.0.1:5060', b: '127.0.0.1:5062' }, [
    '0 a > p INVITE 1',
    '0 p > b INVITE 1',
  ]);
  expect(names(loopback)).toEqual(['127.0.0.1:5061', '127.0.0.1:5060', '127.0.0.1:5062']);
});

test('two phones behind one address translator are two boxes', () => {
  const nat = scene({ a: '192.0.2.1:1024', p: '192.0.2.2:5060', b: '192.0.2.1:1025' }, [
    '0 a > p INVITE 1',
    '0 p > b INVITE 1',
  ]);
  expect(names(nat)).toEqual(['192.0.2.1:1024', '192.0.2.2', '192.0.2.1:1025']);
});

test('ports of different roles are different boxes', () => {
  const flow = scene({ a: '192.0.2.1:5060', r: '192.0.2.2:5060', p: '192.0.2.2:5080' }, [
    '0 a > r INVITE 1',
    '1 a > p INVITE 2',
  ]);
  const roles = new Map([
    ['192.0.2.2:5060', 'redirect-server'],
    ['192.0.2.2:5080', 'proxy'],
  ]);
  expect(names({ ...flow, roles })).toEqual(['192.0.2.1', '192.0.2.2:5060', '192.0.2.2:5080']);
});

test('an ephemeral port of a connection belongs to the port in Via', () => {
  const tcp = scene(
    { a: '127.0.0.1:40001', p: '127.0.0.1:5060', out: '127.0.0.1:40002', b: '127.0.0.1:5062' },
    ['0 a > p INVITE 1', '0 out > b INVITE 1', '1 out < b 200 OK 1 INVITE', '1 a < p 200 OK 1 INVITE'],
  );
  const sentBy = [5061, 5060].map((port) => ({ host: '127.0.0.1', port }));
  const messages = tcp.messages.map((message, index) =>
    sentBy[index] === undefined ? message : { ...message, sentBy: sentBy[index] },
  );
  const columns = new ColumnSet(messages, new Map([['127.0.0.1:5060', 'proxy']]), undefined);
  expect(columns.columns).toEqual([
    { name: '127.0.0.1:5061', addresses: ['127.0.0.1:40001'], role: '' },
    { name: '127.0.0.1:5060', addresses: ['127.0.0.1:5060', '127.0.0.1:40002'], role: 'proxy' },
    { name: '127.0.0.1:5062', addresses: ['127.0.0.1:5062'], role: '' },
  ]);
});

test('a name for an ip keeps boxes apart; an alias that was asked for makes them one', () => {
  const loopback = scene({ a: '127.0.0.1:5061', p: '127.0.0.1:5060' }, ['0 a > p INVITE 1']);
  const named = new Aliases().addNames(new Map([['127.0.0.1', 'localhost']]));
  expect(names(loopback, named)).toEqual(['localhost:5061', 'localhost:5060']);
  const asked = new Aliases().add({ name: 'localhost', addresses: ['127.0.0.1'] });
  expect(names(loopback, asked)).toEqual(['localhost']);
});

test('the caller is left, those called are right, neighbours talk most', () => {
  const cast = {
    a: '10.0.0.1:5060',
    p: '10.0.0.2:5060',
    q: '10.0.0.3:5060',
    b: '10.0.0.4:5060',
    c: '10.0.0.5:5060',
  };
  const fork = scene(cast, [
    '0 a > p INVITE 1',
    '0 p > b INVITE 1',
    '0 p > q INVITE 1',
    '0 q > c INVITE 1',
    '1 p < q 180 Ringing 1 INVITE',
    '2 p < q 200 OK 1 INVITE',
  ]);
  expect(names(fork)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5']);
  const joined = scene(cast, ['0 p < b 200 OK 1 INVITE', '0 a < p 200 OK 1 INVITE', '1 a > p ACK 1']);
  expect(names(joined)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.4']);
});

function names(flow: Flow, aliases?: Aliases): string[] {
  return new ColumnSet(flow.messages, flow.roles, aliases).columns.map(({ name }) => name);
}
