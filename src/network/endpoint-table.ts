// Transport addresses, interned: the same address and port give the same object for as long as it stays in use.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { Endpoint } from './endpoint.ts';
import { ipv4Text, ipv6Text } from './ip/ip-text.ts';

/**
 * Two generations: a look-up promotes an endpoint into the young one; when that is full the old one is forgotten. So
 * the table never holds more than `capacity`, and what is in use is never forgotten.
 */
export class EndpointTable {
  private young = new Map<number, Entry>();
  private old = new Map<number, Entry>();
  private youngSize = 0;
  /** Of the young one the last that was looked up for each of these hashes: most packets have an address of a few boxes. */
  private readonly recent: (Entry | null)[] = new Array(RECENT).fill(null);
  private evicted = false;
  private readonly half: number;
  private readonly onDiagnostic: DiagnosticSink;

  constructor(onDiagnostic: DiagnosticSink = ignore, capacity: number = CAPACITY) {
    this.onDiagnostic = onDiagnostic;
    this.half = Math.max(1, capacity >>> 1);
  }

  /** `ip32` is the address as a 32-bit integer, signed or not. */
  v4(ip32: number, port: number): Endpoint {
    return this.look(4, 0, 0, 0, ip32 | 0, port) ?? this.add(4, 0, 0, 0, ip32 | 0, port);
  }

  v6(data: Uint8Array, at: number, port: number): Endpoint {
    const a = int32(data, at);
    const b = int32(data, at + 4);
    const c = int32(data, at + 8);
    const d = int32(data, at + 12);
    return this.look(6, a, b, c, d, port) ?? this.add(6, a, b, c, d, port);
  }

  /** The endpoint whose address of `version` is at `data[at]`. */
  at(version: number, data: Uint8Array, at: number, port: number): Endpoint {
    return version === 6 ? this.v6(data, at, port) : this.v4(int32(data, at), port);
  }

  /** The same, when it was asked for before; never adds. */
  known(version: number, data: Uint8Array, at: number, port: number): Endpoint | null {
    if (version !== 6) return this.look(4, 0, 0, 0, int32(data, at), port);
    return this.look(
      6,
      int32(data, at),
      int32(data, at + 4),
      int32(data, at + 8),
      int32(data, at + 12),
      port,
    );
  }

  private look(version: number, a: number, b: number, c: number, d: number, port: number): Endpoint | null {
    const hash = hashOf(a, b, c, d, port);
    const slot = hash & (RECENT - 1);
    const last = this.recent[slot];
    if (last?.is(version, a, b, c, d, port)) return last.endpoint;
    const found = find(this.young.get(hash), version, a, b, c, d, port);
    if (found !== null) {
      this.recent[slot] = found;
      return found.endpoint;
    }
    const aged = find(this.old.get(hash), version, a, b, c, d, port);
    if (aged === null) return null;
    this.place(hash, new Entry(version, a, b, c, d, port, aged.endpoint));
    return aged.endpoint;
  }

  private add(version: 4 | 6, a: number, b: number, c: number, d: number, port: number): Endpoint {
    const octets = new Uint8Array(16);
    for (let i = 0; i < 4; i++) {
      octets[i] = a >>> (24 - 8 * i);
      octets[4 + i] = b >>> (24 - 8 * i);
      octets[8 + i] = c >>> (24 - 8 * i);
      octets[12 + i] = d >>> (24 - 8 * i);
    }
    const ip = version === 4 ? ipv4Text(octets, 12) : ipv6Text(octets, 0);
    const endpoint: Endpoint = {
      ip,
      port,
      text: version === 4 ? `${ip}:${port}` : `[${ip}]:${port}`,
      version,
      speaksSip: false,
      number: -1,
    };
    this.place(hashOf(a, b, c, d, port), new Entry(version, a, b, c, d, port, endpoint));
    return endpoint;
  }

  private place(hash: number, entry: Entry): void {
    if (this.youngSize >= this.half) this.age();
    entry.next = this.young.get(hash) ?? null;
    this.young.set(hash, entry);
    this.youngSize++;
  }

  private age(): void {
    if (this.old.size > 0 && !this.evicted) {
      this.evicted = true;
      this.onDiagnostic({
        code: 'network/endpoints-evicted',
        severity: 'warning',
        message: `More than ${this.half} SIP addresses and ports: those longest unused are forgotten from here on`,
      });
    }
    this.old = this.young;
    this.young = new Map();
    this.youngSize = 0;
    this.recent.fill(null);
  }
}

/** One endpoint in a chain of those whose hashes are equal. */
class Entry {
  next: Entry | null = null;
  readonly version: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly port: number;
  readonly endpoint: Endpoint;

  constructor(version: number, a: number, b: number, c: number, d: number, port: number, endpoint: Endpoint) {
    this.version = version;
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.port = port;
    this.endpoint = endpoint;
  }

  is(version: number, a: number, b: number, c: number, d: number, port: number): boolean {
    return (
      this.d === d &&
      this.port === port &&
      this.c === c &&
      this.b === b &&
      this.a === a &&
      this.version === version
    );
  }
}

function find(
  chain: Entry | null | undefined,
  version: number,
  a: number,
  b: number,
  c: number,
  d: number,
  port: number,
): Entry | null {
  for (let entry = chain ?? null; entry !== null; entry = entry.next) {
    if (entry.is(version, a, b, c, d, port)) return entry;
  }
  return null;
}

/** 30 bits, so that the keys of the maps stay small integers. */
function hashOf(a: number, b: number, c: number, d: number, port: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul((hash ^ (hash >>> 15) ^ b) | 0, 0xc2b2ae35);
  hash = Math.imul((hash ^ (hash >>> 13) ^ c) | 0, 0x27d4eb2f);
  hash = Math.imul((hash ^ (hash >>> 15) ^ d) | 0, 0x85ebca6b);
  hash = Math.imul((hash ^ (hash >>> 13) ^ port) | 0, 0x165667b1);
  return (hash ^ (hash >>> 16)) & 0x3fffffff;
}

function int32(data: Uint8Array, at: number): number {
  return (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
}

function ignore(): void {}

const CAPACITY = 1 << 20;
const RECENT = 1 << 13;
