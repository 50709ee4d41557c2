// HEP packets built chunk by chunk, around OPTIONS from 10.0.0.1:5060 to 10.0.0.2:5060.
import type { HepFacts } from '../../src/network/passage.ts';
import { address4, bytes, ethernet, ipv4, type Octets, OPTIONS, u16, u32, udp } from './octets.ts';

export interface Hep3Fields {
  /** AF_INET or AF_INET6; the addresses go with it. */
  family?: number;
  protocol?: number;
  source?: Octets;
  destination?: Octets;
  sourcePort?: number;
  destinationPort?: number;
  /** Milliseconds by the agent's clock; less than a second says no time. */
  seen?: number;
  type?: number;
  agent?: number;
  correlationId?: Octets;
  /** Without it there is no chunk for a name. */
  node?: Octets;
  payload?: Octets;
  /** Type of the chunk that the payload is in. */
  payloadChunk?: number;
  /** Chunks before and behind the others. */
  before?: Octets;
  after?: Octets;
}

export function hep3(fields: Hep3Fields = {}): Buffer {
  const { family = 2, protocol = 17, seen = 1_000_000, type = 1, agent = 2001, payload = OPTIONS } = fields;
  const isV6 = family === 10;
  const address = (last: number) =>
    isV6 ? bytes(u16(0x2001), u16(0xdb8), Buffer.alloc(11), last) : address4(`10.0.0.${last}`);
  return hep3Of(
    fields.before ?? bytes(),
    chunk(1, bytes(family)),
    chunk(2, bytes(protocol)),
    chunk(isV6 ? 5 : 3, fields.source ?? address(1)),
    chunk(isV6 ? 6 : 4, fields.destination ?? address(2)),
    chunk(7, u16(fields.sourcePort ?? 5060)),
    chunk(8, u16(fields.destinationPort ?? 5060)),
    chunk(9, u32(Math.floor(seen / 1000))),
    chunk(10, u32((seen % 1000) * 1000)),
    chunk(11, bytes(type)),
    chunk(12, u32(agent)),
    chunk(14, bytes('secret')),
    chunk(17, fields.correlationId ?? bytes('a@b')),
    fields.node === undefined ? bytes() : chunk(19, fields.node),
    chunk(fields.payloadChunk ?? 15, payload),
    fields.after ?? bytes(),
  );
}

/** What `hep3()` says of its message. */
export function hepFacts(over: Partial<HepFacts> = {}): HepFacts {
  return { version: 3, agent: 2001, correlationId: 'a@b', node: '', ...over };
}

export function hep3Of(...chunks: Octets[]): Buffer {
  const all = bytes(...chunks);
  return bytes('HEP3', u16(6 + all.length), all);
}

export function chunk(type: number, value: Octets, vendor = 0): Buffer {
  return bytes(u16(vendor), u16(type), u16(6 + value.length), value);
}

/** Version 1, or 2 with the time as a host of either order writes it. */
export function hepOld(version: 1 | 2, order: 'LE' | 'BE' = 'LE', payload: Octets = OPTIONS): Buffer {
  const time = Buffer.alloc(12);
  if (order === 'LE') {
    time.writeUInt32LE(1_700_000_000, 0);
    time.writeUInt32LE(250_000, 4);
    time.writeUInt16LE(2001, 8);
  } else {
    time.writeUInt32BE(1_700_000_000, 0);
    time.writeUInt32BE(250_000, 4);
    time.writeUInt16BE(2001, 8);
  }
  const ends = bytes(u16(5060), u16(5060), address4('10.0.0.1'), address4('10.0.0.2'));
  return bytes(version, 16, 2, 17, ends, version === 2 ? time : bytes(), payload);
}

/** To the capture server, over UDP. */
export function mirrored(hep: Octets, agent = '192.0.2.1'): Buffer {
  return ethernet(0x0800, ipv4(17, udp(hep, 40_000, 9060), { src: agent, dst: '192.0.2.9', id: 7 }));
}
