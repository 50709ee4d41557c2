// The transports that carried a call's messages, as bits.
import type { Transport } from '../network/payload.ts';

export function carrierOf(transport: Transport): number {
  return transport === 'udp' ? UDP : 1 << TRANSPORTS.indexOf(transport);
}

export function transportsOf(carriers: number): Transport[] {
  return TRANSPORTS.filter((_, bit) => (carriers & (1 << bit)) !== 0);
}

/** The same, joined by commas. */
export function transportText(carriers: number): string {
  return carriers === UDP ? 'udp' : transportsOf(carriers).join(',');
}

const UDP = 1;
const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'sctp', 'tls', 'ws', 'wss'];
