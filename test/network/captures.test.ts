// Every capture at hand: each packet settles once; those with a known content give just that.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Packet } from '../../src/capture/packet.ts';
import { CaptureReader } from '../../src/capture/reader.ts';
import { NetworkDecoder } from '../../src/network/decoder.ts';
import { OUTCOMES, OutcomeLedger } from '../../src/network/outcome.ts';

const captures = join(import.meta.dirname, '../../../shared/captures');
const isCapture = (name: string): boolean => /\.(pcap|pcapng|cap)(\.gz)?$/.test(name);

describe.skipIf(!existsSync(captures))('captures (skipped: no ../shared/captures)', () => {
  const files = existsSync(captures)
    ? (readdirSync(captures, { recursive: true }) as string[]).filter(isCapture)
    : [];

  test.each(files)('%s: the outcomes sum to the packets', (file) => {
    const { read, settled, outcomes } = walk(file);
    expect([settled, Object.values(outcomes).reduce((a, b) => a + b, 0)]).toEqual([read, read]);
  });

  test.each([
    // IPv6 fragments over Linux cooked; a multipart body over IPv4 fragments; a lone fragment.
    ['irontec__sngrep/ipv6frag.pcap', { sip: 34 }, 32],
    ['nextcaller__sip-capture/sip-i.pcap', { sip: 3 }, 2],
    ['nextcaller__sip-capture/sip-frag.pcap', { 'fragment-missing': 1 }, 0],
    ['goffinet__sip_captures/private-test-sip.pcapng', { sip: 277, 'sip-quoted': 3, rtp: 1724 }, 276],
    // Raw IPv4 with request URIs of nine kilobytes; PPPoE; BSD loopback.
    ['zeek__zeek/sip-long-request-response-paths.pcap', { sip: 2 }, 2],
    ['NormB__sipnab/DTMFsipinfo.pcap', { sip: 32 }, 32],
    ['NormB__sipnab/h263-over-rtp.pcap', { sip: 4, rtp: 45 }, 4],
    // A mirrored port.
    [
      'ntop__nDPI/FAX-Call-t38-CA-TDM-SIP-FB-1.pcap',
      { sip: 69, 'sip-duplicate': 23, rtp: 1330, 'not-sip': 130 },
      92,
    ],
    // SIP on GTP-U's port beside GTP-U in GTP-U.
    ['snort3__snort3_demo/gtpingtp.pcap', { sip: 1, 'not-sip': 1 }, 1],
    // Diameter, S1AP and much that is about the associations over SCTP.
    ['akramtapl__my_files/sip.pcap', { 'not-sip': 410, empty: 35, icmp: 75, sctp: 722, 'not-ip': 179 }, 0],
    ['_encap_nonSIP/zeek_erspanII.pcap', { icmp: 4 }, 0],
    ['_encap_nonSIP/zeek_gtp7_ipv6.pcap', { icmp: 1, 'not-sip': 1 }, 0],
    ['_encap_nonSIP/zeek_vntag.pcap', { 'other-transport': 3 }, 0],
    ['_encap_nonSIP/zeek_geneve-ipv6.pcap', { 'not-sip': 2 }, 0],
    ['_encap_nonSIP/zeek_radiotap.pcap', { 'not-sip': 3 }, 0],
  ])('%s', (file, outcomes, datagrams) => {
    const seen = walk(file);
    expect([seen.outcomes, seen.datagrams]).toEqual([outcomes, datagrams]);
  });

  test('four fragments of user traffic in GTP-U miss their second half, as tshark says too', () => {
    const { outcomes } = walk('_encap_nonSIP/zeek_gtp1_gn_normal_incl_fragmentation.pcap');
    expect(outcomes['fragment-missing']).toBe(4);
  });

  test('null-encrypted ESP: every packet is opened, each hop’s copy is a duplicate', () => {
    const seen = walk('nokia__pcaptoparquet/51_esp_sip.pcapng.gz');
    expect([seen.outcomes.esp, seen.datagrams, seen.duplicates]).toEqual([undefined, 63, 42]);
  });
});

function walk(file: string) {
  const bytes = readFileSync(join(captures, file));
  const ledger = new OutcomeLedger();
  let datagrams = 0;
  let duplicates = 0;
  const onDiagnostic = () => {};
  const decoder = new NetworkDecoder(
    {
      datagram(payload) {
        datagrams++;
        if (payload.duplicateOf > 0) duplicates++;
        return true;
      },
      openStream: () => ({
        data(payload, more) {
          if (!more) for (const frame of payload.frames ?? [payload.frame]) ledger.settle(frame, 0);
          return true;
        },
        gap() {},
        end() {},
      }),
    },
    { ledger, onDiagnostic },
  );
  const reader = new CaptureReader({ source: 0, onDiagnostic });
  reader.push(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
  reader.end();
  const packet = new Packet();
  while (reader.next(packet)) {
    packet.frame++;
    decoder.packet(packet);
  }
  decoder.end();
  const outcomes: Record<string, number> = {};
  OUTCOMES.forEach((name, i) => {
    if (ledger.counts[i] > 0) outcomes[name] = ledger.counts[i];
  });
  return { read: ledger.read, settled: ledger.settled, outcomes, datagrams, duplicates };
}
