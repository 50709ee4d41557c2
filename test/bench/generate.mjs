// Writes the two captures of the benchmarks, the same octets for the same seed.
//   node test/bench/generate.mjs dense OUT.pcap [megabytes] [seed]   an SBC's SIP: calls, IM, MESSAGE, REGISTER, two legs, a tenth over TCP
//   node test/bench/generate.mjs media OUT.pcap [megabytes] [seed]   the same SIP under RTP that is 97 % of the octets
import { pathToFileURL } from 'node:url';
import { PcapFile } from './pcap-file.mjs';
import { exponential, hex, seeded } from './random.mjs';
import { Schedule } from './schedule.mjs';
import { pageMessage, registration, session } from './sip-scenarios.mjs';

// Long enough that calls end as fast as they begin for most of the capture: what is open stays level.
const ARRIVALS_PER_SECOND = 100;
const START = Date.UTC(2026, 0, 5, 9) * 1000; // microseconds
const SUBSCRIBERS = 20000;
/** Of them so many register during the capture, again and again. */
const REGISTERED = 1500;
const SBC_A = 0x0a000001;
const SBC_B = 0x0a000101;

/** Writes about `octets` octets of signalling to `path`; with `mediaShare`, RTP up to that share of the whole. Returns counts. */
export function generate(path, octets, seed, mediaShare = 0) {
  const random = seeded(seed);
  const file = new PcapFile(path);
  const schedule = new Schedule();
  const connections = new Map();
  const registered = new Map();
  const counts = { messages: 0, scenarios: 0, packets: 0, bytes: 0, mediaPackets: 0 };
  const rtp = Buffer.alloc(172, 0xd5);
  rtp[0] = 0x80;
  rtp[1] = 0;
  let media = 0;
  const target = octets;
  let ssrc = 1;

  const arrive = (time) => {
    if (file.size >= target) return;
    counts.scenarios++;
    const tcp = random() < 0.1;
    const kind = random();
    const parties = subscriber(random, tcp, kind < 0.85 ? SUBSCRIBERS : REGISTERED);
    const steps =
      kind < 0.6
        ? session(random, parties, false)
        : kind < 0.7
          ? session(random, parties, true)
          : kind < 0.85
            ? pageMessage(random, parties)
            : registration(random, parties, registered);
    for (const [delay, from, to, text] of steps) {
      schedule.add(time + delay * 1e6, (when) => send(when, parties[from], parties[to], tcp, text));
    }
    schedule.add(time + exponential(random, 1e6 / ARRIVALS_PER_SECOND), arrive);
  };

  const send = (time, from, to, tcp, text) => {
    if (file.size >= target) return; // the capture ends while calls are up, as captures do
    counts.messages++;
    const payload = Buffer.from(text, 'latin1');
    if (tcp) segments(time, from, to, payload);
    else file.udp(time, from.address, from.port, to.address, to.port, payload);
    // RTP in proportion, between ephemeral ports, so that the wanted share holds all along.
    if (mediaShare > 0) {
      const due = ((file.size - media) * mediaShare) / (1 - mediaShare);
      let sequence = (random() * 65536) | 0;
      while (media < due) {
        rtp.writeUInt16BE(sequence++ & 0xffff, 2);
        rtp.writeUInt32BE((sequence * 160) >>> 0, 4);
        rtp.writeUInt32BE(ssrc, 8);
        file.udp(
          time,
          from.address,
          10000 + 2 * (ssrc % 20000),
          to.address,
          10000 + 2 * ((ssrc * 7) % 20000),
          rtp,
        );
        media += 16 + 42 + rtp.length;
        counts.mediaPackets++;
      }
      ssrc++;
    }
  };

  const segments = (time, from, to, payload) => {
    const key = `${from.address}:${from.port}-${to.address}:${to.port}`;
    const back = `${to.address}:${to.port}-${from.address}:${from.port}`;
    if (!connections.has(key)) {
      connections.set(key, (random() * 0x100000000) >>> 0);
      connections.set(back, (random() * 0x100000000) >>> 0);
      file.tcp(
        time - 3,
        from.address,
        from.port,
        to.address,
        to.port,
        connections.get(key) - 1,
        0,
        0x02,
        EMPTY,
      );
      file.tcp(
        time - 2,
        to.address,
        to.port,
        from.address,
        from.port,
        connections.get(back) - 1,
        connections.get(key),
        0x12,
        EMPTY,
      );
      file.tcp(
        time - 1,
        from.address,
        from.port,
        to.address,
        to.port,
        connections.get(key),
        connections.get(back),
        0x10,
        EMPTY,
      );
    }
    for (let at = 0; at < payload.length; at += 1460) {
      const part = payload.subarray(at, at + 1460);
      const sequence = connections.get(key);
      file.tcp(
        time,
        from.address,
        from.port,
        to.address,
        to.port,
        sequence,
        connections.get(back),
        0x18,
        part,
      );
      connections.set(key, (sequence + part.length) >>> 0);
    }
    file.tcp(
      time + 1,
      to.address,
      to.port,
      from.address,
      from.port,
      connections.get(back),
      connections.get(key),
      0x10,
      EMPTY,
    );
  };

  schedule.add(START, arrive);
  schedule.run();
  file.close();
  counts.packets = file.packets;
  counts.bytes = file.bytes;
  return counts;
}

const EMPTY = Buffer.alloc(0);

/** One of the first `count` subscribers, with the parties of something it does. */
function subscriber(random, tcp, count) {
  const transport = tcp ? 'TCP' : 'UDP';
  const subscriber = (random() * count) | 0;
  const trunk = (random() * 20) | 0;
  const party = (address, port) => ({
    address,
    port,
    transport,
    ip: `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`,
  });
  return {
    caller: party((0x0a640000 + subscriber + 1) >>> 0, tcp ? 20000 + (subscriber % 40000) : 5060),
    sbcA: party(SBC_A, 5060),
    sbcB: party(SBC_B, tcp ? 30000 + trunk : 5060),
    callee: party((0x0a000200 + trunk + 1) >>> 0, 5060),
    user: `1${String(2000000000 + subscriber).slice(0, 10)}`,
    peer: `49${String(3000000000 + ((random() * 1e9) | 0)).slice(0, 10)}${hex(random, 1).replace(/\D/, '0')}`,
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [kind, path, megabytes, seed] = process.argv.slice(2);
  const size = Number(megabytes ?? (kind === 'media' ? 500 : 330)) * 1e6;
  if (!path || !['dense', 'media'].includes(kind)) {
    process.stderr.write('usage: generate.mjs dense|media OUT.pcap [megabytes] [seed]\n');
    process.exit(2);
  }
  console.log(JSON.stringify(generate(path, size, Number(seed ?? 1), kind === 'media' ? 0.97 : 0)));
}
