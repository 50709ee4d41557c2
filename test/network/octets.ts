// Packets built octet by octet: every function puts one header before what it is given.
export type Octets = Uint8Array;

export function bytes(...parts: (number | string | Octets)[]): Buffer {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'number'
        ? Buffer.from([part])
        : typeof part === 'string'
          ? Buffer.from(part, 'latin1')
          : part,
    ),
  );
}

/** Octets written as hexadecimal digits; white space is free. */
export function hex(digits: string): Buffer {
  return Buffer.from(digits.replace(/\s/g, ''), 'hex');
}

export function u16(value: number): Buffer {
  return Buffer.from([value >>> 8, value & 0xff]);
}

export function u32(value: number): Buffer {
  return Buffer.from([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}

export const MACS = hex('020000000002 020000000001');

export function ethernet(type: number, payload: Octets): Buffer {
  return bytes(MACS, u16(type), payload);
}

export function vlan(id: number, type: number, payload: Octets): Buffer {
  return bytes(u16(id), u16(type), payload);
}

export interface Ipv4Fields {
  src?: string;
  dst?: string;
  id?: number;
  /** In octets. */
  offset?: number;
  more?: boolean;
  options?: Octets;
  totalLength?: number;
  ttl?: number;
}

export function ipv4(protocol: number, payload: Octets, fields: Ipv4Fields = {}): Buffer {
  const options = fields.options ?? Buffer.alloc(0);
  const header = 20 + options.length;
  return bytes(
    0x40 | (header >> 2),
    0,
    u16(fields.totalLength ?? header + payload.length),
    u16(fields.id ?? 0x1234),
    u16((fields.more === true ? 0x2000 : 0) | ((fields.offset ?? 0) >> 3)),
    fields.ttl ?? 64,
    protocol,
    u16(0),
    address4(fields.src ?? '10.0.0.1'),
    address4(fields.dst ?? '10.0.0.2'),
    options,
    payload,
  );
}

export function ipv6(
  next: number,
  payload: Octets,
  { length = payload.length }: { length?: number } = {},
): Buffer {
  return bytes(0x60, 0, 0, 0, u16(length), next, 64, SOURCE6, DESTINATION6, payload);
}

/** RFC 8200 §4.5. */
export function fragment6(next: number, id: number, offset: number, more: boolean, payload: Octets): Buffer {
  return bytes(next, 0, u16(offset | (more ? 1 : 0)), u32(id), payload);
}

export const SOURCE6 = hex('20010db8000000000000000000000001');
export const DESTINATION6 = hex('20010db8000000000000000000000002');

export function udp(payload: Octets, source = 5060, destination = 5060, length = 8 + payload.length): Buffer {
  return bytes(u16(source), u16(destination), u16(length), u16(0), payload);
}

export function tcp(payload: Octets, sequence = 1, flags = 0x18, source = 5060, destination = 5060): Buffer {
  return bytes(
    u16(source),
    u16(destination),
    u32(sequence),
    u32(1),
    0x50,
    flags,
    u16(8192),
    u16(0),
    u16(0),
    payload,
  );
}

export function address4(text: string): Buffer {
  return Buffer.from(text.split('.').map(Number));
}

export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_IPV6 = 0x86dd;

export const OPTIONS = Buffer.from(
  'OPTIONS sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nContent-Length: 0\r\n\r\n',
);

/** `OPTIONS` over UDP over IPv4, from 10.0.0.1:5060 to 10.0.0.2:5060. */
export const SIP_IPV4 = ipv4(17, udp(OPTIONS));
export const SIP_IPV6 = ipv6(17, udp(OPTIONS));
export const SIP_ETHERNET = ethernet(ETHERTYPE_IPV4, SIP_IPV4);
