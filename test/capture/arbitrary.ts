// Captures as fast-check makes them: well-formed ones of every form, and damaged ones.
import fc from 'fast-check';
import {
  BE,
  block,
  type Endian,
  enhanced,
  iface,
  LE,
  option,
  pad,
  pcapHeader,
  pcapRecord,
  section,
} from './build.ts';

const endian = fc.constantFrom<Endian>(LE, BE);
const data = fc.uint8Array({ maxLength: 70 }).map((octets) => Buffer.from(octets));

/** Classic pcap of any form. */
export const pcap: fc.Arbitrary<Buffer> = fc
  .record({
    e: endian,
    magic: fc.constantFrom(0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34),
    link: fc.constantFrom(1, 101, 113, 0x24000001),
    packets: fc.array(fc.record({ data, seconds: fc.nat(), fraction: fc.nat(999_999) }), { maxLength: 8 }),
  })
  .map(({ e, magic, link, packets }) => {
    const extra = Buffer.alloc(magic === 0xa1b2cd34 ? 8 : 0, 1);
    const records = packets.map((packet) =>
      pcapRecord(packet.data, {
        e,
        extra,
        seconds: packet.seconds,
        fraction: packet.fraction,
        original: packet.data.length + 3,
      }),
    );
    return Buffer.concat([pcapHeader({ e, magic, link }), ...records]);
  });

const TIMED = ['enhanced', 'enhanced', 'commented', 'obsolete', 'names', 'custom'];

/** pcapng of several sections, interfaces, packets in every kind of block. */
export const pcapng: fc.Arbitrary<Buffer> = pcapngOf([...TIMED, 'simple']);

/** The same without simple packets, which have no time of their own. */
export const timedPcapng: fc.Arbitrary<Buffer> = pcapngOf(TIMED);

function pcapngOf(kinds: readonly string[]): fc.Arbitrary<Buffer> {
  const part = fc.record({
    kind: fc.constantFrom(...kinds),
    data,
    time: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    id: fc.nat(2),
  });
  const plan = fc.record({
    e: endian,
    links: fc.array(fc.constantFrom(1, 101, 113), { minLength: 1, maxLength: 3 }),
    resolution: fc.constantFrom(3, 6, 9, 12, 0x8a, 0xa0),
    parts: fc.array(part, { maxLength: 6 }),
  });
  return fc
    .array(plan, { minLength: 1, maxLength: 3 })
    .map((sections) => Buffer.concat(sections.flatMap(sectionOctets)));
}

/** Either form, a few octets changed. */
export const damaged: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.oneof(pcap, pcapng),
    fc.array(fc.tuple(fc.nat(2000), fc.constantFrom(0, 1, 4, 0x7f, 0x80, 0xff)), { maxLength: 6 }),
  )
  .map(([octets, changes]) => {
    const copy = Buffer.from(octets);
    for (const [at, value] of changes) copy[at % copy.length] = value;
    return copy;
  });

export const anyCapture: fc.Arbitrary<Buffer> = fc.oneof(pcap, pcapng, damaged);

export const chunkSizes: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 1, max: 200 }), {
  minLength: 1,
  maxLength: 10,
});

interface SectionPlan {
  readonly e: Endian;
  readonly links: readonly number[];
  readonly resolution: number;
  readonly parts: readonly PartPlan[];
}

interface PartPlan {
  readonly kind: string;
  readonly data: Buffer;
  readonly time: bigint;
  readonly id: number;
}

function sectionOctets({ e, links, resolution, parts }: SectionPlan): Buffer[] {
  const list = [option(9, Buffer.of(resolution), e), option(2, 'eth0', e)];
  return [
    section(e, [option(1, 'a section', e)]),
    ...links.map((link) => iface(e, { link, list })),
    ...parts.map((part) => partOctets(e, part, part.id % links.length)),
  ];
}

function partOctets(e: Endian, { kind, data, time }: PartPlan, id: number): Buffer {
  const high = Number(time >> 32n);
  const low = Number(time & 0xffffffffn);
  if (kind === 'simple') return block(3, Buffer.concat([e.u32(data.length), pad(data)]), e);
  if (kind === 'names') return block(4, Buffer.concat([option(1, 'abcdhost\0', e), Buffer.alloc(4)]), e);
  if (kind === 'custom') return block(0x0bad, Buffer.concat([e.u32(32473), pad(data)]), e);
  if (kind === 'obsolete') {
    const fields = Buffer.concat([e.u16(id, 0), e.u32(high, low, data.length, data.length + 1)]);
    return block(2, Buffer.concat([fields, pad(data)]), e);
  }
  const list = kind === 'commented' ? [option(1, 'noted', e), option(2, e.u32(4 << 5), e)] : [];
  return enhanced(data, { e, id, time, original: data.length + 9, list });
}
