// A capture of SIP over SCTP (RFC 4168), written by hand, as Linux of many machines has no SCTP: a call whose messages come
// whole, bundled, in fragments, out of order, sent again and mirrored; and messages in other associations.
import { ETHERTYPE_IPV4, ETHERTYPE_IPV6, ethernet, ipv4, ipv6, type Octets, udp } from '../network/octets.ts';
import { data, fragments, heartbeat, iFragments, sack, sctp } from '../network/sctp-wire.ts';
import { pcap, sip } from './captures.ts';

export function sctpCapture(): Buffer {
  const invite = fragments(request('INVITE', 1, 'call', `${SDP}a=x-padding:${'long '.repeat(60)}\r\n`), 300, {
    tsn: 10,
  });
  const ok = fragments(response('200 OK', 'call', SDP), 180, { tsn: 0xffff_ffff, unordered: true });
  const interleaved = [
    iFragments(request('MESSAGE', 1, 'one', 'first '.repeat(60)), 400, { tsn: 1, stream: 1, sequence: 7 }),
    iFragments(request('MESSAGE', 1, 'two', 'second '.repeat(60)), 400, { tsn: 2, stream: 2, sequence: 7 }),
  ];
  const [[a, b], [c, d]] = interleaved as [[Buffer, Buffer], [Buffer, Buffer]];
  b.writeUInt32BE(3, 4);
  d.writeUInt32BE(4, 4);
  const other = { tag: 0x99, source: 5070 };
  const mirrored = there(6, [data(request('BYE', 2, 'call'), { tsn: 14 })]);
  return pcap([
    there(1, [sack(), invite[0]!]),
    there(2, [invite[2]!]),
    there(3, [invite[1]!]),
    there(4, [invite[1]!]),
    back(1, [
      sack(12),
      data(response('100 Trying', 'call'), { tsn: 0xffff_fffd }),
      data(response('180 Ringing', 'call'), { tsn: 0xffff_fffe }),
    ]),
    there(5, [heartbeat()]),
    back(2, [ok[0]!, ok[1]!]),
    back(3, ok.slice(2)),
    there(7, [sack(2), data(request('ACK', 1, 'call'), { tsn: 13 })], { dst: '10.0.1.2' }),
    mirrored,
    mirrored,
    there(8, [data(Buffer.from('no SIP at all'), { tsn: 15 })]),
    there(20, [a], {}, other),
    there(21, [c, b], {}, other),
    there(22, [d], {}, other),
    ethernet(ETHERTYPE_IPV6, ipv6(132, sctp([data(request('OPTIONS', 1, 'six'))], { tag: 6 }))),
    ethernet(
      ETHERTYPE_IPV4,
      ipv4(17, udp(sctp([data(request('OPTIONS', 1, 'udp'))], { tag: 7 }), 9899, 9899), { id: 30 }),
    ),
  ]);
}

const SDP = [
  'v=0',
  'o=- 1 1 IN IP4 10.0.0.1',
  's=-',
  'c=IN IP4 10.0.0.1',
  't=0 0',
  'm=audio 4000 RTP/AVP 0',
  '',
].join('\r\n');

function there(id: number, chunks: readonly Octets[], ends = {}, common: object = { tag: 0x11 }): Buffer {
  return ethernet(ETHERTYPE_IPV4, ipv4(132, sctp(chunks, common), { id, ...ends }));
}

function back(id: number, chunks: readonly Octets[]): Buffer {
  return there(id, chunks, { src: '10.0.0.2', dst: '10.0.0.1' }, { tag: 0x22 });
}

function request(method: string, number: number, callId: string, body = ''): Buffer {
  return sip(
    [
      `${method} sip:bob@10.0.0.2;transport=sctp SIP/2.0`,
      `Via: SIP/2.0/SCTP 10.0.0.1;branch=z9hG4bK${callId}${method}`,
      'Max-Forwards: 70',
      'From: <sip:alice@example.com>;tag=a',
      `To: <sip:bob@example.com>${number > 1 || method === 'ACK' ? ';tag=b' : ''}`,
      `Call-ID: ${callId}@10.0.0.1`,
      `CSeq: ${number} ${method}`,
      ...(method === 'INVITE' ? ['Contact: <sip:alice@10.0.0.1;transport=sctp>'] : []),
      ...typeOf(body),
    ],
    body,
  );
}

function response(status: string, callId: string, body = ''): Buffer {
  return sip(
    [
      `SIP/2.0 ${status}`,
      'Via: SIP/2.0/SCTP 10.0.0.1;branch=z9hG4bKcallINVITE',
      'From: <sip:alice@example.com>;tag=a',
      `To: <sip:bob@example.com>${status.startsWith('100') ? '' : ';tag=b'}`,
      `Call-ID: ${callId}@10.0.0.1`,
      'CSeq: 1 INVITE',
      'Contact: <sip:bob@10.0.0.2;transport=sctp>',
      ...typeOf(body),
    ],
    body,
  );
}

function typeOf(body: string): string[] {
  if (body === '') return [];
  return [`Content-Type: ${body.startsWith('v=0') ? 'application/sdp' : 'text/plain'}`];
}
