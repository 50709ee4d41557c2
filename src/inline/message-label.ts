// Under which names messages are counted.
import { METHODS } from '../sip/method.ts';

export function statusLabel(status: number): string {
  return STATUS_LABELS[Math.floor(status / 100)] ?? 'other';
}

/** Of what the SBC wrote itself: `SIP/2.0 200` or a method. */
export function sentLabel(octets: Buffer): string {
  if (octets[0] === 0x53 && octets[1] === 0x49) return STATUS_LABELS[octets[8] - 0x30] ?? 'other';
  const method = octets.toString('latin1', 0, Math.max(octets.indexOf(0x20), 0));
  return METHODS.includes(method as (typeof METHODS)[number]) ? method : 'other';
}

const STATUS_LABELS: readonly (string | undefined)[] = [undefined, '1xx', '2xx', '3xx', '4xx', '5xx', '6xx'];
