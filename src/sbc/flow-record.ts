// Flows and texts in stored records. What is read back is not trusted: another version may have written it.

import type { Flow } from './flow.ts';
import { endpoint } from './routing/own-address.ts';

/** The connection is left out: it does not outlive a restart. */
export function flowRecord({ transport, local, remote }: Flow): Readonly<Record<string, unknown>> {
  return { transport, local: [local.ip, local.port], remote: [remote.ip, remote.port] };
}

export function flowFrom(value: unknown): Flow | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { transport, local, remote } = value as Record<string, unknown>;
  const [near, far] = [endpointFrom(local), endpointFrom(remote)];
  if (near === undefined || far === undefined) return undefined;
  if (
    transport !== 'udp' &&
    transport !== 'tcp' &&
    transport !== 'tls' &&
    transport !== 'ws' &&
    transport !== 'wss'
  )
    return undefined;
  return { transport, local: near, remote: far, connection: 0 };
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function endpointFrom(value: unknown): Flow['local'] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [ip, port] = value;
  return typeof ip === 'string' && typeof port === 'number' ? endpoint(ip, port) : undefined;
}
