import { expect, test } from 'vitest';
import type { PacketFacts } from '../../src/filter/field.ts';
import { parseFilter } from '../../src/filter/filter.ts';
import { call, endpoint, INVITE, info, message, OK, SDP } from './messages.ts';

const invite = message(
  INVITE,
  ['Content-Type: application/sdp', 'X-CID: abc', 'Expires: 120', 'Subject:'],
  SDP,
  { frame: 12 },
);
const challenge = message('SIP/2.0 401 Unauthorized', [
  'WWW-Authenticate: Digest realm="atlanta", nonce="84a4", qop="auth,auth-int"',
  'Reason: Q.850;cause=16;text="Normal", SIP;cause=200',
  'P-Charging-Vector: icid-value="1234bc9876e";icid-generated-at=192.0.6.8',
  'Session-ID: AB30317F1A784DC48FF824D0D3715D86;remote=47755A9DE7794BA387653F2099600EF2',
]);

test.each<[string, boolean, boolean]>([
  // filter, INVITE, 401
  ['sip', true, true],
  ['sip.Method == "INVITE"', true, false],
  ['sip.Method == INVITE', true, false],
  ['SIP.METHOD == "INVITE"', true, false],
  ['sip.Method == "invite"', false, false],
  ['sip.Method != "INVITE"', false, false], // absent from a response: neither equal nor different
  ['!(sip.Method == "INVITE")', false, true],
  ['sip.Method != "BYE"', true, false],
  ['sip.Status-Code >= 400', false, true],
  ['sip.Status-Code in {100..199, 401}', false, true],
  ['sip.Status-Code not in {401}', true, false],
  ['sip.Status-Code == 0x191', false, true],
  ['sip.Status-Code == 0621', false, true],
  ['sip.Status-Code ~ "^4"', false, true],
  ['sip.Status-Line == "SIP/2.0 401 Unauthorized"', false, true],
  ['sip.Request-Line contains "user=phone"', true, false],
  ['sip.Method == "INVITE" && sip.Status-Code >= 400', false, false],
  ['sip.Method == "INVITE" || sip.Status-Code >= 400', true, true],
  ['sip.Method ^^ sip', false, true],
  ['sip.Method matches "^inv"', true, false],
  ['sip.Method matches r"\\w{6}$"', true, false],
  [
    'sip.r-uri.user == "bob" && sip.r-uri.host contains "biloxi" && sip.r-uri.param == "user=phone"',
    true,
    false,
  ],
  [
    'sip.from.user contains "lic" && sip.from.display.info == "Alice Liddell" && sip.from.port == "5070"',
    true,
    true,
  ],
  ['sip.from.addr == "sip:alice@atlanta.example.com:5070;transport=udp" && sip.from.tag == a1', true, true],
  ['sip.From ~ "^.alice liddell"', true, true],
  ['sip.to.user == sip.from.user', false, false],
  ['sip.to.host == sip.r-uri.host', true, false],
  ['lower(sip.from.display.info) == "alice liddell"', true, true],
  ['upper(sip.Call-ID) contains "ATLANTA"', true, true],
  ['len(sip.from.user) == 5', true, true],
  ['count(sip.Via.branch) == 2', true, true],
  ['sip.Via.transport == "TCP"', true, true], // any of the two
  ['sip.Via.transport != "TCP"', false, false], // all must differ
  ['sip.Via.transport !== "TCP"', true, true], // any differs
  ['sip.Via.transport === "TCP"', false, false], // all are equal
  ['all sip.Via.transport in {"TCP", "UDP"}', true, true],
  ['all sip.Via.transport == "TCP"', false, false],
  ['any sip.Via.transport != "TCP"', true, true],
  ['sip.Via.sent-by.port == 5061 && sip.Via.rport && !sip.Via.maddr', true, true],
  ['sip.CSeq.seq == 314 && sip.CSeq.method == "INVITE"', true, true],
  ['sip.Max-Forwards < 71 && sip.Expires', true, false],
  ['sip.Subject', true, false],
  ['sip.Subject == ""', true, false],
  ['sip.X-CID == "abc"', true, false],
  ['sip.header.x-cid ~ "B"', true, false],
  ['sip.header.Max-Forwards == "70"', true, true],
  ['sip.contact.uri == "sip:alice@192.0.2.1" && sip.contact.parameter == "q=0.5"', true, true],
  ['sip.auth.realm == "atlanta" && sip.auth.qop contains "int" && sip.auth.scheme == "Digest"', false, true],
  ['sip.reason_cause_q850 == 16 && sip.reason_cause_sip == 200 && sip.reason_text == "Normal"', false, true],
  ['sip.icid_value == "1234bc9876e"', false, true],
  ['sip.Session-ID.local_uuid == ab30317f-1a78-4dc4-8ff8-24d0d3715d86', false, true],
  ['sip.msg_body contains "m=audio" && sip.msg_hdr contains "X-CID"', true, false],
  ['sdp', true, false],
  [
    'sdp.media.port in {49152..65535} && sdp.media.media == "audio" && sdp.codec == "opus/48000/2"',
    true,
    false,
  ],
  [
    'sdp.connection_info.address == "192.0.2.1" && sdp.owner.username == "alice" && sdp.mime.type == opus',
    true,
    false,
  ],
  ['sdp.direction == sendonly && sdp.im == false', true, false],
  ['ip.src == 192.0.2.1 && ip.dst == 198.51.100.0/24 && ip.addr in {192.0.2.0..192.0.2.9}', true, true],
  ['ip.addr == 192.0.2.1 && ip.addr != 192.0.2.1', false, false],
  ['ip.addr !== 192.0.2.1', true, true],
  ['ip.src > 192.0.2.0 && ip.src < 192.0.2.2', true, true],
  ['addr == 198.51.100.2 && port.dst == 5080 && udp.port == 5060 && udp && ip', true, true],
  ['tcp.port || tcp || ipv6 || ipv6.addr == 2001:db8::/32', false, false],
  ['frame.number == 12', true, false],
  ['frame.time >= "2026-11-21 03:40:00" && frame.time < "2026-11-21T03:40:00.500000001Z"', true, true],
  ['frame.time == "Nov 21, 2026 03:40:00.500"', true, true],
  ['frame.time == "2026-11-21 04:40:00.5+01:00"', true, true],
  ['frame.time_epoch == 1795232400.5 && frame.time_relative < 1ms', true, true],
  [
    'message.size > 100 && message.transport == udp && message.duplicate == false && sip.resend == 0',
    true,
    true,
  ],
  ['packet.outcome == sip', true, true],
  ['call.kind', false, false], // no call is given
])('%s', (text, first, second) => {
  const filter = parseFilter(text);
  expect([filter.message(invite), filter.message(challenge)]).toEqual([first, second]);
});

test('IPv6 addresses compare by value, whatever their spelling', () => {
  const six = message(OK, [], '', { src: '2001:db8::1', dst: '2001:db8::2', transport: 'tcp' });
  const matching = [
    'ipv6.src == 2001:DB8:0:0::1',
    'ipv6.addr == 2001:db8::/32',
    'addr in {2001:db8::1..2001:db8::1}',
    'tcp.port == 5060',
  ];
  const others = ['ipv6.src == 2001:db8::2', 'ipv6.addr == 2001:db9::/32', 'ip.addr', 'udp.port'];
  expect(matching.map((text) => parseFilter(text).message(six))).toEqual(matching.map(() => true));
  expect(others.map((text) => parseFilter(text).message(six))).toEqual(others.map(() => false));
});

test('ports are those of the transport that carried the message', () => {
  const matches = (transport: 'udp' | 'tcp' | 'sctp'): string[] => {
    const one = message(OK, [], '', { transport });
    return ['udp', 'tcp', 'sctp'].filter((name) =>
      parseFilter(`${name} && ${name}.port == 5060 && ${name}.srcport && ${name}.dstport`).message(one),
    );
  };
  expect([matches('udp'), matches('tcp'), matches('sctp')]).toEqual([['udp'], ['tcp'], ['sctp']]);
});

test('retransmissions, duplicates and response times come from the correlator', () => {
  const filters = [
    'sip.resend == true && sip.resend-original == 3',
    'message.duplicate == 1',
    'sip.response-time > 20',
    'message.retransmission == true',
  ];
  const facts = info({ retransmissionOf: 3, duplicateOf: 4, delay: 25.7 });
  expect(filters.map((text) => parseFilter(text).message(invite, facts))).toEqual([true, true, true, true]);
  expect(filters.map((text) => parseFilter(text).message(invite, info()))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test('relative times count from the first thing seen, or from the start that is given', () => {
  const later = message(OK, [], '', { seconds: invite.seconds + 3 });
  const filter = parseFilter('frame.time_relative >= 3');
  expect([filter.message(invite), filter.message(later)]).toEqual([false, true]);
  const told = parseFilter('frame.time_relative == 3');
  told.startAt(invite);
  expect(told.message(later)).toBe(true);
});

test('packets: what is no SIP has frame, addresses and outcome; messages of one packet count together', () => {
  const facts: PacketFacts = {
    frame: 5,
    length: 214,
    seconds: 1,
    nanoseconds: 0,
    src: endpoint('192.0.2.1', 4000),
    dst: endpoint('192.0.2.2', 4002),
    transport: 'udp',
    outcome: 'rtp',
  };
  const rtp = ['frame.len == 214', 'rtp && udp.port == 4002', '!sip', 'packet.outcome in {rtp, rtcp}'];
  expect(rtp.map((text) => parseFilter(text).packet(facts))).toEqual([true, true, true, true]);
  expect(parseFilter('ip').packet({ ...facts, src: null, dst: null, transport: null })).toBe(false);
  const tunnel = 'gre 192.0.2.8→192.0.2.9 / hep 192.0.2.1→192.0.2.2 agent 2001';
  const told = [
    'packet.tunnel contains "gre 192"',
    'packet.agent == 2001',
    'packet.agent in {1, 2000..2002}',
  ];
  expect(told.map((text) => parseFilter(text).packet({ ...facts, tunnel }))).toEqual([true, true, true]);
  expect(told.map((text) => parseFilter(text).packet(facts))).toEqual([false, false, false]);
  expect(parseFilter('packet.agent').packet({ ...facts, tunnel: 'vxlan 192.0.2.1→192.0.2.2 vni 0x2a' })).toBe(
    false,
  );
  const both = { ...facts, outcome: 'sip' as const };
  const filter = parseFilter('sip.Method == INVITE && sip.Status-Code == 401');
  expect([filter.packet(both, [invite]), filter.packet(both, [invite, challenge])]).toEqual([false, true]);
});

test('websocket: its handshake and closing, and what carries SIP over it', () => {
  const over = (transport: 'tcp' | 'ws' | 'wss') =>
    message('OPTIONS sip:bob@example.com SIP/2.0', [], '', { transport });
  const packet = (outcome: 'sip' | 'web-socket'): PacketFacts => ({
    ...{ frame: 5, length: 214, seconds: 1, nanoseconds: 0, transport: 'tcp', outcome },
    ...{ src: endpoint('192.0.2.1', 4000), dst: endpoint('192.0.2.2', 80) },
  });
  const filter = parseFilter('websocket');
  expect([
    ...(['tcp', 'ws', 'wss'] as const).map((transport) => filter.message(over(transport))),
    filter.packet(packet('web-socket')),
    filter.packet(packet('sip'), [over('tcp')]),
    filter.packet(packet('sip'), [over('ws')]),
  ]).toEqual([false, true, true, true, false, true]);
});

test.each<[string, boolean]>([
  ['sip.Method == "INVITE" && sip.Status-Code >= 400', true],
  ['sip.Method == "INVITE" && sip.Status-Code >= 500', false],
  ['sip.Method == "BYE"', false],
  ['sip.Method != "BYE"', true],
  ['!(sip.Method == "INVITE")', false],
  ['sip.Method == "INVITE" && call.state == completed && call.kind == call', true],
  ['call.setup > 3 && call.setup < 4s && call.pdd == 120ms && call.duration == 42', true],
  ['call.from contains "alice" && call.src == 192.0.2.0/24 && call.transport == udp && call.id == 7', true],
  ['call.cause == "BYE" && call.cause.by == caller && call.cause.reason == 16 && !call.cause.status', true],
  ['call.state == "In Call"', false],
  ['call.partial == true', false],
  ['call.codec contains "PCMU" && call.media == audio && call.im == false', true],
  ['call.start >= "2026-11-21" && call.end < "2026-11-22"', true],
  ['count(sip.Method) == 1 && count(sip.Status-Code) == 1', true], // distinct values
  ['frame.number == 12', true],
])('calls: %s', (text, expected) => {
  expect(parseFilter(text).call(call({}, [invite, challenge, challenge]))).toBe(expected);
});

test('a collector keeps distinct values only, and not without end', () => {
  const filter = parseFilter('sip.Status-Code == 401 || sip.Call-ID == "x"');
  const collector = filter.collector();
  for (let i = 0; i < 1000; i++) collector.add(challenge);
  expect([collector.matches(call()), collector.values(0), collector.capped]).toEqual([true, [401], false]);
  const times = parseFilter('frame.number == 10001').collector();
  for (let frame = 1; frame <= 10_001; frame++) {
    challenge.frame = frame;
    times.add(challenge);
  }
  expect([times.matches(call()), times.capped]).toEqual([false, true]);
});

test.each([
  ['frame.time', true, false, false],
  ['sip.Method && ip.src', true, true, false],
  ['call.kind', false, false, true],
  ['sdp || call.id == 1', false, true, true],
])('needs: %s', (text, packet, message, ofCall) => {
  expect(parseFilter(text).needs).toEqual({ packet, message, call: ofCall });
});
