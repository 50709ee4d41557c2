// Fields of how a message came: of a packet, of a message, and of a call over its messages.
import { expect, test } from 'vitest';
import type { PacketFacts } from '../../src/filter/field.ts';
import { parseFilter } from '../../src/filter/filter.ts';
import type { HepFacts, Passage } from '../../src/network/passage.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { call, endpoint, INVITE, message, OK } from './messages.ts';

const GTP = 'gtp-u 192.0.2.8→192.0.2.9 teid 0x2a';
const HEP = 'hep 192.0.2.1→192.0.2.2 agent 2001';

function came(passage: Passage | null, startLine = INVITE): SipMessage {
  const one = message(startLine);
  one.passage = passage;
  return one;
}

function mirrored(over: Partial<HepFacts> = {}): SipMessage {
  const hep = { version: 3, agent: 2001, correlationId: 'a@b', node: 'sbc-1', ...over };
  return came({ tunnel: `${GTP} / ${HEP}`, hep });
}

const TUNNELED = came({ tunnel: GTP, hep: null }, OK);
const PLAIN = came(null);

test.each<[filter: string, plain: boolean, tunneled: boolean, mirrored: boolean]>([
  ['packet.tunnel', false, true, true],
  ['packet.tunnel contains "teid 0x2a"', false, true, true],
  ['packet.tunnel matches "^gtp-u [^/]*$"', false, true, false],
  ['packet.agent', false, false, true],
  ['packet.agent == 2001', false, false, true],
  ['packet.agent in {1, 2000..2002}', false, false, true],
  ['packet.agent != 2001', false, false, false],
  ['hep', false, false, true],
  ['!hep', true, true, false],
  ['hep3.capture_id == 2001', false, false, true],
  ['hep2.capture_id', false, false, false],
  ['hep3.correlation_id == "a@b"', false, false, true],
  ['hep3.group_id contains "sbc"', false, false, true],
])('%s', (text, ...expected) => {
  const filter = parseFilter(text);
  const all = [PLAIN, TUNNELED, mirrored()];
  expect(all.map((one) => filter.message(one))).toEqual(expected);
  expect(all.map((one) => filter.call(call({}, [one])))).toEqual(expected);
});

test('what the agent does not say is absent', () => {
  const silent = mirrored({ agent: null, correlationId: '', node: '' });
  const asked = ['packet.agent', 'hep3.capture_id', 'hep3.correlation_id', 'hep3.group_id'];
  expect(asked.filter((text) => parseFilter(text).message(silent))).toEqual([]);
});

test('version 2 has a number for the agent, and a field of its own for it', () => {
  const old = mirrored({ version: 2, correlationId: '', node: '' });
  const asked = ['hep', 'packet.agent == 2001', 'hep2.capture_id == 2001', 'hep3.capture_id'];
  expect(asked.filter((text) => parseFilter(text).message(old))).toEqual(asked.slice(0, 3));
});

test('a call has the values of all its messages', () => {
  const both = call({}, [mirrored(), mirrored({ agent: 7, correlationId: 'c@d' }), PLAIN]);
  const asked = [
    'packet.agent == 2001 && packet.agent == 7',
    'hep3.correlation_id == "a@b" && hep3.correlation_id == "c@d"',
    'hep3.correlation_id == "e@f"',
    'packet.agent != 8',
  ];
  expect(asked.map((text) => parseFilter(text).call(both))).toEqual([true, true, false, true]);
});

test('a packet is asked by its own tunnels and by the messages in it', () => {
  const packet: PacketFacts = {
    ...{ frame: 5, length: 214, seconds: 1, nanoseconds: 0, outcome: 'sip', transport: 'tcp' },
    ...{ src: endpoint('192.0.2.1', 4000), dst: endpoint('192.0.2.2', 9060) },
  };
  const ask = (text: string, facts: PacketFacts, messages: SipMessage[]) =>
    parseFilter(text).packet(facts, messages);
  for (const text of ['hep', 'packet.agent == 2001', 'packet.tunnel contains "agent 2001"']) {
    expect([ask(text, packet, []), ask(text, packet, [mirrored()])]).toEqual([false, true]);
    expect(ask(text, { ...packet, tunnel: HEP }, [])).toBe(true);
  }
  expect(ask('hep', { ...packet, tunnel: GTP }, [])).toBe(false);
  expect(ask('packet.tunnel contains "vxlan"', { ...packet, tunnel: GTP }, [PLAIN])).toBe(false);
});

test('the key of an agent is no field', () => {
  expect(() => parseFilter('hep3.auth_key == "secret"')).toThrow('unknown field "hep3.auth_key"');
});
