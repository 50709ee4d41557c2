// Ports that are free for UDP and TCP at the moment, below those that the system gives to outgoing connections.
import { readFileSync } from 'node:fs';

export function freePort(): number {
  const taken = new Set([...ports('udp'), ...ports('tcp')].map((one) => one.split(':')[1]));
  for (;;) {
    const port = FIRST + SHARE * worker + Math.floor(Math.random() * SHARE);
    if (taken.has(hex(port, 4)) || given.has(port)) continue;
    given.add(port);
    return port;
  }
}

/** Whether somebody listens at that IPv4 address, as the process `pid` sees it. */
export function listens(transport: 'udp' | 'tcp', ip: string, port: number, pid?: number): boolean {
  const at = ip.split('.').map((part) => hex(Number(part), 2));
  const local = `${at.reverse().join('')}:${hex(port, 4)}`;
  return ports(transport, pid).includes(local);
}

/** `0100007F:13C4`, as the kernel tells them. */
function ports(transport: 'udp' | 'tcp', pid: number | 'self' = 'self'): string[] {
  const rows = readFileSync(`/proc/${pid}/net/${transport}`, 'latin1').trim().split('\n').slice(1);
  return rows.map((row) => row.trim().split(/\s+/)[1]!);
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

const FIRST = 12_000;
/** Of a worker, so that none gives away what another has given. */
const SHARE = 10_000;
const worker = Number(process.env['VITEST_POOL_ID'] ?? 1) % 2;
const given = new Set<number>();
