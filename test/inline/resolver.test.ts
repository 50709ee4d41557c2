// RFC 3263 §4.1 and §4.2 over lookups that are given: what is asked, and what comes of it in which order.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HopResolver, type Lookups, type NaptrRecord, type Reach } from '../../src/inline/resolver.ts';
import { type SrvRecord, srvOrder } from '../../src/inline/srv-order.ts';
import { systemLookups } from '../../src/inline/system-lookups.ts';
import { parseNextHop } from '../../src/policy/host-address.ts';
import type { NextHop } from '../../src/policy/policy.ts';

const ALL: Reach = { transports: ['udp', 'tcp', 'tls'], versions: [4, 6] };

interface Zone {
  readonly naptr?: Readonly<Record<string, readonly NaptrRecord[]>>;
  readonly srv?: Readonly<Record<string, readonly SrvRecord[]>>;
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  readonly ttl?: number;
}

function scene({ naptr = {}, srv = {}, addresses = {}, ttl = 100 }: Zone) {
  const asked: string[] = [];
  const clock = { at: 0, now: () => clock.at };
  const found = <Found>(what: string, records: readonly Found[] | undefined): Promise<readonly Found[]> => {
    asked.push(what);
    return records === undefined ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(records);
  };
  const lookups: Lookups = {
    naptr: (name) => found(`NAPTR ${name}`, naptr[name]),
    srv: (name) => found(`SRV ${name}`, srv[name]),
    address: (name, version) =>
      found(
        `${version === 4 ? 'A' : 'AAAA'} ${name}`,
        addresses[name]
          ?.filter((address) => address.includes(':') === (version === 6))
          .map((address) => ({ address, ttl })),
      ),
  };
  const resolver = new HopResolver(lookups, clock, () => 0);
  return {
    ...{ asked, clock, resolver },
    async to(hop: string, reach = ALL): Promise<string[]> {
      const targets = await resolver.resolve(parseNextHop(hop) as NextHop, reach);
      return targets.map(({ transport, ip, port }) => `${transport} ${ip} ${port}`);
    },
  };
}

const record = (service: string, replacement: string, order: number, preference = 0): NaptrRecord => ({
  ...{ flags: 's', service, replacement, order, preference },
});
const srv = (name: string, port: number, priority = 0, weight = 0): SrvRecord => ({
  name,
  port,
  priority,
  weight,
});

test.each([
  ['192.0.2.1', ALL, ['udp 192.0.2.1 5060']],
  ['192.0.2.1:5080;transport=tcp', ALL, ['tcp 192.0.2.1 5080']],
  ['192.0.2.1;transport=tls', ALL, ['tls 192.0.2.1 5061']],
  ['2001:db8::1', { ...ALL, transports: ['tls' as const] }, ['tls 2001:db8::1 5061']],
])('%s is asked of nobody', async (hop, reach, targets) => {
  const { to, asked } = scene({});
  expect([await to(hop, reach), asked]).toEqual([targets, []]);
});

test('NAPTR by order and preference, as far as it is spoken; then SRV; then addresses', async () => {
  const { to, asked } = scene({
    naptr: {
      'example.com': [
        record('SIP+D2U', '_sip._udp.example.com', 20),
        record('SIPS+D2T', '_sips._tcp.example.com', 10, 2),
        record('SIP+D2T', '_sip._tcp.example.com', 10, 1),
        record('SIP+D2S', '_sip._sctp.example.com', 1),
        record('E2U+sip', 'else.example.com', 0),
      ],
    },
    srv: {
      '_sip._tcp.example.com': [srv('b.example.com', 5062, 2), srv('a.example.com', 5061, 1)],
      '_sip._udp.example.com': [srv('a.example.com', 5060), srv('.', 0)],
    },
    addresses: { 'a.example.com': ['192.0.2.1', '2001:db8::1'], 'b.example.com': ['192.0.2.2'] },
  });
  const targets = await to('example.com', { ...ALL, transports: ['tcp', 'udp'] });
  expect(targets).toEqual([
    'tcp 192.0.2.1 5061',
    'tcp 2001:db8::1 5061',
    'tcp 192.0.2.2 5062',
    'udp 192.0.2.1 5060',
    'udp 2001:db8::1 5060',
  ]);
  expect(asked).toEqual([
    'NAPTR example.com',
    'SRV _sip._tcp.example.com',
    'A a.example.com',
    'AAAA a.example.com',
    'A b.example.com',
    'AAAA b.example.com',
    'SRV _sip._udp.example.com',
  ]);
});

test('without NAPTR the SRV of every transport, without SRV the addresses', async () => {
  const { to, asked } = scene({ addresses: { 'example.com': ['192.0.2.7'] } });
  expect(await to('example.com')).toEqual(['udp 192.0.2.7 5060']);
  expect(asked).toEqual([
    ...['NAPTR example.com', 'SRV _sip._udp.example.com', 'SRV _sip._tcp.example.com'],
    ...['SRV _sips._tcp.example.com', 'A example.com', 'AAAA example.com'],
  ]);
});

test('a transport asks for its SRV only, a port for addresses only, and versions that are not spoken are not asked', async () => {
  const zone = {
    srv: { '_sips._tcp.example.com': [srv('a.example.com', 5071)] },
    addresses: { 'a.example.com': ['192.0.2.1'], 'example.com': ['192.0.2.7'] },
  };
  const { to, asked, resolver } = scene(zone);
  const reach: Reach = { ...ALL, versions: [4] };
  expect(await to('example.com;transport=tls', reach)).toEqual(['tls 192.0.2.1 5071']);
  expect(await to('example.com:5080', reach)).toEqual(['udp 192.0.2.7 5080']);
  expect(asked).toEqual(['SRV _sips._tcp.example.com', 'A a.example.com', 'A example.com']);
  // The certificate has to have the name that was asked for, not the one that SRV led to.
  expect([resolver.nameOf({ text: '192.0.2.1:5071' }), resolver.nameOf({ text: '192.0.2.7:5080' })]).toEqual([
    'example.com',
    undefined,
  ]);
});

test('nowhere', async () => {
  const { to } = scene({});
  expect(await to('nowhere.example.com')).toEqual([]);
});

test('answers are kept for their life, an hour at most; that there is none for ten seconds; questions under way are shared', async () => {
  const { to, asked, clock } = scene({ addresses: { 'example.com': ['192.0.2.7'] }, ttl: 86_400 });
  const reach: Reach = { ...ALL, versions: [4] };
  await Promise.all([to('example.com:1', reach), to('example.com:2', reach), to('no.example.com:1', reach)]);
  expect(asked).toEqual(['A example.com', 'A no.example.com']);
  clock.at = 9_999;
  await Promise.all([to('example.com:1', reach), to('no.example.com:1', reach)]);
  expect(asked.length).toBe(2);
  clock.at = 10_000;
  await Promise.all([to('example.com:1', reach), to('no.example.com:1', reach)]);
  expect(asked.slice(2)).toEqual(['A no.example.com']);
  clock.at = 3_600_000;
  await to('example.com:1', reach);
  expect(asked.slice(3)).toEqual(['A example.com']);
});

test('SRV: priorities in order, weights by lot, nobody twice, nobody left out (RFC 2782)', () => {
  const records = [srv('a', 1, 1, 0), srv('b', 2, 0, 10), srv('c', 3, 0, 30), srv('d', 4, 1, 5)];
  const order = (lot: number): string =>
    srvOrder(records, () => lot)
      .map(({ name }) => name)
      .join('');
  expect([order(0), order(0.25), order(0.5), order(0.999)]).toEqual(['bcad', 'bcda', 'cbda', 'cbda']);
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.string(), port: fc.nat(9), priority: fc.nat(3), weight: fc.nat(9) })),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (some, lot) => {
        const ordered = srvOrder(some, () => lot);
        expect(new Set(ordered)).toEqual(new Set(some));
        expect(ordered.map(({ priority }) => priority)).toEqual(some.map((one) => one.priority).sort());
      },
    ),
  );
});

test('the resolver of Node asks a server as DNS has it', async () => {
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening');
  const asked: string[] = [];
  server.on('message', (query, from) => {
    asked.push(question(query));
    server.send(answerTo(query), from.port, from.address);
  });
  const resolver = new HopResolver(
    systemLookups([`127.0.0.1:${server.address().port}`]),
    { now: () => 0 },
    () => 0,
  );
  const hop = { host: 'pbx.test', port: null, transport: null };
  expect(await resolver.resolve(hop, { transports: ['udp'], versions: [4] })).toEqual([
    { transport: 'udp', ip: '192.0.2.9', port: 5070 },
  ]);
  expect(asked).toEqual(['35 pbx.test', '33 _sip._udp.pbx.test', '1 gw.pbx.test']);
  server.close();
});

/** RFC 1035 §4.1.2: the type and the name that a query asks for. */
function question(query: Buffer): string {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  return `${query.readUInt16BE(at + 1)} ${labels.join('.')}`;
}

/** A for anything, SRV to gw.pbx.test:5070, NAPTR to SRV over UDP. */
function answerTo(query: Buffer): Buffer {
  const end = query.indexOf(0, 12) + 5;
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 6);
  head.writeUInt16BE(0, 10);
  const type = query.readUInt16BE(end - 4);
  const name = (text: string): Buffer => Buffer.concat([...text.split('.').map(characters), Buffer.of(0)]);
  const characters = (text: string): Buffer => Buffer.from(String.fromCharCode(text.length) + text, 'latin1');
  const data =
    type === 1
      ? Buffer.of(192, 0, 2, 9)
      : type === 33
        ? Buffer.concat([Buffer.of(0, 1, 0, 1, 5070 >> 8, 5070 & 255), name('gw.pbx.test')])
        : Buffer.concat([
            Buffer.of(0, 1, 0, 1),
            ...['s', 'SIP+D2U', ''].map(characters),
            name('_sip._udp.pbx.test'),
          ]);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, record, data]);
}
