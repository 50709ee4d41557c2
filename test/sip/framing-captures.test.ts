// Captures of SIP over TCP from elsewhere: as many messages as tshark finds, or more where it is known to miss some.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Packet } from '../../src/capture/packet.ts';
import { CaptureReader } from '../../src/capture/reader.ts';
import { NetworkDecoder } from '../../src/network/decoder.ts';
import { OUTCOMES, OutcomeLedger } from '../../src/network/outcome.ts';
import { sipStreams } from '../../src/sip/framing/framing.ts';

const CAPTURES = join(import.meta.dirname, '../../../shared/captures');

describe.skipIf(!existsSync(CAPTURES))('captures (skipped: no ../shared/captures)', () => {
  test.each([
    ['sbc/k-plain-tcp.pcap', 1663, { sip: 1663, empty: 744 }],
    ['goffinet__sip_captures/SIP-Call-Flow-Over-TCP.pcap', 7, { sip: 7, rtp: 66, rtcp: 2, empty: 9 }],
    ['irontec__sngrep/ipip.pcap', 4, { sip: 4 }],
    ['OISF__suricata-verify/sip-tcp.pcap', 2, { sip: 3, empty: 8 }],
    ['OISF__suricata-verify/sip-tcp-pattern-matching__sip.pcap', 2, { sip: 2, empty: 5 }],
    ['seladb__PcapPlusPlus/sip_resp.pcap', 1, { sip: 7 }],
    // Both ends of its third connection are the same: tshark finds 7.
    ['nokia__pcaptoparquet/10_tcp_volte.pcap.gz', 21, { sip: 21, empty: 33, 'tls-no-keys': 46 }],
  ])('%s', (name, messages, outcomes) => {
    expect(read(name)).toEqual({ messages, outcomes, codes: [] });
  });

  test('every second message of a stream is found when every second segment is lost', () => {
    const { messages, codes } = read('sbc/k-plain-tcp.pcap', (frame) => frame % 2 === 0);
    expect([messages, new Set(codes)]).toEqual([829, new Set(['tcp/gap'])]);
  });

  test('everything seen twice', () => {
    expect(read('sbc/k-plain-tcp.pcap', () => true, 2)).toEqual({
      messages: 1663,
      outcomes: { sip: 1663, 'sip-duplicate': 1663, empty: 1488 },
      codes: [],
    });
  });
});

/** The messages over TCP of a capture whose packets are taken when `take` says so, as many times as told. */
function read(name: string, take = (_frame: number) => true, times = 1) {
  const octets = readFileSync(join(CAPTURES, name));
  const codes: string[] = [];
  const ledger = new OutcomeLedger();
  const onDiagnostic = ({ code }: { code: string }) => void codes.push(code);
  let messages = 0;
  const onMessage = () => {
    messages++;
    return true;
  };
  const decoder = new NetworkDecoder(
    { datagram: () => true, openStream: sipStreams({ ledger, onDiagnostic, onMessage }) },
    { ledger, onDiagnostic },
  );
  const reader = new CaptureReader({ source: 0, onDiagnostic });
  reader.push(octets[0] === 0x1f ? gunzipSync(octets) : octets);
  reader.end();
  const packet = new Packet();
  for (let number = 1; reader.next(packet); number++) {
    for (let time = 0; time < times && take(number); time++) {
      packet.frame++;
      decoder.packet(packet);
    }
  }
  decoder.end();
  expect(ledger.settled).toBe(packet.frame);
  const outcomes = Object.fromEntries(
    OUTCOMES.map((outcome, index) => [outcome, ledger.counts[index]]).filter(([, count]) => count !== 0),
  );
  return { messages, outcomes, codes };
}
